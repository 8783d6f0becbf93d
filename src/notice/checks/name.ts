import type { Case, Check, Docket } from '../case.ts';
import { cited, problem } from '../case.ts';
import type { Evidence } from '../evidence.ts';
import { contextNames, contextPhrase, nameWords } from '../known.ts';
import { bare, isName } from '../name-word.ts';
import type { Problem } from '../problem.ts';
import type { Reading, Token } from '../reading.ts';
import { FRAME, FUNCTION } from '../words/function-words.ts';
import { stem } from '../words/stem.ts';

/** Every name in a fact is in the cited entries, or is what this record and draft are about. */
export const names: Check = (it, docket) => [...strangers(it, docket), ...otherClients(it, docket)];

function strangers(it: Case, docket: Docket): Problem[] {
  if (
    it.type === 'fixed' ||
    (it.evidence.length === 0 && titleCase(it.reading.tokens)) ||
    (it.type === 'fact' && it.evidence.length === 0)
  )
    return [];
  const known = contextNames(docket);
  const carried = namesIn(it.evidence.length > 0 ? it.evidence : [...docket.visible.values()]);
  const label = it.type === 'fact' ? 0 : (/^[\p{Lu}][\w/ -]{1,40}:/u.exec(it.reading.text)?.[0].length ?? 0);
  const stranger = it.reading.tokens.find(
    (token, at) =>
      token.start >= label &&
      isName(token, at, it.reading.tokens) &&
      !known.has(bare(token)) &&
      !carried.has(bare(token)) &&
      !people(bare(token), carried) &&
      !(alone(at, it.reading.tokens) && (carried.has(bare(token).replace(/s$/, '')) || carried.has(`${bare(token)}s`))) &&
      !contextPhrase(withNeighbours(at, it.reading), docket),
  );
  if (stranger === undefined) return [];
  const where = it.evidence.length > 0 ? cited(it) : 'what this draft may see of the record';
  return [
    problem(
      it,
      'truth',
      'name',
      `The name "${phrase(stranger, it.reading.tokens)}" is not in ${where}.`,
      'Use the name the entry has.',
    ),
  ];
}

/** No part of somebody's full name: "Macs" for "Mac" is no other name. */
const alone = (at: number, tokens: Token[]) => [at - 1, at + 1].every((place) => !/^\p{Lu}\p{Ll}/u.test(tokens[place]?.text ?? ''));

/** "California" for "Californian", and the other way round. */
function people(name: string, carried: ReadonlySet<string>): boolean {
  const ends = ['n', 'an', 'ian', 'ish', 'ese'];
  const persons = [name, name.replace(/[aoy]$/, '')].flatMap((one) => (one.length > 3 ? ends.map((end) => one + end) : []));
  const stems = ends.filter((end) => name.endsWith(end)).map((end) => name.slice(0, -end.length));
  const places = stems.flatMap((one) => (one.length > 3 ? ['', 'a', 'o', 'y'].map((end) => one + end) : []));
  return [...persons, ...places].some((one) => carried.has(one));
}

const spoken = new WeakMap<Evidence, string[]>();

/** Every word of these entries and of their signers' names, in lower case. */
function namesIn(evidence: Evidence[]): Set<string> {
  return new Set(
    evidence.flatMap((one) => {
      const words =
        spoken.get(one) ??
        [...one.readings.map(({ text }) => text), one.entry.signed_by ?? ''].flatMap(nameWords).map((word) => word.toLowerCase());
      spoken.set(one, words);
      return words;
    }),
  );
}

function phrase(token: Token, tokens: Token[]): string {
  const at = tokens.indexOf(token);
  const next = tokens[at + 1];
  return next !== undefined && /^\p{Lu}/u.test(next.text) && next.mention === undefined ? `${token.text} ${next.text}` : token.text;
}

