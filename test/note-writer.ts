// Writes notes until the store refuses one, and says after each that it is recorded. Run by a test under a limit on file sizes.
import { world } from '../src/cli/house.ts';
import { Desk } from '../src/desk/desk.ts';
import { openSigner } from '../src/store/signer.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import { ADA, DECLARE } from './play.ts';

const folder = process.argv[2] ?? '';
const store = openSqlite(folder);
const desk = new Desk(store, world, openSigner(folder));
const doing = { client: 'us', record: 'inc-growing', person: ADA, via: 'slack-signature' } as const;
await desk.do({ ...doing, command: { ...DECLARE, verifierKey: desk.verifierKey } });
for (let i = 0; i < 500; i++) {
  try {
    await desk.do({ ...doing, command: { do: 'recordNote', text: `${i} ${'x'.repeat(4_000)}` } });
  } catch (error) {
    console.log(`failed ${i} ${error instanceof Error ? error.message : error}`);
    await desk
      .do({ ...doing, command: { do: 'recordNote', text: 'again' } })
      .then(console.log, ({ message }: Error) => console.log(`again ${message}`));
    break;
  }
  console.log(`ack ${i}`);
}
process.kill(process.pid, 'SIGKILL');
