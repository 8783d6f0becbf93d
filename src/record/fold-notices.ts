import type { Entry } from './entry.ts';
import type { Notice } from './incident-notices.ts';
import { BOT } from './turn.ts';

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