/** The capitalised words around one, as written: "Lumio Portal". */
function withNeighbours(at: number, { tokens, text }: Reading): string {
  const capital = (token: Token | undefined) => token !== undefined && token.mention === undefined && /^\p{Lu}/u.test(token.text);
  let [first, last] = [at, at];
  while (capital(tokens[first - 1])) first -= 1;
  while (capital(tokens[last + 1])) last += 1;
  return text.slice(tokens[first]?.start ?? 0, tokens[last]?.end ?? 0);
}

/** Headings in title case name nobody. */
function titleCase(tokens: Token[]): boolean {
  const long = tokens.filter(({ text, mention }) => mention === undefined && /^\p{L}{4,}/u.test(text));
  return long.length >= 3 && long.filter(({ text }) => /^\p{Lu}/u.test(text)).length / long.length > 0.8;
}

const LEGAL =
  /^(?:gmbh|ag|inc|ltd|llc|llp|plc|bv|b\.v|nv|sa|s\.a|srl|spa|kg|co|corp|company|group|holding|holdings|the|and|of|de|van|von|der|&)$/i;

/** Notices to a provider's own insurer name the clients that may claim; they speak for the provider, in the vendor incident's lane. */
const NAMING_KINDS = new Set(['notice_of_circumstances', 'insurer_first_notice']);

/** No sentence of any type names another client: not its full name, not the word it goes by, not its id. */
function otherClients(it: Case, docket: Docket): Problem[] {
  const own = contextNames(docket);
  const others = docket.record.clients.filter((client) => client.id !== docket.draft.client && client.id !== 'shared');
  const named = others.find((client) => calls(it.reading.text, client.name, client.id, own));
  if (named === undefined) return [];
  if (
    docket.draft.client === 'shared' &&
    NAMING_KINDS.has(docket.draft.kind ?? '') &&
    it.evidence.some(({ readings }) => readings.some(({ text }) => calls(text, named.name, named.id, own)))
  )
    return [];
  return [
    problem(it, 'truth', 'name.other_client', 'This names another client.', 'Take the name out; each client hears of itself only.'),
  ];
}

/** Words that many names begin with, and many sentences: "First", "National", "Blue". */
const COMMON =
  /^(?:first|new|old|north|south|east|west|northern|southern|eastern|western|national|united|general|american|european|global|central|city|royal|great|blue|green|red|black|white|gold|golden|silver|big|little|saint|care|health|life|home|family|summit|harbou?r|bridge|park|lake|river|mountain|sun|star|sky|sea|ocean|forest|stone|rock|hill|valley|high|clear|bright|pure|smart|open|next|one|two|three|all|best|prime|premier|advanced|modern|digital|online|data|cloud|tech|direct|local|community|public|union|union|target|apple|orange|shell|gap|visa|metro|pioneer|liberty|freedom|heritage|legacy|alpha|beta|delta|omega|apex|atlas|phoenix)$/i;
const common = (word: string) => COMMON.test(word) || FUNCTION.has(word.toLowerCase()) || FRAME.has(stem(word));

function calls(text: string, name: string, id: string, own: ReadonlySet<string>): boolean {
  const lower = ` ${text.toLowerCase()} `;
  const bounded = (word: string) => new RegExp(`(?<![\\p{L}\\d])${RegExp.escape(word)}(?![\\p{L}\\d])`, 'u');
  if (name.includes(' ') && bounded(name.toLowerCase()).test(lower)) return true;
  const distinctive = nameWords(name).filter((word) => !LEGAL.test(word) && word.length > 2);
  const first = distinctive[0];
  const goesBy = first !== undefined && common(first) ? distinctive.slice(0, 2).join(' ') : first;
  const telling = goesBy !== undefined && (goesBy.includes(' ') || !common(goesBy));
  if (telling && first !== undefined && !own.has(first.toLowerCase()) && bounded(goesBy).test(text)) return true;
  return id.length > 3 && /[a-z]/i.test(id) && !own.has(id.toLowerCase()) && bounded(id).test(text);
}
