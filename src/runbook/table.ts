import type { Table, TableCell } from 'mdast';
import { plain, sourceOf, squeeze } from './markdown.ts';
import type { Evidence, WorkingTable } from './runbook.ts';

const KINDS: [WorkingTable['kind'], RegExp][] = [
  ['credentials', /\b(credential|secret|token|key|password|account)s?\b/i],
  ['promises', /\b(promise|commitment)s?\b/i],
  ['calls', /\b(call|called|phone|caller)s?\b/i],
  ['exposure', /\b(exposure|exposed|client|customer)s?\b/i],
];

export type Grid = { columns: string[]; rows: string[][] };

export function gridOf(table: Table): Grid {
  const [head, ...rows] = table.children.map((row) => row.children.map(cellText));
  return { columns: head ?? [], rows: rows.filter((row) => row.some((cell) => cell !== '')) };
}

/** A table whose first header is Evidence or Artifact says what to capture, how, and where it is kept. */
export function evidenceRows(table: Table): Evidence[] | undefined {
  const { columns } = gridOf(table);
  if (!/^(evidence|artifacts?|artefacts?)\b/i.test(columns[0] ?? '')) return undefined;
  return table.children.slice(1).map((row) => {
    const [what = '', how = '', where = ''] = row.children.map(cellText);
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

const BOX = /[\u2610\u2611\u2612\u25a1\u2b1c\u2705]|\[[ xX]?\]/u;
const DOING =
  /^(?:(?:required|recommended|response|containment|additional|immediate|recovery|eradication|remediation|next|follow-up)\s+)*(?:actions?|tasks?|activit(?:y|ies)|checks?|checklist(?: items?)?|action items?|to ?do|what to do|procedures?|steps?(?: description)?|item|description|question)(?: (?:required|taken|to take|items?))?$/i;
const ORDER =
  /^(?:#|no\.?|nr\.?|step|step #|id|order|seq|priority|phase|time|when|timeline|timeframe|\u2610|\u2713|done|role|owner|who|responsible|status|)$/i;

/** One row of a table to be worked through. */
export type TickRow = { text: string; note: string; ticked: boolean; row: Table['children'][number] };

/**
 * The rows of a table that is a list of actions: it has a column of boxes, or a column headed Action or Task with nothing
 * but numbers, roles or times before it. A look-up table ("Situation | Action") counts only when asked for: its rows are
 * alternatives.
 */
export function tickRows(table: Table, lookUp = false): TickRow[] | undefined {
  const [head, ...rows] = table.children;
  const columns = head?.children.map(cellText) ?? [];
  if (rows.length === 0) return undefined;
  const boxes = columns.findIndex((_, index) => rows.every((row) => isBox(row.children[index])));
  const at = actionColumn(columns, rows, boxes, lookUp);
  if (at === -1) return undefined;
  return rows.flatMap((row) => {
    const cells = row.children.map(cellText);
    const others = cells.flatMap((cell, index) =>
      index === at || index === boxes || cell === '' || /^[\d#.]+$/.test(cell)
        ? []
        : [`${columns[index] ?? ''}: ${cell}`.replace(/^: /, '')],
    );
    return (cells[at] ?? '') === ''
      ? []
      : [
          {
            text: cells[at] ?? '',
            note: others.join('; '),
            ticked: /[\u2611\u2612\u2705]|\[[xX]\]/u.test(cells[boxes] ?? ''),
            row,
          },
        ];
  });
}

function actionColumn(columns: string[], rows: Table['children'], boxes: number, lookUp: boolean): number {
  const named = columns.findIndex(
    (column, index) =>
      DOING.test(column) && index !== boxes && !rows.every((row) => /^\W*\d*\W*$/.test(cellText(row.children[index]))),
  );
  if (boxes !== -1)
    return named !== -1
      ? named
      : columns.findIndex((_, index) => index !== boxes && !rows.every((row) => /^\W*\d*\W*$/.test(cellText(row.children[index]))));
  if (named === -1 || /^(description|item|question)$/i.test(columns[named] ?? '')) return -1;
  return lookUp || columns.slice(0, named).every((column) => ORDER.test(column)) ? named : -1;
}

function isBox(cell: TableCell | undefined): boolean {
  const text = cellText(cell);
  return BOX.test(text) && text.replace(BOX, '').trim().length < 12;
}

/** A cell's words; HTML line breaks and list items inside it are kept apart. */
export function cellText(cell: TableCell | undefined): string {
  if (cell === undefined) return '';
  if (!cell.children.some((child) => child.type === 'html')) return plain(cell);
  const parts = cell.children.map((child) =>
    child.type === 'html' ? (/^<(br|li|p|tr|div)\b/i.test(child.value) ? '; ' : ' ') : plain(child),
  );
  return squeeze(parts.join(''))
    .replace(/^[;\s]+|[;\s]+$/g, '')
    .replace(/(;\s*)+/g, '; ');
}
