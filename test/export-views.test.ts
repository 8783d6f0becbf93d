import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { remark } from 'remark';
import remarkGfm from 'remark-gfm';
import { describe, expect, test } from 'vitest';
import { cell } from '../src/export/csv.ts';
import { escapeMarkdown } from '../src/export/markdown.ts';
import { escapeHtml, jsonInScript } from '../src/export/markup.ts';
import { sentenceOf } from '../src/export/sentence.ts';
import { namesIn, readEntry } from '../src/export/timeline.ts';
import { fromUtf8 } from '../src/record/bytes.ts';
import type { Event, EventOf } from '../src/record/event.ts';
import { drilled, house, made, sealed } from './export-fixture.ts';

const csv = (pack: Map<string, Uint8Array>): Record<string, string>[] =>
  parse(fromUtf8(pack.get('timeline.csv')!), { bom: true, columns: true });

describe('CSV', () => {
  test('is read by a parser of others, with both times in both zones', () => {
    const rows = csv(made().pack);
    expect(rows).toHaveLength(12);
    expect(rows[5]).toMatchObject({
      entry: '6',
      'occurred (UTC)': '2026-03-02 07:41:00',
      'recorded (UTC)': '2026-03-02 08:05:00',
      'occurred (Europe/Berlin)': '2026-03-02 08:41:00 +01:00',
      who: 'Mara Lind',
      identity: 'signed by Slack',
      label: 'open',
      later: 'Corrected (entry 11, Mara Lind): 43 machines, not 41. Because: counted again',
    });
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '\u00a0=1', '＝1', '＋1', '－1', '＠SUM', '\ufeff=1'])(
    'makes %j a text and no formula',
    (text) => expect(cell(text)).toBe(`"'${text}"`),
  );

  test('keeps every text as it was behind that apostrophe', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 4 }), (texts) => {
        const [row = []] = parse(`${texts.map(cell).join(',')}\r\n`);
        expect(row.map((text: string, i: number) => (text === `'${texts[i]}` ? texts[i] : text))).toEqual(texts);
      }),
    );
  });
});

describe('Markdown', () => {
  test('of people is text: no link, no markup, no HTML, no new line', () => {
    const hostile = [
      '[a](javascript:x)',
      '<img src=x>',
      '# h',
      '**b** `c` ~~d~~',
      '| a | b |',
      '![x](y)',
      '- [ ] x',
      'a\n\n# b',
      '&lt;',
      '1. x',
      '\\[a](b)',
    ];
    for (const text of hostile) {
      const tree = remark()
        .use(remarkGfm)
        .parse(`- ${escapeMarkdown(text)}`);
      const item = JSON.stringify(tree);
      expect(item).not.toMatch(/"type":"(link|html|heading|strong|inlineCode|delete|table|image|emphasis|code|break)"/);
    }
  });

  test('shows a correction at the entry that it replaces', () => {
    const lines = fromUtf8(made().pack.get('timeline.md')!).split('\n');
    const at = lines.findIndex((line) => line.startsWith('- **6**'));
    expect(lines[at + 1]).toMatch(/^ {2}- Corrected .*43 machines, not 41/);
  });
});

describe('HTML', () => {
  test('of people comes out as the text that went in', () => {
    expect(escapeHtml(`<a href="x" id='y'>&\r`)).toBe('&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;&#13;');
    expect(jsonInScript({ a: '</script><!--' })).toBe('{"a":"\\u003c/script>\\u003c!--"}');
  });
});

test('a drill is marked in every output', () => {
  const { pack } = made([12], {}, ...drill());
  expect(csv(pack).every((row) => row.drill === 'DRILL')).toBe(true);
  const markdown = fromUtf8(pack.get('timeline.md')!);
  expect(markdown).toMatch(/^# DRILL: /);
  expect(
    markdown
      .split('\n')
      .filter((line) => line.startsWith('- '))
      .every((line) => line.startsWith('- DRILL · ')),
  ).toBe(true);
  expect(JSON.parse(fromUtf8(pack.get('manifest.json')!)).drill).toBe(true);
});

function drill(): [ReturnType<typeof house>, ReturnType<typeof drilled>] {
  const by = house();
  return [by, drilled(by.verifierKey)];
}

describe('a sentence', () => {
  const told = (event: Event): string => {
    const [{ line, texts }] = sealed([{ event }]) as [ReturnType<typeof sealed>[number]];
    return sentenceOf(readEntry({ seq: 1, line, texts }), new Map([['p1', 'Mara Lind']]));
  };

  test('says "reported, not verified" where a step was called done and nothing shows it', () => {
    const step = { step: 'isolate', overridden: [] };
    expect(told({ kind: 'step.completed', body: { ...step, verified: false, evidence: [] }, texts: {} })).toBe(
      'Completed the step “isolate”. Reported, not verified.',
    );
    expect(told({ kind: 'step.completed', body: { ...step, verified: true, evidence: [4, 5] }, texts: {} })).toBe(
      'Completed the step “isolate”. Evidence: entries 4, 5.',
    );
  });

  test('tells a decision with what was known, who decided and when it is looked at again', () => {
    const body: EventOf<'decision.taken'>['body'] = {
      decision: 'd1',
      outcome: 'deferred',
      reversible: 'unknown',
      decider: 'p1',
      cites: [3],
      review: '2026-03-02T18:00:00Z',
    };
    expect(
      told({
        kind: 'decision.taken',
        body,
        texts: { question: 'Pay?', choice: 'Wait.', reason: 'No proof yet.', authority: 'owner' },
      }),
    ).toBe(
      'Deferred the decision until 2026-03-02T18:00:00Z: “Pay?” Choice: Wait. Reason: No proof yet. Decided by Mara Lind on the authority of owner. Reversible: not known. Known then: entry 3.',
    );
  });

  test('of a kind that this version does not know says so', () => {
    const { entries } = made();
    const line = entries[4]!.line.replace('role.assigned', 'role.invented');
    const entry = readEntry({ seq: 5, line, texts: [] });
    expect(sentenceOf(entry, new Map())).toBe('Something of a kind that this version does not know: role.invented.');
  });

  test('names nobody whose name was erased', () => {
    const { entries } = made();
    const names = namesIn(entries.map(({ line, texts }, i) => readEntry({ seq: i + 1, line, texts: i === 2 ? [] : texts })));
    expect(names.get('p1')).toBe('p1 [erased]');
  });
});
