import type { Incident } from '../record/incident.ts';
import { dutyKey } from '../record/incident-duties.ts';
import { contractIdOf } from '../record/law-findings.ts';
import type { Clocks } from './clocks.ts';
import { type TermsNews, timeWords } from './terms.ts';
import type { NoticeDue, TermsSheet } from './terms-sheet.ts';

export type TermsPart = { title: string; lines: string[] };
export type Due = { due: string | null; zone: string | null; state: string };

/** When a notice is due by the clocks of the record: the duty of its kind under the clause with that party. */
export function dueOfNotice(incident: Incident, clocks: Clocks | undefined, { duty, party }: NoticeDue): Due | undefined {
  const instance = contractOf(incident, duty, party);
  const found = clocks?.duties.find(({ key }) => instance !== undefined && key === dutyKey({ duty, instance }));
  return found === undefined ? undefined : { due: found.duty.due, zone: found.duty.zone, state: found.duty.state };
}

const CLAUSES: Record<string, string> = {
  'x-ins-formal-notice': 'policy',
  'x-vendor-claim-notice': 'vendor-claim',
  'x-dpa-processor-hours': 'dpa',
  'x-msa-security-incident': 'msa',
};

/** The clause of this record that a duty with a party runs on: one party can have several. */
export function contractOf(incident: Incident, duty: string, party: string): string | undefined {
  const found = [...incident.owed.facts].find(
    ([fact, known]) =>
      fact.startsWith('contracts.') &&
      known.party === party &&
      typeof known.value === 'object' &&
      !Array.isArray(known.value) &&
      known.value.kind === CLAUSES[duty],
  );
  return found === undefined ? undefined : contractIdOf(incident, found[0]);
}

/** The sheet in the order in which it is needed: whom to call, what must wait, what is due, who does what, what is not said. */
export function sheetLines(sheet: TermsSheet, due: (notice: NoticeDue) => Due | undefined): TermsPart[] {
  const { hotlines, before, notices, duties, documents, warnings } = sheet;
  const parts: TermsPart[] = [
    {
      title: 'Call first',
      lines: hotlines.map(({ who, number, about }) => `${number}  ${who}${about === '' ? '' : ` (${about})`}`),
    },
    {
      title: 'Ask for consent before',
      lines: before.map(({ what, who, panel }) => `${what}: ask ${who}${panel.length === 0 ? '' : `; panel: ${panel.join(', ')}`}`),
    },
    { title: 'Take care', lines: warnings },
    { title: 'Notices due', lines: notices.map((notice) => noticeLine(notice, due(notice))) },
    { title: 'Who took on what', lines: duties.map(({ duty, owner, about }) => `${duty}: ${owner} (${about})`) },
    ...documents.map(({ title, lines, silent }) => ({
      title,
      lines: [
        ...lines.map(({ topic, says }) => `${topic}: ${says}`),
        ...(silent.length === 0 ? [] : [`silent on: ${silent.join(', ')}`]),
      ],
    })),
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}

/** Nothing here says "due" where no clock runs: a clause with no number, or no start, says that. */
export function noticeLine({ title, party, time, to, clause }: NoticeDue, due: Due | undefined): string {
  const stands =
    due === undefined
      ? time
      : due.due === null
        ? `${time}; ${due.state.replaceAll('-', ' ')}`
        : `${time}; due ${due.due}${due.zone === null || due.due.length > 10 ? '' : ` (end of that day, ${due.zone})`}${due.state === 'dated' ? '' : `, ${due.state}`}`;
  return `${title} (${party}): ${stands}${clause === '' ? '' : `; clause ${clause}`}${to === '' ? '; where it goes is not in the register' : `; to ${to}`}`;
}

/** What taking the register over would change in the record. */
export const newsLines = ({ added, offered, changed }: TermsNews): string[] => [
  ...added.map(({ party, value }) => `new: ${kindWords(value)} with ${party}, ${timeWords(value as object)}`),
  ...changed.map(({ party, value, before }) =>
    (value as { ended?: boolean }).ended === true
      ? `gone from the register: ${kindWords(value)} with ${party} (${timeWords(before)})`
      : `${kindWords(value)} with ${party}: ${timeWords(before)} is sealed, the register says ${timeWords(value as object)}`,
  ),
  ...offered.map(({ party }) => `not taken over: the contract with ${party}. Say so where they are concerned`),
];

const kindWords = (value: unknown): string => String((value as { kind?: string }).kind ?? 'contract').replaceAll('-', ' ');
