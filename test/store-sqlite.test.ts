import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../src/store/sqlite.ts';
import { storeContract } from './store-contract.ts';

storeContract('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-store-'));
  const opened = { store: openSqlite(folder) };
  return {
    store: opened.store,
    reopen: async () => {
      await opened.store.close();
      opened.store = openSqlite(folder);
      return opened.store;
    },
    drop: async () => {
      await opened.store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
