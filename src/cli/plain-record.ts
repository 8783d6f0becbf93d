import { parse } from 'yaml';
import { type PlainEntry, type PlainRecord, recordSchema, SHARED } from '../notice/record.ts';
import type { ImportedEntry } from '../record/command.ts';
import { type Terminal, UsageError } from './command.ts';
import { openHouse, settingsOf, US } from './house.ts';

/**
 * A plain record as imported entries: what is shared becomes an incident of ours, and what belongs to a client becomes a record of
 * that client alone. Nothing of one client enters the record of another.
 */
export async function importPlain(text: string, terminal: Terminal): Promise<0> {
  const plain = read(text);
  const { store, desk } = openHouse(settingsOf(terminal.env));
  try {
    for (const client of [SHARED, ...plain.clients.map(({ id }) => id)]) {
      const entries = plain.entries.filter((entry) => entry.client === client);
      if (entries.length === 0) continue;
      const record = `inc-${desk.newId()}`;
      const answer = await desk.do({
        client: client === SHARED ? US : client,
        record,
        of: client === SHARED ? 'incident' : 'lane',
        person: { account: 'import/plain/file', name: 'imported from a plain record' },
        via: 'import',
        command: {
          do: 'importEntries',
          title: plain.title || plain.id || 'Imported record',
          verifierKey: desk.verifierKey,
          entries: importable(entries),
        },
      });
      if ('refused' in answer) throw new UsageError(answer.refused);
      terminal.out(`${record}: ${entries.length} entries imported for ${client === SHARED ? 'us' : client}.`);
    }
    return 0;
  } finally {
    await store.close();
  }
}

function read(text: string): PlainRecord {
  try {
    const parsed = recordSchema.safeParse(parse(text, { maxAliasCount: 0 }));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new UsageError(
      `The plain record is not one: ${issue?.path.join('.') || 'the file'} ${issue?.message}. Nothing was imported.`,
    );
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `The plain record cannot be read: ${error instanceof Error ? error.message.split('\n')[0] : error}. Nothing was imported.`,
    );
  }
}

function importable(entries: PlainEntry[]): ImportedEntry[] {
  const index = new Map(entries.map(({ id }, i) => [id, i]));
  return entries.map((entry, i): ImportedEntry => {
    const before = entry.supersedes.map((id) => index.get(id)).find((at) => at !== undefined && at < i);
    return {
      about: entry.kind,
      text: entry.redacted ? '[redacted before the import]' : entry.text,
      counsel: entry.privileged,
      ...(entry.at === undefined ? {} : { at: instantOf(entry.at) }),
      ...(entry.status === undefined ? {} : { status: entry.status }),
      ...(entry.signed_by === undefined ? {} : { source: entry.signed_by }),
      ...(before === undefined ? {} : { supersedes: before }),
    };
  });
}

/** A date alone is the start of that day in UTC. */
function instantOf(at: string): string {
  try {
    return Temporal.Instant.from(at).toString();
  } catch {
    return Temporal.PlainDateTime.from(at).toZonedDateTime('UTC').toInstant().toString();
  }
}
