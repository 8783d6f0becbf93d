import { describe, expect, test } from 'vitest';
import { costTable } from '../src/desk/cost-table.ts';
import { categoryOf, costIn, minutesOf } from '../src/desk/cost-words.ts';
import { withholdingFor } from '../src/export/audience.ts';
import { consentWords, decimalHours } from '../src/export/costs.ts';
import { type PackInput, packOf } from '../src/export/pack.ts';
import { sentenceOf } from '../src/export/sentence.ts';
import { verifyPack } from '../src/export/verify.ts';
import { fromUtf8 } from '../src/record/bytes.ts';
import type { Command, RefusalCode } from '../src/record/command.ts';
import { majorUnits, moneyOf } from '../src/record/currency.ts';
import { COST_CATEGORIES } from '../src/record/event.ts';
import { proofOfLoss } from '../src/record/proof-of-loss.ts';
import { costCommand } from '../src/slack/money/cost-talk.ts';
import { parseTalk } from '../src/slack/talk/talk.ts';
import { DECLARE, Play } from './play.ts';

const play = (...given: Command[]) => new Play().given(DECLARE, ...given);
const HOURS = {
  do: 'recordCost',
  cost: 'a',
  category: 'restoration',
  who: 'Ada',
  by: 'person',
  on: '2026-01-05',
  minutes: 180,
} as const;
const BILL = {
  do: 'recordCost',
  cost: 'b',
  category: 'forensics',
  who: 'Forensic Ltd',
  by: 'firm',
  amount: 120000,
  currency: 'EUR',
  consent: 'ABC-123',
} as const;
const proofOf = ({ incident }: Play) => proofOfLoss(incident.costs);

