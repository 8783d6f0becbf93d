import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { Desk } from '../desk/desk.ts';
import type { World } from '../desk/ports.ts';
import { type ModelSettings, modelSettings } from '../model/settings.ts';
import { openSigner } from '../store/signer.ts';
import { openSqlite, type SqliteStore } from '../store/sqlite.ts';
import { UsageError } from './command.ts';

/** The settings that every command shares, read from the environment once. */
export type Settings = {
  data: string;
  runbooks: string;
  inventory: string;
  /** A channel outside this house that gets a head over all records. */
  witness?: string;
  model?: ModelSettings;
};

export function settingsOf(env: Readonly<Record<string, string | undefined>>): Settings {
  const data = resolve(env.FIREBREAK_DATA ?? './data');
  const inventory = resolve(env.FIREBREAK_INVENTORY ?? join(data, 'inventory'));
  const witness = env.FIREBREAK_WITNESS ? { witness: env.FIREBREAK_WITNESS } : {};
  const model = modelSettings(env);
  const runbooks = resolve(import.meta.dirname, '..', '..', 'runbooks');
  return { ...witness, ...(model === undefined ? {} : { model }), data, inventory, runbooks };
}

/** The one client of a house that has no clients of its own. */
export const US = 'us';

export const world: World = { now: () => Date.now(), random: (bytes) => new Uint8Array(randomBytes(bytes)) };

export type Opened = { store: SqliteStore; desk: Desk };

/** @throws UsageError with one sentence where the store cannot be opened. */
export function openHouse({ data }: Settings, clock: World = world): Opened {
  try {
    const store = openSqlite(data);
    return { store, desk: new Desk(store, clock, openSigner(data)) };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

export const runbookFile = ({ runbooks }: Settings, name: string): string => join(runbooks, name);
