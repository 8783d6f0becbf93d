import { clause, entriesNamed, quoted, type Sentences, words } from './wording.ts';

type NoticeKind = `notice.${'drafted' | 'edited' | 'approved' | 'voided' | 'released' | 'sent'}`;

const WRITTEN = { template: 'from the template', model: 'with a model', person: 'by hand' } as const;
const rests = (cites: number[]): string => (cites.length === 0 ? '' : ` It rests on ${entriesNamed(cites)}.`);

/** The sentences of a draft, one after another; whatever it is, it is shown. */
function read(draft: string): string {
  try {
    const { sentences }: { sentences: { text: string }[] } = JSON.parse(draft);
    return sentences.map(({ text }) => text).join(' ');
  } catch {
    return draft;
  }
}

/** What was drafted, who stood for exactly which bytes, and where they went. */
export const NOTICE_SENTENCES: Sentences<NoticeKind> = {
  'notice.drafted': ({ body, texts }) =>
    `Drafted the notice ${body.notice} (${words(body.kind)}) ${WRITTEN[body.words]}${clause(', correcting ', body.corrects)}` +
    `${body.translates === undefined ? '' : `, an unchecked translation (${body.language}) of ${body.translates} as of entry ${body.from}`}: ` +
    `${quoted(read(texts.draft))}${rests(body.cites)} SHA-256 ${texts.sha256}`,
  'notice.edited': ({ body, texts }) =>
    `Changed the notice ${body.notice} ${WRITTEN[body.words]}: ${quoted(read(texts.draft))}${rests(body.cites)}` +
    `${clause(' Rules of wording set aside: ', texts.overruled)} SHA-256 ${texts.sha256}`,
  'notice.approved': ({ body, texts }) =>
    `Approved the words of entry ${body.of} (notice ${body.notice}, SHA-256 ${texts.sha256})` +
    `${clause(', saying that they read ', body.reads)}` +
    `${body.solo ? ` alone, for ${body.recipients ?? 0} recipients; not to leave before ${body.leaves}` : ''}.`,
  'notice.voided': ({ body, texts }) =>
    `The approval of the notice ${body.notice} (entry ${body.of}) is void. Reason: ${texts.reason}`,
  'notice.released': ({ body }) =>
    `Released the words of entry ${body.of} (notice ${body.notice}) into ${body.channel} (${body.surface}, ${body.workspace}).`,
  'notice.sent': ({ body, texts }) =>
    `The words of entry ${body.of} (notice ${body.notice}) were sent to ${texts.recipient} by ${body.road}.${clause(' Proof: ', texts.proof)}`,
};
