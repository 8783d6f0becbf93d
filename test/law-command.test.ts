import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Terminal } from '../src/cli/command.ts';
import { duties } from '../src/cli/duties.ts';
import { law } from '../src/cli/law.ts';
import { dutiesSchema, findingsJsonSchema } from '../src/law/published.ts';

const folder = mkdtempSync(join(tmpdir(), 'law-command-'));

async function run(command: typeof duties, args: string[], stdin = '') {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    env: {},
    stdin: async () => stdin,
    now: () => Temporal.Instant.from('2026-11-24T12:00:00Z'),
  };
  const code = await command(args, terminal);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const FINDINGS = `
now: 2026-10-24T09:00+02:00
entity: {role: owner, jurisdiction: DE, zone: Europe/Berlin, eu_main_establishment: DE}
anchors: {aware: 2026-10-24T09:00+02:00}
residents: {DE: 40}
data_elements: [name, health]
risk: likely
`;

describe('duties FINDINGS', () => {
  test('prints one JSON document with the published keys, and nothing else', async () => {
    const { code, out } = await run(duties, [file('f.yaml', FINDINGS), '--json']);
    const { duties: list, refused } = JSON.parse(out);
    expect([code, refused]).toEqual([0, []]);
    const duty = list.find(({ id }: { id: string }) => id === 'eu-gdpr-33-authority');
    expect(Object.keys(duty).sort()).toEqual(
      'anchor audience citation confidence due gates id instance jurisdiction provisional recipient rolled ruleVersion state target verifiedOn why zone'.split(
        ' ',
      ),
    );
    // 72 elapsed hours over the end of summer time.
    expect([duty.state, duty.due, duty.zone, duty.instance]).toEqual(['dated', '2026-10-27T07:00:00Z', 'Europe/Berlin', null]);
  });

  test('reads JSON and standard input too', async () => {
    const json = JSON.stringify({
      entity: { role: 'owner', jurisdiction: 'US-CA', zone: 'America/Los_Angeles' },
      anchors: { discovered: '2026-11-23' },
      residents: { 'US-CA': 5 },
      data_elements: ['ssn'],
    });
    const { out } = await run(duties, ['-', '--json'], json);
    expect(JSON.parse(out).duties.find(({ id }: { id: string }) => id === 'us-ca-individuals').due).toBe('2026-12-23');
  });

  test('for people: what is owed, with rule and reason, and no advice', async () => {
    const { out } = await run(duties, [file('f.yaml', FINDINGS)]);
    expect(out).toContain('eu-gdpr-33-authority');
    expect(out).toContain('Regulation (EU) 2016/679 Art 33');
    expect(out).toContain('not legal advice');
    expect(out).not.toContain('not-triggered');
  });

  test('answers no, by field, when findings contradict themselves', async () => {
    const { code, out, err } = await run(duties, [
      file('bad.yaml', FINDINGS.replace('Europe/Berlin', 'Europe/Atlantis')),
      '--json',
    ]);
    expect([code, JSON.parse(out).refused[0].field]).toEqual([1, 'entity.zone']);
    expect(err).toBe('');
  });

  test('warns on standard error of what it does not know', async () => {
    const { code, out, err } = await run(duties, [file('w.yaml', `${FINDINGS}\nplanet: Earth\n`), '--json']);
    expect([code, JSON.parse(out).warnings]).toEqual([0, ['unknown key "planet": it is not used']]);
    expect(err).toContain('planet');
  });

  test('one clear sentence for a file that is missing or no YAML, and for wrong usage', async () => {
    await expect(run(duties, [join(folder, 'none.yaml')])).rejects.toThrow(/cannot be read/);
    await expect(run(duties, [file('broken.yaml', 'a: [b')])).rejects.toThrow(/broken\.yaml/);
    await expect(run(duties, [])).rejects.toThrow(/usage/);
    expect((await run(duties, [file('list.yaml', '- a')])).code).toBe(1);
  });
});

describe('what is published', () => {
  test('the JSON Schema of findings, with every closed vocabulary', () => {
    const schema = findingsJsonSchema(['us-ca-ag']);
    expect(Object.keys(schema.properties ?? {})).toEqual(
      expect.arrayContaining(['now', 'entity', 'anchors', 'residents', 'clients']),
    );
    const defs = schema.$defs as Record<string, { enum: string[] }>;
    expect(defs.data_elements?.enum).toContain('driver-license-or-state-id');
    expect(defs.anchors?.enum).toContain('vendor_notified_us');
    expect(defs.rule_ids?.enum).toEqual(['us-ca-ag']);
  });

  test('what duties prints fits its own schema', async () => {
    const { out } = await run(duties, [file('f.yaml', FINDINGS), '--json']);
    expect(dutiesSchema.safeParse(JSON.parse(out)).success).toBe(true);
  });
});

describe('law check', () => {
  test('passes on the data as committed, and lists what no test names', async () => {
    const { code, out } = await run(law, ['check', '--json']);
    const report = JSON.parse(out);
    expect([code, report.ok, report.problems]).toEqual([0, true, []]);
    expect(report.records).toBeGreaterThan(285);
    expect(report.untested).not.toContain('us-ca-individuals');
  });
});
