import type { Html, List, ListItem, Paragraph, RootContent } from 'mdast';
import { plain, slice, sourceOf, squeeze, unmark } from './markdown.ts';
import type { Source } from './runbook.ts';

/** One line a reader could tick: a list item, a glyph box, a lettered line. */
export type Item = {
  text: string;
  /** The same words with links, code and emphasis still marked. */
  markdown: string;
  /** The bold words it opens with. */
  lead?: string;
  checked: boolean | null;
  ordered: boolean;
  form: 'list' | 'task' | 'glyph' | 'lettered';
  items: Item[];
  /** What else stands in the item: code, tables, quotes, further paragraphs. */
  rest: RootContent[];
  source: Source;
  /** Not in English: the rules about verbs say nothing about it. */
  foreign?: true;
};

export type Block = { kind: 'items'; items: Item[]; ordered: boolean; source: Source } | { kind: 'node'; node: RootContent };

const BOX = /^\s*(?:#+\s+)?(?:[☐☑☒□▢◻⬜]|\[[ xX]\](?=\s))\s*/u;
const TICKED = /^\s*(?:#+\s+)?(?:[☑☒]|\[[xX]\])/u;
const BULLET = /^\s*[•◦▪‣●○·–]\s+/u;
const LETTER = /^\s*\(?([a-z])[.)]\s+/;
const NUMBER = /^\s*(\d{1,3})\\?[.)]\s+/;

/** Lists, glyph boxes and drawn bullets become items; every other block stays a node. */
export function blocksOf(text: string, nodes: RootContent[]): Block[] {
  const blocks: Block[] = [];
  for (const node of nodes) {
    const items = node.type === 'list' ? listItems(text, node) : node.type === 'html' ? htmlItems(node) : drawnItems(text, node);
    const last = blocks.at(-1);
    if (items === undefined) blocks.push({ kind: 'node', node });
    else if (node.type !== 'list' && last?.kind === 'items' && last.items.at(-1)?.form === 'glyph') joinGlyphs(last, items);
    else blocks.push({ kind: 'items', items, ordered: node.type === 'list' && node.ordered === true, source: sourceOf(node) });
  }
  return blocks;
}

export function listItems(text: string, list: List): Item[] {
  return list.children.map((child) => listItem(text, child, list.ordered === true));
}

function listItem(text: string, node: ListItem, ordered: boolean): Item {
  const [first, ...others] = node.children;
  const source = sourceOf(node);
  const item: Item = {
    text: '',
    markdown: '',
    checked: node.checked ?? null,
    ordered,
    form: node.checked == null ? 'list' : 'task',
    items: [],
    rest: [],
    source,
  };
  const later = first?.type === 'paragraph' || first?.type === 'heading' ? others : node.children;
  if (first?.type === 'paragraph') readParagraph(text, first, item);
  else if (first?.type === 'heading') Object.assign(item, { text: plain(first), markdown: plain(first) });
  for (const child of later) {
    if (child.type === 'list') item.items.push(...listItems(text, child));
    else item.rest.push(child);
  }
  return item;
}

function readParagraph(text: string, paragraph: Paragraph, item: Item): void {
  const markdown = slice(text, paragraph);
  const lines = markdown.split(/\r?\n/);
  const split = subLines(lines);
  item.markdown = squeeze(lines.slice(0, split).join(' ').replace(/\\$/, ''));
  item.text = split === lines.length ? plain(paragraph) : unmark(item.markdown);
  if (BOX.test(item.text)) boxed(item);
  const [lead] = paragraph.children;
  if (lead?.type === 'strong') item.lead = plain(lead);
  item.items.push(...lineItems(lines, split, item.source.line + (sourceOf(paragraph).line - item.source.line), 'lettered'));
}

function boxed(item: Item): void {
  item.checked = TICKED.test(item.text);
  item.form = 'glyph';
  item.text = item.text.replace(BOX, '');
  item.markdown = item.markdown.replace(BOX, '');
}

/** Where lettered (`a.` first, then `b.`) or drawn (`•`) lines begin in a paragraph; its length where there are none. */
function subLines(lines: string[]): number {
  const at = lines.findIndex((line, index) => index > 0 && (LETTER.exec(line)?.[1] === 'a' || BULLET.test(line) || BOX.test(line)));
  return at === -1 ? lines.length : at;
}

function lineItems(lines: string[], from: number, firstLine: number, form: Item['form']): Item[] {
  const items: Item[] = [];
  for (const [index, line] of lines.entries()) {
    if (index < from) continue;
    const last = items.at(-1);
    const marker = [BOX, LETTER, BULLET].find((pattern) => pattern.test(line));
    if (marker === undefined && last !== undefined) {
      last.markdown = squeeze(`${last.markdown} ${line}`);
      last.text = unmark(last.markdown);
      continue;
    }
    const markdown = squeeze(line.replace(marker ?? /^/, '').replace(/\\$/, ''));
    const lineNumber = firstLine + index;
    const column = line.length - line.trimStart().length + 1;
    const box = BOX.test(line);
    items.push({
      text: unmark(markdown),
      markdown,
      checked: box ? TICKED.test(line) : null,
      ordered: !box && LETTER.test(line),
      form: box ? 'glyph' : form,
      items: [],
      rest: [],
      source: { line: lineNumber, column, endLine: lineNumber },
    });
  }
  return items;
}

/** `<ul><li>...`: at least two items, and nothing but items. */
function htmlItems(node: Html): Item[] | undefined {
  const found = [...node.value.matchAll(/<li\b[^>]*>([\s\S]*?)(?=<\/?(?:li|ul|ol)\b|$)/gi)];
  const rest = node.value.replace(/<li\b[^>]*>([\s\S]*?)(?=<\/?(?:li|ul|ol)\b|$)/gi, '').replace(/<[^>]*>/g, '');
  if (found.length < 2 || /\p{L}/u.test(rest)) return undefined;
  const first = sourceOf(node).line;
  return found.map((match) => {
    const text = squeeze((match[1] ?? '').replace(/<[^>]*>/g, ' '));
    const line = first + (node.value.slice(0, match.index).match(/\n/g)?.length ?? 0);
    return {
      text,
      markdown: text,
      checked: null,
      ordered: false,
      form: 'list',
      items: [],
      rest: [],
      source: { line, column: 1, endLine: line },
    };
  });
}

/** The numbered or dashed lines of a fence, from one line on; other lines continue the one before. */
export function fencedItems(lines: string[], from: number, firstLine: number): Item[] {
  const items: Item[] = [];
  for (const [index, line] of lines.entries()) {
    if (index < from || line.trim() === '') continue;
    const marker = /^\s*(?:\d{1,3}[.)]|[-*+])\s+/.exec(line);
    const last = items.at(-1);
    const at = firstLine + index;
    if (marker !== null) {
      const markdown = squeeze(line.slice(marker[0].length)).replace(/^["']|["']$/g, '');
      items.push({
        text: unmark(markdown),
        markdown,
        checked: null,
        ordered: true,
        form: 'list',
        items: [],
        rest: [],
        source: { line: at, column: 1, endLine: at },
      });
    } else if (last !== undefined) {
      last.markdown = `${last.markdown} ${squeeze(line)}`;
      last.text = unmark(last.markdown);
    }
  }
  return items;
}

/** `☐ 3. ...`, a paragraph of `•` lines, or `☐` under a heading mark: lists that Markdown does not know. */
function drawnItems(text: string, node: RootContent): Item[] | undefined {
  if (node.type !== 'paragraph' && node.type !== 'heading') return undefined;
  const markdown = slice(text, node);
  if (node.type === 'heading' && !BOX.test(markdown)) return undefined;
  const lines = markdown.split(/\r?\n/);
  const first = lines[0] ?? '';
  if (!BOX.test(first) && !(BULLET.test(first) && (lines.length > 1 || /^\s*[•●]/u.test(first)))) return undefined;
  return numbered(lineItems(lines, 0, sourceOf(node).line, 'glyph'));
}

/** `☐ 3\. Triage`: the number makes it a step; boxes without one below it are its checks. */
function numbered(items: Item[]): Item[] {
  const out: Item[] = [];
  for (const item of items) nest(out, item);
  return out;
}

function nest(list: Item[], item: Item): void {
  const number = NUMBER.exec(item.markdown);
  if (number !== null) {
    item.ordered = true;
    item.markdown = item.markdown.slice(number[0].length);
    item.text = unmark(item.markdown);
    list.push(item);
    return;
  }
  const parent = list.at(-1);
  if (item.form === 'glyph' && parent?.ordered === true) parent.items.push(item);
  else list.push(item);
}

function joinGlyphs(block: Block & { kind: 'items' }, items: Item[]): void {
  for (const item of items) item.ordered ? block.items.push(item) : nest(block.items, item);
  const last = items.at(-1);
  if (last !== undefined) block.source = { ...block.source, endLine: last.source.endLine };
}

/** An item that is nothing but a link, an image or an address: it refers, it does not ask for anything. */
export function isLinkOnly(item: Item): boolean {
  const rest = item.markdown
    .replace(/<a [^>]*>\s*<\/a>/g, '')
    .replace(/!?\[[^\]]*\]\([^)]*\)|!?\[[^\]]*\]\[[^\]]*\]|<https?:[^>]*>|https?:\/\/\S+/g, '');
  return rest !== item.markdown && !/\p{L}{3}/u.test(rest.replace(/\b(see|from|by|and|the|at)\b/gi, ''));
}
