import { fromUtf8 } from '../record/bytes.ts';

/** A pack in memory: path inside the pack (with `/`) to bytes. */
export type PackFiles = ReadonlyMap<string, Uint8Array>;

/** Thrown where there is nothing to verify: no pack, or no checkpoint in what was given as one. */
export class UnreadablePack extends Error {
  override name = 'UnreadablePack';
}

const LF = 10;

/** The lines of a file, without their line feeds. `complete` is false where the last line lacks its line feed. */
export function linesOf(bytes: Uint8Array): { lines: Uint8Array[]; complete: boolean } {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, start)) {
    lines.push(bytes.subarray(start, at));
    start = at + 1;
  }
  const complete = start === bytes.length;
  if (!complete) lines.push(bytes.subarray(start));
  return { lines, complete };
}

/** The text of a line, or undefined where the bytes are not UTF-8 or open with a byte order mark (a decoder would hide it). */
export function textOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return undefined;
  try {
    return fromUtf8(bytes);
  } catch {
    return undefined;
  }
}

export type Json = Record<string, unknown>;

/** The JSON object that bytes spell, or undefined. */
export function objectOf(bytes: Uint8Array): Json | undefined {
  try {
    const value: unknown = JSON.parse(textOf(bytes) ?? '');
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
