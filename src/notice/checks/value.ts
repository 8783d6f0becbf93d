import type { Case, Check, Docket } from '../case.ts';
import { cited, problem } from '../case.ts';
import { derivedDuration, listed, remaining } from '../derived.ts';
import type { Place } from '../evidence.ts';
import { placesOf } from '../evidence.ts';
import type { Problem } from '../problem.ts';
import { quantified } from '../quantifier.ts';
import { countsSame, headOf } from '../quantity.ts';
import type { Token } from '../reading.ts';
import { misplaced } from '../role.ts';
import { wrongWeekday } from '../values/instant.ts';
import type { Bound, Mention } from '../values/mention.ts';
import { backwards, downgraded, repeated } from './span.ts';

const WHAT: Record<Mention['type'], string> = {
  number: 'number',
  duration: 'duration',
  size: 'size',
  money: 'sum',
  percent: 'share',
  time: 'time',
  version: 'version',
  id: 'identifier',
  hash: 'hash',
  address: 'address',
  phone: 'phone number',
  file: 'file name',
  ordinal: 'number',
  name: 'name',
};

/** Every value in a fact is the cited one, in whatever notation, bound as the entry bounds it, counting what the entry counts. */
export const values: Check = (it, docket) => {
  if (it.type === 'fixed' || it.evidence.length === 0) return [];
  const own =
    it.type === 'fact' || promised(it)
      ? it.reading.mentions
      : it.reading.mentions.filter(({ type }) => type !== 'time' && type !== 'duration');
  return [
    ...own.flatMap((ours) => valueFaults(ours, it, docket)),
    ...repeated(it),
    ...backwards(it),
    ...downgraded(it),
    ...quantified(it),
  ];
};

/** An ask or a promise has times of its own, unless it cites the entry in which they were promised or set. */
function promised(it: Case): boolean {
  const timed = it.evidence.filter(({ readings }) =>
    readings.some(({ mentions }) => mentions.some(({ type }) => type === 'time' || type === 'duration')),
  );
  return timed.some(
    ({ entry }) =>
      /promise|deadline|commit|cadence|update|due/i.test(entry.kind) ||
      /\b(?:next update|promised|due|deadline|will (?:be|write|call|send|update|report))\b/i.test(entry.text),
  );
}

function valueFaults(ours: Mention, it: Case, docket: Docket): Problem[] {
  const weekday = { at: it.evidence[0]?.entry.at, zone: docket.client?.zone };
  if (wrongWeekday(ours, weekday)) return [problem(it, 'truth', 'value.weekday', `${ours.raw} does not fall on that weekday.`)];
  const places = it.evidence.flatMap((evidence) => placesOf(ours, evidence)).filter((place) => usable(ours, place, it));
  if (places.length === 0) return absentValue(ours, it);
  const bound = places.filter((place) => boundCarried(ours, place.mention));
  if (bound.length === 0) {
    return [
      problem(
        it,
        'truth',
        'value.bound',
        `"${ours.raw}" is not bounded as in ${cited(it)}: "${around(places[0])}".`,
        'Keep "about", "at least", "before" and their like as the entry has them.',
      ),
    ];
  }
  const counted = bound.filter((place) => countsSame(ours, it.reading, place));
  if (counted.length === 0) {
    return [
      problem(
        it,
        'truth',
        'value.counts',
        `In ${cited(it)}, ${ours.raw} counts something else: "${around(bound[0])}".`,
        'Give the number to what the entry counts.',
      ),
    ];
  }
  if (counted.some((place) => place.reading === undefined) && ofTheDraft(ours, it)) return [];
  if (ofAStatement(ours, it) && !counted.some(toldThen)) {
    return [
      problem(
        it,
        'truth',
        'value.role',
        `"${ours.raw}" is not when that was said.`,
        "Give the date of the earlier statement: the cited entry's own time.",
      ),
    ];
  }
  return misplaced(ours, it, counted).map((message) =>
    problem(it, 'truth', 'value.role', message, 'Give each value to what it belongs to in the entry.'),
  );
}

