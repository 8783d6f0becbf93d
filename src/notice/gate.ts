import type { Case, Check, Docket } from './case.ts';
import { absence } from './checks/absence.ts';
import { actor, cause, vendorPromise } from './checks/actor.ts';
import { agents } from './checks/agent.ts';
import { betterEntry, citation } from './checks/citation.ts';
import { claims } from './checks/claim.ts';
import { asOfLine, looseValues, zoneStated } from './checks/clock.ts';
import { contrary } from './checks/contrary.ts';
import { denial } from './checks/denial.ts';
import { form } from './checks/form.ts';
import { hearsay } from './checks/hearsay.ts';
import { credentials, hidden, live, placeholder } from './checks/live.ts';
import { lookAlike } from './checks/look-alike.ts';
import { modifiers } from './checks/modifier.ts';
import { names } from './checks/name.ts';
import { nameRoles } from './checks/name-role.ts';
import { opposite } from './checks/opposite.ts';
import { order } from './checks/order.ts';
import { parts } from './checks/part.ts';
import { polarity } from './checks/polarity.ts';
import { status } from './checks/status.ts';
import { transition } from './checks/transition.ts';
import { values } from './checks/value.ts';
import { modalHedge, wording } from './checks/wording.ts';
import type { Draft, Sentence } from './draft.ts';
import type { Evidence } from './evidence.ts';
import { evidenceOf } from './evidence.ts';
import type { Problem, Verdict } from './problem.ts';
import { verdict } from './problem.ts';
import type { Reading } from './reading.ts';
import { read } from './reading.ts';
import type { PlainRecord } from './record.ts';
import { SHARED, supersededIds, visibleTo } from './record.ts';
import { disguised, typeOf } from './sentence-type.ts';
import type { Template } from './template.ts';
import { fixedSentences } from './template.ts';

const CHECKS: Check[] = [
  hidden,
  placeholder,
  citation,
  betterEntry,
  values,
  parts,
  zoneStated,
  looseValues,
  asOfLine,
  names,
  lookAlike,
  nameRoles,
  modifiers,
  status,
  polarity,
  opposite,
  contrary,
  denial,
  order,
  absence,
  cause,
  actor,
  agents,
  vendorPromise,
  hearsay,
  transition,
  claims,
  wording,
  modalHedge,
  live,
  credentials,
];

/**
 * Checks a draft against the record: no sentence passes that the cited entries do not carry. Deterministic; the same for a
 * template, a model's words and a person's edit. `template` is that of the
 * draft's kind: it fixes sentences byte for byte, and sets length, reading grade and parts.
 */
export function check(draft: Draft, record: PlainRecord, template?: Template): Verdict {
  const docket = docketOf(draft, record, template);
  const cases = draft.sentences.map((sentence, index) => caseOf(sentence, index, docket));
  const found = cases.flatMap((it) => [...fixedFaults(it, docket), ...CHECKS.flatMap((one) => one(it, docket))]);
  return verdict([...addressee(docket), ...unique(found), ...form(docket)]);
}

function docketOf(draft: Draft, record: PlainRecord, template: Template | undefined): Docket {
  const fixed: ReadonlySet<string> = template === undefined ? new Set<string>() : fixedSentences(template);
  const mine = draft.client ?? (record.clients.length === 1 ? record.clients[0]?.id : undefined) ?? SHARED;
  const client = record.clients.find(({ id }) => id === mine);
  const superseded = supersededIds(record);
  const open = visibleTo(record, mine).filter(({ privileged, redacted }) => !privileged && !redacted);
  const visible = new Map(open.map((entry) => [entry.id, evidenceOf(entry, client?.zone)]));
  const zoneWords = /\ball (?:times|dates)\b.{0,24}\b(?:UTC|GMT|CES?T|[ECMP][SD]?T|BST|[A-Z][a-z]+\/[A-Z])/;
  const zoneStated = draft.sentences.some(({ text }) => zoneWords.test(text));
  return { draft: { ...draft, client: mine }, record, client, visible, superseded, template, fixed, zoneStated };
}

