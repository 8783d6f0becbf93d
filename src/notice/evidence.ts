import type { Reading, Token } from './reading.ts';
import { read } from './reading.ts';
import type { PlainEntry } from './record.ts';
import type { Surroundings } from './values/instant.ts';
import { atInstant, sameTime } from './values/instant.ts';
import type { Mention } from './values/mention.ts';
import { sameKey } from './values/mention.ts';
import { concept } from './words/lexicon.ts';

/** An entry as evidence: its text and its typed value read apart, and its as-of time as a value. */
export type Evidence = {
  entry: PlainEntry;
  readings: Reading[];
  /** The as-of time; it is carried, but is nobody's event. */
  asOf: Mention | undefined;
  around: Surroundings;
  /** Every stem and concept it carries, parents included. */
  carried: Set<string>;
};

/** Entries never change, and taking one apart is the dear part of a check. */
const known = new WeakMap<PlainEntry, Map<string | undefined, Evidence>>();

/** The entry taken apart, for readers in `zone`. */
export function evidenceOf(entry: PlainEntry, zone: string | undefined): Evidence {
  const zones = known.get(entry) ?? new Map<string | undefined, Evidence>();
  const evidence = zones.get(zone) ?? takenApart(entry, zone);
  zones.set(zone, evidence);
  known.set(entry, zones);
  return evidence;
}

function takenApart(entry: PlainEntry, zone: string | undefined): Evidence {
  const around = { at: entry.at, zone };
  const readings = [read(entry.text, zone), ...valueTexts(entry.value, entry.text).map((text) => read(text, zone))];
  const instant = atInstant(entry.at);
  const day = entry.at !== undefined && instant === undefined ? dateParts(entry.at) : undefined;
  const time = instant === undefined ? day : { asOf: instant };
  const asOf: Mention | undefined =
    time === undefined
      ? undefined
      : { type: 'time', keys: [], also: [], raw: entry.at ?? '', start: 0, end: 0, bound: 'exact', amount: Number.NaN, time };
  return { entry, readings, asOf, around, carried: carriedBy([...readings, read(entry.kind.replaceAll('_', ' '), zone)]) };
}

function dateParts(at: string) {
  const day = Temporal.PlainDate.from(at.slice(0, 10));
  return { year: day.year, month: day.month, day: day.day };
}

/** What a text says without its own word: a ransom note demands, an intruder inside has access, a new server stands for a rebuilt one. */
const IMPLIED: readonly (readonly [RegExp, string])[] = [
  [/\bransom\b/i, 'demand'],
  [/\b(?:ransom|exploit\w*|stolen|stole|theft|hijack\w*|intrusion|break-in|broke in|phish\w*)\b/i, 'attacker'],
  [/\b(?:npm|pypi|crates\.io|nuget)\b/i, 'package'],
  [/\b(?:remov|revok|withdr|delet|overwr)\w+\b|\btook away\b/i, 'missing'],
  [
    /\b(?:intruders?|attackers?|hackers?|thie(?:f|ves)|criminals?|someone|strangers?) (?:was|were|had been|got|came|sat) (?:in|inside|into)\b/i,
    'access',
  ],
  [
    /\b(?:new|clean) \w+ (?:\w+ )?(?:built|installed|set up)\b|\b(?:built|installed|set up) (?:anew|again|from clean)\b/i,
    'rebuild',
  ],
];

