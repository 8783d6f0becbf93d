import { type House, personOf } from './house.ts';

const MENTIONED = /<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g;

/** Words with the names of those they mention: an id of a chat says nothing to whoever reads the record later. */
export async function spelled(house: House, team: string, text: string): Promise<string> {
  const users = [...new Set([...text.matchAll(MENTIONED)].map(([, user = '']) => user))];
  const names = new Map(
    await Promise.all(users.map(async (user) => [user, (await personOf(house, { user, team })).name] as const)),
  );
  return text.replace(MENTIONED, (whole, user: string) => (names.has(user) ? `@${names.get(user)}` : whole));
}

/** The same for whatever a command says in words. Ids hold no mentions, and stay as they are. */
export async function spelledOut<T extends object>(house: House, team: string, command: T): Promise<T> {
  const fields = await Promise.all(
    Object.entries(command).map(async ([name, value]) => [
      name,
      typeof value === 'string' ? await spelled(house, team, value) : value,
    ]),
  );
  return Object.fromEntries(fields) as T;
}
