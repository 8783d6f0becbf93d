import { rmSync } from 'node:fs';
import { openSqlite } from '../src/store/sqlite.ts';
import { freshFolder } from './folder.ts';
import { storeContract } from './store-contract.ts';

storeContract('SQLite', async () => {
  const folder = freshFolder();
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
