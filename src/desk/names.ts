import type { Summarised } from './ports.ts';

/**
 * The client that a text for many names, or none: the worst mistake there is. Short names are words of every day, and are let be.
 */
export function namedIn(text: string, clients: readonly Pick<Summarised, 'name'>[]): string | undefined {
  const words = ` ${plain(text)} `;
  return clients.find(({ name }) => plain(name).length >= 4 && words.includes(` ${plain(name)} `))?.name;
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
