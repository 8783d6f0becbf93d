import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Terminal } from '../src/cli/command.ts';
import { recordOfPack } from '../src/cli/pack-record.ts';
import { cli } from '../src/cli.ts';
import { withholdCounsel } from '../src/export/audience.ts';
import type { PackInput } from '../src/export/pack.ts';
import { draftSchema } from '../src/notice/draft.ts';
import { check } from '../src/notice/gate.ts';
import type { Seal } from '../src/record/entry.ts';
import type { Event } from '../src/record/event.ts';
import { house, made } from './export-fixture.ts';
import { freshFolder } from './folder.ts';

const folder = freshFolder();
const put = (name: string, content: unknown) => {
  writeFileSync(join(folder, name), JSON.stringify(content));
  return join(folder, name);
};

async function run(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal: Terminal = {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    env: { FIREBREAK_DATA: join(folder, 'data') },
    stdin: async () => '',
    now: () => Temporal.Instant.from('2026-07-02T20:00:00Z'),
  };
  return { code: await cli(args, terminal), out: out.join('\n'), err };
}

const at = '2026-07-02T18:00:00Z';
const PLAIN = {
  title: 'Kestrel VSA attack',
  entries: [
    { id: 'a', at, status: 'suspected', kind: 'server', text: 'About 10 servers are encrypted.' },
    { id: 'b', at, status: 'confirmed', kind: 'server', text: '12 servers of the clinic are encrypted.', supersedes: 'a' },
    { id: 'c', at, status: 'confirmed', kind: 'server', text: 'Counsel expects a claim.', privileged: true },
  ],
};

test('a pack that this project exported is a record for the gate: a good draft passes and a bad one is refused', async () => {
  const imported = await run('import', '--plain', put('plain.json', PLAIN));
  const record = /^(inc-\S+):/m.exec(imported.out)?.[1] ?? '';
  const pack = join(folder, 'pack');
  expect((await run('export', record, '--out', pack)).code).toBe(0);

  const seqs = readFileSync(join(pack, 'record.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const [first, second, counsel] = seqs.filter(({ kind }) => kind === 'finding.recorded').map(({ seq }) => seq);
  const draft = (text: string, cite: number) => put('draft.json', { record, sentences: [{ text, cites: [cite] }] });

  expect(
    await run('draft', 'check', draft('Twelve servers of the clinic have been encrypted.', second), '--record', pack),
  ).toMatchObject({ code: 0 });
  const bad = await run(
    'draft',
    'check',
    draft('Thirteen servers of the clinic have been encrypted.', second),
    '--record',
    join(pack, 'record.jsonl'),
  );
  expect(bad).toMatchObject({ code: 1, out: expect.stringContaining('value.number') });
  expect(
    await run('draft', 'check', draft('It is suspected that about 10 servers are encrypted.', first), '--record', pack),
  ).toMatchObject({ code: 1, out: expect.stringContaining('superseded') });
  expect(await run('draft', 'check', draft('A claim is expected.', counsel), '--record', pack)).toMatchObject({
    code: 1,
    out: expect.stringContaining('privileged'),
  });

  const lines = readFileSync(join(pack, 'record.jsonl'), 'utf8');
  writeFileSync(join(pack, 'record.jsonl'), lines.replace('"status":"confirmed"', '"status":"suspected"'));
  const broken = await run('draft', 'check', draft('Twelve servers are encrypted.', second), '--record', pack, '--json');
  expect(broken.code).toBe(1);
  expect(broken.err.join('')).toMatch(/does not verify.*\.$/);
  expect(JSON.parse(broken.out)).toMatchObject({ ok: false, problems: [{ rule: 'record.unverified', level: 'truth' }] });
});

test('a folder that holds no pack is refused in one line', async () => {
  const empty = freshFolder();
  const { code, err } = await run('draft', 'check', put('draft.json', { sentences: [] }), '--record', empty);
  expect({ code, lines: err.length }).toEqual({ code: 2, lines: 1 });
});

const finding = (text: string, head: Partial<Seal> = {}, supersedes?: number): { event: Event; head: Partial<Seal> } => ({
  event: {
    kind: 'finding.recorded',
    body: { status: 'confirmed', asOf: at, ...(supersedes === undefined ? {} : { supersedes }) },
    texts: { about: '', text },
  },
  head: { of: 'lane', ...head },
});

/** A lane's record: what it is, a finding, what replaced it, one for counsel, one erased, and one of the vendor incident. */
function lane(key: string): { event: Event; head?: Partial<Seal> }[] {
  const of = { of: 'lane' as const };
  return [
    {
      event: {
        kind: 'lane.opened',
        body: { incident: 'inc-v', client: 'alder', tier: 'T1', state: 'present_in_window', since: at },
        texts: { title: 'Kestrel at Alder', name: 'Alder Clinic', reason: 'on the list' },
      },
      head: of,
    },
    { event: { kind: 'key.shown', body: { verifierKey: key }, texts: {} }, head: of },
    finding('Nine laptops ran the agent.'),
    finding('Eleven laptops ran the agent.', {}, 3),
    finding('The clinic may sue.', { label: 'counsel' }),
    { event: { kind: 'entry.cited', body: { record: 'inc-v', seq: 7 }, texts: {} }, head: of },
    finding('The nurse Ann Poole clicked the link.'),
    {
      event: { kind: 'text.redacted', body: { of: 7, fields: ['text', 'about'], basis: 'erasure', second: 'p2' }, texts: {} },
      head: of,
    },
    { event: { kind: 'note.recorded', body: {}, texts: { text: 'The server was rebuilt.' } }, head: of },
  ];
}

async function lanePack(change: Partial<PackInput> = {}) {
  const by = house();
  const { entries } = made([], {}, by, lane(by.verifierKey));
  const kept = entries.map(({ line, texts }, i) => ({ seq: i + 1, line, texts: i + 1 === 7 ? [] : texts }));
  const answer = await recordOfPack(made([], { entries: kept, ...change }, by, lane(by.verifierKey)).pack);
  if ('refused' in answer) throw new Error(answer.refused);
  return answer.record;
}

test('in a lane the client, what replaced what, counsel and erasures are read from the entries', async () => {
  const record = await lanePack();
  expect(record.clients).toEqual([{ id: 'alder', name: 'Alder Clinic', zone: undefined }]);
  const rules = (text: string, cite: string, client = 'alder') =>
    check(draftSchema.parse({ client, sentences: [{ text, cites: [cite] }] }), record)
      .problems.filter(({ level }) => level === 'truth')
      .map(({ rule }) => rule);
  expect(rules('Eleven laptops ran the agent.', '4')).toEqual([]);
  expect(rules('Nine laptops ran the agent.', '3')).toContain('citation.superseded');
  expect(rules('The clinic may sue.', '5')).toContain('citation.privileged');
  expect(rules('Ann Poole clicked the link.', '7')).toContain('citation.redacted');
  expect(rules('Eleven laptops ran the agent.', '40')).toContain('citation.unknown');
  expect(rules('Eleven laptops ran the agent.', '4', 'brook')).not.toEqual([]);
  expect(record.entries.filter(({ client }) => client === 'shared').map(({ id }) => id)).toEqual(['6']);
});

test('a withheld entry is there, and cannot be relied on', async () => {
  const record = await lanePack({ withhold: withholdCounsel, audience: 'client' });
  expect(record.entries.find(({ id }) => id === '5')).toMatchObject({ text: '', redacted: true });
});
