import { correctionsOwed } from '../record/corrections.ts';
import type { Entry } from '../record/entry.ts';
import type { Notice } from '../record/incident-notices.ts';
import type { Delivery, Place } from './ports.ts';
import type { RecordView } from './view.ts';

/** A notice on its way: frozen, and looked at once more before it leaves. */
export type NoticeBody = { place: Place; notice: string; of: number; sha256: string; draft: string };

type Cards = (id: string, kind: string, place: Place, more: Record<string, string>) => Delivery;

/** The cards that show notices, again whenever something about them changed, and a list of those that are wrong since an entry. */
export function noticeCards({ incident }: RecordView, entries: readonly Entry[], place: Place, card: Cards): Delivery[] {
  const named = entries.flatMap((entry) =>
    'notice' in entry.body && incident.notices.has(entry.body.notice) ? [entry.body.notice] : [],
  );
  const lost = entries.flatMap((entry) => (entry.kind === 'delivery.refused' ? [entry.body.of] : []));
  const back = [...incident.notices.values()].filter(({ refused }) => refused.some(({ seq }) => lost.includes(seq)));
  const seqs = new Set(entries.map(({ seq }) => seq));
  const owed = correctionsOwed(incident).filter(({ changed }) => changed.some(({ now }) => seqs.has(now)));
  const stale = staleDrafts([...incident.notices.values()], entries);
  const shown = new Set([...named, ...back.map(({ id }) => id), ...owed.map(({ notice }) => notice.id), ...stale]);
  const news = [...new Set(owed.flatMap(({ changed }) => changed.map(({ now }) => now)))].filter((now) => seqs.has(now));
  return [
    ...[...shown].map((notice) => card(`notice/${notice}@${place.channel}`, 'notice-card', place, { notice })),
    ...news.map((now) => card(`owed/${now}@${place.channel}`, 'owed-card', place, { seq: String(now) })),
  ];
}

/** Drafts that rest on what an entry replaces: they must show it before anybody approves them. */
function staleDrafts(notices: Notice[], entries: readonly Entry[]): string[] {
  const gone = new Set(entries.flatMap(replacedBy));
  return notices.filter(({ sent, cites }) => sent.length === 0 && cites.some((seq) => gone.has(seq))).map(({ id }) => id);
}

function replacedBy(entry: Entry): number[] {
  switch (entry.kind) {
    case 'finding.recorded':
      return entry.body.supersedes === undefined ? [] : [entry.body.supersedes];
    case 'statement.read':
      return entry.body.changes === undefined ? [] : [entry.body.changes];
    case 'entry.corrected':
      return [entry.body.replaces];
    case 'entry.relabelled':
    case 'text.redacted':
      return [entry.body.of];
    default:
      return [];
  }
}

/** What was released leaves for its channel; sent alone, not before it can no longer be taken back. */
export function noticesOut({ incident }: RecordView, entries: readonly Entry[]): Delivery[] {
  return entries.flatMap((entry) => {
    if (entry.kind !== 'notice.released') return [];
    const { notice: id, surface, workspace, channel } = entry.body;
    const notice = incident.notices.get(id);
    if (notice === undefined) return [];
    const place = { surface, workspace, channel };
    const body: NoticeBody = { place, notice: id, of: entry.seq, sha256: notice.sha256, draft: notice.draft };
    const delivery: Delivery = {
      id: `${incident.record}/notice/${id}/${entry.seq}`,
      record: incident.record,
      kind: 'approved-notice',
      queue: `${surface}/${workspace}/${channel}`,
      body: JSON.stringify(body),
      coalescing: false,
      ...leaving(notice),
    };
    return [delivery];
  });
}

const leaving = ({ approval }: Notice): { notBefore?: number } =>
  approval?.leaves === undefined ? {} : { notBefore: Temporal.Instant.from(approval.leaves).epochMilliseconds };
