import type { Terms } from '../inventory/terms.ts';
import { moneyWords } from '../record/currency.ts';
import type { CostCount, Summarised } from './ports.ts';
import { policyParty } from './terms.ts';

/** What each lane of a vendor incident costs: ids and counts alone. */
export type LaneCosts = { client: string; lane: string } & CostCount;

export const laneCosts = (lanes: Summarised[], incident: string): LaneCosts[] =>
  lanes.flatMap(({ client, record: lane, incident: of, costs }) =>
    of !== incident || costs === undefined ? [] : [{ client, lane, ...costs }],
  );

/** All lanes together, each currency for itself. */
export function sumOfLanes(lanes: LaneCosts[]): CostCount {
  const sum: CostCount = { lines: 0, minutes: 0, amounts: {}, unconsented: 0 };
  for (const { lines, minutes, amounts, unconsented } of lanes) {
    sum.lines += lines;
    sum.minutes += minutes;
    sum.unconsented += unconsented;
    for (const [currency, amount] of Object.entries(amounts)) sum.amounts[currency] = (sum.amounts[currency] ?? 0) + amount;
  }
  return sum;
}

/** The coordination's total, and a line for each lane. No word of anybody is in it. */
export function coordinationWords(lanes: LaneCosts[]): string[] {
  if (lanes.length === 0) return [];
  const said = ({ lines, minutes, amounts, unconsented }: CostCount) =>
    [
      `${lines} ${lines === 1 ? 'line' : 'lines'}`,
      `${minutes} minutes`,
      ...Object.entries(amounts).map(([currency, amount]) => moneyWords(amount, currency)),
      `${unconsented} without consent on record`,
    ].join(', ');
  return [
    `Over ${lanes.length} ${lanes.length === 1 ? 'lane' : 'lanes'}: ${said(sumOfLanes(lanes))}`,
    ...lanes.map((lane) => `  ${lane.client}  ${lane.lane}  ${said(lane)}`),
  ];
}

/** The waiting periods of the policies: loss of business inside one is not paid. */
export function waitingWords(terms: Terms | undefined): string[] {
  const policies = terms?.policies ?? [];
  return policies.flatMap((policy) =>
    policy.waiting_period_hours === undefined
      ? []
      : [
          `Waiting period of ${policyParty(policy, policies)}: loss of business counts after the first ${policy.waiting_period_hours} hours.`,
        ],
  );
}
