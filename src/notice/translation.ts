import type { Draft } from './draft.ts';
import type { Problem } from './problem.ts';

/** Languages that people are most often written to in, by BCP 47 tag, in their own words and in ours. */
export const LANGUAGES: readonly { tag: string; name: string; own: string }[] = [
  ['ar', 'Arabic', 'العربية'],
  ['zh-Hans', 'Chinese (simplified)', '简体中文'],
  ['nl', 'Dutch', 'Nederlands'],
  ['en', 'English', 'English'],
  ['fr', 'French', 'Français'],
  ['de', 'German', 'Deutsch'],
  ['he', 'Hebrew', 'עברית'],
  ['hi', 'Hindi', 'हिन्दी'],
  ['it', 'Italian', 'Italiano'],
  ['ja', 'Japanese', '日本語'],
  ['ko', 'Korean', '한국어'],
  ['fa', 'Persian', 'فارسی'],
  ['pl', 'Polish', 'Polski'],
  ['pt', 'Portuguese', 'Português'],
  ['ru', 'Russian', 'Русский'],
  ['es', 'Spanish', 'Español'],
  ['sv', 'Swedish', 'Svenska'],
  ['tl', 'Tagalog', 'Tagalog'],
  ['tr', 'Turkish', 'Türkçe'],
  ['uk', 'Ukrainian', 'Українська'],
  ['vi', 'Vietnamese', 'Tiếng Việt'],
].map(([tag = '', name = '', own = '']) => ({ tag, name, own }));

/** A language in our words, or its tag. */
export const languageName = (tag: string): string => LANGUAGES.find((one) => one.tag === tag)?.name ?? tag;

const UNKNOWN = /\[\[[^\]]*\]\]/g;
const DATE = /\b(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December) (\d{4})\b/g;
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/**
 * Whether a translation carries the values of its original: sentence by sentence the same numbers, dates, times, addresses, ids and
 * names. The words themselves no program can vouch for: a person who reads the language does.
 */
export function translationProblems(original: Draft, translated: Draft, language: string, names: readonly string[]): Problem[] {
  const [ours, theirs] = [original.sentences, translated.sentences];
  if (ours.length !== theirs.length)
    return [
      wrong(null, `The original has ${ours.length} sentences, the translation ${theirs.length}.`, 'One line for every line.'),
    ];
  return ours.flatMap(({ text }, at) => sentenceProblems(at, text, theirs[at]?.text ?? '', language, names));
}

function sentenceProblems(at: number, original: string, text: string, language: string, names: readonly string[]): Problem[] {
  const missing = names.filter((name) => name !== '' && has(original, name) && !has(text, name));
  const dates = datesOf(original).filter((date) => !formsOf(date, language).some((form) => plain(text).includes(form)));
  const rest = dates.length > 0 ? [] : difference(original, text, language);
  const same = text === original && original.split(' ').length > 3 ? [untranslated(at)] : [];
  const blank = text.trim() === '' ? [wrong(at, 'This sentence is empty.', 'Translate every sentence.')] : [];
  return [
    ...blank,
    ...same,
    ...missing.map((name) => wrong(at, `The name "${name}" of the original is missing.`, 'Names stay as they are.')),
    ...dates.map((date) => wrong(at, `The date ${date.said} of the original is missing.`, `Write ${formsOf(date, language)[0]}.`)),
    ...(blank.length > 0 || text === original ? [] : rest.map((message) => wrong(at, message, 'Values stay as they are.'))),
  ];
}

const wrong = (sentence: number | null, message: string, suggestion: string): Problem => ({
  sentence,
  rule: 'translation.value',
  level: 'truth',
  message,
  suggestion,
});

const untranslated = (sentence: number): Problem => ({
  sentence,
  rule: 'translation.same',
  level: 'wording',
  message: 'This line stands as in the original.',
  suggestion: 'Translate it, or say why it stays.',
});

const has = (text: string, name: string) => plain(text).toLowerCase().includes(plain(name).toLowerCase());

/** Digits of every script as ours, no marks of direction, one kind of space. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Nd}/gu, (digit) => String(digitOf(digit)))
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\u066c/g, ',')
    .replace(/\u066b/g, '.')
    .replace(/[\u00a0\u202f\u2009]/g, ' ');

/** Decimal digits stand in runs of ten that begin at a multiple of the run's zero. */
function digitOf(digit: string): number {
  let code = digit.codePointAt(0) ?? 48;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - 1))) {
    code--;
    value++;
  }
  return value;
}

