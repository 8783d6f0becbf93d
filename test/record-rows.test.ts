import { describe, expect, test } from 'vitest';
import { guide } from '../src/record/guide.ts';
import { isDone, isWorkedIn, tablesOf } from '../src/record/working-table.ts';
import { stepsOf } from '../src/runbook/runbook.ts';
import { readPaste } from '../src/slack/steps/table-paste.ts';
import { Given } from './incident-given.ts';

const BOOK = `---
title: Keys
---

# Keys

## Contain

### Change every key

After: The machine that held it is clean, for each credential

- [ ] One row each

| Credential | Owner | New one in use | Old one proven dead |
|---|---|---|---|
| Domain admin | | | |

### Ask the vendor

- [ ] In writing

| Said | Due | Kept |
|---|---|---|

### Look it up

- [ ] Which colour

| Colour | Meaning |
|---|---|
| Red | Run |
| Green | Stay |
`;

const KEYS = 'change-every-key';
const key = (name: string, more: Record<string, string> = {}) => JSON.stringify({ Credential: name, ...more });
const DEAD = { Owner: 'Ben', 'New one in use': 'yes', 'Old one proven dead': '14:02, refused' };
const put = (cells: string, more: { row?: string; met?: number[]; override?: string } = {}) =>
  ({ do: 'writeRow', step: KEYS, table: 'credentials', cells, ...more }) as const;
const table = (given: Given, step = KEYS) => tablesOf(given.incident, stepsOf(given.runbook!).find(({ id }) => id === step)!)[0]!;
const unmet = (given: Given) => guide(given.incident, given.runbook!).steps.find(({ step }) => step.id === KEYS)!.unmet;

describe('a working table', () => {
  test('opens with the rows that the runbook brings, and counts what is done', () => {
    const given = new Given(BOOK);
    expect(table(given)).toMatchObject({ name: 'credentials', done: 0, rows: [{ cells: ['Domain admin', '', '', ''] }] });
  });

  test('a row is an entry; a later one of the same name replaces it, and both stay in the record', () => {
    const given = new Given(BOOK);
    given.when(put(key('Mail', { Owner: 'Ada' })));
    given.when(put(key('mail', { Owner: 'Ben' })));
    expect(table(given).rows.map(({ cells }) => cells.slice(0, 2))).toEqual([
      ['Domain admin', ''],
      ['mail', 'Ben'],
    ]);
    expect(given.entries.filter(({ kind }) => kind === 'row.written')).toHaveLength(2);
  });

  test('a row that the runbook brings is filled, not doubled', () => {
    const given = new Given(BOOK);
    given.when(put(key('Domain admin', { Owner: 'Ada' })));
    expect(table(given).rows).toHaveLength(1);
  });

  test('the line of the record names no row by its words', () => {
    const given = new Given(BOOK);
    const [entry] = given.when(put(key('Mail of Mrs Miller')));
    expect(JSON.stringify(entry?.body)).not.toContain('Miller');
  });

  test('a row without a name is refused at its field', () => {
    const answer = new Given(BOOK).try(put(key(' ')));
    expect(answer).toMatchObject({ code: 'invalid', field: 'cell.0' });
  });

  test('what settles a row is read from its last telling column; a broken promise is over too', () => {
    const keys = ['Credential', 'Owner', 'New one in use', 'Old one proven dead'];
    expect(isDone(keys, ['Mail', 'Ben', 'yes', '14:02'])).toBe(true);
    for (const value of ['', 'no', 'not yet', 'open', '-']) expect(isDone(keys, ['Mail', 'Ben', 'yes', value])).toBe(false);
    expect(isDone(['Said', 'Due', 'Kept'], ['Fix', 'Monday', 'no, came Tuesday'])).toBe(true);
    expect(isDone(['Said', 'Due', 'Kept'], ['Fix', 'Monday', 'open'])).toBe(false);
    expect(isDone(['Who', 'Number'], ['Ada', ''])).toBe(false);
    expect(isDone(['Who', 'Number'], ['Ada', '12'])).toBe(true);
  });

  test('a table to look things up in asks nobody to fill it', () => {
    const given = new Given(BOOK);
    expect(isWorkedIn(table(given, 'look-it-up'))).toBe(false);
    expect(isWorkedIn(table(given, 'ask-the-vendor'))).toBe(true);
  });

  test('rows outlive a change of the text: a column that is gone is still shown', () => {
    const given = new Given(BOOK);
    given.when(put(key('Mail', { Owner: 'Ada' })));
    const source = BOOK.replaceAll('| Owner ', '')
      .replace('|---|---|---|---|', '|---|---|---|')
      .replace('| Domain admin | | | |', '');
    given.when({ do: 'adoptRunbook', runbook: { id: 'book', file: 'book.md', source, digest: 'd' }, reason: 'shorter' });
    expect(table(given).columns).toEqual(['Credential', 'New one in use', 'Old one proven dead', 'Owner']);
    expect(table(given).rows[0]?.cells).toEqual(['Mail', '', '', 'Ada']);
  });
});

