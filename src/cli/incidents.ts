import { readArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { openHouse, settingsOf, US } from './house.ts';

/** `incidents [--json]`: what is in the store. */
export const incidents: Command = async (args, terminal) => {
  const { flags } = readArguments(args, { flags: ['json'] }, 'usage: firebreak incidents [--json]');
  const { store, desk } = openHouse(settingsOf(terminal.env));
  const alarms: string[] = [];
  const views = await desk.views(US, ({ message }) => alarms.push(message));
  const rows = views
    .filter(({ incident }) => incident.of !== 'standing')
    .map(({ client, incident }) => ({
      id: incident.record,
      title: incident.title,
      client,
      status: incident.status,
      entries: incident.size,
      drill: incident.drill,
    }));
  await store.close();
  const line = (row: (typeof rows)[number]) =>
    `${row.id}  ${row.status.padEnd(6)}  ${String(row.entries).padStart(5)} entries  ${row.drill ? 'DRILL ' : ''}${row.title}`;
  terminal.out(
    flags.has('json')
      ? JSON.stringify({ incidents: rows })
      : rows.length === 0
        ? 'No incident is in the store.'
        : rows.map(line).join('\n'),
  );
  for (const alarm of alarms) terminal.err(alarm);
  return alarms.length === 0 ? 0 : 1;
};
