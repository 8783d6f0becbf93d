/** A client's inventory: everything its files say it runs, and what those files cover. */
import { type ClientFile, readClientFile } from './client-file.ts';
import type { Component, Problem, Reading, Siblings } from './component.ts';
import { kindOf, unreadKind } from './file-kind.ts';
import { withoutUnchosen } from './go-module.ts';

/** A file of a client's folder; `refused` says why there is no text ("it is larger than 64 MB"). */
export type SourceFile = { path: string; text: string } | { path: string; refused: string };

/** One client, parsed. Nothing in it depends on any other client. */
export type Inventory = {
  client: string;
  name?: string;
  /** Ecosystems whose absence these files can show. */
  covers: string[];
  /** For each ecosystem the files that cover it. */
  coveredBy: Map<string, string[]>;
  /** Files that list direct dependencies only. */
  directOnly: Set<string>;
  components: Component[];
  problems: Problem[];
  /** Files that list no components and were not read. */
  ignored: string[];
  collectedAt?: string;
  installs: { file: string; at: string }[];
  /** Bills of materials, which can list any ecosystem. */
  bills: string[];
  /** Per file, when it says itself that it was written. */
  writtenAt: Map<string, string>;
};

/** Reads a client's files. A file that cannot be read is named among the problems and disturbs no other. */
export function readInventory(client: string, files: SourceFile[]): Inventory {
  const own = ownFile(files);
  const siblings = new Map(files.flatMap((file) => ('text' in file ? [[file.path, file.text] as const] : [])));
  const inventory: Inventory = {
    client,
    covers: [],
    coveredBy: new Map(),
    directOnly: new Set(),
    components: [],
    problems: [...own.problems],
    ignored: [],
    installs: own.installs,
    bills: [],
    writtenAt: new Map(),
  };
  for (const file of files.filter(({ path }) => !isClientFile(path)).toSorted((a, b) => (a.path < b.path ? -1 : 1)))
    addFile(inventory, file, siblings);
  inventory.components = withoutUnchosen(inventory.components);
  inventory.covers = own.covers === undefined ? [...inventory.coveredBy.keys()].sort() : [...new Set(own.covers)];
  if (own.name !== undefined) inventory.name = own.name;
  if (own.collectedAt !== undefined) inventory.collectedAt = own.collectedAt;
  return inventory;
}

function isClientFile(path: string): boolean {
  return /^client\.(?:ya?ml|json)$/i.test(path);
}

/** Without a readable client.yaml nobody knows what the folder covers, so nothing counts as absent. */
function ownFile(files: SourceFile[]): ClientFile {
  const file = files.find(({ path }) => isClientFile(path));
  if (file === undefined) return { installs: [], problems: [] };
  const fail = (clause: string): ClientFile => ({
    installs: [],
    problems: [{ file: file.path, message: `It cannot be used: ${clause}.`, loses: ['*'] }],
  });
  if ('refused' in file) return fail(file.refused);
  try {
    return readClientFile(file.path, file.text);
  } catch (error) {
    return fail(clauseOf(error));
  }
}

function addFile(inventory: Inventory, file: SourceFile, siblings: Siblings): void {
  const kind = kindOf(file.path, 'text' in file ? file.text : '');
  const unread = unreadKind(file.path);
  if (unread !== undefined) inventory.problems.push(unusable(file.path, unread.clause, unread.loses));
  else if (kind === undefined && !('text' in file) && couldList(file.path))
    inventory.problems.push(unusable(file.path, file.refused, ['*']));
  else if (kind === undefined) inventory.ignored.push(file.path);
  else if ('refused' in file) inventory.problems.push(unusable(file.path, file.refused, kind.loses));
  else {
    try {
      add(inventory, file.path, kind.read(file.path, file.text, siblings));
    } catch (error) {
      inventory.problems.push(unusable(file.path, clauseOf(error), kind.loses));
    }
  }
}

function couldList(path: string): boolean {
  return /\.(?:json|xml|xlsx?|ya?ml|lock|txt|csv)$/i.test(path);
}

function add(inventory: Inventory, path: string, found: Reading): void {
  for (const component of found.components) inventory.components.push(component);
  inventory.problems.push(...found.problems);
  if (found.writtenAt !== undefined) inventory.writtenAt.set(path, found.writtenAt);
  if (found.bill) inventory.bills.push(path);
  if (found.directOnly) inventory.directOnly.add(path);
  for (const ecosystem of found.covers) inventory.coveredBy.set(ecosystem, [...(inventory.coveredBy.get(ecosystem) ?? []), path]);
}

function unusable(file: string, clause: string, loses: string[]): Problem {
  return { file, message: `It was skipped: ${clause}.`, loses };
}

function clauseOf(error: unknown): string {
  const text = error instanceof RangeError ? 'it is nested too deeply' : error instanceof Error ? error.message : String(error);
  return (text.split('\n')[0] ?? '').replace(/\.$/, '');
}

/**
 * Two folders that are the same client: which inventory is the client's cannot be known, so neither may show anything as
 * absent. Named in both; nobody else is touched.
 */
export function markDuplicates(inventories: Inventory[]): void {
  const byName = new Map<string, Inventory[]>();
  for (const inventory of inventories) {
    for (const key of new Set(
      [inventory.client, inventory.name ?? inventory.client].map((name) => name.normalize('NFKC').trim().toLowerCase()),
    )) {
      byName.set(key, [...(byName.get(key) ?? []), inventory]);
    }
  }
  for (const same of byName.values()) {
    if (same.length < 2) continue;
    for (const inventory of same) {
      const others = same.filter((other) => other !== inventory).map(({ client }) => client);
      const message = `The folders ${[inventory.client, ...others].sort().join(' and ')} are the same client; keep one of them.`;
      if (!inventory.problems.some((problem) => problem.message === message))
        inventory.problems.push({ file: 'client.yaml', message, loses: ['*'] });
    }
  }
}
