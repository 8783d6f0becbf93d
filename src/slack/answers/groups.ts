import type { Desk } from '../../desk/desk.ts';
import { laneOf } from '../../desk/lanes.ts';
import type { Store } from '../../desk/ports.ts';
import type { RecordView } from '../../desk/view.ts';
import { toHex, utf8 } from '../../record/bytes.ts';
import type { Notice } from '../../record/incident-notices.ts';
import { sha256 } from '../../record/sha256.ts';
import { draftIn, examined, type NoticeShelf, promiseFault, valuesOf } from '../notices/desk.ts';

/** Answers of one batch that read alike but for the client's own name: one approval can cover them. */
export type AlikeGroup = {
  key: string;
  /** With `{{client}}` for the name. Shown outside of a lane only where at least two clients read the same. */
  words: string;
  members: { client: string; record: string; notice: string; state: 'draft' | 'approved' | 'released' }[];
  /** Why nobody can approve it as it stands. */
  problem?: string;
};

type Parts = { desk: Desk; store: Store; notices?: NoticeShelf | undefined };

/** Read lane by lane, each through its own client's handle. */
export async function alikeGroups({ desk, store, notices }: Parts, incident: string, batch: string): Promise<AlikeGroup[]> {
  const groups = new Map<string, AlikeGroup>();
  const lanes = (await store.coordinator().summaries('lane')).filter((lane) => lane.incident === incident);
  for (const { client } of lanes) {
    const view = await desk.view(client, laneOf(incident, client));
    const notice = view === undefined ? undefined : noticeOf(view, batch);
    if (view === undefined || notice === undefined || notices === undefined) continue;
    const words = wordsOf(notice);
    const key = toHex(sha256(utf8(words))).slice(0, 16);
    const group = groups.get(key) ?? { key, words, members: [], ...problemOf(view, notice, notices) };
    group.members.push({ client, record: view.incident.record, notice: notice.id, state: stateOf(notice) });
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.members.length - a.members.length);
}

export const noticeOf = ({ incident }: RecordView, batch: string): Notice | undefined =>
  [...incident.notices.values()].find((notice) => valuesOf(notice).batch === batch);

export function wordsOf(notice: Notice): string {
  const { client = '' } = valuesOf(notice);
  const text = draftIn(notice)
    .sentences.map((sentence) => sentence.text)
    .join('\n');
  return client === '' ? text : text.replaceAll(client, '{{client}}');
}

function problemOf(view: RecordView, notice: Notice, shelf: NoticeShelf): { problem?: string } {
  const looked = examined(view, notice, shelf);
  const problem = looked.open[0]?.message ?? promiseFault(looked);
  return problem === undefined ? {} : { problem };
}

function stateOf({ approval, released }: Notice): 'draft' | 'approved' | 'released' {
  if (released.length > 0) return 'released';
  return approval === undefined ? 'draft' : 'approved';
}