/** Reads one sentence: facts must not hide behind another type, and a fixed line that is not the template's is read as what it is. */
function caseOf(sentence: Sentence, index: number, docket: Docket): Case {
  const reading = read(sentence.text.replaceAll(/\[\[[^\]]*\]\]/g, ' '), docket.client?.zone);
  const evidence = sentence.cites.map((id) => docket.visible.get(id)).filter((it): it is Evidence => it !== undefined);
  return {
    index,
    sentence,
    type: effectiveType(sentence, reading, docket),
    reading,
    evidence,
    carried: new Set(evidence.flatMap(({ carried }) => [...carried])),
  };
}

function effectiveType(sentence: Sentence, reading: Reading, docket: Docket): Case['type'] {
  if (docket.fixed.has(sentence.text) && (sentence.type === 'fixed' || sentence.cites.length === 0)) return 'fixed';
  const byForm =
    sentence.cites.length === 0 && namesOnly(reading, docket) ? 'courtesy' : typeOf(reading, sentence.cites.length > 0);
  if (sentence.cites.length === 0 && /\[\[[^\]]*\]\]/.test(sentence.text))
    return sentence.type === 'fact' || sentence.type === undefined ? 'courtesy' : byForm;
  if (sentence.type === undefined || sentence.type === 'fixed')
    return sentence.cites.length > 0 && byForm === 'courtesy' ? 'fact' : byForm;
  if (sentence.type === 'fact') return 'fact';
  return disguised(sentence.type, reading) ? 'fact' : sentence.type;
}

/** "Product: Kestrel VSA.", "To ChatLoop Inc.": a label and what this record is about. */
function namesOnly(reading: Reading, docket: Docket): boolean {
  const { vendor, product, msp, title } = docket.record;
  const known = [vendor, product, msp, title, docket.client?.name ?? '']
    .filter((it) => it !== '')
    .sort((a, b) => b.length - a.length);
  const rest = known.reduce(
    (text, name) => text.replaceAll(name, ' '),
    reading.text.replace(/^(?:To|For|[\p{Lu}][\w/ -]{1,40}:)\s/u, ''),
  );
  return rest !== reading.text && !/[\p{L}\d]{2,}/u.test(rest);
}

/** A fixed sentence is the template's, byte for byte. */
function fixedFaults(it: Case, docket: Docket): Problem[] {
  if (it.sentence.type !== 'fixed' || it.type === 'fixed') return [];
  const level = it.type === 'fact' ? 'truth' : 'form';
  return [
    {
      sentence: it.index,
      rule: 'fixed.differs',
      level,
      message: `This is not, byte for byte, a sentence that the template of ${docket.draft.kind ?? 'this kind'} fixes.`,
      suggestion: 'Take it over from the template, or give it its own type and citations.',
    },
  ];
}

function addressee(docket: Docket): Problem[] {
  const { client, record } = docket.draft;
  const wrong = record !== undefined && docket.record.id !== undefined && record !== docket.record.id;
  const unknown = client !== SHARED && docket.client === undefined && docket.record.clients.length > 0;
  return [
    ...(wrong
      ? [
          {
            sentence: null,
            rule: 'draft.record',
            level: 'truth' as const,
            message: `The draft is of record ${record}, and this is record ${docket.record.id}.`,
            suggestion: 'Check it against its own record.',
          },
        ]
      : []),
    ...(unknown
      ? [
          {
            sentence: null,
            rule: 'draft.client',
            level: 'truth' as const,
            message: `The record has no client ${client}.`,
            suggestion: 'Name a client of the record, or "shared".',
          },
        ]
      : []),
  ];
}

function unique(problems: Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter((it) => {
    const key = `${it.sentence} ${it.rule} ${it.message}`;
    return !seen.has(key) && seen.add(key);
  });
}