export function carriedBy(readings: Reading[]): Set<string> {
  const set = new Set<string>();
  for (const token of readings.flatMap(({ tokens }) => tokens)) {
    if (token.broken && token.mention === undefined) continue;
    if (/^cve-/i.test(token.lower)) set.add('vulnerability');
    if (token.mention?.type === 'id') for (const it of ['machine', 'system']) set.add(it);
    set.add(token.stem);
    for (const part of token.lower.split(/[-']/)) set.add(part);
    for (const id of token.wider) set.add(id);
  }
  for (const { text } of readings) for (const [pattern, id] of IMPLIED) if (pattern.test(text)) set.add(id);
  return set;
}

/**
 * A typed value becomes sentences the same reader reads: `{quantity: 12, unit: "servers", counts: "encrypted servers"}` is
 * "12 servers encrypted servers", so that what it counts stands beside the number. A value without words takes those of the text.
 */
export function valueTexts(value: unknown, text: string): string[] {
  if (value === undefined || value === null || value === '' || typeof value === 'boolean') return [];
  if (typeof value !== 'object') return [worded(String(value), text)];
  if (Array.isArray(value)) return value.flatMap((it) => valueTexts(it, text));
  const fields = Object.entries(value);
  const number = fields.find(([, it]) => typeof it === 'number');
  const words = fields
    .filter(([key, it]) => typeof it === 'string' && !/^(?:type|kind|polarity)$/.test(key) && !BOUND_KEYS.test(key))
    .map(([key, it]) =>
      PLAIN_KEYS.test(key) && !(key === 'by' && /^\d{4}-/.test(String(it))) ? String(it) : `${key.replaceAll('_', ' ')} ${it}`,
    );
  const nested = fields.flatMap(([, it]) => (typeof it === 'object' && it !== null ? valueTexts(it, text) : []));
  const own = [...(number === undefined ? [] : [boundWords(fields), String(number[1])]), ...words].join(' ').trim();
  const others = fields.flatMap(([key, it]) =>
    typeof it === 'number' && key !== number?.[0] ? [`${it} ${key.replaceAll('_', ' ')}`] : [],
  );
  return [...(own === '' ? [] : [worded(own, text)]), ...others, ...nested];
}

const BOUND_KEYS = /^(?:bound|comparison|comparator|qualifier|operator|relation|modifier|approx|approximate|estimate[ds]?)$/;

/** "Less than", "at least", "about": said before the number, where a person would say it. */
function boundWords(fields: [string, unknown][]): string {
  const said = fields.find(([key]) => BOUND_KEYS.test(key));
  const [key = '', value] = fields.find(([, it]) => typeof it === 'number') ?? [];
  const named = /^(?:min|minimum|at_least|atLeast)$/.test(key)
    ? 'at least'
    : /^(?:max|maximum|at_most|atMost)$/.test(key)
      ? 'at most'
      : '';
  if (said === undefined || value === undefined) return named;
  if (said[1] === true) return 'about';
  return typeof said[1] === 'string' && !/^(?:exact(?:ly)?|equals?|eq|=)$/i.test(said[1]) ? said[1].replaceAll('_', ' ') : named;
}

/** Keys that say nothing of the value; any other is a word of it ("missing: none"). */
const PLAIN_KEYS =
  /^(?:unit|units|counts?|of|what|event|who|by|said_by|time|at|on|text|value|amount|quantity|number|name|label|description|subject|item)$/;

/** With the text's words where it has fewer than two of its own. */
const worded = (own: string, text: string) => ((own.match(/\p{L}{3,}/gu) ?? []).length < 2 ? `${own} ${text}` : own);

/** Whether the entry carries what the word says: the word, a synonym, or something more particular. */
export function carries(carried: ReadonlySet<string>, token: Token): boolean {
  if (carried.has(token.stem) || carried.has(token.lower)) return true;
  if (token.lower.includes('-') && token.lower.split('-').every((part) => part.length < 3 || carried.has(part))) return true;
  return [...token.concepts].some((id) => carried.has(id));
}

/** Families in which a sibling is a fair paraphrase: phoned for told, searched for reviewed. */
const NEAR = new Set(['inform', 'check', 'log', 'people']);

/** A near relation: a sibling within a family where siblings mean nearly the same. */
export function nearly(carried: ReadonlySet<string>, token: Token): boolean {
  return [...token.concepts].some((id) => {
    const parent = concept(id)?.parent;
    return concept(id)?.claim !== true && parent !== undefined && NEAR.has(parent) && carried.has(parent);
  });
}

/** Where a value of the draft stands in an entry: the reading, and the mention there. */
export type Place = { evidence: Evidence; reading: Reading | undefined; mention: Mention };

export function placesOf(ours: Mention, evidence: Evidence): Place[] {
  const found: Place[] = evidence.readings.flatMap((reading) =>
    reading.mentions.filter((it) => sameValue(ours, it, evidence.around)).map((mention) => ({ evidence, reading, mention })),
  );
  const { asOf } = evidence;
  return asOf !== undefined && sameValue(ours, asOf, evidence.around)
    ? [...found, { evidence, reading: undefined, mention: asOf }]
    : found;
}

export function sameValue(ours: Mention, theirs: Mention, around: Surroundings): boolean {
  if (ours.type === 'time' || theirs.type === 'time') {
    return ours.time !== undefined && theirs.time !== undefined && sameTime(ours.time, theirs.time, around);
  }
  return sameKey(ours, theirs);
}
