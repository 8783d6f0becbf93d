import { type CommandOf, type Refusal, refuse } from '../record/command.ts';
import { isCurrency, minorUnits, moneyOf } from '../record/currency.ts';
import { COST_CATEGORIES, type CostCategory } from '../record/event.ts';

/** Whole minutes of what people write for a time: 3h, 3.5, 3:30, 2h30, 90 min. A bare figure is hours. Nothing for anything else. */
export function minutesOf(text: string): number | undefined {
  const plain = text.trim().toLowerCase().replace(/\s+/g, '');
  const clock = /^(\d{1,4}):(\d{2})$/.exec(plain) ?? /^(\d{1,4})h(\d{1,2})(?:m|min)?$/.exec(plain);
  if (clock !== null) return Number(clock[2]) > 59 ? undefined : Number(clock[1]) * 60 + Number(clock[2]);
  const minutes = /^(\d{1,6})(?:m|min|mins|minutes)$/.exec(plain);
  if (minutes !== null) return Number(minutes[1]);
  const hours = /^(\d{1,4})(?:[.,](\d{1,2}))?(?:h|hr|hrs|hour|hours|std)?$/.exec(plain);
  if (hours === null) return undefined;
  const hundredths = Number(hours[1]) * 100 + Number((hours[2] ?? '').padEnd(2, '0'));
  return Math.floor((hundredths * 60 + 50) / 100);
}

const ALIASES: Record<string, CostCategory> = {
  forensic: 'forensics',
  lawyer: 'legal',
  counsel: 'legal',
  restore: 'restoration',
  recovery: 'restoration',
  rebuild: 'restoration',
  equipment: 'hardware',
  notifications: 'notification',
  pr: 'public-relations',
  'public relations': 'public-relations',
  'bi loss': 'business-interruption',
  bi: 'business-interruption',
  'business interruption': 'business-interruption',
  downtime: 'business-interruption',
  extortion: 'ransom',
  goodwill: 'goodwill-credit',
  credit: 'goodwill-credit',
  'goodwill credit': 'goodwill-credit',
};

/** The category that a word means. */
export function categoryOf(word: string): CostCategory | undefined {
  const plain = word.trim().toLowerCase().replace(/\s+/g, ' ');
  return COST_CATEGORIES.find((category) => category === plain.replaceAll(' ', '-')) ?? ALIASES[plain];
}

export const CATEGORY_WORDS = COST_CATEGORIES.map((category) => category.replaceAll('-', ' ')).join(', ');

type Recording = CommandOf<'recordCost'>;

/**
 * "3h ada restoration: rebuilt the file server", "1200 EUR Forensic Ltd forensics consent ABC-123": a time or an amount, who, what
 * for, and after it what is known besides. `cost` is a fresh id.
 */
export function costIn(words: string, cost: string): Recording | Refusal {
  const match = /^(?<head>[^:]*?)(?::\s+(?<task>.+))?$/s.exec(words.trim().replace(/(\d):(\d\d)\b/, '$1h$2'));
  const { head = '', task } = match?.groups ?? {};
  const figure = figureIn(head);
  if (figure === undefined)
    return refuse(
      'invalid',
      'Begin with the time or the amount: `cost 3h ada restoration: what was done`, or `cost 1200 EUR Forensic Ltd forensics`.',
    );
  const named = namedIn(figure.rest);
  if (named === undefined)
    return refuse('invalid', `Name who it was and what it is for. The categories are: ${CATEGORY_WORDS}.`, 'category');
  const { who, category, rest } = named;
  const more = detailsIn(rest);
  if ('refused' in more) return more;
  const by = figure.minutes === undefined ? 'firm' : 'person';
  const { minutes, amount, currency } = figure;
  return {
    do: 'recordCost',
    cost,
    category,
    who,
    by,
    ...(minutes === undefined ? {} : { minutes }),
    ...(amount === undefined ? {} : { amount }),
    ...(currency === undefined ? {} : { currency }),
    ...(task === undefined ? {} : { task: task.trim() }),
    ...more,
  };
}

type Figure = { minutes?: number; amount?: number; currency?: string; rest: string };

function figureIn(head: string): Figure | undefined {
  const money = /^(?<figure>(?:[A-Za-z]{3}|[€$£]) ?\d[\d.,']*|\d[\d.,']* ?(?:[A-Z]{3}|[A-Za-z]{3}|[€$£]))(?=\s)(?<rest>.*)$/s.exec(
    head,
  );
  const paid = money?.groups?.figure === undefined ? undefined : moneyOf(money.groups.figure);
  if (paid !== undefined) return { ...paid, rest: money?.groups?.rest ?? '' };
  const time = /^(?<figure>\d+(?:[.,]\d+)? ?(?:hours?|hrs?|h(?:\d{1,2}(?:m|min)?)?|minutes|mins?|m))(?=\s)(?<rest>.*)$/is.exec(
    head,
  );
  const minutes = time?.groups?.figure === undefined ? undefined : minutesOf(time.groups.figure);
  return minutes === undefined ? undefined : { minutes, rest: time?.groups?.rest ?? '' };
}

/** Everything before the first word that is a category is who it was. */
function namedIn(text: string): { who: string; category: CostCategory; rest: string } | undefined {
  const words = text.trim().split(/\s+/);
  for (let at = 1; at < words.length; at++)
    for (const length of [2, 1]) {
      const category = at + length > words.length ? undefined : categoryOf(words.slice(at, at + length).join(' '));
      if (category !== undefined) return { who: words.slice(0, at).join(' '), category, rest: words.slice(at + length).join(' ') };
    }
  return undefined;
}

const DETAIL =
  /^(?:(?<consent>consent (?!no\b)(?<reference>\S+))|(?<without>no consent|without consent|consent no)|ticket (?<ticket>\S+)|on (?<on>\d{4}-\d{2}-\d{2})|at (?<rate>\d\S*) ?(?<currency>[A-Za-z]{3})(?:\/h| an hour)?)(?:,?\s+|$)/i;

type Details = Pick<Recording, 'consent' | 'consented' | 'ticket' | 'on' | 'rate' | 'currency'>;

function detailsIn(text: string): Details | Refusal {
  const found: Details = {};
  let rest = text.trim();
  while (rest !== '') {
    const match = DETAIL.exec(rest);
    const { reference, without, ticket, on, rate, currency = '' } = match?.groups ?? {};
    if (match === null)
      return refuse(
        'invalid',
        `"${rest}" was not understood. After the category come \`consent REFERENCE\`, \`no consent\`, \`ticket NUMBER\`, \`on 2026-01-05\`, \`at 120 EUR\`, or a colon and what was done.`,
      );
    if (reference !== undefined) found.consent = reference;
    if (without !== undefined) found.consented = 'no';
    if (ticket !== undefined) found.ticket = ticket;
    if (on !== undefined) found.on = on;
    if (rate !== undefined) {
      const code = currency.toUpperCase();
      const units = isCurrency(code) ? minorUnits(rate, code) : undefined;
      if (units === undefined)
        return refuse('invalid', `"${rate} ${currency}" is no rate an hour. Write it like: at 120 EUR.`, 'rate');
      Object.assign(found, { rate: units, currency: code });
    }
    rest = rest.slice(match[0].length);
  }
  return found;
}
