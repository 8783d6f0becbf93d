import type { Docket } from './case.ts';
import { stem } from './words/stem.ts';

const words = (text: string): string[] =>
  (text.match(/[\p{L}\d][\p{L}\d'’.&-]*[\p{L}\d]|[\p{L}\d]/gu) ?? []).map((it) => it.replace(/['’]s?$/, ''));

/** Words that every draft of this record may use: its title, vendor, product, provider and the client's own name. */
export function contextWords(docket: Docket): Set<string> {
  const { title, vendor, product, msp } = docket.record;
  return new Set([title, vendor, product, msp, docket.client?.name ?? ''].flatMap(words).map(stem));
}

/** The same as names, in lower case. */
export function contextNames(docket: Docket): Set<string> {
  const { title, vendor, product, msp } = docket.record;
  return new Set(
    [title, vendor, product, msp, docket.client?.name ?? '', docket.client?.id ?? ''].flatMap(words).map((it) => it.toLowerCase()),
  );
}

/** Whether the words from `first` on stand together in an open entry and hold a name of this record: its own product, say. */
export function contextPhrase(phrase: string, docket: Docket): boolean {
  const names = contextNames(docket);
  const known = words(phrase).some((it) => names.has(it.toLowerCase()));
  return known && [...docket.visible.values()].some(({ entry }) => entry.text.includes(phrase));
}

export { words as nameWords };
