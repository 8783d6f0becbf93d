import { UsageError } from './command.ts';
import { readPack } from './pack-directory.ts';

/** The export in a folder, in memory. @throws UsageError with a sentence where it is none. */
export function packAt(directory: string): Map<string, Uint8Array> {
  try {
    return readPack(directory);
  } catch (error) {
    throw new UsageError(`The export cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}
