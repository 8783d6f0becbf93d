import type { Entry } from './entry.ts';
import type { Actor, Seq } from './event.ts';
import type { Incident } from './incident.ts';
import { BOT } from './turn.ts';

/** A notice as the record knows it: its present words, who stands for them, and where they went. */
export type Notice = {
  id: string;
  kind: string;
  /** The entry that holds the present words, and the first one. */
  seq: Seq;
  drafted: Seq;
  /** Who wrote or last edited them. */
  author: Actor;
  draft: string;
  sha256: string;
  cites: Seq[];
  values: string;
  overruled: string;
  secondPerson: boolean;
  approvers: string[];
  corrects?: string;
  /** What it translates: the notice, the entry of the words it was made from, and the language it is in. */
  translates?: { notice: string; of: Seq; language: string };
  nextUpdate?: string;
  approval?: {
    by: Actor;
    at: string;
    seq: Seq;
    sha256: string;
    solo: boolean;
    recipients?: number;
    leaves?: string;
    reads?: string;
  };
  released: { seq: Seq; surface: string; workspace: string; channel: string; at: string }[];
  /** Where it was let go and did not arrive, and why; it may be let go there again. */
  refused: { seq: Seq; channel: string; at: string; code: string }[];
  sent: { seq: Seq; at: string; road: string; recipient: string; sha256: string; cites: Seq[] }[];
};

/** The part of the fold that knows what was drafted, approved and sent. */
export function evolveNotices(notices: Map<string, Notice>, entry: Entry): void {
  switch (entry.kind) {
    case 'notice.drafted': {
      const { notice: id, kind, cites, secondPerson, approvers, corrects, nextUpdate } = entry.body;
      const { translates, from, language } = entry.body;
      const { draft, sha256, values } = entry.texts;
      const fresh = { id, kind, seq: entry.seq, drafted: entry.seq, author: entry.actor, draft, sha256, cites, values };
      const more = { ...(corrects === undefined ? {} : { corrects }), ...(nextUpdate === undefined ? {} : { nextUpdate }) };
      const other =
        translates === undefined || from === undefined || language === undefined
          ? {}
          : { translates: { notice: translates, of: from, language } };
      notices.set(id, { ...fresh, ...more, ...other, overruled: '', secondPerson, approvers, released: [], refused: [], sent: [] });
      break;
    }
    case 'notice.edited': {
      const notice = notices.get(entry.body.notice);
      if (notice !== undefined) edit(notice, entry);
      break;
    }
    default:
      evolveFate(notices, entry);
  }
}

/** Other words are another notice: whoever approved the old ones has not approved these. */
function edit(notice: Notice, entry: Extract<Entry, { kind: 'notice.edited' }>): void {
  const { cites, nextUpdate } = entry.body;
  const { draft, sha256, overruled = notice.overruled } = entry.texts;
  // What a model only put into other words is still whose draft it was: they do not become a second person by it.
  const author = entry.actor === BOT ? notice.author : entry.actor;
  Object.assign(notice, { seq: entry.seq, author, draft, sha256, cites, overruled });
  delete notice.approval;
  if (nextUpdate !== undefined) notice.nextUpdate = nextUpdate;
}

function evolveFate(notices: Map<string, Notice>, entry: Entry): void {
  switch (entry.kind) {
    case 'notice.approved': {
      const { notice: id, solo, leaves, reads, recipients } = entry.body;
      const notice = notices.get(id);
      const { seq, at, actor: by } = entry;
      const later = { ...(leaves === undefined ? {} : { leaves }), ...(reads === undefined ? {} : { reads }) };
      const few = recipients === undefined ? {} : { recipients };
      if (notice !== undefined) notice.approval = { by, at, seq, sha256: entry.texts.sha256, solo, ...few, ...later };
      break;
    }
    case 'notice.voided': {
      const notice = notices.get(entry.body.notice);
      if (notice === undefined) break;
      delete notice.approval;
      notice.released = [];
      notice.refused = [];
      break;
    }
    case 'notice.released': {
      const { notice: id, surface, workspace, channel } = entry.body;
      const notice = notices.get(id);
      notice?.released.push({ seq: entry.seq, surface, workspace, channel, at: entry.at });
      if (notice !== undefined) notice.refused = notice.refused.filter((one) => one.channel !== channel);
      break;
    }
    case 'delivery.refused':
      for (const notice of notices.values()) refuse(notice, entry);
      break;
    case 'notice.sent': {
      const { notice: id, road } = entry.body;
      const { recipient, sha256 } = entry.texts;
      const notice = notices.get(id);
      notice?.sent.push({ seq: entry.seq, at: entry.occurred ?? entry.at, road, recipient, sha256, cites: notice.cites });
      break;
    }
  }
}

/** What was let go did not arrive: it is on its way no more. */
function refuse(notice: Notice, { body, at }: Extract<Entry, { kind: 'delivery.refused' }>): void {
  const lost = notice.released.find(({ seq }) => seq === body.of);
  if (lost === undefined) return;
  notice.released = notice.released.filter((one) => one !== lost);
  notice.refused.push({ seq: lost.seq, channel: lost.channel, at, code: body.code });
}

/** A translation of words that are not the original's words any more. */
export const isOutdated = ({ notices }: Incident, { translates }: Notice): boolean =>
  translates !== undefined && notices.get(translates.notice)?.seq !== translates.of;

/** A notice that went out and says something that has changed since: which entries it used, and what replaced them. */
export type Owed = { notice: Notice; changed: { was: Seq; now: Seq }[] };

/** Corrections owed: every notice sent that rests on something replaced, and that no later correction has covered. */
export function correctionsOwed(incident: Incident): Owed[] {
  const replaced = replacements(incident);
  return [...incident.notices.values()].flatMap((notice) => {
    if (notice.sent.length === 0) return [];
    const used = new Set(notice.sent.flatMap(({ cites }) => cites));
    const changed = [...used].flatMap((was) => {
      const now = replaced.get(was);
      return now === undefined || isCovered(incident, notice, now) ? [] : [{ was, now }];
    });
    return changed.length === 0 ? [] : [{ notice, changed }];
  });
}

/** What replaced an entry: a newer finding, a correction, a statement that changed. */
export function replacements({ findings, corrections, changedStatements, lanes }: Incident): Map<Seq, Seq> {
  const replaced = new Map<Seq, Seq>([...changedStatements, ...lanes.corrected]);
  for (const { seq, supersededBy } of findings) if (supersededBy !== undefined) replaced.set(seq, supersededBy);
  for (const [seq, { by }] of corrections) replaced.set(seq, by);
  return replaced;
}

/** A correction that was sent and says the new thing. */
const isCovered = ({ notices }: Incident, { id }: Notice, now: Seq): boolean =>
  [...notices.values()].some(({ corrects, sent }) => corrects === id && sent.some(({ cites }) => cites.includes(now)));