type Day = { year: number; month: number; day: number; said: string };

const datesOf = (text: string): Day[] =>
  [...text.matchAll(DATE)].map(([said, day, month = '', year]) => ({
    year: Number(year),
    month: MONTHS.indexOf(month) + 1,
    day: Number(day),
    said,
  }));

/** How a language writes a day: in words, in short, in digits; and ISO 8601. */
function formsOf({ year, month, day, said }: Day, language: string): string[] {
  const at = Date.UTC(year, month - 1, day);
  const said2 = (options: Intl.DateTimeFormatOptions) =>
    plain(
      new Intl.DateTimeFormat(language, { calendar: 'gregory', numberingSystem: 'latn', timeZone: 'UTC', ...options }).format(at),
    );
  const two = (figure: number) => String(figure).padStart(2, '0');
  return [
    said2({ dateStyle: 'long' }),
    said2({ dateStyle: 'medium' }),
    said2({ year: 'numeric', month: '2-digit', day: '2-digit' }),
    said2({ year: 'numeric', month: 'numeric', day: 'numeric' }),
    `${year}-${two(month)}-${two(day)}`,
    said,
  ];
}

/** The day of a sentence as its language writes it: what a translation should say. */
export const datesIn = (text: string, language: string): string =>
  datesOf(text).reduce((rest, date) => rest.replaceAll(date.said, formsOf(date, language)[0] ?? date.said), text);

/** Values besides dates that one side has and the other has not. */
function difference(original: string, text: string, language: string): string[] {
  const [ours, theirs] = [valuesOf(original, datesOf(original), language), valuesOf(text, datesOf(original), language)];
  const short = [...ours].filter(([value, count]) => (theirs.get(value) ?? 0) < count).map(([value]) => value);
  const over = [...theirs].filter(([value, count]) => (ours.get(value) ?? 0) < count).map(([value]) => value);
  return [
    ...short.map((value) => `"${value}" of the original is missing.`),
    ...over.map((value) => `"${value}" does not stand in the original.`),
  ];
}

/** Addresses, hashes, ids, versions, times and numbers, each in one notation and with how often it stands there. */
function valuesOf(text: string, dates: Day[], language: string): Map<string, number> {
  let rest = plain(text).replace(UNKNOWN, ' ');
  const found: string[] = [...plain(text).matchAll(UNKNOWN)].map(() => '[[UNKNOWN]]');
  for (const date of dates) {
    const form = [date.said, ...formsOf(date, language)].find((one) => rest.includes(one));
    if (form !== undefined) rest = rest.replace(form, ' ');
  }
  for (const pattern of WHOLE)
    rest = rest.replace(pattern, (value) => {
      found.push(value.replace(/[.,:]+$/, '').toLowerCase());
      return ' ';
    });
  rest = rest.replace(CLOCK, (_, hour: string, minute: string) => {
    found.push(`${hour.padStart(2, '0')}:${minute}`);
    return ' ';
  });
  for (const [number] of rest.matchAll(/\d+(?:[.,' ]\d{3})*(?:[.,]\d+)?/g)) found.push(numberOf(number));
  const counts = new Map<string, number>();
  for (const value of found) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

const WHOLE = [
  /[\w.+-]+\[?@\]?[\w-]+(?:\[?\.\]?[\w-]+)+/g,
  /\b(?:hxxps?|https?):\/\/\S+/gi,
  /\b(?:CVE-\d{4}-\d+|GHSA(?:-\w{4}){3})\b/gi,
  /\b[0-9a-f]{32,64}\b/gi,
  /\b\d{1,3}(?:\[?\.\]?\d{1,3}){3}\b/g,
  /\b(?:[A-Z]{1,6}-)?[A-Z]+-?\d[\w-]*\b/g,
  /\bUTC(?:[+-]\d{2}:\d{2})?/g,
  /\bv?\d+\.\d+\.\d[\w.-]*/g,
];
const CLOCK = /\b(\d{1,2})[:.h](\d{2})\b(?![.,]?\d)/g;

/** "1,200", "1.200" and "1 200" are one number; "1.5" and "1,5" are one. */
function numberOf(text: string): string {
  const grouped = /^\d{1,3}(?:[.,' ]\d{3})+$/.test(text);
  return grouped ? text.replace(/[.,' ]/g, '') : text.replace(/(?<=\d)[' ](?=\d{3})/g, '').replace(',', '.');
}
