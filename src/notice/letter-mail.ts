import type { Draft } from './draft.ts';
import { blocksOf, type Letterhead } from './letter.ts';
import { isolated } from './letter-words.ts';

/**
 * The draft as a message file (RFC 5322), to open in a mail program and send from there. `id` and `date` are arguments: nothing
 * here reads a clock. Long lines and other alphabets go out as quoted-printable.
 */
export function emlOf(
  draft: Draft,
  headings: ReadonlySet<string>,
  head: Letterhead,
  mail: { from: string; to: string; id: string; date: string },
): string {
  const { marks, signature, sender } = head;
  const body = [
    ...(marks.length === 0 ? [] : [...marks, '']),
    isolated(bodyOf(draft, headings), head.language),
    '',
    ...[signature.name, signature.role, sender.name, ...sender.address, ...sender.contact].filter((line) => line !== ''),
  ].join('\n');
  const headers = [
    `From: ${encodedWord(sender.name)}\r\n <${oneLine(mail.from)}>`,
    `To: ${encodedWord(head.recipient.name)}\r\n <${oneLine(mail.to)}>`,
    `Subject:${folded(oneLine([...marks, head.subject].join(': ')))}`,
    `Date: ${oneLine(mail.date)}`,
    `Message-ID: <${oneLine(mail.id)}>`,
    'X-Unsent: 1',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Language: ${oneLine(head.language)}`,
    'Content-Transfer-Encoding: quoted-printable',
  ];
  return `${headers.join('\r\n')}\r\n\r\n${quotedPrintable(body)}\r\n`;
}

function bodyOf(draft: Draft, headings: ReadonlySet<string>): string {
  return blocksOf(draft, headings)
    .map(({ heading, paragraphs }) =>
      [...(heading === undefined ? [] : [heading]), ...paragraphs.map(({ text, as }) => (as === 'item' ? `- ${text}` : text))].join(
        '\n',
      ),
    )
    .join('\n\n');
}

/** A header value on one line: a line break in it would start another header. */
const oneLine = (text: string) => text.replaceAll(/[\r\n<>]+/g, ' ').trim();

/** A subject is words, never a quoted name: plain ones are folded at a space, others encoded. */
function folded(text: string): string {
  if (!/^[\x20-\x7e]*$/.test(text)) return ` ${encodedWord(text)}`;
  const lines = [''];
  for (const word of text.split(' ')) {
    if ((lines.at(-1) ?? '').length + word.length > 60) lines.push('');
    lines[lines.length - 1] += ` ${word}`;
  }
  return lines.join('\r\n');
}

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
