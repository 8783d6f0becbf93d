import type { Code, Html, Paragraph, Root, RootContent } from 'mdast';
import { type Heading, readHeading } from './heading.ts';
import { type Block, blocksOf, fencedItems, type Item } from './items.ts';
import { isEnglish } from './language.ts';
import { plain, slice, sourceOf } from './markdown.ts';
import type { Source } from './runbook.ts';
import { startsWithVerb } from './verbs.ts';
import { isReference, isSignName, phaseStrength, type Strength } from './vocabulary.ts';

/** A heading and what stands under it. Levels are relative: only deeper or not deeper counts. */
export type Section = {
  heading: Heading;
  /** What the name says, read once. */
  strength: Strength;
  name: 'reference' | 'sign' | 'plain';
  /** The heading as written, without marks: GitHub's anchor is made from it. */
  raw: string;
  depth: number;
  blocks: Block[];
  sections: Section[];
  source: Source;
  /** Bold words, a fold's summary or a list item that stand for a heading. */
  improvised: boolean;
  /** Not in English. */
  foreign?: true;
};

type Mark = { raw: string; depth: number };

/** Deeper than any `######`, so that a real heading always closes it. */
const BOLD_DEPTH = 7;
const STEP_DEPTH = 8;
const FOLD_DEPTH = 9;
const ITEM_DEPTH = 10;

/** The file as a tree of sections; `root` carries what stands before the first heading. */
export function outlineOf(text: string, tree: Root): Section {
  const improvised = improvisedHeadings(tree);
  const root = section({ raw: '', depth: 0 }, { line: 1, column: 1, endLine: 1 }, false);
  const open: Section[] = [root];
  let pending: RootContent[] = [];
  const settle = () => {
    addBlocks(open, blocksOf(text, pending));
    pending = [];
  };
  for (const node of tree.children) {
    if (node.type === 'yaml') continue;
    const fenced = node.type === 'code' ? fencedPhase(node) : undefined;
    if (fenced !== undefined) {
      settle();
      enterFenced(open, fenced);
      continue;
    }
    const mark = headingMark(text, node, improvised);
    if (mark === undefined) {
      pending.push(node);
      continue;
    }
    settle();
    enter(open, section(mark, sourceOf(node), node.type !== 'heading'));
    if (node.type === 'html' && hasMoreThanSummary(node)) pending.push(node);
  }
  settle();
  close(root);
  if (!isEnglish(text)) markForeign(root);
  return root;
}

function markForeign(made: Section): void {
  const mark = (item: Item): void => {
    item.foreign = true;
    item.items.forEach(mark);
  };
  made.foreign = true;
  for (const block of made.blocks) if (block.kind === 'items') block.items.forEach(mark);
  made.sections.forEach(markForeign);
}

function section(mark: Mark, source: Source, improvised: boolean): Section {
  const heading = readHeading(mark.raw);
  const { title } = heading;
  const name = isSignName(title) ? 'sign' : isReference(title) ? 'reference' : 'plain';
  return {
    heading,
    strength: phaseStrength(title),
    name,
    raw: mark.raw,
    depth: mark.depth,
    blocks: [],
    sections: [],
    source,
    improvised,
  };
}

function enter(open: Section[], next: Section): void {
  while (open.length > 1 && (open.at(-1)?.depth ?? 0) >= next.depth) open.pop();
  open.at(-1)?.sections.push(next);
  open.push(next);
}

/** Blocks go to the open section; a list whose items are named like phases opens a section for each of them. */
function addBlocks(open: Section[], blocks: Block[]): void {
  for (const block of blocks) {
    if (block.kind === 'items' && isPhaseList(block.items)) {
      for (const item of block.items) enter(open, itemSection(item));
    } else open.at(-1)?.blocks.push(block);
  }
}

