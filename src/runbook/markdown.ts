import type { Nodes, Root } from 'mdast';
import { remark } from 'remark';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import type { Source } from './runbook.ts';

/**
 * Autolink literals cost two thirds of a bare parse and change no step: a bare address stays text, which is also what
 * must never be sent on as a live link. remark-directive stays off: it reads `:S3` and clock times as directives.
 */
const AUTOLINKS = ['wwwAutolink', 'protocolAutolink', 'emailAutolink'];

const parser = remark()
  .use(remarkGfm)
  .use(remarkFrontmatter)
  .use(function lean() {
    const data = this.data();
    data.micromarkExtensions?.push({ disable: { null: AUTOLINKS } });
    data.fromMarkdownExtensions = (data.fromMarkdownExtensions ?? []).map((extension) =>
      Array.isArray(extension) ? extension.filter((part) => !('transforms' in part)) : extension,
    );
  })
  .freeze();

/** GitHub-flavoured markdown with front matter, as a tree in which every node knows its place. */
export function parseMarkdown(text: string): Root {
  return parser.parse(text);
}

export function sourceOf(node: Nodes): Source {
  const { start, end } = node.position ?? { start: { line: 1, column: 1 }, end: { line: 1 } };
  return { line: start.line, column: start.column, endLine: end.line };
}

/** From the start of one place to the end of another. */
export function span(from: Source, to: Source): Source {
  return { line: from.line, column: from.column, endLine: Math.max(from.endLine, to.endLine) };
}

/** The node's own source text. */
export function slice(text: string, node: Nodes): string {
  return text.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
}

/** The words of a node as a reader sees them: no marks, hard breaks as spaces, HTML tags and comments left out. */
export function plain(node: Nodes): string {
  return squeeze(words(node));
}

function words(node: Nodes): string {
  if (node.type === 'text' || node.type === 'inlineCode' || node.type === 'code') return node.value;
  if (node.type === 'break') return ' ';
  if (node.type === 'image' || node.type === 'imageReference') return node.alt ?? '';
  if ('children' in node) return node.children.map(words).join(BLOCKS.has(node.type) ? ' ' : '');
  return '';
}

const BLOCKS = new Set(['root', 'list', 'listItem', 'blockquote', 'table', 'tableRow']);

const UNEVEN = /[\u200b\u200c\ufeff\u2060\u00a0\n\r\t]|\s\s|^\s|\s$/;

/** One space where the source has any run of white space, no-break and zero-width characters included. */
export function squeeze(text: string): string {
  if (!UNEVEN.test(text)) return text;
  return text
    .replace(/[\u200b\u200c\ufeff\u2060]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Longer lines are no prose, and the patterns below look ahead: they stay as they are. */
const LONGEST = 4096;

/** Inline markdown without its marks, for a single line that is no node of its own. */
export function unmark(line: string): string {
  if (line.length > LONGEST) return squeeze(line);
  return squeeze(
    line
      .replace(/<!--.*?-->/g, '')
      .replace(/<\/?[a-z][^>]*>/gi, '')
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, '$2')
      .replace(/(?<![\w\\])([*_])(?=\S)(.+?)(?<=\S)\1(?!\w)/g, '$2')
      .replace(/`([^`]*)`/g, '$1')
      .replace(/\\([!-/:-@[-`{-~])/g, '$1'),
  );
}

/** The code of a step and nothing else of it: Slack's sections, GitHub's anchors and our ids all start from this. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}