function absentValue(ours: Mention, it: Case): Problem[] {
  if (ours.type === 'duration' && derivedDuration(ours, it)) return [];
  if ((ours.type === 'duration' || ours.type === 'size') && ofThem(ours, it)) return [];
  if (ours.type === 'percent' && nearPercent(ours, it)) return [];
  if (
    ours.type === 'number' &&
    (remaining(ours, it) ||
      bothOf(ours, it) ||
      oneOfThem(ours, it) ||
      listed(ours, it) ||
      summed(ours, it) ||
      rounded(ours, it) ||
      singular(ours, it))
  )
    return [];
  const theirs = it.evidence.flatMap(({ readings }) =>
    readings.flatMap(({ mentions }) => mentions.filter(({ type }) => type === ours.type).map(({ raw }) => raw)),
  );
  const known = theirs.length > 0 ? ` It has ${[...new Set(theirs)].slice(0, 4).join(', ')}.` : '';
  return [
    problem(
      it,
      'truth',
      `value.${ours.type}`,
      `The ${WHAT[ours.type]} "${ours.raw}" is not in ${cited(it)}.${known}`,
      'Use the value of the cited entry, or cite the entry that carries this one.',
    ),
  ];
}

/** An as-of time is nobody's event: where the entry gives its event a time of its own, the as-of time is not that. */
function usable(ours: Mention, place: Place, it: Case): boolean {
  if (place.reading !== undefined || ofTheDraft(ours, it)) return true;
  const own = place.evidence.readings.flatMap(({ mentions }) => mentions.filter(({ type }) => type === 'time'));
  if (ours.time?.hour === undefined)
    return !own.some(({ time }) => time?.day !== undefined) || (!endOfSpan(ours, it) && LEARNED.test(it.reading.text));
  return !own.some(({ time }) => time?.hour !== undefined);
}

/** The day of an entry that dates its event by another day is the day on which that was learned, checked or told. */
const LEARNED =
  /\b(?:learn(?:ed|t)|f(?:ound|ind)|know|known|knew|saw|seen|discovered|established|confirmed|noted|noticed|determined|identified|check(?:ed)?|reviewed|verified|told|informed|reported|said|says|stated|wrote|heard|received|recorded|shows?|showed|yet|still|so far|now|status)\b/i;

/** "On 10 June we told you": the time of the statement, not of what it was about. */
function ofAStatement(ours: Mention, it: Case): boolean {
  return (
    ours.type === 'time' &&
    /^\s*,?\s*(?:we|you)\s+(?:first\s+|had\s+|have\s+)?(?:told|said|wrote|stated|announced|informed|reported|promised)\b/i.test(
      it.reading.text.slice(ours.end, ours.end + 40),
    )
  );
}

/** The as-of time of the cited entry, or a time in it at which somebody was told something. */
function toldThen({ reading, mention }: Place): boolean {
  const clause = reading?.tokens.find((token) => token.mention !== undefined && token.start === mention.start)?.clause;
  return (
    reading === undefined ||
    reading.tokens.some(
      (token) => token.clause === clause && [...token.concepts].some((id) => /^(?:tell|call|write|report|inform)$/.test(id)),
    )
  );
}

/** One end of "from 20 May to 1 June": never the as-of date, where the entry has dates of its own. */
function endOfSpan(ours: Mention, it: Case): boolean {
  return /\b(?:from|to|until|till|through|between|since|and|before|after)\s+(?:the\s)?$|-\s?$/i.test(
    it.reading.text.slice(0, ours.start),
  );
}

const AS_OF =
  /\b(?:as of|as at|as on|status(?: at| on| as of)?|stand(?:ing)?|up to|until|position at|at the time of writing|known (?:at|by|on)|checked (?:at|on)|reviewed (?:at|on)|by)\s*(?:the\s|about\s|today,?\s)?$/i;

/** Whether the sentence gives this as its as-of time. */
function ofTheDraft(ours: Mention, it: Case): boolean {
  return (
    AS_OF.test(it.reading.text.slice(Math.max(0, ours.start - 32), ours.start)) ||
    /^\s*(?:status|update|position)\b/i.test(it.reading.text)
  );
}

const LOOSE: Record<Bound, Bound[]> = {
  exact: ['exact'],
  about: ['about', 'exact'],
  at_least: ['at_least'],
  more: ['more'],
  at_most: ['at_most'],
  less: ['less'],
};

/** A draft may be vaguer ("about 12" for 12), never surer or the other way round. */
function boundCarried(ours: Mention, theirs: Mention): boolean {
  return LOOSE[ours.bound].includes(theirs.bound) || (ours.type === 'time' && theirs.type === 'time');
}

