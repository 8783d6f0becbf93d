import { inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Letterhead } from '../src/notice/letter.ts';
import { blocksOf, emlOf, portalText } from '../src/notice/letter.ts';
import { docxOf } from '../src/notice/letter-docx.ts';
import { render } from '../src/notice/render.ts';
import { recordNamed, template } from './notice-cases.ts';

const HEAD: Letterhead = {
  sender: { name: 'Stenmark Data AB', address: ['Storgatan 1', '111 22 Stockholm'], contact: ['+46 8 555 0100'] },
  recipient: { name: 'Aurora Tandvård', address: ['Att. Karin Holm', 'Torget 4'] },
  date: '12 March 2026',
  reference: 'R-5100 / N-2',
  subject: 'Notice about your backups',
  signature: { name: 'Maja Ek', role: 'Managing Director' },
};
const kind = template('affected_client');
const draft = render(kind, {
  id: 'N-2',
  record: recordNamed('typed'),
  client: 'k2',
  values: { contact: 'Maja Ek', do_now: 'Please call us', next_update: '18:00 CET' },
  regimes: [],
});

/** The parts of a zip file that was written with local headers in order. */
function unzipped(bytes: Uint8Array): Map<string, string> {
  const buffer = Buffer.from(bytes);
  const parts = new Map<string, string>();
  for (let at = buffer.readUInt32LE(buffer.length - 6); buffer.readUInt32LE(at) === 0x02014b50; ) {
    const [method, size, name, extra, comment, local] = [
      buffer.readUInt16LE(at + 10),
      buffer.readUInt32LE(at + 20),
      buffer.readUInt16LE(at + 28),
      buffer.readUInt16LE(at + 30),
      buffer.readUInt16LE(at + 32),
      buffer.readUInt32LE(at + 42),
    ];
    const start = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28);
    const data = buffer.subarray(start, start + size);
    parts.set(buffer.toString('utf8', at + 46, at + 46 + name), (method === 8 ? inflateRawSync(data) : data).toString('utf8'));
    at += 46 + name + extra + comment;
  }
  return parts;
}

describe('a letter', () => {
  test('is a Word file with letterhead, address, every sentence in order, signature and page numbers', async () => {
    const parts = unzipped(await docxOf(draft, kind, HEAD));
    const text = (parts.get('word/document.xml') ?? '')
      .replaceAll(/<\/w:p>/g, '\n')
      .replaceAll(/<[^>]+>/g, '')
      .replaceAll('&amp;', '&')
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'");
    let from = 0;
    for (const line of [
      'Aurora Tandvård',
      '12 March 2026',
      'Notice about your backups',
      ...draft.sentences.map((it) => it.text),
      'Yours sincerely',
      'Maja Ek',
      'Managing Director',
    ]) {
      const at = text.indexOf(line, from);
      expect(at, line).toBeGreaterThanOrEqual(0);
      from = at;
    }
    expect([...parts.keys()].some((name) => /^word\/header\d\.xml$/.test(name))).toBe(true);
    expect([...parts].find(([name]) => /^word\/footer\d\.xml$/.test(name))?.[1]).toContain('NUMPAGES');
    expect([...parts].find(([name]) => /^word\/header\d\.xml$/.test(name))?.[1]).toContain('Stenmark Data AB');
  });

  test('of a drill says so on every page', async () => {
    const parts = unzipped(await docxOf(draft, kind, { ...HEAD, drill: true }));
    expect([...parts].find(([name]) => /^word\/header\d\.xml$/.test(name))?.[1]).toContain('DRILL');
  });
});

describe('a mail file', () => {
  const mail = {
    from: 'notices@stenmark.example',
    to: 'karin@aurora.example',
    id: 'n-2@stenmark.example',
    date: 'Thu, 12 Mar 2026 10:00:00 +0100',
  };
  const eml = emlOf(draft, kind, HEAD, mail);
  const decoded = (text: string) =>
    Buffer.from(
      text.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    ).toString('utf8');

  test('is an unsent message with every sentence, in lines that any server carries', () => {
    const [headers, ...rest] = eml.split('\r\n\r\n');
    const body = rest.join('\r\n\r\n');
    expect(headers).toContain('X-Unsent: 1');
    for (const { text } of draft.sentences) expect(decoded(body)).toContain(text);
    for (const line of eml.split('\r\n')) {
      expect(line.length).toBeLessThanOrEqual(78);
      expect(line).toMatch(/^[\x20-\x7e]*$/);
    }
  });

  test('grows no header out of a name', () => {
    const evil = emlOf(
      draft,
      kind,
      { ...HEAD, recipient: { name: 'A\r\nBcc: x@evil.example', address: [] } },
      { ...mail, to: 'a@b.example>\r\nBcc: y@evil.example' },
    );
    expect(evil.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/m);
  });
});

describe('text for a portal', () => {
  test('has the fields in the order of the template, headings above their answers', () => {
    const regulator = template('regulator_initial');
    const report = render(regulator, { id: 'r', record: recordNamed('transfer'), client: 'C1', values: {}, regimes: ['gdpr-33'] });
    const text = portalText(report, regulator);
    const order = [
      'WHO REPORTS',
      'WHAT HAPPENED',
      'WHAT WAS DONE',
      'NATURE OF THE PERSONAL DATA BREACH',
      'DATA PROTECTION OFFICER',
      'LIKELY CONSEQUENCES',
    ].map((it) => text.indexOf(it));
    expect(order).not.toContain(-1);
    expect([...order].sort((a, b) => a - b)).toEqual(order);
    expect(blocksOf(report, regulator).flatMap(({ paragraphs }) => paragraphs).length).toBeGreaterThan(5);
  });
});
