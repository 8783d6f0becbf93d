import type { Draft } from './draft.ts';
import type { Template } from './template.ts';
import { fixedSentences } from './template.ts';

/** What a letter needs besides its sentences. Addresses are lines; `date` is as it shall be printed. */
export type Letterhead = {
  sender: { name: string; address: readonly string[]; contact: readonly string[] };
  recipient: { name: string; address: readonly string[]; email?: string };
  date: string;
  reference: string;
  subject: string;
  signature: { name: string; role: string };
  /** Where set, every page says so: a drill is never mistaken for the real thing. */
  drill?: boolean;
};

/** A draft in blocks: a heading and the sentences under it, those of one kind together. */
export type Block = { heading: string | undefined; paragraphs: { text: string; list: boolean }[] };

/** The draft's sentences in blocks under the template's headings. Facts and asks are list items, the rest runs on as paragraphs. */
export function blocksOf(draft: Draft, template: Template | undefined): Block[] {
  const headings = new Set(template?.lines.flatMap((line) => (line.type === 'heading' ? [line.text] : [])) ?? []);
  const blocks: Block[] = [{ heading: undefined, paragraphs: [] }];
  for (const { text, type } of draft.sentences) {
    if (headings.has(text)) blocks.push({ heading: text, paragraphs: [] });
    else blocks.at(-1)?.paragraphs.push({ text, list: type === 'fact' });
  }
  return blocks.filter(({ heading, paragraphs }) => heading !== undefined || paragraphs.length > 0);
}

/** The draft as markdown, with its citations: what reviewers read, and what `draft check` reads back. */
export function markdownOf(draft: Draft, template: Template | undefined): string {
  const fixed = template === undefined ? new Set<string>() : fixedSentences(template);
  const headings = new Set(template?.lines.flatMap((line) => (line.type === 'heading' ? [line.text] : [])) ?? []);
  const matter = ['---', ...matterOf(draft), '---', ''];
  const lines = draft.sentences.map(({ text, cites }) => {
    const marks = cites.map((id) => `[^${id}]`).join('');
    return headings.has(text) && fixed.has(text) ? `\n## ${text}\n` : `${text}${marks === '' ? '' : ` ${marks}`}`;
  });
  return `${[...matter, ...lines].join('\n')}\n`;
}

function matterOf({ id, record, client, kind }: Draft): string[] {
  return Object.entries({ id, record, client, kind }).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}: ${JSON.stringify(value)}`],
  );
}

/** Plain text in the order of a portal's fields: one heading, one answer under it. */
export function portalText(draft: Draft, template: Template | undefined): string {
  return blocksOf(draft, template)
    .map(({ heading, paragraphs }) =>
      [...(heading === undefined ? [] : [heading.toUpperCase()]), ...paragraphs.map(({ text }) => text)].join('\n'),
    )
    .join('\n\n');
}

/**
 * The draft as a message file (RFC 5322), to open in a mail program and send from there. `id` and `date` are arguments: nothing
 * here reads a clock. Long lines and other alphabets go out as quoted-printable.
 */
export function emlOf(
  draft: Draft,
  template: Template | undefined,
  head: Letterhead,
  mail: { from: string; to: string; id: string; date: string },
): string {
  const body = [
    ...(head.drill === true ? ['DRILL - not a real notice', ''] : []),
    portalBody(draft, template),
    '',
    head.signature.name,
    head.signature.role,
    head.sender.name,
  ].join('\n');
  const headers = [
    `From: ${encodedWord(head.sender.name)}\r\n <${oneLine(mail.from)}>`,
    `To: ${encodedWord(head.recipient.name)}\r\n <${oneLine(mail.to)}>`,
    `Subject: ${encodedWord(`${head.drill === true ? 'DRILL: ' : ''}${head.subject}`)}`,
    `Date: ${oneLine(mail.date)}`,
    `Message-ID: <${oneLine(mail.id)}>`,
    'X-Unsent: 1',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
  ];
  return `${headers.join('\r\n')}\r\n\r\n${quotedPrintable(body)}\r\n`;
}

function portalBody(draft: Draft, template: Template | undefined): string {
  return blocksOf(draft, template)
    .map(({ heading, paragraphs }) =>
      [...(heading === undefined ? [] : [heading]), ...paragraphs.map(({ text, list }) => (list ? `- ${text}` : text))].join('\n'),
    )
    .join('\n\n');
}

/** A header value on one line: a line break in it would start another header. */
const oneLine = (text: string) => text.replaceAll(/[\r\n<>]+/g, ' ').trim();

function encodedWord(text: string): string {
  const plain = oneLine(text);
  if (/^[\x20-\x7e]*$/.test(plain)) return /[(),.:;@[\]"\\]/.test(plain) ? `"${plain.replaceAll(/["\\]/g, '\\$&')}"` : plain;
  return wordsOf(plain)
    .map((part) => `=?utf-8?Q?${[...new TextEncoder().encode(part)].map((byte) => `=${hex(byte)}`).join('')}?=`)
    .join('\r\n ');
}

/** At most 75 characters an encoded word (RFC 2047): up to twenty bytes each, never through a character. */
function wordsOf(text: string): string[] {
  const parts = [''];
  for (const char of text) {
    const last = parts.at(-1) ?? '';
    if (new TextEncoder().encode(last + char).length > 18) parts.push(char);
    else parts[parts.length - 1] = last + char;
  }
  return parts;
}

const hex = (byte: number) => byte.toString(16).toUpperCase().padStart(2, '0');

/** RFC 2045: bytes outside printable ASCII as =XX, lines of at most 76. */
function quotedPrintable(text: string): string {
  return text.split(/\r?\n/).map(softWrapped).join('\r\n');
}

function softWrapped(line: string): string {
  const units = [...new TextEncoder().encode(line)].map((byte, at, all) => {
    const printable = (byte >= 33 && byte <= 126 && byte !== 61) || ((byte === 32 || byte === 9) && at < all.length - 1);
    return printable ? String.fromCharCode(byte) : `=${hex(byte)}`;
  });
  const lines: string[] = [''];
  for (const unit of units) {
    if ((lines.at(-1) ?? '').length + unit.length > 75) lines.push('');
    lines[lines.length - 1] += unit;
  }
  return lines.join('=\r\n');
}
