import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { draftSchema } from '../src/notice/draft.ts';
import { check } from '../src/notice/gate.ts';
import { recordSchema } from '../src/notice/record.ts';

type Pair = { entry: string; sentence: string; at: string; status: string };

/** `entry ||| sentence`, one a line; a comment line sets as-of time and status for those below. */
function pairs(name: string): Pair[] {
  let [at, status] = ['2026-10-24T09:00:00Z', 'confirmed'];
  return readFileSync(join(import.meta.dirname, 'fixtures', 'notice-pairs', name), 'utf8')
    .split('\n')
    .flatMap((line) => {
      at = /^#.*\bat (\S+)/.exec(line)?.[1] ?? at;
      status = /^#.*\bstatus (\w+)/.exec(line)?.[1] ?? status;
      const [entry, sentence] = line.split('|||').map((part) => part.trim());
      return line.startsWith('#') || entry === undefined || sentence === undefined ? [] : [{ entry, sentence, at, status }];
    });
}

/** What the gate says of the sentence, with the entry alone in the record. */
function truths({ entry, sentence, at, status }: Pair): string[] {
  const record = recordSchema.parse({
    vendor: 'Kestrel',
    product: 'Kestrel VSA',
    msp: 'Northgate IT',
    clients: [
      { id: 'c', name: 'Alder Clinic', zone: 'Europe/Berlin' },
      { id: 'd', name: 'Brook Foods', zone: 'Europe/Berlin' },
    ],
    entries: [{ id: 1, client: 'c', at, status, kind: 'finding', text: entry, signed_by: 'Tom Becker' }],
  });
  const draft = draftSchema.parse({ client: 'c', sentences: [{ text: sentence, cites: [1] }] });
  return check(draft, record)
    .problems.filter(({ level }) => level === 'truth')
    .map(({ message }) => message);
}

describe('an entry and a sentence that cites it', () => {
  test.each(pairs('good.txt'))('lets pass: $sentence', (pair) => {
    expect(truths(pair)).toEqual([]);
  });

  test.each(pairs('bad.txt'))('refuses: $sentence', (pair) => {
    expect(truths(pair)).not.toEqual([]);
  });
});
