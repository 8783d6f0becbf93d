import { accessSync, constants, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A fresh folder, in memory where the machine has such a place: a test that commits a thousand times need not wait for a disk. */
export function freshFolder(): string {
  for (const place of ['/dev/shm', tmpdir()]) {
    try {
      accessSync(place, constants.W_OK);
      return mkdtempSync(join(place, 'firebreak-'));
    } catch {}
  }
  throw new Error('there is no folder to write to');
}
