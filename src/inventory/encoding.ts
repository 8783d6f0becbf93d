/**
 * The text of a file whose encoding nobody declared: byte order marks first, then UTF-16 without a mark (every other byte
 * zero), then strict UTF-8, then Windows-1252, in which older Western exports are written.
 * Throws an Error with one clause where the bytes are no text.
 */
export function decode(bytes: Uint8Array): string {
  if (starts(bytes, 0xff, 0xfe)) return utf16('utf-16le', bytes.subarray(2));
  if (starts(bytes, 0xfe, 0xff)) return utf16('utf-16be', bytes.subarray(2));
  if (starts(bytes, 0xef, 0xbb, 0xbf))
    return strict(bytes.subarray(3)) ?? refuse('it is marked as UTF-8, but holds bytes that are not');
  const sample = bytes.subarray(0, 4096);
  const zeros = [0, 1].map((parity) => sample.filter((byte, at) => byte === 0 && at % 2 === parity).length);
  const [even = 0, odd = 0] = zeros;
  if (odd > sample.length / 5 && even < odd / 20) return utf16('utf-16le', bytes);
  if (even > sample.length / 5 && odd < even / 20) return utf16('utf-16be', bytes);
  if (even + odd > 0) refuse('it is not text: it holds zero bytes');
  if (starts(bytes, 0x50, 0x4b, 0x03, 0x04)) refuse('it is a zip archive or a spreadsheet file, not text; export it as CSV');
  return strict(bytes) ?? new TextDecoder('windows-1252').decode(bytes);
}

function starts(bytes: Uint8Array, ...mark: number[]): boolean {
  return mark.every((byte, at) => bytes[at] === byte);
}

function strict(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function utf16(encoding: 'utf-16le' | 'utf-16be', bytes: Uint8Array): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return refuse('it looks like UTF-16, but holds bytes that are not');
  }
}

function refuse(clause: string): never {
  throw new Error(clause);
}