describe('a cost is an entry', () => {
  test('hours of a person and a bill of a firm add up, and no currency is added to another', () => {
    const dollars = { ...BILL, cost: 'c', amount: 500, currency: 'USD', category: 'legal', who: 'Lex' } as const;
    const proof = proofOf(play(HOURS, BILL, dollars));
    expect(proof.total).toEqual({ name: 'total', lines: 3, minutes: 180, amounts: { EUR: 120000, USD: 500 }, unpriced: 180 });
    expect(proof.byCategory.map(({ name }) => name)).toEqual(['forensics', 'legal', 'restoration']);
    expect(proof.byConsent.map(({ name, lines }) => [name, lines])).toEqual([
      ['unknown', 1],
      ['yes', 2],
    ]);
  });

  test('nothing is billed unless somebody says so, and a consent is known where its reference is', () => {
    const [line] = proofOf(play(BILL)).lines;
    expect(line).toMatchObject({
      billed: 'nobody',
      consent: 'yes',
      reference: 'ABC-123',
      causedByVendor: 'unknown',
      on: '2026-01-05',
    });
  });

  test('minutes at a rate are an amount in whole minor units, half of one going up', () => {
    const proof = proofOf(play({ ...HOURS, minutes: 50, rate: 12345, currency: 'EUR' }));
    expect(proof.lines[0]?.amount).toBe(10288);
    expect(proof.total.unpriced).toBe(0);
  });

  test('only whole numbers and words of the vocabulary stand in the sealed line; names, tasks and rates stand beside it', () => {
    const { sealed } = play({ ...HOURS, rate: 9999, currency: 'EUR', task: 'rebuilt the file server' });
    const line = sealed.at(-1)?.line ?? '';
    expect(line).toContain('"minutes":180');
    for (const word of ['Ada', 'rebuilt', '9999']) expect(line).not.toContain(word);
  });

  test('a line is put right by a new one that names it, and one that is taken out leaves the totals and stays in the record', () => {
    const given = play(HOURS);
    const seq = given.incident.size;
    given.given({ ...HOURS, cost: 'a2', minutes: 60, supersedes: seq });
    expect(proofOf(given).total.minutes).toBe(60);
    given.given({ do: 'withdrawCost', of: given.incident.size, reason: 'counted elsewhere' });
    expect(proofOf(given).lines).toEqual([]);
    expect(given.entries.filter(({ kind }) => kind === 'cost.recorded')).toHaveLength(2);
  });

  test('bills that come in after the close are recorded', () => {
    const given = play({ do: 'closeIncident', as: 'resolved', reason: 'over' }, BILL);
    expect(proofOf(given).total.lines).toBe(1);
  });

  test('a sheet is recorded once, whole or not at all', () => {
    const lines = [HOURS, { ...HOURS, cost: 'd', who: 'Ben' }].map(({ do: _, ...line }) => line);
    const given = play({ do: 'recordCosts', costs: lines });
    expect(proofOf(given).total).toMatchObject({ lines: 2, minutes: 360 });
    expect(given.do({ do: 'recordCosts', costs: lines })).toMatchObject({ code: 'already' });
    const before = given.incident.size;
    const [line] = lines;
    const wrong = {
      do: 'recordCosts',
      costs: [
        { ...line!, cost: 'e' },
        { ...line!, cost: 'f', minutes: 0 },
      ],
    } as const;
    expect(given.do({ ...wrong, costs: [...wrong.costs] })).toMatchObject({ refused: expect.stringContaining('Line 2 (Ada)') });
    expect(given.incident.size).toBe(before);
  });

  const refused: [string, Command, RefusalCode, string][] = [
    ['the same line again', HOURS, 'already', 'who'],
    ['a category of nobody', { ...HOURS, cost: 'x', category: 'beer' as 'legal' }, 'invalid', 'category'],
    ['nobody', { ...HOURS, cost: 'x', who: ' ' }, 'invalid', 'who'],
    ['neither a time nor an amount', { ...HOURS, cost: 'x', minutes: undefined as unknown as number }, 'invalid', 'hours'],
    ['no time at all', { ...HOURS, cost: 'x', minutes: 0 }, 'invalid', 'hours'],
    ['more than a month', { ...HOURS, cost: 'x', minutes: 44641 }, 'invalid', 'hours'],
    ['half a cent', { ...BILL, cost: 'x', amount: 0.5 }, 'invalid', 'amount'],
    ['less than nothing', { ...BILL, cost: 'x', amount: -1 }, 'invalid', 'amount'],
    ['a rate beside an amount', { ...BILL, cost: 'x', rate: 5 }, 'invalid', 'rate'],
    ['a rate of no hours', { ...HOURS, cost: 'x', minutes: 60, rate: -1, currency: 'EUR' }, 'invalid', 'rate'],
    ['an amount of no currency', { ...BILL, cost: 'x', currency: 'ZZZ' }, 'invalid', 'currency'],
    ['a day that is none', { ...HOURS, cost: 'x', on: '2026-02-30' }, 'invalid', 'on'],
    ['a day to come', { ...HOURS, cost: 'x', on: '2026-01-07' }, 'invalid', 'on'],
    ['a bill to a stranger', { ...HOURS, cost: 'x', billed: 'the moon' as 'us' }, 'invalid', 'billed'],
    ['evidence that is not there', { ...HOURS, cost: 'x', evidence: [99] }, 'unknown', 'evidence'],
    ['a line that is not there', { ...HOURS, cost: 'x', supersedes: 2 }, 'unknown', 'supersedes'],
    ['taking out what is no cost', { do: 'withdrawCost', of: 1, reason: 'x' }, 'unknown', 'of'],
    ['taking out without a word', { do: 'withdrawCost', of: 7, reason: ' ' }, 'needs-reason', 'reason'],
  ];
  test.each(refused)('refused at its field: %s', (_, command, code, field) => {
    const given = play(HOURS);
    const line = [...given.incident.costs.lines.keys()][0] ?? 0;
    const before = given.incident.size;
    const meant = command.do === 'withdrawCost' && command.of === 7 ? { ...command, of: line } : command;
    expect(given.do(meant)).toMatchObject({ code, field });
    expect(given.incident.size).toBe(before);
  });

  test('it reads as a sentence, with what is not known said', () => {
    const { entries } = play({ ...HOURS, rate: 10000, currency: 'EUR', task: 'rebuilt' }, { ...BILL, vendor: 'Kaseya' });
    const [hours, bill] = entries.slice(-2).map((entry) => sentenceOf(entry, new Map()));
    expect(hours).toBe(
      'Cost of 2026-01-05, restoration, Ada: 3 h at 100.00 EUR an hour for: rebuilt. The insurer’s consent: not known; billed to nobody yet.',
    );
    expect(bill).toContain(
      'Forensic Ltd: 1200.00 EUR. The insurer’s consent: yes, reference ABC-123; billed to nobody yet. Caused by: Kaseya',
    );
  });
});

