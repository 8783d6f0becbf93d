import { inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Letterhead } from '../src/notice/letter.ts';
import { blocksOf, headingsIn, markdownOf, portalText } from '../src/notice/letter.ts';
import { docxOf } from '../src/notice/letter-docx.ts';
import { emlOf } from '../src/notice/letter-mail.ts';
import { dayIn, isolated, isRightToLeft, paperIn } from '../src/notice/letter-words.ts';
import { render } from '../src/notice/render.ts';
import { recordNamed, template } from './notice-cases.ts';

const HEAD: Letterhead = {
  sender: { name: 'Stenmark Data AB', address: ['Storgatan 1', '111 22 Stockholm'], contact: ['+46 8 555 0100'] },
  recipient: { name: 'Aurora Tandvård', address: ['Att. Karin Holm', 'Torget 4'] },
  date: '12 March 2026',
  reference: 'R-5100 / N-2',
  subject: 'Notice about your backups',
  signature: { name: 'Maja Ek', role: 'Managing Director' },
  marks: [],
  language: 'en-GB',
  paper: 'a4',
  enclosures: ['Sample of the letter'],
};
const kind = template('affected_client');
const headings = headingsIn(kind);
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
    const parts = unzipped(await docxOf(draft, headings, HEAD));
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
      'Yours faithfully',
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

  test.each(['DRILL - not a real notice', 'DRAFT - not approved'])('says on every page: %s', async (mark) => {
    const parts = unzipped(await docxOf(draft, headings, { ...HEAD, marks: [mark] }));
    expect([...parts].find(([name]) => /^word\/header\d\.xml$/.test(name))?.[1]).toContain(mark);
  });
});

describe('the form of a letter', () => {
  const xml = async (head: Partial<Letterhead>) => unzipped(await docxOf(draft, headings, { ...HEAD, ...head }));
  const document = async (head: Partial<Letterhead>) => (await xml(head)).get('word/document.xml') ?? '';

  test('has headings that are headings, a table for its fields, room to sign, and what is enclosed', async () => {
    const insurer = template('insurer_first_notice');
    const first = render(insurer, { id: 'n', record: recordNamed('typed'), client: 'k2', values: {}, regimes: [] });
    const text = unzipped(await docxOf(first, headingsIn(insurer), HEAD)).get('word/document.xml') ?? '';
    expect(text).toMatch(/Heading1.*Notice about your backups/s);
    expect([...text.matchAll(/w:pStyle w:val="Heading2"/g)].length).toBeGreaterThan(3);
    expect(text).toMatch(/<w:tbl>.*Insured.*<\/w:tbl>/s);
    expect(text).toContain('____');
    expect(text).toContain('Enclosed: Sample of the letter');
  });

  test('has no type below ten points, and a tongue that the reader’s program knows', async () => {
    const parts = await xml({});
    const sizes = [...parts]
      .filter(([name]) => /(?:document|header\d|footer\d)\.xml$/.test(name))
      .flatMap(([, text]) => [...text.matchAll(/<w:sz w:val="(\d+)"/g)]);
    for (const [, size] of sizes) expect(Number(size)).toBeGreaterThanOrEqual(20);
    expect(parts.get('word/styles.xml')).toContain('w:lang w:val="en-GB"');
  });

  test('is on the paper of its reader, who reads the day as at home', async () => {
    expect([paperIn('US-TX'), paperIn('DE'), paperIn('')]).toEqual(['letter', 'a4', 'a4']);
    expect(await document({ paper: 'letter' })).toContain('w:w="12240" w:h="15840"');
    expect(await document({})).toContain('w:w="11906" w:h="16838"');
    const day = Temporal.PlainDate.from('2026-07-02');
    expect([dayIn('en-US', day), dayIn('en-GB', day), dayIn('de', day)]).toEqual(['July 2, 2026', '2 July 2026', '2. Juli 2026']);
  });

  test('says who wrote it and what it is about, and nothing of a program', async () => {
    const core = (await xml({})).get('docProps/core.xml') ?? '';
    expect(core).toContain('<dc:title>Notice about your backups</dc:title>');
    expect(core).toMatch(/creator>Stenmark Data AB<.*lastModifiedBy>Stenmark Data AB</s);
    expect(core).not.toMatch(/Un-named|docx/i);
  });

  test('runs from right to left in a language that does', async () => {
    const text = await document({ language: 'ar' });
    expect([isRightToLeft('ar'), isRightToLeft('he-IL'), isRightToLeft('es')]).toEqual([true, true, false]);
    expect(text.match(/<w:bidi\/>/g)?.length).toBeGreaterThan(10);
    expect(text).toContain('<w:rtl/>');
    expect(isolated('اتصل على +46 8 555 0100 الآن', 'ar')).toBe('اتصل على \u2066+46 8 555 0100\u2069 الآن');
    expect(isolated('Call +46 8 555 0100', 'en')).toBe('Call +46 8 555 0100');
    expect(text).toContain('وتفضلوا بقبول فائق الاحترام');
  });

  test('a draft says so in every other file as well', () => {
    const marks = ['DRAFT - not approved'];
    expect(markdownOf(draft, headings, marks)).toContain('DRAFT - not approved');
    expect(portalText(draft, headings, marks)).toMatch(/^DRAFT - not approved/);
    const mail = { from: 'a@b.example', to: 'c@d.example', id: 'i@b.example', date: 'Thu, 12 Mar 2026 10:00:00 +0100' };
    expect(emlOf(draft, headings, { ...HEAD, marks, language: 'es' }, mail)).toMatch(
      /Subject: DRAFT - not approved: Notice about your backups\r\n[\s\S]*Content-Language: es/,
    );
  });
});

describe('a mail file', () => {
  const mail = {
    from: 'notices@stenmark.example',
    to: 'karin@aurora.example',
    id: 'n-2@stenmark.example',
    date: 'Thu, 12 Mar 2026 10:00:00 +0100',
  };
  const eml = emlOf(draft, headings, HEAD, mail);
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
      headings,
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
    const text = portalText(report, headingsIn(regulator));
    const order = [
      'CONTROLLER, DATA PROTECTION OFFICER',
      'WHEN WE BECAME AWARE',
      'NATURE OF THE PERSONAL DATA BREACH',
      'CATEGORIES AND APPROXIMATE NUMBERS',
      'LIKELY CONSEQUENCES',
      'MEASURES TAKEN OR PROPOSED',
    ].map((it) => text.indexOf(it));
    expect(order).not.toContain(-1);
    expect([...order].sort((a, b) => a - b)).toEqual(order);
    expect(blocksOf(report, headingsIn(regulator)).flatMap(({ paragraphs }) => paragraphs).length).toBeGreaterThan(5);
  });
});
