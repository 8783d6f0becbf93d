/**
 * Words that were written without citations, held against a record all the same: each sentence may rely on whichever entries
 * carry it best. What no entry carries fails, as it would in any other draft.
 */
import { contribution } from './checks/citation.ts';
import type { Kind } from './draft.ts';
import { evidenceOf } from './evidence.ts';
import { check } from './gate.ts';
import type { Problem } from './problem.ts';
import { read } from './reading.ts';
import { type PlainRecord, supersededIds, visibleTo } from './record.ts';
import { typeOf } from './sentence-type.ts';
import type { Template } from './template.ts';

export type Words = { record: PlainRecord; client: string; kind: Kind | undefined; template: Template | undefined };

/** What the gate has against one sentence, relying on the entries that leave the least to say. */
export function sentenceFaults(text: string, words: Words): Problem[] {
  const tries = [...citesFor(text, words), []].map((cites) => faults([{ text, cites, type: undefined }], words));
  const own = tries.map((problems) => problems.filter(({ sentence }) => sentence !== null));
  const truths = (problems: Problem[]) => problems.filter(({ level }) => level === 'truth').length;
  return own.toSorted((a, b) => truths(a) - truths(b))[0] ?? [];
}

/** What the gate has against the words as a whole: no as-of time, no next update. */
export function wholeFaults(sentences: string[], words: Words): Problem[] {
  const all = sentences.map((text) => ({ text, cites: [], type: undefined }));
  return faults(all, words).filter(({ sentence, level }) => sentence === null && level !== 'form');
}

function faults(sentences: { text: string; cites: string[]; type: undefined }[], { record, client, kind, template }: Words) {
  return check({ id: undefined, record: undefined, client, sentences, ...(kind === undefined ? {} : { kind }) }, record, template)
    .problems;
}

/** The entry that carries most of a factual sentence, the next one, and both together. */
function citesFor(text: string, { record, client }: Words): string[][] {
  const zone = record.clients.find(({ id }) => id === client)?.zone;
  const reading = read(text, zone);
  if (typeOf(reading) !== 'fact') return [];
  const replaced = supersededIds(record);
  const [first, second] = visibleTo(record, client)
    .filter((entry) => !entry.privileged && !entry.redacted && !replaced.has(entry.id))
    .map((entry) => ({ id: entry.id, score: contribution({ reading }, evidenceOf(entry, zone)) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score);
  if (first === undefined) return [];
  return second === undefined ? [[first.id]] : [[first.id], [second.id], [first.id, second.id]];
}

/** Lines, and the sentences in them: a stop, a space and a capital; `a.m.` and version numbers are no ends. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/\n+/)
    .flatMap((line) => line.split(/(?<=[.!?]["”')]?)(?<!\b(?:[ap]\.m|e\.g|i\.e|Inc|Ltd|No|approx)\.)\s+(?=["“'(]?[\p{Lu}\d])/u))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}