describe('money and time as people write them', () => {
  test.each([
    ['1200 EUR', 120000, 'EUR'],
    ['EUR 1,200.50', 120050, 'EUR'],
    ['€1.200,50', 120050, 'EUR'],
    ['$ 12', 1200, 'USD'],
    ['1 200 SEK', 120000, 'SEK'],
    ['1,200 EUR', 120000, 'EUR'],
    ['1200 JPY', 1200, 'JPY'],
    ['1234.5 KWD', 1234500, 'KWD'],
  ])('%s', (text, amount, currency) => expect(moneyOf(text)).toEqual({ amount, currency }));

  test.each([
    '1200',
    'EUR',
    '1.2.3 EUR',
    '12.345,6 JPY',
    '1,2,3.4 EUR',
    '10 XXX',
    '1.234.56 EUR',
    '-5 EUR',
    '1e3 EUR',
    '99999999999999999 EUR',
  ])('%s is no amount', (text) => expect(moneyOf(text)).toBeUndefined());

  test('the minor unit of each currency is its own', () => {
    expect([majorUnits(5, 'EUR'), majorUnits(5, 'JPY'), majorUnits(5, 'KWD')]).toEqual(['0.05', '5', '0.005']);
  });

  test.each([
    ['3h', 180],
    ['3', 180],
    ['1,5 h', 90],
    ['2h30', 150],
    ['2:05', 125],
    ['90 min', 90],
    ['0.33', 20],
  ])('%s is so many minutes', (text, minutes) => expect(minutesOf(text)).toBe(minutes));

  test.each(['', 'soon', '2:75', '-1h', '1h 2d'])('"%s" is no time', (text) => expect(minutesOf(text)).toBeUndefined());

  test('hours with decimals come from minutes', () => expect([20, 90, 1].map(decimalHours)).toEqual(['0.33', '1.50', '0.02']));

  test('every category has its own name, and the names of the trade are understood', () => {
    for (const category of COST_CATEGORIES) expect(categoryOf(category.replaceAll('-', ' '))).toBe(category);
    expect([categoryOf('PR'), categoryOf('BI loss'), categoryOf('beer')]).toEqual([
      'public-relations',
      'business-interruption',
      undefined,
    ]);
  });
});

describe('plain words', () => {
  test.each([
    [
      'cost 3h ada restoration: rebuilt the file server',
      { who: 'ada', category: 'restoration', by: 'person', minutes: 180, task: 'rebuilt the file server' },
    ],
    [
      'cost 1200 EUR Forensic Ltd forensics consent ABC-123',
      { who: 'Forensic Ltd', category: 'forensics', by: 'firm', amount: 120000, currency: 'EUR', consent: 'ABC-123' },
    ],
    [
      'cost: 2:30 Ada Stone overtime at 120 EUR/h ticket 4711 on 2026-01-04: on site',
      { who: 'Ada Stone', minutes: 150, rate: 12000, currency: 'EUR', ticket: '4711', on: '2026-01-04', task: 'on site' },
    ],
    ['cost $50 Post notification no consent', { amount: 5000, currency: 'USD', consented: 'no' }],
  ])('%s', (words, expected) => {
    const talk = parseTalk(words);
    expect(talk.say).toBe('cost');
    expect(talk.say === 'cost' && costIn(talk.words, 'x')).toMatchObject({ do: 'recordCost', ...expected });
  });

  test.each([
    ['cost something', 'Begin with the time or the amount'],
    ['cost 3h ada', 'The categories are: forensics'],
    ['cost 3h restoration', 'The categories are'],
    ['cost 3h ada restoration tomorrow', '"tomorrow" was not understood'],
    ['cost 3h ada restoration at 12 QQQ', 'is no rate an hour'],
    ['cost 12 QQQ ada legal', 'Begin with'],
  ])('%s says what is missing, and records nothing', (words, sentence) => {
    const talk = parseTalk(words);
    const house = { desk: { newId: () => 'x' } } as unknown as Parameters<typeof costCommand>[0];
    const answer = costCommand(house, talk.say === 'cost' ? talk.words : '');
    expect(answer).toContain(sentence);
    expect(answer).toMatch(/Nothing was recorded\.$/);
  });

  test('a line is taken out in words too', () => {
    const house = { desk: { newId: () => 'x' } } as unknown as Parameters<typeof costCommand>[0];
    expect(costCommand(house, 'withdraw 12 because it was double')).toEqual({
      do: 'withdrawCost',
      of: 12,
      reason: 'it was double',
    });
  });
});

