import { readFileSync } from 'node:fs';
import { verifyPack } from '../export/verify.ts';
import { fromUtf8, utf8 } from '../record/bytes.ts';
import { parseNote } from '../record/checkpoint.ts';
import { readLine, type Sealed, type SealedText, unseal } from '../record/entry.ts';
import { emptyFrontier, type Frontier, grow, leafHash } from '../record/tree.ts';
import { readArguments } from './arguments.ts';
import { type Command, type Terminal, UsageError } from './command.ts';
import { openHouse, settingsOf, US } from './house.ts';
import { packAt } from './pack-at.ts';
import { importPlain } from './plain-record.ts';

const USAGE = 'usage: firebreak import EXPORT | firebreak import --plain FILE';

/** `import`: a pack byte for byte, so that its root stays the same; or a plain record as imported entries. */
export const importRecord: Command = async (args, terminal) => {
  const { words, options } = readArguments(args, { options: ['plain'] }, USAGE);
  const plain = options.get('plain');
  const [directory] = words;
  if ((plain === undefined) === (directory === undefined) || words.length > 1) throw new UsageError(USAGE);
  return plain === undefined ? importPack(directory ?? '', terminal) : importPlain(read(plain), terminal);
};

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

async function importPack(directory: string, terminal: Terminal): Promise<0 | 1> {
  const pack = packAt(directory);
  const verdict = await verifyPack(pack);
  if (!verdict.ok) {
    terminal.err(`Nothing was imported: the export does not verify. ${verdict.says}`);
    return 1;
  }
  const { store } = openHouse(settingsOf(terminal.env));
  try {
    const { entries, frontier, record, of } = sealedOf(pack);
    const handle = store.open(US);
    const evidence = evidenceOf(pack, entries);
    const checkpoints = notesOf(pack);
    const appended = await handle.append({
      record,
      of,
      expected: 0,
      entries,
      frontier,
      deliveries: [],
      checkpoints,
      places: [],
      erase: [],
    });
    if (appended !== 'appended') throw new UsageError(`The record ${record} is in this store already. Nothing was imported.`);
    for (const [id, bytes] of evidence) await handle.keepEvidence(record, id, bytes);
    terminal.out(`${record}: ${entries.length} entries imported, root ${verdict.root}.`);
    return 0;
  } finally {
    await store.close();
  }
}

type Read = { entries: Sealed[]; frontier: Frontier; record: string; of: 'incident' | 'lane' | 'coordination' | 'standing' };

/** The stored bytes again. A withheld entry cannot be imported: nobody here has its line. */
function sealedOf(pack: ReadonlyMap<string, Uint8Array>): Read {
  const texts = textsOf(pack);
  const lines = fromUtf8(pack.get('record.jsonl') ?? new Uint8Array())
    .split('\n')
    .filter(Boolean);
  let frontier = emptyFrontier();
  const entries = lines.map((line): Sealed => {
    const parsed = readLine(line);
    if (typeof parsed === 'string')
      throw new UsageError('Entries are withheld from this export: only a complete one can be imported. Nothing was imported.');
    const leaf = leafHash(utf8(line));
    frontier = grow(frontier, leaf);
    return { line, leaf, texts: texts.get(parsed.seq) ?? [] };
  });
  const [first] = entries;
  const head = first === undefined ? undefined : unseal(first.line, []);
  if (head === undefined) throw new UsageError('The export has no entries. Nothing was imported.');
  return { entries, frontier, record: head.record, of: head.of };
}

function textsOf(pack: ReadonlyMap<string, Uint8Array>): Map<number, SealedText[]> {
  const lines = fromUtf8(pack.get('texts.jsonl') ?? new Uint8Array())
    .split('\n')
    .filter(Boolean);
  const read = lines.map((line) => JSON.parse(line) as SealedText & { seq: number });
  const bySeq = Map.groupBy(read, ({ seq }) => seq);
  return new Map(
    [...bySeq].map(([seq, texts]) => [
      seq,
      texts.map(({ field, commitment, salt, value }) => ({ field, commitment, salt, value })),
    ]),
  );
}

function notesOf(pack: ReadonlyMap<string, Uint8Array>): { size: number; note: string }[] {
  const notes = [...pack].filter(([path]) => path.startsWith('checkpoints/')).map(([, bytes]) => fromUtf8(bytes));
  return notes.map((note) => ({ size: parseNote(note).checkpoint.size, note })).sort((a, b) => a.size - b.size);
}

function evidenceOf(pack: ReadonlyMap<string, Uint8Array>, entries: Sealed[]): Map<string, Uint8Array> {
  const ids = entries.flatMap(({ line }) => {
    const entry = unseal(line, []);
    return entry.kind === 'evidence.added' ? [entry.body.evidence] : [];
  });
  const found = ids.flatMap((id) =>
    [...pack].filter(([path]) => path.startsWith(`evidence/${id}/`)).map(([, bytes]) => [id, bytes] as const),
  );
  return new Map(found);
}
