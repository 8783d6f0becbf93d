import { fromUtf8 } from '../../record/bytes.ts';
import { unseal } from '../../record/entry.ts';
import type { PackFiles } from '../files.ts';
import { sentenceOf } from '../sentence.ts';
import { inUtc, nameOf, namesIn } from '../timeline.ts';
import { toldWords } from '../told.ts';
import { elements } from './dom.ts';

/**
 * The entries whose words on screen are not those of the verified record: somebody can edit a page and leave the data in
 * it alone. Call it only once the record has verified.
 */
export function entriesShownWrongly(files: PackFiles): number[] {
  const entries = readAll(files);
  const names = namesIn(entries);
  const shown = new Map(elements('li.entry').map((item) => [item.id, item]));
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
  const quoted = elements('[data-told]').flatMap(({ dataset, textContent }) => {
    const entry = bySeq.get(Number(dataset.told));
    return entry !== undefined && toldWords(entry)?.replaceAll('\0', '\ufffd') === textContent ? [] : [Number(dataset.told)];
  });
  const wrong = entries
    .filter((entry) => {
      const text = (selector: string) => shown.get(`e${entry.seq}`)?.querySelector(selector)?.textContent;
      const told = [nameOf(names, entry.actor), sentenceOf(entry, names), `${inUtc(entry.occurred ?? entry.at)} UTC`];
      return [text('.who'), text('.what'), text('.occurred')].some((words, i) => words !== told[i]?.replaceAll('\0', '\ufffd'));
    })
    .map(({ seq }) => seq);
  return [...new Set([...quoted, ...wrong])];
}

function readAll(files: PackFiles) {
  const texts = new Map<number, { field: string; value: string }[]>();
  for (const line of linesIn(files, 'texts.jsonl')) {
    const text: { seq: number; field: string; value: string } = JSON.parse(line);
    texts.set(text.seq, [...(texts.get(text.seq) ?? []), text]);
  }
  return linesIn(files, 'record.jsonl')
    .map((line, i) => ({ line, texts: texts.get(i + 1) ?? [] }))
    .filter(({ line }) => !line.startsWith('{"leaf":'))
    .map(({ line, texts: words }) => unseal(line, words));
}

const linesIn = (files: PackFiles, path: string): string[] =>
  fromUtf8(files.get(path) ?? new Uint8Array())
    .split('\n')
    .filter(Boolean);
