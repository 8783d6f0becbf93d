import type { Bound, Mention } from './mention.ts';
import type { Scan } from './scan.ts';

const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SCALES: Record<string, number> = {
  hundred: 100,
  thousand: 1000,
  million: 1e6,
  billion: 1e9,
  dozen: 12,
  k: 1e3,
  m: 1e6,
  mn: 1e6,
  bn: 1e9,
};
const WORD = `(?:${[...ONES, ...TENS].join('|')}|hundred|thousand|million|billion|dozen)`;
const WORDS = String.raw`\b(?:(?:a|an)\s+(?=hundred|thousand|million|billion|dozen))?${WORD}(?:(?:[\s-]+(?:and\s+)?)${WORD})*s?\b`;
const DIGITS = String.raw`\d+(?:[.,' ]\d{3})*(?:[.,]\d+)?`;
const UNITS: [RegExp, string, number][] = [
  [/^(?:s|sec|secs|seconds?)$/i, 'duration', 1],
  [/^(?:min|mins|minutes?)$/i, 'duration', 60],
  [/^(?:h|hr|hrs|hours?)$/i, 'duration', 3600],
  [/^(?:days?)$/i, 'duration', 86400],
  [/^(?:weeks?)$/i, 'duration', 604800],
  [/^(?:fortnights?)$/i, 'duration', 1209600],
  [/^(?:months?)$/i, 'months', 1],
  [/^(?:years?)$/i, 'months', 12],
  [/^(?:bytes?)$/i, 'size', 1],
  [/^(?:kb|kilobytes?)$/i, 'size', 1e3],
  [/^(?:kib)$/i, 'size', 1024],
  [/^(?:mb|megabytes?)$/i, 'size', 1e6],
  [/^(?:mib)$/i, 'size', 1048576],
  [/^(?:gb|gigabytes?|gigs?)$/i, 'size', 1e9],
  [/^(?:gib)$/i, 'size', 1073741824],
  [/^(?:tb|terabytes?)$/i, 'size', 1e12],
  [/^(?:tib)$/i, 'size', 1099511627776],
  [/^(?:%|percent|per\s?cent|pct)$/i, 'percent', 1],
];
const UNIT_WORD = String.raw`%|percent|per\s?cent|pct|secs?|seconds?|mins?|minutes?|hrs?|hours?|days?|weeks?|fortnights?|months?|years?|bytes?|kilobytes?|megabytes?|gigabytes?|gigs?|terabytes?|[KMGT]i?B`;
const CURRENCY: Record<string, string> = {
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  us$: 'USD',
  usd: 'USD',
  eur: 'EUR',
  gbp: 'GBP',
  chf: 'CHF',
  aud: 'AUD',
  cad: 'CAD',
  dollars: 'USD',
  dollar: 'USD',
  euros: 'EUR',
  euro: 'EUR',
  pounds: 'GBP',
  pound: 'GBP',
  sek: 'SEK',
  dkk: 'DKK',
  nok: 'NOK',
  pln: 'PLN',
  jpy: 'JPY',
  btc: 'BTC',
  bitcoin: 'BTC',
  bitcoins: 'BTC',
  xmr: 'XMR',
  monero: 'XMR',
};
const MONEY_AFTER = `(?:USD|EUR|GBP|CHF|AUD|CAD|SEK|DKK|NOK|PLN|JPY|BTC|XMR|CZK|HUF|INR|SGD|NZD|ZAR|US dollars?|dollars?|euros?|pounds?|bitcoins?|monero|€|£)`;

const BEFORE: [RegExp, Bound][] = [
  [/\b(?:at least|no (?:fewer|less) than|(?:a )?minimum(?: of)?|min\.|not (?:fewer|less) than|≥|>=)\s*(?:the\s)?$/i, 'at_least'],
  [/(?:\b(?:at most|up to|no more than|not more than|(?:a )?maximum(?: of)?|max\.|as many as)|≤|<=)\s*$/i, 'at_most'],
  [
    /(?:\b(?:more than|older than|longer than|larger than|bigger than|above|beyond|(?<!\b(?:spread|distributed|divided|stretched|scattered|all|across|shared)\s)over|in excess of|upwards of|exceeding|greater than)|>)\s*$/i,
    'more',
  ],
  [/(?:\b(?:fewer than|less than|younger than|shorter than|smaller than|under|below)|<)\s*$/i, 'less'],
  [
    /(?:\b(?:about|around|approximately|approx\.?|roughly|some|nearly|almost|circa|ca\.?|an estimated|estimated|close to|just (?:over|under))|~)\s*$/i,
    'about',
  ],
];

export function numberBound(text: string, start: number, end: number): Bound {
  const before = BEFORE.find(([pattern]) => pattern.test(text.slice(Math.max(0, start - 24), start)));
  if (before) return before[1];
  if (/^\s*(?:or more|or older|or longer|or larger)/i.test(text.slice(end, end + 12))) return 'at_least';
  return /^\s*(?:or more|or so)\b|^\s*\+/.test(text.slice(end, end + 10)) ? 'at_least' : 'exact';
}

