import type { Entry } from '../record/entry.ts';
import type { Costs } from '../record/incident-costs.ts';
import { proofOfLoss } from '../record/proof-of-loss.ts';
import type { Append, CostCount, Summary } from './ports.ts';
import type { RecordView } from './view.ts';

/** What an append tells the coordinator, and what it releases to lanes. */
export function lanesOf(view: RecordView, entries: readonly Entry[]): Pick<Append, 'summary' | 'releases'> {
  const summary = summaryOf(view);
  const releases = entries.flatMap((entry) => (entry.kind === 'entry.released' ? [{ seq: entry.body.of, to: entry.body.to }] : []));
  return { ...(summary === undefined ? {} : { summary }), ...(releases.length === 0 ? {} : { releases }) };
}

/** A client's record as the coordinator sees it: ids, names, states, counts. Only lanes and standing records have one. */
export function summaryOf(view: RecordView): Summary | undefined {
  const { incident, entries } = view;
  const { lane, client, told } = incident.lanes;
  const receipt = openReceipt(incident);
  const common = {
    of: incident.of,
    told: told.size,
    at: entries.at(-1)?.at ?? '',
    ...(receipt === undefined ? {} : { receipt }),
  };
  if (client !== undefined) return { ...common, ...standing(client.name, client.left !== undefined) };
  if (lane === undefined) return undefined;
  const { incident: vendor, tier, state, name } = lane;
  return { ...common, name, incident: vendor, tier, state, status: incident.status, ...progress(view), ...spent(incident.costs) };
}

function spent(costs: Costs): { costs?: CostCount } {
  if (costs.lines.size === 0) return {};
  const { total, unconsented } = proofOfLoss(costs);
  const { lines, minutes, amounts } = total;
  return { costs: { lines, minutes, amounts, unconsented: unconsented.length } };
}

/** The last answer of the client; a question that something was told after is none any more, and a cry that somebody was reached after. */
function openReceipt({ lanes: { receipts, told, calls }, notices }: RecordView['incident']): Summary['receipt'] {
  const last = receipts.at(-1);
  if (last === undefined || last.answer === 'received') return last?.answer;
  const words = [...told.values(), ...[...notices.values()].flatMap(({ sent }) => sent)];
  const reached = calls.filter(({ outcome }) => outcome === 'reached');
  const after = [...(last.answer === 'question' ? words : []), ...reached].some(({ seq }) => seq > last.seq);
  return after ? 'received' : last.answer;
}

const standing = (name: string, left: boolean) => ({
  name,
  status: left ? ('left' as const) : ('open' as const),
  waits: 0,
  done: 0,
  total: 0,
  blocked: 0,
  asks: 0,
  settled: [],
});

function progress({ guide, incident }: RecordView) {
  const steps = guide?.steps ?? [];
  const current = guide?.current;
  return {
    ...(current === undefined ? {} : { step: current.step.id }),
    waits: current?.unmet.length ?? 0,
    done: guide?.done ?? 0,
    total: guide?.total ?? 0,
    blocked: steps.filter(({ standing: how }) => how === 'blocked').length,
    asks: incident.asks.filter(({ answer }) => answer === undefined).length,
    settled: steps.filter(({ standing: how }) => how === 'done' || how === 'skipped').map(({ step }) => step.id),
  };
}
