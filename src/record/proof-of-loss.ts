import type { Answer, CostCategory, Seq } from './event.ts';
import type { Cost, Costs } from './incident-costs.ts';

/** What stands in one group of costs. Amounts are minor units by currency: two currencies are never added. */
export type CostSum = {
  name: string;
  lines: number;
  minutes: number;
  amounts: Record<string, number>;
  /** Minutes that nobody has put a price on. */
  unpriced: number;
};

/** The costs of one record as an insurer asks for them. */
export type ProofOfLoss = {
  lines: Cost[];
  total: CostSum;
  /** First and last day, YYYY-MM-DD; none without lines. */
  period: { from: string; to: string } | undefined;
  byCategory: (CostSum & { name: CostCategory })[];
  byWho: CostSum[];
  byConsent: (CostSum & { name: Answer })[];
  /** Entries of the lines for which no consent of the insurer is on record. */
  unconsented: Seq[];
};

/** The lines that stand, oldest day first, and what they come to. */
export function proofOfLoss({ lines: standing }: Costs): ProofOfLoss {
  const lines = [...standing.values()].sort((a, b) => (a.on === b.on ? a.seq - b.seq : a.on < b.on ? -1 : 1));
  const [first, last] = [lines[0], lines.at(-1)];
  return {
    lines,
    total: sumOf('total', lines),
    period: first === undefined || last === undefined ? undefined : { from: first.on, to: last.on },
    byCategory: grouped(lines, ({ category }) => category),
    byWho: grouped(lines, ({ who }) => who),
    byConsent: grouped(lines, ({ consent }) => consent),
    unconsented: lines.filter(({ consent }) => consent !== 'yes').map(({ seq }) => seq),
  };
}

function grouped<Name extends string>(lines: Cost[], name: (cost: Cost) => Name): (CostSum & { name: Name })[] {
  const groups = [...Map.groupBy(lines, name)].sort(([a], [b]) => (a < b ? -1 : 1));
  return groups.map(([group, those]) => ({ ...sumOf(group, those), name: group }));
}

function sumOf(name: string, lines: Cost[]): CostSum {
  const sum: CostSum = { name, lines: lines.length, minutes: 0, amounts: {}, unpriced: 0 };
  for (const { minutes = 0, amount, currency } of lines) {
    sum.minutes += minutes;
    if (amount === undefined || currency === undefined) sum.unpriced += minutes;
    else sum.amounts[currency] = (sum.amounts[currency] ?? 0) + amount;
  }
  return sum;
}
