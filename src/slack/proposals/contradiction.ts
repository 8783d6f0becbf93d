import { openSeqs } from '../../desk/open-entries.ts';
import { wordsOf } from '../../desk/search.ts';
import type { RecordView } from '../../desk/view.ts';
import type { NamedPerson } from '../../record/command.ts';
import type { Entry } from '../../record/entry.ts';
import type { Actor, Seq } from '../../record/event.ts';
import type { Incident } from '../../record/incident.ts';
import type { Notice } from '../../record/incident-notices.ts';
import { BOT } from '../../record/turn.ts';

/** Those who hear it first, and are not in the room: what they say may speak against what the record, or a notice, says. */
const FRONT_LINE =
  /\b(?:support|help ?desk|service desk|hotline|reception|front desk|sales|(?:a |the |our |one )?(?:customer|client|user|caller|patient|vendor|journalist)s?|[\p{L}]+ (?:from|at|of) [\p{L}]+)\s+(?:says?|said|tells?|told (?:us|me)|reports?|reported|claims?|claimed|swears?|insists?|thinks?)\b(?: that)?(?<what>.+)/iu;

const NO = /\b(?:no|not|none|never|without|nothing|neither|isn['’]?t|wasn['’]?t|weren['’]?t|aren['’]?t|didn['’]?t)\b/i;

export const fromTheFront = (sentence: string): boolean => FRONT_LINE.test(sentence);

/** The entry that somebody's word from the front line speaks against: a finding, or the present words of a notice. Pure. */
export function contradicted(sentence: string, view: RecordView): Seq | undefined {
  const { incident } = view;
  const open = openSeqs(view);
  const what = FRONT_LINE.exec(sentence)?.groups?.what;
  if (what === undefined || NO.test(what)) return undefined;
  const wanted = wordsOf(what).filter((word) => word.length > 3);
  const shares = (text: string) => {
    const words = new Set(wordsOf(text));
    return wanted.length > 0 && wanted.filter((word) => words.has(word)).length >= Math.min(2, wanted.length);
  };
  const finding = incident.findings.findLast(
    ({ seq, supersededBy, about, status, text }) =>
      supersededBy === undefined && open.has(seq) && (status === 'ruled_out' || NO.test(text)) && shares(`${about} ${text}`),
  );
  if (finding !== undefined) return finding.seq;
  return [...incident.notices.values()]
    .filter((notice) => isOut(notice) && open.has(notice.seq))
    .findLast(({ draft }) => draft.split(/[.!?"\n]+/).some((part) => NO.test(part) && shares(part)))?.seq;
}

const isOut = ({ approval, sent }: Notice): boolean => approval !== undefined || sent.length > 0;

/** Who must hear of it: whoever approved the notice that rests on the entry, or else whoever recorded it. */
export function standingFor(
  incident: Incident,
  entries: readonly Entry[],
  of: Seq | null,
): { notice?: string; actor: Actor; person: NamedPerson } | undefined {
  if (of === null) return undefined;
  const notice = [...incident.notices.values()]
    .filter(isOut)
    .findLast(({ seq, drafted, cites, approval }) => [seq, drafted, approval?.seq, ...cites].includes(of));
  const approver = notice?.approval?.by ?? approverOf(entries, notice);
  const actor = approver ?? entries[of - 1]?.actor;
  const person = actor === undefined || actor === BOT ? undefined : incident.people.get(actor);
  if (actor === undefined || person === undefined) return undefined;
  return { ...(notice === undefined ? {} : { notice: notice.id }), actor, person: { account: person.account, name: person.name } };
}

/** An edit voids the approval of the words, not the fact that somebody stood for what went out. */
function approverOf(entries: readonly Entry[], notice: Notice | undefined): Actor | undefined {
  if (notice === undefined) return undefined;
  return entries.findLast((entry) => entry.kind === 'notice.approved' && entry.body.notice === notice.id)?.actor;
}
