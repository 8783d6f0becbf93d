import type { RecordView } from '../../desk/view.ts';
import type { LegalForm } from '../../law/form.ts';
import { contentHash, type Overrule, type Person, type Request, standing } from '../../notice/approval.ts';
import { carriedIn } from '../../notice/clock-entry.ts';
import { type Draft, draftSchema } from '../../notice/draft.ts';
import { check } from '../../notice/gate.ts';
import { headingsIn } from '../../notice/letter.ts';
import type { Problem } from '../../notice/problem.ts';
import { SHARED } from '../../notice/record.ts';
import { render } from '../../notice/render.ts';
import type { Template } from '../../notice/template.ts';
import { languageName, translationProblems } from '../../notice/translation.ts';
import { spoken } from '../../notice/wording-of-entry.ts';
import { toHex, utf8 } from '../../record/bytes.ts';
import type { NoticeBytes } from '../../record/command-notices.ts';
import { isOutdated } from '../../record/corrections.ts';
import type { Actor, Role } from '../../record/event.ts';
import type { Notice } from '../../record/incident-notices.ts';
import { sha256 } from '../../record/sha256.ts';
import { nameOf } from '../../record/turn.ts';
import { ADDRESSEE, OURS, plainRecord, type Values } from './record.ts';

/** The templates of runbooks/notices, read by whoever may read files; `laws` are those whose parts must stand in it. */
export type NoticeShelf = {
  template(kind: string, laws?: readonly string[]): Template | undefined;
  list(): Template[];
  forms(): readonly LegalForm[];
};

/** A notice with its words read, its template, and what the gate says of it today. */
export type Examined = {
  notice: Notice;
  draft: Draft;
  template: Template | undefined;
  headings: ReadonlySet<string>;
  /** The laws under which it is written. */
  laws: LegalForm[];
  problems: Problem[];
  /** What stands in the way of approving it. */
  open: Problem[];
  overrules: Overrule[];
};

/** The gate looks again whenever a notice is shown: a finding replaced since is a problem at once. */
export function examined(view: RecordView, notice: Notice, shelf: NoticeShelf): Examined {
  const draft = draftIn(notice);
  const template = templateOf(shelf, notice);
  const problems = original(view, notice) === undefined ? gated(view, notice, draft, template) : translated(view, notice, draft);
  const overrules = overrulesOf(notice);
  const headings = headingsOf(view, notice, draft, template);
  const chosen = lawsIn(valuesOf(notice));
  const laws = shelf.forms().filter(({ id }) => chosen.includes(id));
  return { notice, draft, template, headings, laws, problems, open: standing(problems, overrules), overrules };
}

const gated = (view: RecordView, notice: Notice, draft: Draft, template: Template | undefined): Problem[] =>
  check(draft, plainRecord(view, valuesOf(notice)), template).problems;

/** The gate reads English: a translation is held against its original, value by value. */
function translated(view: RecordView, notice: Notice, draft: Draft): Problem[] {
  const source = original(view, notice);
  if (source === undefined || notice.translates === undefined) return [];
  if (isOutdated(view.incident, notice)) return [OUTDATED];
  return translationProblems(draftIn(source), draft, notice.translates.language, namesIn(view, notice));
}

const OUTDATED: Problem = {
  sentence: null,
  rule: 'translation.outdated',
  level: 'truth',
  message: 'The original was changed since.',
  suggestion: 'Translate it again.',
};

/** Names that no language changes: who is meant, and who is named as answering questions. */
function namesIn({ incident }: RecordView, notice: Notice): string[] {
  const { client = '', vendor = '', product = '', msp = '' } = valuesOf(notice);
  return [client, vendor, product, msp, ...[...incident.people.values()].map(({ name }) => name)];
}

/** What a notice translates. */
export const original = ({ incident }: RecordView, { translates }: Notice): Notice | undefined =>
  translates === undefined ? undefined : incident.notices.get(translates.notice);

export const lawsIn = ({ regimes = '' }: Values): string[] => regimes.split(',').filter((law) => law !== '');

export const templateOf = (shelf: NoticeShelf, notice: Notice): Template | undefined =>
  shelf.template(notice.kind, lawsIn(valuesOf(notice)));

/** The headings among the sentences; those of a translation stand where the original has its own. */
export function headingsOf(view: RecordView, notice: Notice, draft: Draft, template: Template | undefined): ReadonlySet<string> {
  const source = original(view, notice);
  const own = headingsIn(template);
  if (source === undefined) return own;
  const lines = draftIn(source).sentences;
  return new Set(draft.sentences.flatMap(({ text }, at) => (own.has(lines[at]?.text ?? '') ? [text] : [])));
}

