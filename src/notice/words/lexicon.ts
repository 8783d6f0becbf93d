import { EVENTS } from './events.ts';
import { stem } from './stem.ts';
import { THINGS } from './things.ts';

/** One meaning, with the more general one it belongs to. `claim`: only sayable when a cited entry says it. */
export type Concept = { id: string; parent: string | undefined; claim: boolean; general: boolean; thing: boolean };

const concepts = new Map<string, Concept>();
/** Phrases by their first stem, longest first. */
const phrases = new Map<string, { stems: string[]; concept: string }[]>();

/** Verbs whose particle may stand further on: "switched the server off". */
const PARTICLES = new Set(['off', 'down', 'offline', 'on', 'up', 'online', 'out', 'back', 'in', 'over']);

function load(table: string, thing: boolean): void {
  for (const line of table.trim().split('\n')) {
    const [head = '', words = ''] = line.split(/:(.*)/s);
    const [id = '', parent] = head.replaceAll(/[!~]/g, '').split('<');
    concepts.set(id.trim(), {
      id: id.trim(),
      parent: parent?.trim(),
      claim: head.includes('!'),
      general: head.includes('~'),
      thing,
    });
    for (const phrase of words.split(';')) addPhrase(phrase.trim(), id.trim());
  }
}

function addPhrase(phrase: string, concept: string): void {
  if (phrase === '') return;
  const stems = phrase.split(/\s+/).map(stem);
  const first = stems[0] ?? '';
  const list = phrases.get(first) ?? [];
  if (!list.some((it) => it.concept === concept && it.stems.join(' ') === stems.join(' '))) list.push({ stems, concept });
  phrases.set(
    first,
    list.sort((a, b) => b.stems.length - a.stems.length),
  );
}

load(THINGS, true);
load(EVENTS, false);

export function concept(id: string): Concept | undefined {
  return concepts.get(id);
}

/** `id` and everything it belongs to. */
export function withParents(id: string): string[] {
  const found = [id];
  for (let at = concepts.get(id)?.parent; at !== undefined && !found.includes(at); at = concepts.get(at)?.parent) found.push(at);
  return found;
}

/** A word in a text as the lexicon sees it: its stem, and the concepts it is (part of) a phrase for. */
export type Tagged = { stem: string; concepts: Set<string>; broken: boolean };

/**
 * Marks each word with the concepts it stands for. Words of a longer phrase take that meaning alone: "rule out" is not "rule".
 * `broken` words (punctuation, values) end a phrase.
 */
export function tag(words: Tagged[]): void {
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined || word.broken) continue;
    let longest = 0;
    for (const { stems, concept: id } of phrases.get(word.stem) ?? []) {
      const places = match(words, at, stems);
      if (places === undefined || stems.length < longest) continue;
      longest = stems.length;
      for (const place of places) words[place]?.concepts.add(id);
    }
  }
}

function match(words: Tagged[], at: number, stems: string[]): number[] | undefined {
  const places = [at];
  for (const next of stems.slice(1)) {
    const from = (places.at(-1) ?? at) + 1;
    const reach = PARTICLES.has(next) && stems.length === 2 ? 5 : 1;
    const found = reachFor(words, from, reach, next);
    if (found === undefined) return undefined;
    places.push(found);
  }
  return places;
}

function reachFor(words: Tagged[], from: number, reach: number, wanted: string): number | undefined {
  for (let place = from; place < from + reach; place++) {
    const word = words[place];
    if (word === undefined || (word.broken && reach === 1)) return undefined;
    if (word.stem === wanted) return place;
  }
  return undefined;
}
