import type { Draft } from './draft.ts';
import type { Template } from './template.ts';

/** What a letter needs besides its sentences. Addresses are lines; `date` is as it shall be printed. */
export type Letterhead = {
  sender: { name: string; address: readonly string[]; contact: readonly string[] };
  recipient: { name: string; address: readonly string[]; email?: string };
  date: string;
  reference: string;
  subject: string;
  signature: { name: string; role: string };
  /** On every page and over every text: a drill, a draft or an unchecked translation is never mistaken for the real thing. */
  marks: readonly string[];
  /** BCP 47, such as en-US. */
  language: string;
  paper: 'a4' | 'letter';
  enclosures: readonly string[];
};

/** A field has its name before a colon, an item is one fact of a list, anything else runs on. */
export type Paragraph = { text: string; as: 'item' | 'field' | 'plain' };

/** A draft in blocks: a heading and the sentences under it. */
export type Block = { heading: string | undefined; paragraphs: Paragraph[] };

/** The headings among a draft's sentences. */
export const headingsIn = (template: Template | undefined): ReadonlySet<string> =>
  new Set(template?.lines.flatMap((line) => (line.type === 'heading' ? [line.text] : [])) ?? []);

/** The draft's sentences in blocks under its headings. */
export function blocksOf(draft: Draft, headings: ReadonlySet<string>): Block[] {
  const blocks: Block[] = [{ heading: undefined, paragraphs: [] }];
  for (const { text, type } of draft.sentences) {
    if (headings.has(text)) blocks.push({ heading: text, paragraphs: [] });
    else
      blocks
        .at(-1)
        ?.paragraphs.push({ text, as: type === 'fact' ? 'item' : type === undefined && FIELD.test(text) ? 'field' : 'plain' });
  }
  return blocks.filter(({ heading, paragraphs }) => heading !== undefined || paragraphs.length > 0);
}

const FIELD = /^\p{L}[^.:：;!?[\]\d]{1,60}(?:: |：)\S/u;

/** The name of a field and what stands in it. */
export function fieldOf(text: string): [string, string] {
  const at = text.search(/[:：]/);
  return [text.slice(0, at), text.slice(at + 1).trim()];
}

/** The draft as markdown, with its citations: what reviewers read, and what `draft check` reads back. */
export function markdownOf(draft: Draft, headings: ReadonlySet<string>, marks: readonly string[] = []): string {
  const matter = ['---', ...matterOf(draft), '---', ''];
  const lines = draft.sentences.map(({ text, cites }) => {
    const notes = cites.map((id) => `[^${id}]`).join('');
    return headings.has(text) ? `\n## ${text}\n` : `${text}${notes === '' ? '' : ` ${notes}`}`;
  });
  return `${[...matter, ...marks.map((mark) => `<!-- ${mark} -->`), ...lines].join('\n')}\n`;
}

function matterOf({ id, record, client, kind }: Draft): string[] {
  return Object.entries({ id, record, client, kind }).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}: ${JSON.stringify(value)}`],
  );
}

/** Plain text in the order of a portal's fields: one heading, one answer under it. */
export function portalText(draft: Draft, headings: ReadonlySet<string>, marks: readonly string[] = []): string {
  const blocks = blocksOf(draft, headings).map(({ heading, paragraphs }) =>
    [...(heading === undefined ? [] : [heading.toUpperCase()]), ...paragraphs.map(({ text }) => text)].join('\n'),
  );
  return [...marks, ...blocks].join('\n\n');
}
