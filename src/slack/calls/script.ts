import type { Phoned } from '../../desk/calls.ts';
import type { RecordView } from '../../desk/view.ts';
import type { Draft } from '../../notice/draft.ts';
import { check } from '../../notice/gate.ts';
import { OURSELVES } from '../../record/decide-notices.ts';
import { drafted, draftIn, type NoticeShelf, valuesOf } from '../notices/desk.ts';
import { plainRecord, type Values } from '../notices/record.ts';

/** What the caller reads aloud, and the text message for whoever does not pick up; both from that one client's own record. */
export type CallScript = { lines: ScriptLine[]; text: string; left: string[]; told?: { at: string; text: string } };
/** `gap` is what the record does not say: the caller sees it, and says that it is not known yet. */
export type ScriptLine = { says: string } | { gap: string };

/** A text message of two parts is taken for a fake. */
export const TEXT_MESSAGE_MAX = 300;

export function callScript({ standing, lane, profile }: Phoned, shelf: NoticeShelf, contact: string | undefined): CallScript {
  const view = lane ?? standing;
  const name = standing.incident.lanes.client?.name ?? '';
  const values = { ...valuesFor(view, contact), client: name, ...(profile?.zone === undefined ? {} : { zone: profile.zone }) };
  const lines = linesOf(view, shelf, 'call_script', values);
  const told = lastTold(lane === undefined ? [standing] : [standing, lane]);
  const text = textMessage(linesOf(view, shelf, 'text_message', values));
  return { lines: lines.slice(1), ...text, ...(told === undefined ? {} : { told }) };
}

/** What the client read last: the caller must know it, and say the same. */
function lastTold(views: RecordView[]): CallScript['told'] {
  const broadcasts = views.flatMap(({ incident }) => [...incident.lanes.told.values()]);
  const notices = views.flatMap(({ incident }) =>
    [...incident.notices.values()].flatMap((notice) =>
      notice.sent.map(({ at }) => ({
        at,
        text: draftIn(notice)
          .sentences.map(({ text }) => text)
          .join('\n'),
      })),
    ),
  );
  const [last] = [...broadcasts, ...notices].sort((a, b) => (a.at < b.at ? 1 : -1));
  return last === undefined ? undefined : { at: last.at, text: last.text };
}

/** What was last promised and said to this client, in this record. */
function valuesFor({ incident }: RecordView, contact: string | undefined): Record<string, string> {
  const said = [...incident.notices.values()].filter(({ approval }) => approval !== undefined).map(valuesOf);
  const last = (slot: string) => said.findLast((values) => values[slot] !== undefined && values[slot] !== '')?.[slot];
  const due = incident.promises.findLast(
    ({ who, kept, due: at }) => who === OURSELVES && kept === undefined && at !== undefined,
  )?.due;
  const number = contact || last('contact');
  const now = last('do_now');
  return {
    ...(number === undefined ? {} : { contact: number }),
    ...(now === undefined ? {} : { do_now: now }),
    ...(due === undefined ? {} : { next: due }),
  };
}

/** Sentence by sentence: what the gate stops is no line of a script, whoever is on the phone. */
function linesOf(view: RecordView, shelf: NoticeShelf, kind: string, { next, ...values }: Record<string, string>): ScriptLine[] {
  const template = shelf.template(kind);
  if (template === undefined) return [{ gap: `the template ${kind} of runbooks/notices` }];
  const draft = drafted(view, template, kind, values as Values, next);
  const { problems } = check(draft, plainRecord(view, values as Values), template);
  return draft.sentences.map(({ text }: Draft['sentences'][number], at): ScriptLine => {
    const unknown = /\[\[UNKNOWN: ([^\]]*)\]\]/.exec(text)?.[1];
    if (unknown !== undefined) return { gap: unknown };
    const stopped = problems.find(({ sentence, level }) => sentence === at && level !== 'form');
    return stopped === undefined ? { says: text } : { gap: `one sentence was left out: ${stopped.message}` };
  });
}

/** As much as one message holds: what was done gives way first, what to do and the number never. */
function textMessage(lines: ScriptLine[]): { text: string; left: string[] } {
  const says = lines.flatMap((line) => ('says' in line ? [line.says] : []));
  const left = lines.flatMap((line) => ('gap' in line ? [line.gap] : []));
  const whole = says.join(' ');
  if (whole.length <= TEXT_MESSAGE_MAX) return { text: whole, left };
  const short = says.filter((line) => !line.startsWith('As of')).join(' ');
  const fits = short.length <= TEXT_MESSAGE_MAX;
  return { text: fits ? short : short.slice(0, TEXT_MESSAGE_MAX), left: [...left, 'what was done (too long for one message)'] };
}

/** The script as plain lines: for the printed sheet. */
export const scriptText = ({ lines }: CallScript): string[] =>
  lines.map((line) => ('says' in line ? line.says : `[not known yet: ${line.gap}]`));