/** "About 1,200" for 1,187: rounded as a person would, and marked as rounded. */
function rounded(ours: Mention, it: Case): boolean {
  if (ours.bound === 'more') return roundedDown(ours, it);
  if (ours.bound !== 'about') return false;
  return exactLike(ours, it).some(({ amount }) =>
    [10, 100, 1000, 10_000, 100_000].some(
      (step) =>
        amount >= step * 5 && Math.round(amount / step) * step === ours.amount && Math.abs(amount - ours.amount) / amount < 0.05,
    ),
  );
}

/** What the cited entries give exactly, of the kind that is rounded here. */
const exactLike = (ours: Mention, it: Case): Mention[] =>
  it.evidence
    .flatMap(({ readings }) => readings.flatMap(({ mentions }) => mentions))
    .filter(({ type, bound }) => type === ours.type && bound === 'exact');

/** "Over 23,000" for 23,140: the next round figure below, no lower. */
function roundedDown(ours: Mention, it: Case): boolean {
  return exactLike(ours, it).some(({ amount }) =>
    [10, 100, 1000, 10_000, 100_000, 1_000_000].some(
      (step) => amount >= step * 10 && amount > ours.amount && Math.floor(amount / step) * step === ours.amount,
    ),
  );
}

/** "12 in total: 9 tokens and 3 keys": the sum of the counts beside it, each of which an entry carries. */
function summed(ours: Mention, it: Case): boolean {
  const parts = it.reading.mentions.filter((other) => other !== ours && other.type === 'number');
  return (
    /\b(?:total|altogether|all told|combined|together|overall)\b/i.test(it.reading.text) &&
    parts.length > 1 &&
    parts.every((part) => it.evidence.some((evidence) => placesOf(part, evidence).length > 0)) &&
    parts.reduce((sum, { amount }) => sum + amount, 0) === ours.amount
  );
}

/** "One of them": which one is said behind, and how many there are before. */
const oneOfThem = (ours: Mention, it: Case): boolean =>
  /^one$/i.test(ours.raw) && /^\s+of\s+(?:them|these|those|which)\b/i.test(it.reading.text.slice(ours.end));

/** "Nearly a quarter" for 23 %. */
function nearPercent(ours: Mention, it: Case): boolean {
  const theirs = it.evidence
    .flatMap(({ readings }) => readings.flatMap(({ mentions }) => mentions))
    .filter(({ type }) => type === 'percent');
  return ours.bound === 'about' && theirs.some(({ amount }) => Math.abs(amount - ours.amount) <= ours.amount * 0.1);
}

/** "Two versions" where the entry has "both versions". */
const bothOf = (ours: Mention, it: Case): boolean =>
  ours.amount === 2 && it.evidence.some(({ entry }) => /\b(?:both|a pair of|a couple of)\b/i.test(entry.text));

/** "38 hours, 6 of them at night": six hours. */
function ofThem(ours: Mention, it: Case): boolean {
  return it.evidence.some(({ readings }) =>
    readings.some(({ mentions, text }) =>
      mentions.some(
        (part, at) =>
          part.type === 'number' &&
          /^\s*of (?:them|these|those|which)\b/i.test(text.slice(part.end)) &&
          mentions.slice(0, at).some((whole) => whole.type === ours.type && unitOf(whole) * part.amount === ours.amount),
      ),
    ),
  );
}

const unitOf = ({ amount, raw }: Mention): number =>
  amount / Number(/\d+(?:\.\d+)?/.exec(raw.replaceAll(',', ''))?.[0] ?? Number.NaN);

/** "One server" where the entry says "the server" or "a server". */
function singular(ours: Mention, it: Case): boolean {
  return (
    ours.amount === 1 &&
    /^[a-z]/i.test(ours.raw) &&
    (!it.evidence.some(({ readings }) => readings.some(({ mentions }) => mentions.some(({ type }) => type === 'number'))) ||
      single(headOf(ours, it.reading), it))
  );
}

/** The noun stands in an entry behind "the" or "a", in the singular. */
function single(head: Token | undefined, it: Case): boolean {
  return (
    head !== undefined &&
    it.evidence.some(({ readings }) =>
      readings.some(({ tokens }) =>
        tokens.some(
          (token, at) =>
            token.lower === head.lower && tokens.slice(Math.max(0, at - 2), at).some(({ lower }) => /^(?:the|an?)$/.test(lower)),
        ),
      ),
    )
  );
}

function around(place: Place | undefined): string {
  const text = place?.reading?.text ?? place?.evidence.entry.text ?? '';
  const at = place?.mention.start ?? 0;
  return text.slice(Math.max(0, at - 30), at + 50).trim();
}
