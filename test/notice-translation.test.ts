import { describe, expect, test } from 'vitest';
import type { Draft } from '../src/notice/draft.ts';
import { datesIn, translationProblems } from '../src/notice/translation.ts';

/** What no program can judge a person must; what it can judge, the values, it judges strictly. */
const ORIGINAL = [
  'Dear Contoso Dental,',
  'As of 2 July 2026, 19:40 UTC+02:00: We switched off Kestrel Remote 9.5.7 on 1,200 machines.',
  'CVE-2026-30116 was used from 203[.]0[.]113[.]77.',
  'Please write to help[@]acme[.]example or call Ada Stone.',
];
const SPANISH = [
  'Estimados señores de Contoso Dental:',
  'A 2 de julio de 2026, 19:40 UTC+02:00: Apagamos Kestrel Remote 9.5.7 en 1.200 equipos.',
  'Se usó CVE-2026-30116 desde 203[.]0[.]113[.]77.',
  'Escriban a help[@]acme[.]example o llamen a Ada Stone.',
];
const NAMES = ['Contoso Dental', 'Kestrel Remote', 'Ada Stone'];
const draft = (lines: string[]): Draft => ({
  id: 'n',
  record: 'r',
  client: undefined,
  kind: 'holding',
  sentences: lines.map((text) => ({ text, cites: [], type: undefined })),
});
const problems = (lines: string[], language = 'es') =>
  translationProblems(draft(ORIGINAL), draft(lines), language, NAMES).map(({ sentence, message }) => `${sentence}: ${message}`);
const changed = (at: number, from: string, to: string) =>
  problems(SPANISH.map((text, i) => (i === at ? text.replace(from, to) : text)));

describe('a translation', () => {
  test('with every value of its original has no problem', () => {
    expect(problems(SPANISH)).toEqual([]);
  });

  test.each([
    [1, '1.200', '12.000'],
    [1, '19:40', '19:14'],
    [1, '2 de julio de 2026', '3 de julio de 2026'],
    [1, 'UTC+02:00', 'UTC'],
    [1, '9.5.7', '9.5.8'],
    [2, 'CVE-2026-30116', 'CVE-2026-30117'],
    [2, '203[.]0[.]113[.]77', '203[.]0[.]113[.]7'],
    [3, 'help[@]acme[.]example', 'help[@]evil[.]example'],
    [3, 'Ada Stone', 'Ana Piedra'],
    [0, 'Contoso Dental', 'Tulip Dental'],
    [1, 'Apagamos', 'Apagamos 2'],
  ])('that changes a value of sentence %i (%s) is caught', (at, from, to) => {
    expect(changed(at, from, to).every((problem) => problem.startsWith(`${at}:`))).toBe(true);
    expect(changed(at, from, to)).not.toEqual([]);
  });

  test('that leaves a line as it was is asked about', () => {
    expect(changed(3, SPANISH[3] ?? '', ORIGINAL[3] ?? '')).toEqual(['3: This line stands as in the original.']);
  });

  test('that leaves a sentence out or empty is caught', () => {
    expect(problems(SPANISH.slice(0, 3))).toEqual(['null: The original has 4 sentences, the translation 3.']);
    expect(changed(1, SPANISH[1] ?? '', ' ')).not.toEqual([]);
  });

  test.each([
    ['de', 'Stand 2. Juli 2026, 19:40 UTC+02:00: Kestrel Remote 9.5.7 wurde auf 1.200 Rechnern abgeschaltet.'],
    ['fr', 'Au 2 juillet 2026, 19h40 UTC+02:00 : Kestrel Remote 9.5.7 est arrêté sur 1 200 machines.'],
    ['ja', '2026年7月2日 19:40 UTC+02:00 現在、Kestrel Remote 9.5.7 を1,200台で停止しました。'],
    ['ar', 'حتى ٢ يوليو ٢٠٢٦، ١٩:٤٠ UTC+02:00: أوقفنا Kestrel Remote 9.5.7 على ١٬٢٠٠ جهاز.'],
  ])('may write days and numbers as %s does', (language, text) => {
    const one = translationProblems(draft([ORIGINAL[1] ?? '']), draft([text]), language, NAMES);
    expect(one.map(({ message }) => message)).toEqual([]);
  });

  test('a model is given the days in the words of the language', () => {
    expect(datesIn('on 2 July 2026, 19:40 UTC', 'es')).toBe('on 2 de julio de 2026, 19:40 UTC');
  });

  test('what is unknown stays unknown', () => {
    const unknown = draft(['We act by [[UNKNOWN: time]].']);
    expect(translationProblems(unknown, draft(['Actuamos antes de [[UNKNOWN: hora]].']), 'es', [])).toEqual([]);
    expect(translationProblems(unknown, draft(['Actuamos pronto.']), 'es', [])).not.toEqual([]);
  });
});
