import { describe, expect, test } from 'vitest';
import { check } from '../src/notice/gate.ts';
import { CASES, templateOf } from './notice-cases.ts';
import type { Seeded } from './notice-mutation.ts';
import { seeded } from './notice-mutation.ts';

/** Families in which nothing may pass: what a reader would take for the record's own value. */
const NONE_MAY_PASS = [
  'number',
  'number-word',
  'magnitude',
  'month',
  'year',
  'time',
  'hour',
  'zone',
  'unit',
  'currency',
  'percent',
  'hash',
  'cve',
  'ghsa',
  'address',
  'identifier',
  'file',
  'host',
  'name',
  'swapped-times',
  'swapped-numbers',
  'uncited',
  'cite-foreign',
  'cite-superseded',
  'cite-privileged',
  'cite-redacted',
  'cite-unknown',
  'other-client',
];

/** Asks and courtesies carry no fact, so that one without a citation is none; a list in another order is the same list. */
function harmless({ family, draft, what }: Seeded): boolean {
  const sentence = draft.sentences[Number(/#(\d+):/.exec(draft.id ?? '')?.[1])];
  // The deadline in an ask is its own.
  if (sentence?.type === 'ask' && /^(?:time|hour|zone|zone-dropped)$/.test(family)) return true;
  if (family === 'uncited') return sentence?.type === 'ask' || /^(?:Contact:|That is not confirmed|We do not know if)/.test(what);
  return family === 'swapped-versions' && /versions \S+ and \S+\.$/.test(what);
}

const all = CASES.flatMap(({ record, drafts }) =>
  drafts.flatMap((draft) => seeded(draft, record).map((it) => ({ ...it, record }))),
).filter((it) => !harmless(it));
/** Families with hundreds of seeds are thinned, the same ones every time: a test run shall not take a minute. */
const sizes = Map.groupBy(all, ({ family }) => family);
const seeds = [...sizes.values()].flatMap((list) => list.filter((_, at) => at % Math.ceil(list.length / 100) === 0));

function isCaught({ draft, record, level }: (typeof seeds)[number]): boolean {
  const { ok, problems } = check(draft, record, templateOf(draft));
  const index = Number(/#(\d+):/.exec(draft.id ?? '')?.[1]);
  return level === 'truth' ? !ok : problems.some((it) => it.sentence === index && it.level !== 'form');
}

describe('the gate on seeded drafts', () => {
  const tally = new Map<string, { seeded: number; caught: number; passed: string[] }>();
  for (const seed of seeds) {
    const row = tally.get(seed.family) ?? { seeded: 0, caught: 0, passed: [] };
    row.seeded += 1;
    if (isCaught(seed)) row.caught += 1;
    else row.passed.push(seed.what);
    tally.set(seed.family, row);
  }

  test('catches at least 97 in a hundred of all bad drafts', () => {
    const rows = [...tally].map(([family, { seeded, caught }]) => `${family.padEnd(24)} ${caught} of ${seeded}`);
    const all = [...tally.values()].reduce((sum, it) => sum + it.seeded, 0);
    const caught = [...tally.values()].reduce((sum, it) => sum + it.caught, 0);
    console.log(`${rows.join('\n')}\n${'all'.padEnd(24)} ${caught} of ${all} (${((caught / all) * 100).toFixed(2)} %)`);
    expect(all).toBeGreaterThan(1500);
    expect(caught / all).toBeGreaterThan(0.97);
  });

  test.each(NONE_MAY_PASS)('lets no wrong %s pass', (family) => {
    expect(tally.get(family)?.seeded).toBeGreaterThan(0);
    expect(tally.get(family)?.passed).toEqual([]);
  });

  test('blocks none of the good drafts it was made with', () => {
    const blocked = CASES.flatMap(({ record, drafts }) =>
      drafts.flatMap((draft) =>
        check(draft, record, templateOf(draft))
          .problems.filter(({ level }) => level === 'truth')
          .map((it) => `${draft.id} ${it.sentence}: ${it.message}`),
      ),
    );
    expect(blocked).toEqual([]);
    expect(CASES.flatMap(({ drafts }) => drafts).length).toBeGreaterThanOrEqual(60);
  });
});
