import type { webApi } from '@slack/bolt';
import { queueOf } from '../../desk/plan.ts';
import type { Claimed, Delivery, Outcome, Place } from '../../desk/ports.ts';
import type { RecordView } from '../../desk/view.ts';
import { type Letterhead, markdownOf, portalText } from '../../notice/letter.ts';
import { docxOf } from '../../notice/letter-docx.ts';
import { emlOf } from '../../notice/letter-mail.ts';
import { dayIn, paperIn } from '../../notice/letter-words.ts';
import type { Notice } from '../../record/incident-notices.ts';
import { type Examined, examined, marksOf, type NoticeShelf, valuesOf } from './desk.ts';

export type NoticeFormat = 'docx' | 'eml' | 'md' | 'txt';

/** Who writes to whom; `from` and `to` are mail addresses, `country` decides on paper and on how a day is written. */
export type Addressing = {
  sender: string;
  address: string;
  phone: string;
  recipient: string;
  to: string;
  from: string;
  signed: string;
  role: string;
  country: string;
  enclosures: string;
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
  const file = Buffer.from(await bytes(examined(view, notice, notices), format, addressing, view));
  const filename = `${view.incident.drill ? 'DRILL-' : ''}${notice.kind.replaceAll('_', '-')}-${notice.id}${tagOf(notice)}.${format}`;
  const approved =
    notice.approval === undefined ? marksOf(view, notice).join(', ') : `approved, SHA-256 ${notice.approval.sha256.slice(0, 16)}…`;
  const comment = `${filename}: ${approved}. It was not sent: send it, then use "Mark sent…".`;
  await client.filesUploadV2({ channel_id: place.channel, file, filename, title: filename, initial_comment: comment });
  return { state: 'sent', ref: filename };
}

const tagOf = ({ translates }: Notice): string => (translates === undefined ? '' : `-${translates.language}`);

async function bytes(
  looked: Examined,
  format: NoticeFormat,
  addressing: Addressing,
  view: RecordView,
): Promise<Uint8Array | string> {
  const { draft, headings, notice } = looked;
  const marks = marksOf(view, notice);
  switch (format) {
    case 'md':
      return markdownOf(draft, headings, marks);
    case 'txt':
      return portalText(draft, headings, marks);
    case 'docx':
      return docxOf(draft, headings, letterhead(looked, addressing, view));
    case 'eml': {
      const id = `${notice.id}.${notice.sha256.slice(0, 12)}@${view.incident.record}.invalid`;
      const date = new Date(view.now).toUTCString().replace('GMT', '+0000');
      return emlOf(draft, headings, letterhead(looked, addressing, view), { from: addressing.from, to: addressing.to, id, date });
    }
  }
}

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

function letterhead({ notice, draft, template, headings }: Examined, addressing: Addressing, view: RecordView): Letterhead {
  const { sender, address, phone, recipient, to, from, signed, role, country, enclosures } = addressing;
  const [name = '', ...street] = linesOf(recipient);
  const paper = paperIn(country);
  const language = notice.translates?.language ?? (paper === 'letter' ? 'en-US' : 'en-GB');
  const translated =
    notice.translates === undefined ? undefined : (draft.sentences.find(({ text }) => headings.has(text))?.text ?? '');
  return {
    sender: { name: sender, address: linesOf(address), contact: [phone, from].filter((line) => line !== '') },
    recipient: { name, address: street, ...(to === '' ? {} : { email: to }) },
    date: dayIn(language, today(view, valuesOf(notice).zone)),
    reference: `${view.incident.record}/${notice.id}`,
    subject: translated || template?.subject || notice.kind.replaceAll('_', ' '),
    signature: { name: signed, role },
    marks: marksOf(view, notice),
    language,
    paper,
    enclosures: linesOf(enclosures),
  };
}

/** The day of the letter where its reader is. */
const today = ({ now }: RecordView, zone: string | undefined): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(zone || 'UTC')
    .toPlainDate();
