import { unmark } from './markdown.ts';

/** `Role: IT lead`, `**Within:** 1 hour`: one typed line under a heading. */
export type Label = { key: LabelKey; value: string; markdown: string; offset: number };

export type LabelKey = 'role' | 'within' | 'due' | 'repeat' | 'scope' | 'after' | 'evidence';

const KEYS: Record<string, LabelKey> = {
  role: 'role',
  owner: 'role',
  'delegate to': 'role',
  'assigned to': 'role',
  assignee: 'role',
  responsible: 'role',
  'responsible party': 'role',
  within: 'within',
  'time limit': 'within',
  due: 'due',
  deadline: 'due',
  repeat: 'repeat',
  repeats: 'repeat',
  scope: 'scope',
  after: 'after',
  evidence: 'evidence',
  artifacts: 'evidence',
  artefacts: 'evidence',
  'evidence to collect': 'evidence',
  'evidence to capture': 'evidence',
  'evidence to preserve': 'evidence',
};

/** Bold keys put the colon inside or outside the marks: `**Role:** x`, `**Role**: x`, `Role: x`. */
const LINE = /^[\s>]*(?:[-*+]\s+)?(?:\*\*|__|`)?\s*([A-Za-z][A-Za-z ]{2,22}?)\s*(?:(?:\*\*|__|`)\s*:|:\s*(?:\*\*|__|`)?)\s*(.*)$/;

export function readLabel(line: string, offset = 0): Label | undefined {
  const match = LINE.exec(line);
  const key = KEYS[(match?.[1] ?? '').trim().toLowerCase()];
  if (match === null || key === undefined) return undefined;
  const markdown = (match[2] ?? '').trim();
  return { key, value: unmark(markdown), markdown, offset };
}

/** The typed lines that a paragraph opens with, and the lines that follow them. A typed line alone decides nothing about the rest. */
export function readLabels(markdown: string): { labels: Label[]; rest: string } {
  const lines = markdown.split('\n');
  const labels: Label[] = [];
  for (const [offset, line] of lines.entries()) {
    const label = readLabel(line.replace(/\r$/, '').replace(/\\$/, ''), offset);
    if (label === undefined) return { labels, rest: lines.slice(offset).join('\n') };
    labels.push(label);
  }
  return { labels, rest: '' };
}
