import { type Command, type Decided, type Refusal, refuse } from './command.ts';
import type { CostLine } from './command-costs.ts';
import { isCurrency } from './currency.ts';
import { maybe } from './decide-knowledge.ts';
import { COST_BILLED, COST_CATEGORIES } from './event.ts';
import { amountOf } from './incident-costs.ts';
import { just, type Turn } from './turn.ts';

/** What the incident costs. A line is put right by a new one that names it, or withdrawn with a reason; none is erased. */
export function decideCosts(turn: Turn, command: Command): Decided[] | Refusal | undefined {
  switch (command.do) {
    case 'recordCost':
      return recordCost(turn, command);
    case 'recordCosts':
      return recordCosts(turn, command.costs);
    case 'withdrawCost': {
      const { of, reason } = command;
      if (!turn.incident.costs.lines.has(of)) return refuse('unknown', `Entry ${of} is no cost that stands.`, 'of');
      if (reason.trim() === '') return refuse('needs-reason', 'Say why the cost is taken out: an adjuster may ask.', 'reason');
      return just({ kind: 'cost.withdrawn', body: { of }, texts: { reason } });
    }
  }
}

function recordCost(turn: Turn, command: CostLine): Decided[] | Refusal {
  const { costs } = turn.incident;
  const { cost, category, by, minutes, amount, currency, billed = 'nobody', evidence = [], supersedes } = command;
  if (costs.ids.has(cost)) return refuse('already', 'This cost is on record already.', 'who');
  const on = command.on ?? turn.now.slice(0, 10);
  const wrong = wordsWrong(command, on, turn) ?? figuresWrong(command) ?? citesWrong(turn, command);
  if (wrong !== undefined) return wrong;
  const { who, task, consent, ticket, vendor, rate } = command;
  const body = {
    cost,
    category,
    by,
    on,
    ...(minutes === undefined ? {} : { minutes }),
    ...(amount === undefined ? {} : { amount }),
    ...(currency === undefined ? {} : { currency }),
    consent: consent?.trim() ? ('yes' as const) : (command.consented ?? 'unknown'),
    billed,
    causedByVendor: vendor?.trim() ? ('yes' as const) : ('unknown' as const),
    evidence,
    ...(supersedes === undefined ? {} : { supersedes }),
  };
  const texts = maybe({ task, consent, ticket, vendor, rate: rate === undefined ? undefined : String(rate) });
  return just({ kind: 'cost.recorded', body, texts: { who, ...texts } });
}

function wordsWrong({ category, who, billed }: CostLine, on: string, { now }: Turn): Refusal | undefined {
  if (!(COST_CATEGORIES as readonly string[]).includes(category))
    return refuse('invalid', `"${category}" is no category of costs. They are: ${COST_CATEGORIES.join(', ')}.`, 'category');
  if (billed !== undefined && !(COST_BILLED as readonly string[]).includes(billed))
    return refuse('invalid', `"${billed}" is nobody who is billed. They are: ${COST_BILLED.join(', ')}.`, 'billed');
  if (who.trim() === '') return refuse('invalid', 'Say who worked, or which firm it is.', 'who');
  if (!isDay(on)) return refuse('invalid', `"${on}" is no day. Write it like 2026-01-05.`, 'on');
  // A day east of UTC begins before it does in UTC.
  return on > nextDay(now) ? refuse('invalid', 'That day has not come yet: only what was spent is recorded.', 'on') : undefined;
}

function figuresWrong({ minutes, rate, amount, currency }: CostLine): Refusal | undefined {
  if (minutes === undefined && amount === undefined) return refuse('invalid', 'Give the hours, or the amount.', 'hours');
  if (minutes !== undefined && !(isCount(minutes) && minutes > 0 && minutes <= MOST_MINUTES))
    return refuse('invalid', 'The time is a whole number of minutes, and no more than a month on one line.', 'hours');
  if (amount !== undefined && !isCount(amount))
    return refuse('invalid', 'The amount is a whole number of minor units, and not below zero.', 'amount');
  if (rate !== undefined && amount !== undefined)
    return refuse('invalid', 'Give the amount, or the rate of the hours: with both, one would contradict the other.', 'rate');
  if (rate !== undefined && (!isCount(rate) || minutes === undefined))
    return refuse('invalid', 'A rate is per hour, and needs the hours.', 'rate');
  if (rate !== undefined && !isCount(amountOf(minutes, rate) ?? -1)) return refuse('invalid', 'That rate is too high.', 'rate');
  if (currency === undefined ? rate !== undefined || amount !== undefined : !isCurrency(currency))
    return refuse('invalid', 'Which currency? Write its code, such as EUR or USD.', 'currency');
  return undefined;
}

function citesWrong({ incident }: Turn, { evidence = [], supersedes }: CostLine): Refusal | undefined {
  const unknown = evidence.find((seq) => seq < 1 || seq > incident.size);
  if (unknown !== undefined) return refuse('unknown', `There is no entry ${unknown} to cite.`, 'evidence');
  if (supersedes !== undefined && !incident.costs.lines.has(supersedes))
    return refuse('unknown', `Entry ${supersedes} is no cost that stands.`, 'supersedes');
  return undefined;
}

/** The lines of a sheet that are not on record yet; one that is wrong stops them all, and is named. */
function recordCosts(turn: Turn, lines: CostLine[]): Decided[] | Refusal {
  const { ids } = turn.incident.costs;
  const fresh = lines.filter(({ cost }) => !ids.has(cost));
  if (fresh.length === 0) return refuse('already', 'Every line of it is on record already.');
  const decided: Decided[] = [];
  for (const [at, line] of fresh.entries()) {
    const one = recordCost(turn, line);
    if ('refused' in one) return { ...one, refused: `Line ${at + 1} (${line.who}): ${one.refused}` };
    decided.push(...one);
  }
  return decided;
}

const MOST_MINUTES = 31 * 24 * 60;
const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}

const nextDay = (now: string): string => Temporal.PlainDate.from(now.slice(0, 10)).add({ days: 1 }).toString();
