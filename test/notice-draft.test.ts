import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Terminal } from '../src/cli/command.ts';
import { UsageError } from '../src/cli/command.ts';
import { draft as command } from '../src/cli/draft.ts';
import { parseDraft, parseRecord } from '../src/notice/draft.ts';
import { headingsIn, markdownOf } from '../src/notice/letter.ts';
import { CASES, templateOf } from './notice-cases.ts';

const GOOD = { id: 'd', client: 'a', kind: 'holding', sentences: [{ text: 'Server switched off at 19:35 UTC.', cites: ['1'] }] };
const RECORD = {
  id: 'r',
  clients: [{ id: 'a', name: 'Alder', zone: 'Europe/Berlin' }],
  entries: [
    {
      id: 1,
      client: 'a',
      at: '2026-07-02T19:40:00Z',
      status: 'confirmed',
      kind: 'action',
      text: 'Server switched off at 19:35 UTC.',
    },
  ],
};

describe('reading a draft', () => {
  test('JSON, YAML and markdown give the same draft', () => {
    const yaml = 'id: d\nclient: a\nkind: holding\nsentences:\n  - {text: "Server switched off at 19:35 UTC.", cites: [1]}\n';
    const markdown = '---\nid: d\nclient: a\nkind: holding\n---\n\nServer switched off at 19:35 UTC. [^1]\n\n[^1]: entry 1\n';
    const [json, fromYaml, fromMarkdown] = [JSON.stringify(GOOD), yaml, markdown].map(parseDraft);
    expect(json?.ok).toBe(true);
    expect(fromYaml).toEqual(json);
    expect(fromMarkdown).toEqual(json);
  });

  test('markdown without front matter is a draft too, headings and lists included', () => {
    const parsed = parseDraft('# What happened\n\n- Server off. [^1][^2]\n- More. [^3, 4]\n');
    expect(parsed.ok && parsed.value.sentences.map(({ text, cites }) => [text, cites])).toEqual([
      ['What happened', []],
      ['Server off.', ['1', '2']],
      ['More.', ['3', '4']],
    ]);
  });

  test('what contradicts the shape is refused with the name of the field', () => {
    expect(parseDraft('{"sentences": [{"text": 7}]}')).toMatchObject({
      ok: false,
      message: expect.stringContaining('sentences.0.text'),
    });
    expect(parseDraft('{"kind": "poem", "sentences": []}')).toMatchObject({ ok: false, message: expect.stringContaining('kind') });
    expect(parseRecord('{"entries": [{"id": 1, "at": "yesterday"}]}')).toMatchObject({
      ok: false,
      message: expect.stringContaining('entries.0.at'),
    });
    expect(parseDraft('{"sentences": [')).toMatchObject({ ok: false });
  });

  test('a draft written as markdown reads back as itself', () => {
    for (const draft of CASES.flatMap(({ drafts }) => drafts)) {
      const back = parseDraft(markdownOf(draft, headingsIn(templateOf(draft))));
      expect(back.ok && back.value.sentences.map(({ text, cites }) => [text, cites])).toEqual(
        draft.sentences.map(({ text, cites }) => [text, cites]),
      );
    }
  });
});

describe('firebreak draft check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'notice-'));
  const put = (name: string, content: unknown) => {
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
    return join(folder, name);
  };
  const err: string[] = [];
  const run = async (...args: string[]) => {
    const out: string[] = [];
    const terminal: Terminal = {
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      env: {},
      stdin: async () => JSON.stringify(GOOD),
      now: () => Temporal.Instant.from('2026-07-02T20:00:00Z'),
    };
    return { code: await command(args, terminal), out };
  };
  const record = put('record.json', RECORD);

  test('prints one JSON document and exits 0 for a draft that the record carries', async () => {
    const { code, out } = await run('check', put('good.json', GOOD), '--record', record, '--json');
    expect(code).toBe(0);
    expect(out.length).toBe(1);
    expect(JSON.parse(out[0] ?? '')).toMatchObject({ ok: true, problems: expect.any(Array) });
  });

  test('exits 1 for one that it does not carry, and says where and why', async () => {
    const bad = put('bad.json', { ...GOOD, sentences: [{ text: 'Server switched off at 19:53 UTC.', cites: ['1'] }] });
    const { code, out } = await run('check', bad, '--record', record);
    expect(code).toBe(1);
    expect(out[0]).toContain('sentence 1: truth value.time');
  });

  test('names a key it does not know, and goes on', async () => {
    expect((await run('check', put('odd.json', { ...GOOD, colour: 'red' }), '--record', record)).code).toBe(0);
    expect(err).toContain('warning: unknown key in draft: colour');
  });

  test('reads a draft from standard input', async () => {
    expect((await run('check', '-', '--record', record, '--json')).code).toBe(0);
  });

  test('usage errors and unreadable files are one line', async () => {
    await expect(run('check', 'x.json')).rejects.toThrow(UsageError);
    await expect(run('check', join(folder, 'none.json'), '--record', record)).rejects.toThrow('there is no such file');
    await expect(run('check', put('broken.json', '{'), '--record', record)).rejects.toThrow('cannot be read');
    await expect(run('check', put('poem.json', { ...GOOD, kind: 'poem' }), '--record', record)).rejects.toThrow('kind');
  });
});
