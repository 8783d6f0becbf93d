import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * Every erasable item has a key of its own (AES-256-GCM). Erasing destroys the key; a backup that holds no keys
 * holds nothing that was erased.
 */
export type SealedItem = { key: Uint8Array; sealed: Uint8Array };

export function encrypt(plain: Uint8Array, item: string): SealedItem {
  const key = randomBytes(32);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(item));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return { key, sealed: Buffer.concat([nonce, cipher.getAuthTag(), body]) };
}

/** @throws Error where the item was changed, or belongs to another name. */
export function decrypt({ key, sealed }: SealedItem, item: string): Uint8Array {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(Buffer.from(item));
  decipher.setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
}
