import { moneyWords } from '../record/currency.ts';
import type { Entry } from '../record/entry.ts';
import type { Incident } from '../record/incident.ts';

/** Told where a notice asks for costs, and nowhere else. */
const COST_KIND = 'cost clock';

/** A cost that still stands, by its amount or its time; never by a rate. */
export function costEntry(entry: Entry, { costs }: Incident): { kind: string; text: string } | undefined {
  if (entry.kind !== 'cost.recorded' || !costs.lines.has(entry.seq)) return undefined;
  const { category, minutes, amount, currency } = entry.body;
  const figure = amount !== undefined && currency !== undefined ? moneyWords(amount, currency) : `${minutes ?? 0} minutes`;
  const what = category.replaceAll('-', ' ');
  return { kind: COST_KIND, text: `${what[0]?.toUpperCase()}${what.slice(1)}: ${figure} (${entry.texts.who}).` };
}