describe('a time sheet', () => {
  const SHEET = [
    'Date Worked;Technician;Hours;Category;Notes;Ticket',
    '05.01.2026;Ada;1,5;restoration;"rebuilt; again";T-1',
    '05.01.2026;Ben;soon;restoration;x;T-2',
    '05.01.2026;Eve;2;beer;x;T-3',
    '05.01.2026;Ada;1,5;restoration;"rebuilt; again";T-1',
    '05.01.2026;=cmd|calc;1;overtime;y;',
  ].join('\n');

  test('its rows become lines; a row that cannot be read is named and left out', () => {
    const { lines, problems } = costTable(SHEET, {});
    expect(lines.map(({ who, minutes, on }) => [who, minutes, on])).toEqual([
      ['Ada', 90, '2026-01-05'],
      ['Ada', 90, '2026-01-05'],
      ['=cmd|calc', 60, '2026-01-05'],
    ]);
    expect(problems.map(({ message }) => message)).toEqual([
      'Row 3 was left out: "soon" is no time worked.',
      'Row 4 was left out: "beer" is no category of costs.',
    ]);
  });

  test('the same sheet has the same ids, and two equal rows are two lines', () => {
    const ids = costTable(SHEET, {}).lines.map(({ cost }) => cost);
    expect(new Set(ids).size).toBe(3);
    expect(costTable(SHEET, {}).lines.map(({ cost }) => cost)).toEqual(ids);
  });

  test.each([
    ['a b c\n1', 'No column says who it was'],
    ['who,amount\nAda,12', 'Row 2 was left out: it names no category.'],
    ['who,amount,category\nAda,12,legal', 'it names an amount and no currency'],
    ['who,amount,category,currency\nAda,12,legal,XXX', '"XXX" is no currency'],
    ['who,amount,category,currency\nAda,much,legal,EUR', '"much" is no amount of EUR'],
    ['who,date,hours,category\nAda,1/2/2026,3,legal', 'is no date that can be read in one way only'],
    ['who,hours,category\n,3,legal', 'it does not say who it was'],
  ])('%j is refused by name', (sheet, sentence) => {
    const { lines, problems } = costTable(sheet, {});
    expect([lines, problems[0]?.message]).toEqual([[], expect.stringContaining(sentence)]);
  });

  test('what a sheet does not say is taken from beside it', () => {
    const { lines } = costTable('firm,amount\nForensic Ltd,"1,200.50"', { category: 'forensics', currency: 'EUR' });
    expect(lines).toMatchObject([{ who: 'Forensic Ltd', by: 'firm', amount: 120050, currency: 'EUR', category: 'forensics' }]);
  });
});

describe('the proof of loss in the pack', () => {
  const given = play({ ...HOURS, who: '=HYPERLINK("x")', rate: 12345, currency: 'EUR', task: 'a | b\nc', evidence: [1] }, BILL);
  const packFor = (audience: NonNullable<PackInput['audience']>) =>
    packOf({
      title: 'T',
      entries: given.sealed.map(({ line, texts }, i) => ({ seq: i + 1, line, texts })),
      checkpoints: [],
      verifierKeys: [],
      evidence: new Map(),
      zone: 'UTC',
      audience,
      ...withholdingFor(audience),
    });
  const all = (files: ReadonlyMap<string, Uint8Array>) =>
    [...files]
      .filter(([path]) => !path.endsWith('.mjs'))
      .map(([, bytes]) => fromUtf8(bytes))
      .join('\n');

  test('a line a cost with the entry it is, formulas dead, and totals by category, person and consent', () => {
    const files = packFor('insurer');
    const csv = fromUtf8(files.get('costs.csv') ?? new Uint8Array());
    expect(csv).toContain(`"'=HYPERLINK(""x"")"`);
    expect(csv).toContain('"180","3.00","123.45","EUR","370.35","not known"');
    const page = fromUtf8(files.get('costs.md') ?? new Uint8Array());
    expect(page).toContain('| forensics | 1 |  | 1200.00 EUR |');
    expect(page).toContain(consentWords(proofOf(given)));
    expect(consentWords(proofOf(given))).toContain(
      '1 line has no consent of the insurer on record. Consent not known: 3 h; 370.35 EUR.',
    );
    expect(fromUtf8(files.get('timeline.html') ?? new Uint8Array())).toContain('1200.00 EUR');
  });

  test('a client sees the hours and not our rates, and the pack still verifies', async () => {
    const files = packFor('client');
    const verdict = await verifyPack(files);
    expect(verdict.problems.filter(({ kind }) => kind !== 'unknown-key')).toEqual([]);
    for (const secret of ['12345', '123.45', '370.35']) expect(all(files)).not.toContain(secret);
    expect(all(files)).toContain('at a rate that is not shown');
    expect(fromUtf8(files.get('manifest.json') ?? new Uint8Array())).toContain('rates are not for this reader');
  });

  test('a regulator sees no costs at all', () => {
    const files = packFor('regulator');
    expect(files.has('costs.csv')).toBe(false);
    expect(all(files)).not.toContain('Forensic Ltd');
    expect(all(files)).toContain('costs are not for this reader');
  });

  test('a pack without costs has no empty table', () => {
    const none = packOf({
      title: 'T',
      entries: new Play().given(DECLARE).sealed.map(({ line, texts }, i) => ({ seq: i + 1, line, texts })),
      checkpoints: [],
      verifierKeys: [],
      evidence: new Map(),
      zone: 'UTC',
    });
    expect([...none.keys()].filter((path) => path.startsWith('costs'))).toEqual([]);
  });
});
