import { userInfo } from 'node:os';
import type { Audience } from '../export/audience.ts';
import { readArguments } from './arguments.ts';
import { type Command, UsageError } from './command.ts';
import { openHouse, settingsOf, US } from './house.ts';
import { packInMemory, writePack } from './pack.ts';

const USAGE = 'usage: firebreak export INCIDENT --out PATH [--for client|regulator|insurer|counsel] [--zone ZONE]';
const AUDIENCES = ['full', 'client', 'regulator', 'insurer', 'counsel'];

/** `export`: verifies, then writes the reviewer pack into a new directory. */
export const exportRecord: Command = async (args, terminal) => {
  const { words, options } = readArguments(args, { options: ['out', 'for', 'zone'] }, USAGE);
  const [record] = words;
  const out = options.get('out');
  const audience = options.get('for') ?? 'full';
  if (record === undefined || out === undefined || words.length > 1) throw new UsageError(USAGE);
  if (!AUDIENCES.includes(audience)) throw new UsageError(`--for knows ${AUDIENCES.slice(1).join(', ')}, not "${audience}".`);
  const { store } = openHouse(settingsOf(terminal.env));
  try {
    const zone = options.get('zone') ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    const order = {
      client: (await store.coordinator().ownerOf(record)) ?? US,
      record,
      out,
      audience: audience as Audience,
      withLanes: audience === 'full',
      zone,
      at: terminal.now().toString(),
      by: userInfo().username,
    };
    const { files, verdict } = await packInMemory(store, order);
    if (!verdict.ok) {
      terminal.err(`Nothing was exported: the record does not verify. ${verdict.says}`);
      return 1;
    }
    writePack(files, out);
    terminal.out(`${out}: ${verdict.entries} entries. ${verdict.says}`);
    return 0;
  } finally {
    await store.close();
  }
};
