import { unseal } from '../record/entry.ts';
import type { Store } from './ports.ts';
import type { RecordView } from './view.ts';

/** A lane's view with the words of what it cites, read through its own client's handle: what was released to it, and no more. */
export async function withReleased(store: Store, view: RecordView): Promise<RecordView> {
  const { lane, cited } = view.incident.lanes;
  if (lane === undefined || cited.length === 0) return view;
  const stored = await store.open(view.client).released(lane.incident);
  // Assigned, not spread: the guide is worked out only when somebody looks.
  return Object.assign(view, { released: new Map(stored.map(({ seq, line, texts }) => [seq, unseal(line, texts)])) });
}
