import { type Entry, ERASED } from './entry.ts';
import type { Actor, Answer, CostBilled, CostCategory, Seq } from './event.ts';

/** One line of what the incident costs, as it stands. Money is in minor units of `currency`. */
export type Cost = {
  id: string;
  seq: Seq;
  recordedBy: Actor;
  category: CostCategory;
  who: string;
  by: 'person' | 'firm';
  /** YYYY-MM-DD. */
  on: string;
  minutes?: number;
  rate?: number;
  /** The bill, or the minutes at the rate; absent where neither is known. */
  amount?: number;
  currency?: string;
  task?: string;
  consent: Answer;
  reference?: string;
  ticket?: string;
  billed: CostBilled;
  causedByVendor: Answer;
  vendor?: string;
  evidence: Seq[];
};

/** The lines that stand, by the entry that says so, and every id that was ever taken. */
export type Costs = { lines: Map<Seq, Cost>; ids: Set<string> };

export const noCosts = (): Costs => ({ lines: new Map(), ids: new Set() });

/** The part of the fold that knows what the incident costs. */
export function evolveCosts(costs: Costs, entry: Entry): void {
  if (entry.kind === 'cost.withdrawn') costs.lines.delete(entry.body.of);
  if (entry.kind !== 'cost.recorded') return;
  const { cost: id, supersedes, ...body } = entry.body;
  const { rate: sealed, consent: reference, ...texts } = entry.texts;
  const rate = sealed === undefined || sealed === ERASED ? {} : { rate: Number(sealed) };
  const amount = body.amount ?? amountOf(body.minutes, rate.rate);
  if (supersedes !== undefined) costs.lines.delete(supersedes);
  costs.ids.add(id);
  costs.lines.set(entry.seq, {
    id,
    seq: entry.seq,
    recordedBy: entry.actor,
    ...body,
    ...texts,
    ...rate,
    ...(amount === undefined ? {} : { amount }),
    ...(reference === undefined ? {} : { reference }),
  });
}

/** Minutes at a rate an hour, to the nearest minor unit; half a unit goes up. */
export function amountOf(minutes: number | undefined, rate: number | undefined): number | undefined {
  return minutes === undefined || rate === undefined ? undefined : Math.floor((minutes * rate + 30) / 60);
}
