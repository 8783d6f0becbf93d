import type { Incident } from '../record/incident.ts';
import { visible, withoutSecrets } from './secrets.ts';

/**
 * Names, addresses and numbers of people, exchanged for stand-ins in one call to a model and put back into what it answered. Made anew for
 * every call, so two prompts cannot be joined by them.
 */
export class Pseudonyms {
  readonly #standIns = new Map<string, string>();
  readonly #names: RegExp | undefined;

  /** `beside` are names of people whom the record does not know yet: whoever writes in the channel for the first time. */
  constructor({ people }: Incident, beside: readonly string[] = []) {
    const known = [...people.values()].map(({ name, account }) => [name, account.split('/')[2] ?? '']);
    const names = [...known, ...beside.map((name) => [name, ''])]
      .flatMap(([name = '', user = '']) => [name, ...name.split(/\s+/), user])
      .filter((name) => name.length > 2)
      .sort((a, b) => b.length - a.length);
    const words = [...new Set(names)].map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    this.#names = words.length === 0 ? undefined : new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  }

  /** Safe to hand to a model: no secrets, nothing hidden, no names. */
  hide(text: string): string {
    const people = withoutSecrets(visible(text))
      .replace(/<@[UW][A-Z0-9]+(?:\|[^>]*)?>/g, (found) => this.#standIn(found, 'Person'))
      .replace(/(?<![\p{L}\p{N}._+-])@\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)?/gu, (found) => this.#standIn(found, 'Person'))
      .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, (found) => this.#standIn(found, 'Mailbox'))
      .replace(/(?<![\w.:-])\+?\d{1,4}(?:[ ()/-]{1,2}\d{2,5}){2,5}(?![\w:-]|\.\d)/g, (found) => this.#phone(found));
    return this.#names === undefined ? people : people.replace(this.#names, (found) => this.#standIn(found, 'Person'));
  }

  /** What a model wrote, with the names back in their places. Stand-ins that it invented stay as they are. */
  restore(text: string): string {
    const originals = new Map([...this.#standIns].map(([original, standIn]) => [standIn, original]));
    return visible(text).replace(/\b(?:Person|Mailbox|Phone)-\d+\b/g, (found) => originals.get(found) ?? found);
  }

  #standIn(original: string, kind: 'Person' | 'Mailbox' | 'Phone'): string {
    const known = this.#standIns.get(original);
    if (known !== undefined) return known;
    const fresh = `${kind}-${this.#standIns.size + 1}`;
    this.#standIns.set(original, fresh);
    return fresh;
  }

  /** A date or a time is no telephone number. */
  #phone(found: string): string {
    const digits = found.replace(/\D/g, '');
    return /^\d{4}-\d{2}-\d{2}/.test(found) || digits.length < 8 ? found : this.#standIn(found, 'Phone');
  }
}
