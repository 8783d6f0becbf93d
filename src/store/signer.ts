import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Signer } from '../desk/ports.ts';

/** The signing key of this house, in a file only its owner can read; made at the first start. */
export function openSigner(folder: string): Signer {
  const path = join(folder, 'signing-key.pem');
  if (!existsSync(path)) makeKey(path);
  return signerOf(createPrivateKey(readFileSync(path)));
}

function makeKey(path: string): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
}

/** A signer over an Ed25519 key. Its name holds the key's first bytes, so that two houses do not share one. */
export function signerOf(secret: KeyObject): Signer {
  const publicKey = new Uint8Array(createPublicKey(secret).export({ type: 'spki', format: 'der' }).subarray(-32));
  const name = `firebreak-${Buffer.from(publicKey.subarray(0, 4)).toString('hex')}`;
  return { name, publicKey, sign: (text) => new Uint8Array(sign(null, text, secret)) };
}