/** A fence without a language that opens with a phase's name and lists its steps: the author meant a section. */
function fencedPhase(node: Code): Section | undefined {
  const lines = node.value.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  const raw = lines[first]?.trim() ?? '';
  if ((node.lang != null && node.lang !== 'text') || phaseStrength(readHeading(raw).title) !== 'strong') return undefined;
  const source = sourceOf(node);
  const items = fencedItems(lines, first + 1, source.line + 1);
  const made = section({ raw, depth: BOLD_DEPTH }, source, true);
  if (items.length > 0) made.blocks.push({ kind: 'items', items, ordered: true, source });
  else made.blocks.push({ kind: 'node', node });
  return items.length > 0 ? made : undefined;
}

/** The section stands beside the one that is open, and what follows the fence belongs to their parent. */
function enterFenced(open: Section[], made: Section): void {
  if (open.length > 2) open.pop();
  open.at(-1)?.sections.push(made);
}

function isPhaseList(items: Item[]): boolean {
  const phases = items.filter(
    (item) => item.items.length > 0 && phaseStrength(readHeading(item.lead ?? item.text).title) === 'strong',
  );
  return phases.length >= 2 && phases.length * 2 > items.length;
}

function itemSection(item: Item): Section {
  const named = item.lead !== undefined && phaseStrength(readHeading(item.lead).title) === 'strong';
  const made = section({ raw: named ? (item.lead ?? '') : item.text, depth: ITEM_DEPTH }, item.source, true);
  if (named && item.text !== item.lead)
    made.blocks.push({
      kind: 'items',
      items: [{ ...item, items: [], rest: [], text: item.text.slice(item.lead?.length).replace(/^[\s:–—-]+/, '') }],
      ordered: false,
      source: item.source,
    });
  made.blocks.push(...item.rest.map((node): Block => ({ kind: 'node', node })));
  if (item.items.length > 0)
    made.blocks.push({ kind: 'items', items: item.items, ordered: item.items[0]?.ordered === true, source: item.source });
  return made;
}

/** A section ends where its last block or section ends. */
function close(made: Section): number {
  const ends = [
    ...made.blocks.map((block) => (block.kind === 'items' ? block.source.endLine : sourceOf(block.node).endLine)),
    ...made.sections.map(close),
  ];
  made.source.endLine = Math.max(made.source.endLine, ...ends);
  return made.source.endLine;
}

/** Whether bold lines, and the plain lines right over a list, stand for headings in this file. */
type Improvised = { bold: boolean; labels: Set<RootContent> };

/**
 * Bold paragraphs are headings where the file has next to no others, or where only they name the phases. Plain lines
 * over a list are headings only where two of them name phases and no heading does.
 */
function improvisedHeadings(tree: Root): Improvised {
  const headings = tree.children.filter((node) => node.type === 'heading').map((node) => readHeading(plain(node)).title);
  const phases = (titles: string[]) => titles.filter((title) => phaseStrength(readHeading(title).title) === 'strong').length;
  const few = phases(headings) < 2;
  const bold = tree.children.map(boldText).filter((raw) => raw !== undefined);
  const labels = tree.children.filter((node, index) => isLabel(node) && tree.children[index + 1]?.type === 'list');
  const plainly = few && phases(labels.map(plain)) >= 2;
  return {
    bold: headings.filter((title) => title !== '').length <= 1 || (few && phases(bold) >= 2),
    labels: new Set(plainly ? labels : []),
  };
}

/** One short line without a full stop: `Containment` over its list. */
function isLabel(node: RootContent): boolean {
  if (node.type !== 'paragraph' || node.position?.start.line !== node.position?.end.line) return false;
  const raw = plain(node);
  return raw.split(' ').length <= 6 && /^\p{Lu}/u.test(raw) && !/[.!?,;]$/.test(raw);
}

