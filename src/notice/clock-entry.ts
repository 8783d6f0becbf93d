import type { Entry } from '../record/entry.ts';
import type { FactValue } from '../record/event.ts';
import type { Incident } from '../record/incident.ts';
import { spoken } from './wording-of-entry.ts';

/** A value of a form that the record itself carries, with the entries that do. */
export type Carried = { text: string; cites: string[] };

/** Which field of a form an anchor answers, in the words of the entry. */
const ANCHORS: Readonly<Record<string, { slots: string[]; says: string }>> = {
  aware: { slots: ['aware'], says: 'Became aware' },
  discovered: { slots: ['discovered'], says: 'Discovered' },
  occurred: { slots: ['incident_date'], says: 'Date of the incident' },
  determined: { slots: ['determined'], says: 'Determined' },
  material: { slots: ['material_date'], says: 'Materiality determined' },
  notice_sent: { slots: ['residents_notified', 'individuals_notified'], says: 'Notice to the people sent' },
};

const FACTS: Readonly<Record<string, { slots: string[]; says: string }>> = {
  individuals_total: { slots: ['individuals'], says: 'People concerned' },
  data_elements: { slots: ['elements'], says: 'Types of information' },
  'entity.role': { slots: ['role'], says: 'Role' },
  actively_exploited: { slots: ['exploited'], says: 'Actively exploited' },
  malicious_compromise: { slots: ['malicious'], says: 'Unlawful or malicious act' },
};

/** The kind of such an entry for the templates: it fills fields, and is told nowhere else. */
export const CLOCK_KIND = 'clock';

/** What clocks run on, as a notice may rely on it. */
export function clockEntry(entry: Entry): { kind: string; text: string; supersedes?: number } | undefined {
  if (entry.kind !== 'anchor.set' && entry.kind !== 'fact.set') return undefined;
  const { supersedes } = entry.body;
  const text = entry.kind === 'anchor.set' ? anchorText(entry.body) : factText(entry.body.fact, entry.body.value);
  return text === undefined ? undefined : { kind: CLOCK_KIND, text, ...(supersedes === undefined ? {} : { supersedes }) };
}

function anchorText({ anchor, at, precision }: { anchor: string; at?: string; precision: string }): string | undefined {
  const said = spokenAt(at, precision, undefined);
  return said === undefined ? undefined : `${ANCHORS[anchor]?.says ?? anchor.replaceAll('_', ' ')}: ${said}.`;
}

const spokenAt = (at: string | undefined, precision: string, zone: string | undefined): string | undefined =>
  spoken(precision === 'day' ? at?.slice(0, 10) : at, zone);

function factText(fact: string, value: FactValue): string | undefined {
  const said = wordsOf(value);
  if (said === undefined) return undefined;
  const place = /^residents\.(.+)$/.exec(fact)?.[1];
  return place === undefined
    ? `${FACTS[fact]?.says ?? fact.replaceAll(/[._]/g, ' ')}: ${said}.`
    : `Residents of ${place}: ${said}.`;
}

/** Elements of data whose short names nobody outside knows. */
const ELEMENTS: Readonly<Record<string, string>> = {
  ssn: 'social security number',
  phi: 'health information',
  cpni: 'call records',
};

function wordsOf(value: FactValue): string | undefined {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map((one) => ELEMENTS[one] ?? one.replaceAll('-', ' ')).join(', ');
  return typeof value === 'object' || value === 'unknown' ? undefined : String(value);
}

/** The fields of a form that the record answers, in the zone of the reader. */
export function carriedIn(incident: Incident, zone: string | undefined): Record<string, Carried> {
  const carried: Record<string, Carried> = {};
  const put = (slots: string[] | undefined, text: string | undefined, seq: number) => {
    for (const slot of text === undefined ? [] : (slots ?? [])) carried[slot] = { text: text ?? '', cites: [String(seq)] };
  };
  for (const [anchor, { at, precision, seq }] of incident.owed.anchors)
    put(ANCHORS[anchor]?.slots, spokenAt(at, precision, zone), seq);
  const residents: Carried = { text: '', cites: [] };
  for (const [fact, { value, seq }] of incident.owed.facts) {
    put(FACTS[fact]?.slots, wordsOf(value), seq);
    const place = /^residents\.(.+)$/.exec(fact)?.[1];
    const said = place === undefined ? undefined : wordsOf(value);
    if (place === undefined || said === undefined) continue;
    residents.text += `${residents.text === '' ? '' : ', '}${said} (${place})`;
    residents.cites.push(String(seq));
  }
  return residents.cites.length === 0 ? carried : { ...carried, residents };
}
