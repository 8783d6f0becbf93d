import type { Anchor, Timing } from './runbook.ts';

const MINUTES: Record<string, number> = {
  minute: 1,
  min: 1,
  m: 1,
  hour: 60,
  hr: 60,
  h: 60,
  day: 1440,
  d: 1440,
  week: 10080,
  month: 43200,
};
const WORDS: Record<string, number> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  'forty-five': 45,
  sixty: 60,
  ninety: 90,
  half: 0.5,
};
const UNIT = 'minutes?|mins?|hours?|hrs?|days?|weeks?|months?|[mhd]';
const SPELLED = Object.keys(WORDS)
  .sort((a, b) => b.length - a.length)
  .join('|');
/** `24-48 hours` reads as 24: the earlier reading is the one that is never late. */
const AMOUNT = new RegExp(
  `(?<![\\w.])(?:(\\d+(?:\\.\\d+)?)(?:\\s*(?:-|–|to)\\s*\\d+)?[\\s-]*|(${SPELLED})[\\s-]+)(?:an?\\s+)?(?:(?:full|business|working|calendar)\\s+)?(${UNIT})(?![a-z])`,
  'gi',
);
const RATE: Record<string, number> = { hourly: 60, daily: 1440, weekly: 10080, monthly: 43200, nightly: 1440 };
const AT_ONCE = /\b(immediately|at once|right away|straight away|now)\b/i;

/**
 * The minutes that a text names, or undefined. `1 hour 30 minutes` is 90; `immediately` is 0; business days count as
 * days, because a shorter time is the safe one. A month is 30 days.
 */
export function minutesOf(text: string): number | undefined {
  const rate = /\b(hourly|daily|weekly|monthly|nightly)\b/i.exec(text)?.[1];
  if (rate !== undefined) return RATE[rate.toLowerCase()];
  const found = [...text.matchAll(AMOUNT)];
  const [first] = found;
  if (first === undefined)
    return /\bevery\s+(minute|hour|day|week|month)\b/i.test(text) ? single(text) : AT_ONCE.test(text) ? 0 : undefined;
  return Math.round(run(text, found).reduce((sum, match) => sum + amount(match), 0));
}

/** Amounts that follow one another ("1 hour 30 minutes"); a later one in the sentence is another time. */
function run(text: string, found: RegExpExecArray[]): RegExpExecArray[] {
  const taken: RegExpExecArray[] = [];
  for (const match of found) {
    const last = taken.at(-1);
    if (last !== undefined && !/^\s*(,|and)?\s*$/.test(text.slice(last.index + last[0].length, match.index))) break;
    taken.push(match);
  }
  return taken;
}

function amount(match: RegExpExecArray): number {
  const count = (match[1] ?? match[2] ?? '').toLowerCase();
  return (WORDS[count] ?? Number(count)) * perUnit(match[3] ?? '');
}

function perUnit(unit: string): number {
  const name = unit.toLowerCase();
  return MINUTES[name] ?? MINUTES[name.replace(/s$/, '')] ?? 0;
}

function single(text: string): number {
  return perUnit(/\bevery\s+(\w+)/i.exec(text)?.[1] ?? '');
}

/** What the clock counts from, by the words after the amount; `fallback` where the text does not say. */
export function anchorOf(text: string, fallback: Anchor): Anchor {
  if (/\b(aware|awareness|learn(ed|ing|t)?|discover(y|ed|ing)?|notic(ed|ing)|knowledge)\b/i.test(text)) return 'aware';
  if (/\b(declar(ed|ing|ation)|activat(ed|ion))\b/i.test(text)) return 'declared';
  if (/\b(start of the incident|incident (start|began|begins|occurred)|occurr(ed|ence)|detect(ed|ion))\b/i.test(text))
    return 'incident';
  if (/\b(this step|step (opens|starts)|from here|taking this)\b/i.test(text)) return 'step';
  return fallback;
}

/** A typed time, or undefined where the text names none. */
export function timing(text: string, fallback: Anchor): Timing | undefined {
  const minutes = minutesOf(text);
  return minutes === undefined ? undefined : { text, minutes, from: anchorOf(text, fallback) };
}

/** `ask again in 2 hours`: minutes until the question comes back. */
export function askAgain(text: string): number | undefined {
  const match = /\b(?:ask|check|look|decide|come back) again (?:in|after)\s+([^.;,]+)/i.exec(text);
  return match === null ? undefined : minutesOf(match[1] ?? '');
}
