import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Signer } from '../desk/ports.ts';

/**
 * The signing key of this house, in a file only its owner can read; made at the first start.
 * @throws Error with one sentence where the file holds no key: a new one would not fit the records that were signed.
 */
export function openSigner(folder: string): Signer {
  const path = signingKeyFile(folder);
  if (!existsSync(path)) makeKey(path);
  try {
    return signerOf(createPrivateKey(readFileSync(path)));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The signing key ${path} cannot be read (${reason}). Nothing was changed. Put back the backup of it.`, {
      cause,
    });
  }
}

export const signingKeyFile = (folder: string): string => join(folder, 'signing-key.pem');

/** On the disk before the first record names it: a record signed by a key that a power cut took could never be continued. */
function makeKey(path: string): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx', flush: true });
  if (process.platform === 'win32') return;
  const folder = openSync(join(path, '..'), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** A signer over an Ed25519 key. Its name holds the key's first bytes, so that two houses do not share one. */
export function signerOf(secret: KeyObject): Signer {
  const publicKey = new Uint8Array(createPublicKey(secret).export({ type: 'spki', format: 'der' }).subarray(-32));
  const name = `firebreak-${Buffer.from(publicKey.subarray(0, 4)).toString('hex')}`;
  return { name, publicKey, sign: (text) => new Uint8Array(sign(null, text, secret)) };
}
