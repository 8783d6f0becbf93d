import { STATE_WORDS } from '../../desk/board-words.ts';
import type { Fault, Gate } from '../../desk/broadcast-order.ts';
import { type Known, knownOf } from '../../desk/broadcast-words.ts';
import { profileOf } from '../../desk/clients.ts';
import type { RecordView } from '../../desk/view.ts';
import { KINDS } from '../../notice/draft.ts';
import type { Problem } from '../../notice/problem.ts';
import { type PlainEntry, type PlainRecord, SHARED } from '../../notice/record.ts';
import { sentenceFaults, sentencesOf, type Words, wholeFaults } from '../../notice/self-citing.ts';
import type { NoticeShelf } from '../notices/desk.ts';
import { plainRecord } from '../notices/record.ts';

/** A client's own name says nothing about facts, and may hold a number. */
const YOU = 'Addressee Company';

/**
 * What every client may be told stands in the vendor incident, what one client may be told in its own records as well. Good
 * for one broadcast: a sentence that the vendor incident carries is looked at once, however many clients read it.
 */
export function broadcastGate(shelf: NoticeShelf | undefined): Gate {
  const shared = new Map<string, Problem[]>();
  let whole: Fault[] | undefined;
  return ({ vendor, standing, lane, purpose, text }) => {
    const kind = KINDS.find((one) => one === purpose);
    const template = kind === undefined ? undefined : shelf?.template(kind);
    const name = standing.incident.lanes.client?.name ?? '';
    const sentences = sentencesOf(text.replace(/^DRILL: /, '').replaceAll(name === '' ? YOU : name, YOU));
    const forAll: Words = { record: recordFor(vendor, undefined, undefined), client: SHARED, kind, template };
    whole ??= wholeFaults(sentences, forAll).map((problem) => faultOf(problem, 'as a whole'));
    const own: Words = { ...forAll, record: recordFor(vendor, standing, lane), client: standing.client };
    return [
      ...whole,
      ...sentences.flatMap((sentence) => {
        const common = shared.get(sentence) ?? sentenceFaults(sentence, forAll);
        shared.set(sentence, common);
        const problems = common.some(({ level }) => level === 'truth') ? sentenceFaults(sentence, own) : common;
        return problems.filter(({ level }) => level !== 'form').map((problem) => faultOf(problem, sentence.replaceAll(YOU, name)));
      }),
    ];
  };
}

const faultOf = ({ level, rule, message, suggestion }: Problem, sentence: string): Fault => ({
  level: level === 'truth' ? 'truth' : 'wording',
  rule,
  sentence,
  message: suggestion === undefined ? message : `${message} ${suggestion}`,
});

function recordFor(vendor: RecordView, standing: RecordView | undefined, lane: RecordView | undefined): PlainRecord {
  const id = standing?.client ?? SHARED;
  const profile = profileOf(standing?.incident.lanes.client?.profile);
  const known = standing === undefined ? undefined : knownOf(standing, lane, vendor.incident.record);
  return {
    id: vendor.incident.record,
    title: vendor.incident.title,
    vendor: '',
    product: '',
    msp: '',
    clients: standing === undefined ? [] : [{ id, name: YOU, zone: profile?.zone }],
    entries: [
      ...entriesOf(vendor, SHARED, 'v'),
      ...(lane === undefined ? [] : entriesOf(lane, id, 'l')),
      ...(known === undefined ? [] : [exposureEntry(id, known)]),
      ...(profile?.contacts ?? []).map((contact, at) => entry(id, `c${at}`, 'contact', `${contact.name} is the contact.`)),
    ],
  };
}

const entriesOf = (view: RecordView, client: string, prefix: string): PlainEntry[] =>
  plainRecord(view, {}).entries.map((one) => ({
    ...one,
    client,
    id: `${prefix}${one.id}`,
    supersedes: one.supersedes.map((replaced) => `${prefix}${replaced}`),
  }));

const STATUS: Partial<Record<Known['state'], PlainEntry['status']>> = { not_present: 'ruled_out' };

const exposureEntry = (client: string, { state, reason, at }: Known): PlainEntry => ({
  ...entry(client, 'exposure', 'exposure', `${STATE_WORDS[state]}. ${reason}`),
  at,
  status: state === 'unknown' ? undefined : (STATUS[state] ?? 'confirmed'),
});

function entry(client: string, id: string, kind: string, text: string): PlainEntry {
  const closed = { privileged: false, redacted: false, supersedes: [] };
  return { id, client, kind, text, at: undefined, status: undefined, signed_by: undefined, ...closed };
}