/** Readings of digits: "1,200" and "1'200" are 1200; "1.200" is 1200 or 1.2; "1,5" is 1.5. */
export function readings(digits: string): number[] {
  const plain = digits.replaceAll(/[' ]/g, '');
  const grouped = /^\d{1,3}([.,])\d{3}(?:\1\d{3})*(?:[.,]\d+)?$/.exec(plain);
  if (!grouped) return [Number(plain.replace(',', '.'))];
  const mark = grouped[1] ?? ',';
  const thousands = Number(plain.replaceAll(mark, '').replace(',', '.'));
  const single = plain.split(mark).length === 2;
  return mark === '.' && single ? [thousands, Number(plain)] : [thousands];
}

/** "twelve hundred", "two thousand and five", "a dozen". */
export function wordsValue(words: string): number {
  let total = 0;
  let part = 0;
  for (const word of words
    .toLowerCase()
    .replace(/s$/, '')
    .split(/[\s-]+/)) {
    const one = ONES.indexOf(word);
    const ten = TENS.indexOf(word);
    if (one >= 0) part += one;
    else if (ten >= 0) part += (ten + 2) * 10;
    else if (word === 'hundred' || word === 'dozen') part = (part || 1) * (SCALES[word] ?? 1);
    else if (SCALES[word] !== undefined) {
      total += (part || 1) * (SCALES[word] ?? 1);
      part = 0;
    }
  }
  return total + part;
}

const amounts = (digits: string | undefined, words: string | undefined, scale: string | undefined): number[] =>
  (digits !== undefined ? readings(digits) : [wordsValue(words ?? '')]).map((it) =>
    round(it * (scale === undefined ? 1 : (SCALES[scale.toLowerCase()] ?? 1))),
  );
const round = (it: number) => Math.round(it * 1e6) / 1e6;
const keyed = (type: string, values: number[]) => values.map((it) => `${type}:${it}`);

/** Takes money, shares, durations, sizes, then bare numbers. Times, versions and ids must be gone before. */
export function takeNumbers(scan: Scan): void {
  const make = (type: Mention['type'], unit: string, values: number[], m: RegExpExecArray): Partial<Mention> => ({
    type,
    keys: keyed(unit, values),
    amount: values[0] ?? Number.NaN,
    bound: numberBound(scan.text, m.index, m.index + m[0].length),
  });
  takeShares(scan);
  const number = `(?:(${DIGITS})|(${WORDS}))`;
  const scale = String.raw`(?:\s?(thousand|million|billion|bn|mn|k|m)\b)?`;
  scan.take(new RegExp(String.raw`(US\$|[$€£])\s?(${DIGITS})${scale}`, 'gi'), (m) =>
    make('money', `money:${currency(m[1])}`, amounts(m[2], undefined, m[3]), m),
  );
  scan.take(
    new RegExp(
      String.raw`\b(USD|EUR|GBP|CHF|AUD|CAD|SEK|DKK|NOK|PLN|JPY|BTC|XMR|CZK|HUF|INR|SGD|NZD|ZAR)\s?(${DIGITS})${scale}`,
      'g',
    ),
    (m) => make('money', `money:${currency(m[1])}`, amounts(m[2], undefined, m[3]), m),
  );
  scan.take(new RegExp(String.raw`(?<![\w.])${number}${scale}\s?(${MONEY_AFTER})(?!\w)`, 'gi'), (m) =>
    make('money', `money:${currency(m[4])}`, amounts(m[1], m[2], m[3]), m),
  );
  takeCompound(scan, make);
  scan.take(
    new RegExp(
      String.raw`(?<![\w.])${number}[\s-]?(?:(?:internal|working|business|calendar|consecutive|full|further|additional|staff|person|billable|overtime)[\s-])?(${UNIT_WORD})(?![\w])`,
      'gi',
    ),
    (m) => withUnit(m, make),
  );
  scan.take(/(?<![\w.])(\d+(?:\.\d+)?)(h|m|s|d)(?!\w)/g, (m) =>
    m[2] === 'm' ? make('duration', 'duration', [Number(m[1]) * 60], m) : withUnit([m[0], m[1], undefined, m[2]], make, m),
  );
  scan.take(
    /\b(?:half an hour|an hour and a half|an hour and a quarter|three quarters of an hour|an hour|a quarter of an hour|a day|a week|half a day)\b/gi,
    (m) => make('duration', 'duration', [PHRASES[m[0].toLowerCase()] ?? 0], m),
  );
  scan.take(/\b(?:(?:a|an|one) )?(half|third|quarter) of (?:the|all|our|your|them|these|those|its|their)\b/gi, (m) =>
    make('percent', 'percent', [m[1]?.toLowerCase() === 'half' ? 50 : m[1]?.toLowerCase() === 'third' ? 33.3 : 25], m),
  );
  scan.take(new RegExp(String.raw`(?<![\w.@/-])(?:(${DIGITS})|(${WORDS}))${scale}(?![\w@]|\.\d)`, 'gi'), (m) =>
    bare(m, scan.text, make),
  );
  scan.take(/\b(\d+)(?:st|nd|rd|th)\b/gi, (m) => ({ type: 'ordinal', keys: [`ordinal:${m[1]}`], amount: Number(m[1]) }));
}

/** "One in eight" is a share, and a rounded one. */
function takeShares(scan: Scan): void {
  scan.take(
    new RegExp(String.raw`\b(?:one|1) (?:in|out of) (?:(\d+)|(${WORDS}))\b(?!\s?(?:h|hours?|minutes?|days?|weeks?))`, 'gi'),
    (m) => {
      const [share] = [100 / count(m[1], m[2])];
      return { type: 'percent', keys: [`percent:${share}`], amount: share, bound: 'about' };
    },
  );
}

const PHRASES: Record<string, number> = {
  'half an hour': 1800,
  'an hour': 3600,
  'an hour and a half': 5400,
  'an hour and a quarter': 4500,
  'three quarters of an hour': 2700,
  'a quarter of an hour': 900,
  'a day': 86400,
  'a week': 604800,
  'half a day': 43200,
};

type Make = (type: Mention['type'], unit: string, values: number[], m: RegExpExecArray) => Partial<Mention>;

const currency = (word: string | undefined) =>
  CURRENCY[(word ?? '').toLowerCase().replace(/^us dollars?$/, 'usd')] ?? (word ?? '').toUpperCase();

/** "1 hour 35 minutes", "1 h 35 min", "two days and four hours". */
function takeCompound(scan: Scan, make: Make): void {
  const part = (units: string) => String.raw`(?:(\d+)[\s-]?|(${WORDS}|\ban?)[\s-])(?:${units})`;
  const pattern = String.raw`(?<![\w.])${part('hours?|hrs?|h')}\s?(?:and\s|,\s)?${part('minutes?|mins?|m')}(?!\w)`;
  scan.take(new RegExp(pattern, 'gi'), (m) => make('duration', 'duration', [count(m[1], m[2]) * 3600 + count(m[3], m[4]) * 60], m));
  const days = String.raw`(?<![\w.])${part('days?|d')}\s?(?:and\s|,\s)?${part('hours?|hrs?|h')}(?!\w)`;
  scan.take(new RegExp(days, 'gi'), (m) => make('duration', 'duration', [count(m[1], m[2]) * 86400 + count(m[3], m[4]) * 3600], m));
}

const count = (digits: string | undefined, words: string | undefined) =>
  digits !== undefined ? Number(digits) : /^an?$/i.test(words ?? '') ? 1 : wordsValue(words ?? '');

function withUnit(m: readonly (string | undefined)[], make: Make, match = m as RegExpExecArray): Partial<Mention> | undefined {
  const unit = UNITS.find(([pattern]) => pattern.test(m[3] ?? ''));
  if (unit === undefined) return undefined;
  const type: Mention['type'] =
    unit[1] === 'months' ? 'duration' : unit[1] === 'size' ? 'size' : unit[1] === 'percent' ? 'percent' : 'duration';
  return make(
    type,
    unit[1],
    amounts(m[1], m[2], undefined).map((it) => round(it * unit[2])),
    match,
  );
}

/** "One" is a number only where it counts something ("one server", "one of 60"), not in "no one" or "one another". */
function bare(m: RegExpExecArray, text: string, make: Make): Partial<Mention> | undefined {
  const words = (m[2] ?? '').toLowerCase();
  const after = text.slice(m.index + m[0].length, m.index + m[0].length + 20);
  if (
    words === 'one' &&
    (/\b(?:no|not|every|any|some|each|this|that|which|the|another)\s+$/i.test(text.slice(0, m.index)) ||
      (/^\s+of\b/i.test(after) &&
        /\b(?:from|to|at|by|with|for|via|through|using|nobody|never)\s+$/i.test(text.slice(0, m.index))) ||
      !/^\s+[a-z]/i.test(after) ||
      /^\s+(?:another|or|by|can|should|must|may|has|is)\b/i.test(after))
  )
    return undefined;
  if (/^(?:second|seconds|ones)$/.test(words) || (m[2] !== undefined && /^-[a-z]/i.test(after))) return undefined;
  if (
    words === 'one' &&
    /^\s+of (?:them|these|those)\b/i.test(after) &&
    /(?:\b(?:being|is|was|as)|,)\s+$/i.test(text.slice(0, m.index))
  )
    return undefined;
  return make('number', 'count', amounts(m[1], m[2], m[3]), m);
}
