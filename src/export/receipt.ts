import { utf8 } from '../record/bytes.ts';
import { digestOf } from './manifest.ts';
import { escapeHtml } from './markup.ts';
import { inUtc, inZone, isUtc } from './timeline.ts';
import type { Answered, Told } from './told.ts';

/** A client's receipt: what it was told, when, in which words, and the head that they were sealed under. */
export type Receipt = {
  client: string;
  name: string;
  incident: string;
  record: string;
  drill: boolean;
  zone: string;
  /** When it was made; ISO 8601 in UTC. */
  at: string;
  told: Told[];
  /** Answers to what the earlier receipt holds. */
  answers: Answered[];
  /** The last signed head, as published; undefined where there is none yet. */
  checkpoint?: { size: number; note: string };
  /** Where the receipt of the time before the client had a lane lies. */
  earlier?: string;
};

const ANSWERS = { received: 'You answered: received', question: 'You asked', hit: 'You said that you are hit' };
const kindWords = (kind: string): string => `${kind[0]?.toUpperCase()}${kind.slice(1).replaceAll('_', ' ')}`;
const hashOf = (text: string): string => digestOf(utf8(text));

function timeWords(at: string, zone: string): string {
  return isUtc(zone) ? `${inUtc(at)} UTC` : `${inUtc(at)} UTC · ${inZone(at, zone).local}`;
}

const answerWords = ({ answer, at, text }: Answered, zone: string): string =>
  `${ANSWERS[answer]}, ${timeWords(at, zone)}${text === undefined ? '' : `: ${text}`}`;

const HOW_TO_CHECK =
  'Anybody can check that nothing of this was changed: press Verify in receipt.html, or run "node verify.mjs" in this folder. Entries that are no business of yours are here as bare hashes.';

/** The upper part of the page; below it stands the record itself, with its check. */
export function receiptSection({ name, zone, told, answers, earlier, checkpoint }: Receipt): string {
  return [
    `<section class="receipt" aria-labelledby="told-title"><h2 id="told-title">What ${escapeHtml(name)} was told</h2>`,
    `<p class="soft">${told.length} ${told.length === 1 ? 'message' : 'messages'}, in the very words that were sent. ${isUtc(zone) ? 'Times are UTC.' : `Times are UTC, beside them ${escapeHtml(zone)}.`}${checkpoint === undefined ? ' No signed head has been published yet.' : ` Sealed under a signed head of ${checkpoint.size} entries.`}</p>`,
    earlier === undefined
      ? ''
      : `<p>What was told before this record was opened: <a href="${escapeHtml(earlier)}/receipt.html">the earlier receipt</a>.</p>`,
    ...told.map((one) => article(one, zone)),
    told.length === 0 ? '<p>Nothing has been sent from this record yet.</p>' : '',
    ...answers.map((one) => `<p class="later" dir="auto">${escapeHtml(answerWords(one, zone))}</p>`),
    '</section>',
  ].join('\n');
}

function article({ seq, kind, text, at, road, fate, answers }: Told, zone: string): string {
  return [
    `<article class="told"><h3>${escapeHtml(kindWords(kind))}</h3>`,
    `<p class="soft"><time datetime="${escapeHtml(at)}">${escapeHtml(timeWords(at, zone))}</time> · ${escapeHtml(road)} · ${fate} · <a href="#e${seq}">entry ${seq}</a></p>`,
    `<blockquote class="what" dir="auto" data-told="${seq}">${escapeHtml(text)}</blockquote>`,
    `<p class="mono soft">SHA-256 of these words: ${hashOf(text)}</p>`,
    answers.length === 0 ? '<p class="soft">No answer yet.</p>' : '',
    ...answers.map((one) => `<p class="later" dir="auto">${escapeHtml(answerWords(one, zone))}</p>`),
    '</article>',
  ].join('\n');
}

/** The same as plain text: it outlives every program. */
export function receiptText(receipts: readonly Receipt[]): string {
  const [first] = receipts;
  if (first === undefined) return '';
  const mark = first.drill ? 'DRILL: an exercise, no real incident\n' : '';
  const body = receipts.flatMap(({ told, answers, zone }) => [
    ...told.map((one) => textOf(one, zone)),
    ...answers.map((one) => `${answerWords(one, zone)}\n`),
  ]);
  const heads = receipts.flatMap(({ checkpoint }) => (checkpoint === undefined ? [] : [checkpoint.note]));
  return `${mark}What ${first.name} was told\nIncident ${first.incident}. Made ${timeWords(first.at, first.zone)}.\n${HOW_TO_CHECK}\n\n${body.join('\n')}\n${heads.length === 0 ? 'No signed head has been published yet.' : `Signed heads:\n\n${heads.join('\n')}`}\n`;
}

function textOf({ seq, kind, text, at, road, fate, answers }: Told, zone: string): string {
  const said = answers.map((one) => answerWords(one, zone));
  return [
    '-'.repeat(72),
    `${kindWords(kind)} · ${timeWords(at, zone)} · ${road} · ${fate} · entry ${seq}`,
    '',
    text,
    '',
    `SHA-256 of these words: ${hashOf(text)}`,
    ...(said.length === 0 ? ['No answer yet.'] : said),
    '',
  ].join('\n');
}

/** And as data. */
export function receiptJson(receipts: readonly Receipt[]): string {
  const [first] = receipts;
  const { client, name, incident, drill, zone, at } = first ?? {};
  const records = receipts.map(({ record, told, answers, checkpoint }) => ({
    record,
    ...(checkpoint === undefined ? {} : { checkpoint }),
    told: told.map((one) => ({ ...one, sha256: hashOf(one.text) })),
    ...(answers.length === 0 ? {} : { answers }),
  }));
  return `${JSON.stringify({ format: 'firebreak-receipt', v: 1, client, name, incident, drill, zone, made: at, records }, null, 2)}\n`;
}
