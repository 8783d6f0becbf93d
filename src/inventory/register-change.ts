/**
 * What taking in these clients would change: who is new, of whom what differs, who stays as they are. A list that was
 * exported from another tool rarely holds everything: what it leaves out stays as it is in the register.
 */
import { type Client, sameClient } from './register.ts';

export type Change = { client: Client; outcome: 'added' | 'changed' | 'same'; fields: string[] };

/** Pure; in the order of the list. The id of the register stays, whatever the list calls it. */
export function changesTo(existing: Client[], incoming: Client[]): Change[] {
  return incoming.map((client) => {
    const known = existing.find((other) => sameClient(other, client));
    if (known === undefined) return { client, outcome: 'added', fields: [] };
    const merged = mergedOf(known, client);
    const fields = Object.keys(merged).filter((key) => differs(known[key as keyof Client], merged[key as keyof Client]));
    return { client: merged, outcome: fields.length === 0 ? 'same' : 'changed', fields };
  });
}

function mergedOf(known: Client, incoming: Client): Client {
  const given = Object.fromEntries(Object.entries(incoming).filter(([, value]) => isGiven(value)));
  return { ...known, ...given, id: known.id, contacts: contactsOf(known, incoming) };
}

const isGiven = (value: unknown): boolean => value !== undefined && !(Array.isArray(value) && value.length === 0);

/** A contact of the same name is brought up to date, any other is added. */
function contactsOf(known: Client, incoming: Client): Client['contacts'] {
  const updated = known.contacts.map((one) => {
    const newer = incoming.contacts.find(({ name }) => name.toLowerCase() === one.name.toLowerCase());
    return newer === undefined ? one : { ...one, ...newer };
  });
  const fresh = incoming.contacts.filter(
    ({ name }) => !known.contacts.some((one) => one.name.toLowerCase() === name.toLowerCase()),
  );
  return [...updated, ...fresh];
}

/** The order of keys says nothing. */
function differs(a: unknown, b: unknown): boolean {
  return ordered(a) !== ordered(b);
}

function ordered(value: unknown): string {
  return (
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? ''
  );
}