/** What every view and file of a notice says over it, while it is not the real thing. */
export function marksOf({ incident }: RecordView, { approval, translates }: Notice): string[] {
  const unchecked = translates === undefined ? [] : [`UNCHECKED TRANSLATION (${languageName(translates.language)})`];
  return [
    ...(incident.drill ? ['DRILL - not a real notice'] : []),
    ...(approval === undefined ? [...unchecked, 'DRAFT - not approved'] : []),
  ];
}

export const draftIn = ({ draft }: Notice): Draft => draftSchema.parse(JSON.parse(draft));
export const valuesOf = ({ values }: Notice): Values => JSON.parse(values) as Values;
export const overrulesOf = ({ overruled }: Notice): Overrule[] => (overruled === '' ? [] : (JSON.parse(overruled) as Overrule[]));

/** A draft from the template and the record alone. `nextUpdate` is ISO 8601. */
export function drafted(view: RecordView, template: Template, id: string, values: Values, nextUpdate?: string): Draft {
  const record = plainRecord(view, values);
  const said = nextUpdate === undefined ? undefined : spoken(nextUpdate, values.zone);
  const filled = said === undefined ? values : { ...values, next_update: said };
  const client = record.clients.length === 0 ? SHARED : ADDRESSEE;
  const given = Object.entries(filled).filter(([, value]) => value !== '');
  const typed = Object.fromEntries(given.map(([slot, text]) => [slot, slot === 'contact' ? { text, cites: [OURS] } : text]));
  return render(template, {
    id,
    record,
    client,
    values: { ...carriedIn(view.incident, values.zone), ...typed },
    regimes: lawsIn(values),
  });
}

/** The bytes to seal: the hash covers everything that will be read. */
export function bytesOf(draft: Draft, nextUpdate?: string): NoticeBytes {
  const cites = [...new Set(draft.sentences.flatMap(({ cites: ids }) => ids.map(Number)))].filter(Number.isInteger);
  const { id, record, client, kind, sentences } = draft;
  return {
    draft: JSON.stringify({
      id,
      record,
      client,
      kind,
      sentences: sentences.map(({ text, cites: ids, type }) => ({ text, cites: ids, type })),
    }),
    sha256: hashOf(draft),
    cites,
    ...(nextUpdate === undefined ? {} : { nextUpdate }),
  };
}

export const hashOf = (draft: Draft): string => contentHash(draft, (text) => toHex(sha256(utf8(text))));

/** The clock that starts with a notice must be the time that its words name; a sentence where it is not. */
export function promiseFault({ notice, draft }: Examined): string | undefined {
  const said = notice.nextUpdate === undefined ? undefined : spoken(notice.nextUpdate, valuesOf(notice).zone);
  // A translation says the time as its language does; that it is the same time, its own check has seen.
  if (said === undefined || notice.translates !== undefined || draft.sentences.some(({ text }) => text.includes(said)))
    return undefined;
  return `The next update is set for ${said}, and the words do not say so. Set both in Edit….`;
}

/** The words with another time of the next update: where the old one stood, or where it was still unknown. */
export function retimed(draft: Draft, before: string | undefined, after: string, zone: string | undefined): Draft {
  const old = spoken(before, zone) ?? '[[UNKNOWN: time of the next update, with its zone]]';
  const fresh = spoken(after, zone) ?? '';
  return { ...draft, sentences: draft.sentences.map((sentence) => ({ ...sentence, text: sentence.text.replace(old, fresh) })) };
}

/** What is put before the approver, for the rules of approval. */
export function requestOf({ notice, draft, template, problems, overrules }: Examined): Request | undefined {
  return template === undefined ? undefined : { draft, template, problems, overrules, author: notice.author, hash: notice.sha256 };
}

const APPROVING: Partial<Record<Role, string>> = { lead: 'incident lead' };

/** Somebody of this record, with their roles in the words of the templates. */
export function approver({ incident }: RecordView, actor: Actor): Person {
  const roles = incident.roles
    .filter(({ person }) => person === actor)
    .map(({ role }) => APPROVING[role] ?? role.replaceAll('-', ' '));
  return { id: actor, name: nameOf(incident, actor), roles };
}

/** The pseudonym of an account in this record, or the account itself for somebody who has done nothing here yet. */
export const actorOf = ({ incident }: RecordView, account: string): Actor =>
  [...incident.people].find(([, person]) => person.account === account)?.[0] ?? account;
