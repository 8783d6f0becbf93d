import { concat, fromBase64, sameBytes, toBase64, toHex, utf8 } from './bytes.ts';
import { sha256 } from './sha256.ts';
import type { Hash } from './tree.ts';

/**
 * A checkpoint is a signed tree head (C2SP tlog-checkpoint, in a C2SP signed-note). Published outside our database it
 * pins everything recorded before it: a later rewrite no longer matches.
 *
 *     firebreak-5f0c/inc-7q2k
 *     42
 *     <root, base64>
 *
 *     — firebreak-5f0c <base64(4-byte key id, 64-byte Ed25519 signature)>
 */
export type Checkpoint = { origin: string; size: number; root: Hash };

export type NoteSignature = { name: string; keyId: Uint8Array; signature: Uint8Array };
export type Note = { text: string; checkpoint: Checkpoint; signatures: NoteSignature[] };

/** The public half of a signing key, as printed: `name+keyid+base64(0x01 || key)`. */
export type VerifierKey = { name: string; keyId: Uint8Array; key: Uint8Array };

const ED25519 = Uint8Array.of(1);

/** The text that is signed, its final newline included. */
export const checkpointText = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${toBase64(root)}\n`;

export function keyIdOf(name: string, key: Uint8Array): Uint8Array {
  return sha256(concat(utf8(`${name}\n`), ED25519, key)).slice(0, 4);
}

export const printKey = (name: string, key: Uint8Array): string =>
  `${name}+${toHex(keyIdOf(name, key))}+${toBase64(concat(ED25519, key))}`;

/** @throws Error with a sentence where the text is no Ed25519 verifier key. */
export function parseKey(text: string): VerifierKey {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim());
  if (match === null) throw new Error(`"${text.trim().slice(0, 40)}" is not a verifier key`);
  const [, name = '', id, encoded = ''] = match;
  const bytes = fromBase64(encoded);
  const key = bytes.slice(1);
  if (bytes[0] !== 1 || key.length !== 32) throw new Error(`the verifier key ${name} is not an Ed25519 key`);
  const keyId = keyIdOf(name, key);
  if (toHex(keyId) !== id) throw new Error(`the verifier key ${name} does not match its own id`);
  return { name, keyId, key };
}

/** A checkpoint with its signature line: the plain text that goes out. */
export function signedNote(text: string, name: string, key: Uint8Array, signature: Uint8Array): string {
  return `${text}\n— ${name} ${toBase64(concat(keyIdOf(name, key), signature))}\n`;
}

/** @throws Error with a sentence where the text is no checkpoint. */
export function parseNote(note: string): Note {
  const end = note.lastIndexOf('\n\n');
  if (end < 0) throw new Error('the checkpoint has no signature');
  const text = note.slice(0, end + 1);
  const [origin = '', size = '', root = ''] = text.split('\n');
  if (origin === '' || !/^(0|[1-9]\d*)$/.test(size)) throw new Error('the checkpoint names no tree and size');
  const checkpoint = { origin, size: Number(size), root: fromBase64(root) };
  if (checkpoint.root.length !== 32) throw new Error('the root of the checkpoint is not 32 bytes');
  const signatures = note
    .slice(end + 2)
    .split('\n')
    .filter(Boolean)
    .map(parseSignature);
  return { text, checkpoint, signatures };
}

function parseSignature(line: string): NoteSignature {
  const match = /^— (\S+) (\S+)$/.exec(line);
  if (match === null) throw new Error('a signature line of the checkpoint cannot be read');
  const bytes = fromBase64(match[2] ?? '');
  return { name: match[1] ?? '', keyId: bytes.slice(0, 4), signature: bytes.slice(4) };
}

/** The signature of `key` on the note, or undefined where that key did not sign it. */
export function signatureBy(note: Note, key: VerifierKey): Uint8Array | undefined {
  return note.signatures.find(({ name, keyId }) => name === key.name && sameBytes(keyId, key.keyId))?.signature;
}

/** The first words of a root that people can read to each other over the phone. */
export const spoken = (root: Hash): string => (toHex(root.slice(0, 8)).match(/.{4}/g) ?? []).join(' ');
