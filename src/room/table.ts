import type { Shelf } from './shelf.ts';

/** All documents of one kind, held in memory in the order they were first put, and written through to the shelf. */
export class Table<T> {
  readonly #kind: string;
  readonly #shelf: Shelf;
  readonly #rows = new Map<string, T>();

  constructor(shelf: Shelf, kind: string, kept: { id: string; json: string }[]) {
    this.#shelf = shelf;
    this.#kind = kind;
    for (const { id, json } of kept) this.#rows.set(id, read<T>(kind, id, json));
  }

  get(id: string): T | undefined {
    return this.#rows.get(id);
  }

  has(id: string): boolean {
    return this.#rows.has(id);
  }

  all(): T[] {
    return [...this.#rows.values()];
  }

  /** The ids of the rows that a condition holds for. */
  ids(condition: (row: T) => boolean): string[] {
    return [...this.#rows].filter(([, row]) => condition(row)).map(([id]) => id);
  }

  get size(): number {
    return this.#rows.size;
  }

  put(id: string, row: T): T {
    this.#shelf.put(this.#kind, id, JSON.stringify(row));
    this.#rows.set(id, row);
    return row;
  }

  delete(id: string): void {
    if (!this.#rows.delete(id)) return;
    this.#shelf.delete(this.#kind, id);
  }
}

/** The shelf gives back what this very table wrote; anything else means that the store was damaged. */
function read<T>(kind: string, id: string, json: string): T {
  try {
    return JSON.parse(json) as T;
  } catch (error) {
    throw new Error(`The room cannot read its own document "${kind} ${id}". Restore the store from a backup.`, { cause: error });
  }
}

/** Reads the shelf once and hands out its tables by kind. */
export function openTables(shelf: Shelf): <T>(kind: string) => Table<T> {
  const kept = Map.groupBy(shelf.all(), ({ kind }) => kind);
  return <T>(kind: string) => new Table<T>(shelf, kind, kept.get(kind) ?? []);
}
