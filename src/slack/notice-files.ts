import type { webApi } from '@slack/bolt';
import { queueOf } from '../desk/plan.ts';
import type { Claimed, Delivery, Outcome, Place } from '../desk/ports.ts';
import type { RecordView } from '../desk/view.ts';
import { emlOf, type Letterhead, markdownOf, portalText } from '../notice/letter.ts';
import { docxOf } from '../notice/letter-docx.ts';
import { spoken } from '../notice/wording-of-entry.ts';
import type { Notice } from '../record/incident-notices.ts';
import { draftIn, type NoticeShelf } from './notice-desk.ts';

export type NoticeFormat = 'docx' | 'eml' | 'md' | 'txt';

/** Who writes to whom, as typed; `from` and `to` are mail addresses. */
export type Addressing = {
  sender: string;
  address: string;
  recipient: string;
  to: string;
  from: string;
  signed: string;
  role: string;
};

export type FileBody = { place: Place; notice: string; format: NoticeFormat; addressing: Addressing };

/** A file for the team: they send it, and say so. */
export function fileDelivery(record: string, id: string, body: FileBody): Delivery {
  return {
    id: `${record}/file/${id}`,
    record,
    kind: 'notice-file',
    queue: queueOf(body.place),
    body: JSON.stringify(body),
    coalescing: false,
  };
}

type Parts = { client: webApi.WebClient; notices?: NoticeShelf };

export async function uploadNotice({ client, notices }: Parts, { body }: Claimed, view: RecordView): Promise<Outcome> {
  const { place, notice: id, format, addressing }: FileBody = JSON.parse(body);
  const notice = view.incident.notices.get(id);
  if (notice === undefined || notices === undefined)
    return { state: 'refused', code: 'no-notice', sentence: 'There is no such notice to download.' };
  const file = Buffer.from(await bytes(notice, notices, format, addressing, view));
  const filename = `${view.incident.drill ? 'DRILL-' : ''}${notice.kind.replaceAll('_', '-')}-${notice.id}.${format}`;
  const approved = notice.approval === undefined ? 'NOT approved yet' : `approved, SHA-256 ${notice.approval.sha256.slice(0, 16)}…`;
  const comment = `${filename}: ${approved}. It was not sent: send it, then use "Mark sent…".`;
  await client.filesUploadV2({ channel_id: place.channel, file, filename, title: filename, initial_comment: comment });
  return { state: 'sent', ref: filename };
}

async function bytes(
  notice: Notice,
  shelf: NoticeShelf,
  format: NoticeFormat,
  addressing: Addressing,
  view: RecordView,
): Promise<Uint8Array | string> {
  const draft = draftIn(notice);
  const template = shelf.template(notice.kind);
  switch (format) {
    case 'md':
      return markdownOf(draft, template);
    case 'txt':
      return portalText(draft, template);
    case 'docx':
      return docxOf(draft, template, letterhead(notice, addressing, view, template?.title ?? notice.kind));
    case 'eml': {
      const head = letterhead(notice, addressing, view, template?.title ?? notice.kind);
      const id = `${notice.id}.${notice.sha256.slice(0, 12)}@${view.incident.record}.invalid`;
      const date = new Date(view.now).toUTCString().replace('GMT', '+0000');
      return emlOf(draft, template, head, { from: addressing.from, to: addressing.to, id, date });
    }
  }
}

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

function letterhead(
  notice: Notice,
  { sender, address, recipient, to, from, signed, role }: Addressing,
  view: RecordView,
  subject: string,
): Letterhead {
  const [name = '', ...street] = linesOf(recipient);
  return {
    sender: { name: sender, address: linesOf(address), contact: from === '' ? [] : [from] },
    recipient: { name, address: street, ...(to === '' ? {} : { email: to }) },
    date: spoken(new Date(view.now).toISOString().slice(0, 10), undefined) ?? '',
    reference: `${view.incident.record}/${notice.id}`,
    subject,
    signature: { name: signed, role },
    ...(view.incident.drill ? { drill: true } : {}),
  };
}
