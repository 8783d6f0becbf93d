import { squeeze } from './markdown.ts';

/** A heading's words, sorted: what a person reads, and what the typed suffixes say. */
export type Heading = {
  title: string;
  /** `(if personal data)`, `(unless ...)`: the words inside. */
  condition?: string;
  parallel: boolean;
  /** `(within 10 minutes)`: the words after "within". */
  within?: string;
  /** `Step 3: ...`: the author numbers steps by hand. */
  numberedStep: boolean;
  /** The letter of `(C) Containment` or the number of `3.2`, `Part 3 —`. */
  number?: string;
};

const EMOJI = /\p{Extended_Pictographic}|\ufe0f|\u200d|[\u{1f3fb}-\u{1f3ff}\u{1f1e6}-\u{1f1ff}]/gu;
const KEEP = /[©®™↔→➜⇒]/u;
const ROMAN = '[IVX]{1,5}';
const ORDINAL = `\\d+(?:\\.\\d+)*[a-z]?|${ROMAN}|[A-Za-z]|one|two|three|four|five|six|seven|eight|nine|ten`;
const STEP = new RegExp(`^step(?:\\s+|(?=[#\\d]))#?\\s*(${ORDINAL})(?:\\s*[-—–:.)|]+\\s*|\\s+|$)`, 'i');
const PART = new RegExp(
  `^(?:part|phase|stage|section|chapter|level|appendix|annex)(?:\\s+|(?=[#\\d]))#?\\s*(${ORDINAL})(?:\\s*[-—–:.)|]+\\s*|\\s+|$)`,
  'i',
);
const NUMBERS = [
  /^\((\d+(?:\.\d+)*|[A-Za-z]{1,2})\)\s*/,
  /^(\d+(?:\.\d+)+)[.):]?\s*[-—–]?\s*/,
  /^(\d{1,3})\s*[.):](?!\d)\s*[-—–]?\s*/,
  /^(\d{1,2})\s+[-—–]\s*/,
  /^(\d{1,2})\s+(?=[A-Z][a-z])/,
  new RegExp(`^(${ROMAN})\\s*[.):]\\s*`),
  /^([A-Z])[.)]\s+/,
];

/** "(if applicable)" and its kin ask for judgement, not for a fact. */
const CONDITION =
  /^(only )?(if|unless|when)\s+(?!(applicable|possible|necessary|needed|required|appropriate|available|any|relevant|unsure|so|not|in doubt|in use|enabled|subscribed|desired|you|we|they|it)\b)\S/i;

/** Emoji out, arrows and signs that carry meaning kept. */
export function withoutEmoji(text: string): string {
  return squeeze(text.replace(EMOJI, (mark) => (KEEP.test(mark) ? mark : '')));
}

/** Cleans heading text of everything that is not its words. A heading that is nothing but a number keeps it. */
export function readHeading(raw: string): Heading {
  let text = withoutEmoji(raw.replace(/\{[#:][^}]*\}/g, '').replace(/^[☐☑☒□■▢◻⬜✅]\s*/u, ''));
  const found: Heading = { title: '', parallel: false, numberedStep: false };
  text = suffixes(text, found);
  text = numbers(text, found);
  text = text
    .replace(/^[-–—:|•>\s]+/, '')
    .replace(/[\s:：]+$/u, '')
    .replace(/^["“](.*)["”]$/, '$1');
  found.title = squeeze(text) || withoutEmoji(raw) || squeeze(raw);
  return found;
}

function suffixes(text: string, found: Heading): string {
  for (let rest = text; ; ) {
    const match = /\s*\(([^()]+)\)\s*:?$/.exec(rest);
    const inside = match?.[1]?.trim() ?? '';
    if (/^(in )?parallel$/i.test(inside)) found.parallel = true;
    else if (/^within\s+\S/i.test(inside) && found.within === undefined) found.within = inside.replace(/^within\s+/i, '');
    else if (CONDITION.test(inside) && found.condition === undefined) found.condition = inside;
    else return rest;
    rest = rest.slice(0, match?.index);
  }
}

function numbers(text: string, found: Heading): string {
  const step = STEP.exec(text);
  if (step !== null) found.numberedStep = true;
  for (const form of [STEP, PART, ...NUMBERS]) {
    const match = form.exec(text);
    const rest = match === null ? '' : text.slice(match[0].length);
    if (match === null || !/\p{L}/u.test(rest)) continue;
    found.number = match[1] ?? '';
    return form === STEP || form === PART ? numbers(rest, found) : rest;
  }
  return text;
}
