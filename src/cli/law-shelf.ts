/** The law data as a running house uses them: read once per jurisdiction, and made ready once per set of them. */
import type { Law } from '../desk/clocks.ts';
import type { Rule } from '../law/duty.ts';
import { Rulebook } from '../law/rulebook.ts';
import { loadHolidays, loadRules } from './law-files.ts';

const BOOKS = 64;

export function openLaw(folder?: string): Law {
  const read = new Map<string, Rule[]>();
  const books = new Map<string, Rulebook>();
  let holidays: ReturnType<typeof loadHolidays> | undefined;
  const rulesOf = (place: string): Rule[] => {
    const rules = read.get(place) ?? loadRules([place], folder);
    read.set(place, rules);
    return rules;
  };
  return {
    rulebook: (places) => {
      const names = [...places].sort();
      const key = names.join(' ');
      holidays ??= loadHolidays(folder);
      const book = books.get(key) ?? new Rulebook(names.flatMap(rulesOf), holidays);
      books.set(key, book);
      const [oldest] = books.keys();
      if (books.size > BOOKS && oldest !== undefined) books.delete(oldest);
      return book;
    },
  };
}