/** The words of a paragraph that is bold from end to end. */
export function boldText(node: RootContent): string | undefined {
  if (node.type !== 'paragraph') return undefined;
  const parts = node.children.filter(
    (child) => !(child.type === 'text' && /^[\s:：.]*$/u.test(child.value)) && child.type !== 'html' && child.type !== 'break',
  );
  const [only] = parts;
  if (parts.length !== 1 || only?.type !== 'strong' || plain(only).length > 120) return undefined;
  // A bold link into the file is a line of a table of contents.
  const [inside] = only.children;
  return only.children.length === 1 && inside?.type === 'link' && inside.url.startsWith('#') ? undefined : plain(only);
}

function headingMark(text: string, node: RootContent, improvised: Improvised): Mark | undefined {
  if (node.type === 'heading') {
    const raw = plain(node);
    if (raw === '' || isSentence(raw) || blocksOf(text, [node])[0]?.kind === 'items') return undefined;
    return { raw, depth: node.depth };
  }
  if (node.type === 'html') return foldMark(node);
  if (node.type !== 'paragraph') return undefined;
  if (improvised.labels.has(node)) return { raw: plain(node), depth: BOLD_DEPTH };
  const raw = boldText(node) ?? stepLine(node);
  if (raw === undefined || /[.,;!]$/.test(raw)) return undefined;
  if (/^step\s*#?\s*\d+/i.test(raw)) return { raw, depth: STEP_DEPTH };
  if (!improvised.bold && namesStep(raw)) return { raw, depth: STEP_DEPTH };
  return improvised.bold ? { raw, depth: BOLD_DEPTH } : undefined;
}

/** `Step 3: ...` as a plain line of its own. */
function stepLine(node: Paragraph): string | undefined {
  const raw = plain(node);
  return /^step\s*#?\s*\d+\s*[:.–—-]\s*\S/i.test(raw) && raw.length <= 100 && !/\n/.test(raw) ? raw : undefined;
}

/** A bold line that is numbered, or tells somebody to do something, names a step; one with a colon labels what follows. */
function namesStep(raw: string): boolean {
  return (
    /^\d+(\.\d+)*[.)]\s+\S/.test(raw) ||
    (!/[:：?]$/u.test(raw) && raw.split(' ').length >= 2 && raw.length <= 80 && startsWithVerb(raw))
  );
}

/** Words that only work the fold, and say nothing of what is in it. */
const FOLD_WORDS = /\b(expand|coll?apse|click|show|hide|toggle|open|details|more)\b/i;

function hasMoreThanSummary(node: Html): boolean {
  return (
    node.value
      .replace(/<summary[^>]*>[\s\S]*?<\/summary>/i, '')
      .replace(/<[^>]*>/g, '')
      .trim() !== ''
  );
}

function foldMark(node: Html): Mark | undefined {
  const summary = /<summary[^>]*>([\s\S]*?)<\/summary>/i
    .exec(node.value)?.[1]
    ?.replace(/<[^>]*>/g, '')
    .trim();
  return summary === undefined || summary === '' || FOLD_WORDS.test(summary) ? undefined : { raw: summary, depth: FOLD_DEPTH };
}

/** A heading that is really a paragraph: long, and ended like one. */
export function isSentence(raw: string): boolean {
  const count = raw.split(/\s+/).length;
  return count >= 20 || (count >= 12 && /[.:;]$/.test(raw));
}

/** The section's text in the source, heading left out. */
export function sectionBody(text: string, made: Section): string {
  return [
    ...made.blocks.map((block) => blockText(text, block)),
    ...made.sections.map((child) => `**${child.raw}**\n\n${sectionBody(text, child)}`),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

export function blockText(text: string, block: Block): string {
  if (block.kind === 'node') return slice(text, block.node);
  return block.items.map((item) => itemText(text, item, '')).join('\n');
}

function itemText(text: string, item: Item, indent: string): string {
  const box = item.checked === null ? '' : item.checked ? '[x] ' : '[ ] ';
  const own = `${indent}- ${box}${item.markdown}`;
  const rest = item.rest.map((node) => slice(text, node));
  return [own, ...rest, ...item.items.map((child) => itemText(text, child, `${indent}  `))].join('\n');
}