describe('a precondition for each row', () => {
  test('keeps that row from being done, and no other', () => {
    const given = new Given(BOOK);
    given.when(put(key('Mail')));
    const mail = table(given).rows.at(-1)!.key;
    const refused = given.try(put(key('Mail', DEAD)));
    expect(refused).toMatchObject({ code: 'precondition', field: 'override' });
    given.when({ do: 'meetPrecondition', step: KEYS, precondition: 0, row: mail });
    given.when(put(key('Mail', DEAD)));
    expect(given.refusal(put(key('VPN', DEAD)))).toContain('VPN');
  });

  test('can be ticked with the row itself, in one append', () => {
    const given = new Given(BOOK);
    expect(given.when(put(key('Mail', DEAD), { met: [0] })).map(({ kind }) => kind)).toEqual(['precondition.met', 'row.written']);
    expect(table(given).done).toBe(1);
  });

  test('is overridden only with a reason, which the record keeps', () => {
    const given = new Given(BOOK);
    expect(given.refusal(put(key('Mail', DEAD), { override: ' ' }))).toContain('Not yet');
    const entry = given.when(put(key('Mail', DEAD), { override: 'It was published' })).at(-1);
    expect(entry).toMatchObject({ body: { overridden: [0] }, texts: { override: 'It was published' } });
    expect(table(given).rows.at(-1)?.override).toBe('It was published');
  });

  test('the step can be done when its rows are, and before that only with a reason', () => {
    const given = new Given(BOOK);
    given.when(put(key('Domain admin', DEAD), { met: [0] }));
    given.when(put(key('Mail')));
    expect(unmet(given)).toHaveLength(1);
    expect(given.refusal({ do: 'completeStep', step: KEYS })).toContain('Not yet');
    expect(given.refusal({ do: 'meetPrecondition', step: KEYS, precondition: 0 })).toContain('each row');
    given.when(put(key('Mail', DEAD), { met: [0] }));
    expect(unmet(given)).toEqual([]);
    given.when({ do: 'completeStep', step: KEYS });
  });
});

describe('many rows at once', () => {
  const step = (given: Given) => stepsOf(given.runbook!).find(({ id }) => id === KEYS)!;
  const read = (given: Given, source: string, override = '') =>
    readPaste(source, given.incident, step(given), table(given), override);

  test('come in whole or not at all', () => {
    const given = new Given(BOOK);
    const rows = [key('Mail'), key('VPN', DEAD)];
    const before = given.entries.length;
    expect(given.refusal({ do: 'writeRows', step: KEYS, table: 'credentials', rows })).toContain('VPN');
    expect(given.entries).toHaveLength(before);
    given.when({ do: 'writeRows', step: KEYS, table: 'credentials', rows, override: 'Found dead' });
    expect(table(given).rows.map(({ cells }) => cells[0])).toEqual(['Domain admin', 'Mail', 'VPN']);
  });

  test('of one name are one row', () => {
    const given = new Given(BOOK);
    given.when({ do: 'writeRows', step: KEYS, table: 'credentials', rows: [key('Mail'), key('MAIL', { Owner: 'Ada' })] });
    expect(
      table(given)
        .rows.filter(({ written }) => written)
        .map(({ cells }) => cells[1]),
    ).toEqual(['Ada']);
  });

  test('a paste with named columns in another order is understood, and what has no column is named', () => {
    const { rows, left, bad } = read(new Given(BOOK), 'Owner;Colour;credential\nAda;red;Mail\nBen;blue;"VPN; old"\n');
    expect(rows.map(({ cells }) => JSON.parse(cells))).toMatchObject([
      { Credential: 'Mail', Owner: 'Ada' },
      { Credential: 'VPN; old', Owner: 'Ben' },
    ]);
    expect([left, bad]).toEqual([['Colour'], []]);
  });

  test('a paste without headers goes by the order of the table', () => {
    const [row] = read(new Given(BOOK), 'Mail\tAda\n').rows;
    expect(JSON.parse(row!.cells)).toMatchObject({ Credential: 'Mail', Owner: 'Ada' });
  });

  test('bad rows are named by their line, and formulas are kept as text', () => {
    const given = new Given(BOOK);
    const { rows, bad, formulas } = read(
      given,
      'Credential,Owner\n,Ada\n=HYPERLINK("http://x"),Ben\nMail,Ben,too,much,of,it\nVPN,Ada\nVPN,Ben\n',
    );
    expect(bad.map(({ line }) => line).sort()).toEqual([2, 4, 5]);
    expect(rows.map(({ name }) => name)).toEqual([`'=HYPERLINK("http://x")`, 'VPN']);
    expect(formulas).toBe(1);
  });

  test('a row that is done before its own precondition is left out and named, unless there is a reason', () => {
    const given = new Given(BOOK);
    const source = 'Mail,Ben,yes,14:02\nVPN,Ben,,\n';
    expect(read(given, source).bad).toEqual([{ line: 1, why: expect.stringContaining('before its own precondition') }]);
    expect(read(given, source, 'Found dead').rows).toHaveLength(2);
  });
});
