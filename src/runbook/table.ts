import type { Table } from 'mdast';
import { plain, slice, sourceOf } from './markdown.ts';
import type { Evidence, WorkingTable } from './runbook.ts';

const KINDS: [WorkingTable['kind'], RegExp][] = [
  ['credentials', /\b(credential|secret|token|key|password|account)s?\b/i],
  ['promises', /\b(promise|commitment)s?\b/i],
  ['calls', /\b(call|called|phone|caller)s?\b/i],
  ['exposure', /\b(exposure|exposed|client|customer)s?\b/i],
];

export type Grid = { columns: string[]; rows: string[][] };

export function gridOf(table: Table): Grid {
  const [head, ...rows] = table.children.map((row) => row.children.map(plain));
  return { columns: head ?? [], rows: rows.filter((row) => row.some((cell) => cell !== '')) };
}

/** A table whose first header is Evidence or Artifact says what to capture, how, and where it is kept. */
export function evidenceRows(table: Table): Evidence[] | undefined {
  const { columns } = gridOf(table);
  if (!/^(evidence|artifacts?|artefacts?)\b/i.test(columns[0] ?? '')) return undefined;
  return table.children.slice(1).map((row) => {
    const [what = '', how = '', where = ''] = row.children.map(plain);
    const kind = evidenceKind(what);
    return {
      what: kind.what,
      ...(how === '' ? {} : { how }),
      ...(where === '' ? {} : { where }),
      ...(kind.kind === undefined ? {} : { kind: kind.kind }),
      source: sourceOf(row),
    };
  });
}

/** `(file)`, `(photo)`, `(link)` at the end of an evidence line. */
export function evidenceKind(text: string): { what: string; kind?: NonNullable<Evidence['kind']> } {
  const match = /\s*\((file|photo|link|text)\)\s*$/i.exec(text);
  if (match === null) return { what: text };
  const kinds = { file: 'file', photo: 'photo', link: 'link', text: 'text' } as const;
  return { what: text.slice(0, match.index), kind: kinds[(match[1] ?? 'text').toLowerCase() as keyof typeof kinds] };
}

export function workingTable(table: Table): WorkingTable {
  const { columns, rows } = gridOf(table);
  const kind = KINDS.find(([, form]) => form.test(columns[0] ?? ''))?.[0] ?? (columns[0]?.toLowerCase() || 'table');
  return { kind, columns, rows, source: sourceOf(table) };
}

export function tableMarkdown(text: string, table: Table): string {
  return slice(text, table);
}
