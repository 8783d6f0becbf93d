import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LAW_FOLDER, readLawYaml } from '../src/cli/law-files.ts';
import { buildLaw, readLaw } from '../src/law/build.ts';
import { canFire, checkLaw, contradictions, isSource } from '../src/law/check.ts';
import type { Duty } from '../src/law/duty.ts';
import { exampleOf } from '../src/law/example.ts';
import { parseRules } from '../src/law/schema.ts';
import { digestOf } from '../src/law/version.ts';
import { book, given } from './law-given.ts';

const files = readLawYaml();
const { records } = readLaw(files);
const rules = records.map(({ record }) => record);
const TODAY = '2026-11-23';

describe('the law data', () => {
  test('are sound: schema, ids, citations, sources, references, zones, words, holidays through 2028', () => {
    expect(checkLaw(files, []).problems).toEqual([]);
  });

  test('are built: the JSON that a run loads is current (npm run build:law)', () => {
    const built = buildLaw(files).files;
    const folder = join(LAW_FOLDER, 'built');
    expect(readdirSync(folder).sort()).toEqual([...built.keys()].sort());
    for (const [name, text] of built) expect(readFileSync(join(folder, name), 'utf8') === text, name).toBe(true);
  });

  test('hold all 286 records of the United States, and the ones the corrections ask for', () => {
    const us = rules.filter(({ jurisdiction }) => jurisdiction === 'US' || jurisdiction.startsWith('US-'));
    expect(us.length).toBeGreaterThanOrEqual(290);
    const ids = new Set(us.map(({ id }) => id));
    for (const id of ['us-fl-ag-no-harm', 'us-vt-ag-no-harm', 'us-sd-ag-no-harm', 'us-42cfr2-part2-under-500'])
      expect(ids.has(id)).toBe(true);
  });

  test('a source is an address, a mirrored text or frankly memory', () => {
    for (const source of ['https://example.org/x', 'mirror:18838135478', 'knowledge']) expect(isSource(source)).toBe(true);
    for (const source of ['somewhere', 'mirror:abc', '']) expect(isSource(source)).toBe(false);
  });
});

describe('every duty in force has two examples', () => {
  const inForce = rules.filter((rule) => canFire(rule, TODAY));
  test.each(inForce.map((rule) => [rule.id, rule] as const))('%s fires, and with one field changed it does not', (id, rule) => {
    const example = exampleOf(rule, book);
    if (example === undefined) throw new Error('no example');
    expect(contradictions(id, example, book)).toEqual([]);
  });
});

describe('nothing fires on a record that is not in force', () => {
  const asleep = rules.filter((rule) => !canFire(rule, TODAY));
  const FIRED: Duty['state'][] = ['dated', 'no-number', 'not-started', 'late', 'paused', 'met'];
  test.each(asleep.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
    const example = exampleOf({ ...rule, kind: 'obligation', status: 'in-force' }, book);
    const findings = example?.fires ?? { entity: { role: 'both', jurisdiction: 'DE', zone: 'UTC' } };
    const found = given({ ...findings, now: '2026-11-23T12:00:00Z' }).duties.filter((duty) => duty.id === id);
    expect(found.filter(({ state }) => FIRED.includes(state))).toEqual([]);
  });
});

describe('the schema of a rule file', () => {
  const rule = {
    id: 'xx-one',
    jurisdiction: 'DE',
    kind: 'obligation',
    status: 'in-force',
    citation: 'Act 1',
    audience: ['regulator'],
    recipient: 'Office',
    applies: { role: ['owner'] },
    start: 'aware',
    deadline: { kind: 'hours', value: 24 },
    source: 'knowledge',
    confidence: 'low',
    verifiedOn: TODAY,
  };

  test('merges the defaults of the file, a rule’s own key wins', () => {
    const { id, recipient, ...defaults } = rule;
    const { rules: read, problems } = parseRules({ defaults, rules: [{ id, recipient, confidence: 'high' }] });
    expect(problems).toEqual([]);
    expect(read[0]).toMatchObject({ citation: 'Act 1', confidence: 'high' });
  });

  test.each([
    [{ citation: '' }, 'citation'],
    [{ status: 'maybe' }, 'status'],
    [{ deadline: { kind: 'hours', value: 0 } }, 'deadline.value'],
    [{ deadline: { kind: 'fortnights', value: 1 } }, 'deadline'],
    [{ applies: { mood: 'bad' } }, 'applies'],
    [{ applies: { mark: 'wizard' } }, 'applies.mark'],
    [{ colour: 'red' }, ''],
  ])('names rule and field of %o', (change, field) => {
    const { problems } = parseRules({ rules: [{ ...rule, ...change }] });
    expect(problems.map((p) => [p.rule, p.field])).toContainEqual(['xx-one', field]);
  });

  test('check finds a reference to nothing, a double id, an unknown anchor, calendar, zone and data element', () => {
    const broken = {
      rules: [
        { ...rule, start: 'smelled', calendar: 'mars', zone: ['Mars/Olympus'], applies: { data: ['aura'] } },
        { ...rule, deadline: { kind: 'after', to: ['xx-none'], span: { kind: 'hours', value: 1 } } },
      ],
    };
    const messages = checkLaw([{ file: 'a.yaml', parsed: broken }], [])
      .problems.map(({ message }) => message)
      .join('\n');
    for (const part of ['xx-none', 'stands twice', 'smelled', 'mars', 'Mars/Olympus', 'aura']) expect(messages).toContain(part);
  });

  test('the version follows from what decides a date, a state or a citation, and from nothing else', () => {
    const [one] = parseRules({ rules: [rule] }).rules;
    if (one === undefined) throw new Error('no rule');
    expect(digestOf({ ...one, verifiedOn: '2027-01-01' })).toBe(digestOf(one));
    expect(digestOf({ ...one, citation: 'Act 2' })).not.toBe(digestOf(one));
    expect(digestOf({ ...one, deadline: { kind: 'hours', value: 25 } })).not.toBe(digestOf(one));
  });
});
