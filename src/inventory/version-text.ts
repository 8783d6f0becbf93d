/**
 * Version texts as people and advisories write them: `< 8.0.1`, `>= 1.0, < 2.0`, `12.0|13.0`, `vers:npm/>=1|<2`,
 * `9.5.6 and earlier`, `All versions < V2.0`. What cannot be read is said, never guessed.
 */
import { orderFor } from './version.ts';
import { type Bound, EVERY_VERSION, type Span, type VersionSet } from './version-range.ts';

type Operator = '<' | '<=' | '>' | '>=' | '=' | '!=';
type Comparator = { operator: Operator; version: string };

/** A set, or the first text that could not be read. */
export type VersionTexts = { set: VersionSet } | { unreadable: string };

/** Reads texts of which any may hold. Lone lower and upper bounds pair up in version order, as in the VERS notation. */
export function versionSet(ecosystem: string, texts: string[]): VersionTexts {
  const set: VersionSet = { spans: [], exact: [], except: [] };
  const lone: Comparator[] = [];
  for (const text of texts.flatMap(alternatives)) {
    if (isAll(text)) {
      set.spans.push({});
      continue;
    }
    const comparators = comparatorsOf(text);
    if (comparators === undefined) return { unreadable: text };
    if (comparators.length === 1) lone.push(...comparators);
    else addTogether(set, comparators);
  }
  set.exact.push(...lone.filter(({ operator }) => operator === '=').map(({ version }) => version));
  set.except.push(...lone.filter(({ operator }) => operator === '!=').map(({ version }) => version));
  const spans = paired(
    ecosystem,
    lone.filter(({ operator }) => operator !== '=' && operator !== '!='),
  );
  if (spans === undefined) return { unreadable: texts.join(', ') };
  set.spans.push(...spans);
  if (set.except.length > 0 && set.spans.length === 0 && set.exact.length === 0) set.spans.push({});
  return {
    set: set.spans.length === 1 && set.exact.length + set.except.length === 0 && isOpen(set.spans[0]) ? EVERY_VERSION : set,
  };
}

function isOpen(span: Span | undefined): boolean {
  return span !== undefined && span.low === undefined && span.high === undefined;
}

function alternatives(text: string): string[] {
  const vers = /^vers:[a-z0-9.+-]+\/(.*)$/is.exec(text.trim());
  const body = vers?.[1] === undefined ? text : decoded(vers[1]);
  return body
    .split(/\s*\|\|?\s*/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isAll(text: string): boolean {
  return /^(\*|all|any|all versions?|any version|every version|alle|alle versionen|toutes les versions|>=?\s*0(\.0)*)$/i.test(text);
}

const WORDS: [RegExp, string][] = [
  [/≤|=</g, '<='],
  [/≥|=>/g, '>='],
  [/^(?:all |any )?versions?\b:?\s*/i, ''],
  [/^all\s+(?=[<>])/i, ''],
  [/^(.+?),?\s+(?:and|or|and all)\s+(?:earlier|prior|below|older|lower|previous)(?:\s+(?:versions?|releases?))?$/i, '<= $1'],
  [/^(.+?),?\s+(?:and|or)\s+(?:later|newer|above|higher|up)(?:\s+(?:versions?|releases?))?$/i, '>= $1'],
  [
    /^(?:from\s+)?(?:versions?\s+)?(\S*\d\S*)\s+(?:before|up to,? but not including|to before|until before)\s+(?:versions?\s+)?(\S*\d\S*)$/i,
    '>= $1, < $2',
  ],
  [
    /^(?:from\s+)?(?:versions?\s+)?(\S*\d\S*)\s+(?:to|through|up to(?: and including)?|thru|bis|-|–)\s+(?:versions?\s+)?(\S*\d\S*)$/i,
    '>= $1, <= $2',
  ],
  [/^(?:prior to|before|earlier than|older than|lower than|less than|below|under|vor)\s+(?:versions?\s+)?(.+)$/i, '< $1'],
  [/^(?:up to(?: and including)?|through|until|bis)\s+(?:versions?\s+)?(.+)$/i, '<= $1'],
  [/^(?:later than|newer than|after|above|greater than)\s+(?:versions?\s+)?(.+)$/i, '> $1'],
  [/^(?:from|since|starting with|ab)\s+(?:versions?\s+)?(.+)$/i, '>= $1'],
  [/\s+(?:and|&&)\s+(?=[<>!=])/gi, ', '],
];

function comparatorsOf(text: string): Comparator[] | undefined {
  const plain = WORDS.reduce((so, [pattern, form]) => so.replace(pattern, form), text.trim());
  const wildcard = /^=*\s*v?(\d+(?:\.\d+)*)\.[x*](?:\.[x*])*$/i.exec(plain);
  if (wildcard?.[1] !== undefined) return series(wildcard[1]);
  const pieces = plain.split(/\s*,\s*|\s+(?=[<>!=])/).filter((piece) => piece !== '');
  const found = pieces.map(comparator);
  return found.length === 0 || found.includes(undefined) ? undefined : found.filter((each) => each !== undefined);
}

function comparator(piece: string): Comparator | undefined {
  const match = /^(<=|>=|==|!=|<|>|=)?\s*(?:version\s+|release\s+)?(?:v(?=\.?\s?\d))?\.?\s*(\S.*?)\s*$/i.exec(piece);
  const version = match?.[2];
  if (version === undefined || !/^(?:[A-Z]{1,3})?\d/.test(version) || /[<>|]/.test(version)) return exactWord(match?.[1], version);
  const operator = (match?.[1] ?? '=').replace('==', '=') as Operator;
  return { operator, version };
}

/** A commit or a tag without a digit in front can only be matched as the very same text. */
function exactWord(operator: string | undefined, version: string | undefined): Comparator | undefined {
  const whole = version !== undefined && /^[\w.+-]*\d[\w.+-]*$/.test(version);
  return whole && (operator === undefined || operator.startsWith('=')) ? { operator: '=', version } : undefined;
}

/** `2.3.x` is everything from 2.3 up to, not including, 2.4. */
function series(prefix: string): Comparator[] {
  const parts = prefix.split('.');
  const last = BigInt(parts.pop() ?? '0') + 1n;
  return [
    { operator: '>=', version: prefix },
    { operator: '<', version: [...parts, String(last)].join('.') },
  ];
}

/** Comparators of one text hold together: `>= 1.0, < 2.0, != 1.5`. Several exact versions in one text are a list. */
function addTogether(set: VersionSet, comparators: Comparator[]): void {
  const exact = comparators.filter(({ operator }) => operator === '=');
  set.exact.push(...exact.map(({ version }) => version));
  set.except.push(...comparators.filter(({ operator }) => operator === '!=').map(({ version }) => version));
  const bounds = comparators.filter(({ operator }) => operator !== '=' && operator !== '!=');
  if (bounds.length > 0) set.spans.push(conjunction(bounds));
}

/** The span that all comparators together leave, taking each side's last word. */
export function conjunction(comparators: Comparator[]): Span {
  const span: Span = {};
  for (const { operator, version } of comparators) {
    const bound: Bound = { version, inclusive: operator.endsWith('=') };
    if (operator.startsWith('>')) span.low = bound;
    else span.high = bound;
  }
  return span;
}

/** Pairs bounds in version order: a lower one opens, the next upper one closes. Undefined where they cannot be ordered. */
function paired(ecosystem: string, comparators: Comparator[]): Span[] | undefined {
  if (comparators.length < 2) return comparators.map((each) => conjunction([each]));
  const order = orderFor(ecosystem);
  if (order === undefined || comparators.some(({ version }) => order(version, version) === undefined)) return undefined;
  const sorted = comparators.toSorted((a, b) => order(a.version, b.version) ?? 0);
  const spans: Span[] = [];
  let low: Bound | undefined;
  for (const { operator, version } of sorted) {
    const bound = { version, inclusive: operator.endsWith('=') };
    if (operator.startsWith('>')) low ??= bound;
    else {
      spans.push(low === undefined ? { high: bound } : { low, high: bound });
      low = undefined;
    }
  }
  return low === undefined ? spans : [...spans, { low }];
}
