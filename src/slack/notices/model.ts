import { Consultation } from '../../desk/consult.ts';
import { post } from '../../desk/plan.ts';
import type { RecordView } from '../../desk/view.ts';
import type { Draft, Sentence } from '../../notice/draft.ts';
import { check } from '../../notice/gate.ts';
import type { Notice } from '../../record/incident-notices.ts';
import type { House } from '../house.ts';
import { passing } from '../talk/conversation.ts';
import { bytesOf, draftIn, valuesOf } from './desk.ts';
import { plainRecord } from './record.ts';

/**
 * The facts of a fresh draft in a model's words, where they are better carried than none: every sentence has passed the gate, the whole
 * draft has no problem that the template's had not, and a person still approves it. Else the template stands, with one honest line.
 */
export async function modelWords(house: House, client: string, record: string, id: string): Promise<void> {
  const view = await house.desk.view(client, record);
  const notice = view?.incident.notices.get(id);
  if (house.model === undefined || view === undefined || notice === undefined || !isFree(house, notice)) return;
  const told = await new Consultation(house.model, view).draft(notice.kind);
  if ('reason' in told) return say(house, view, id, told.reason);
  const before = draftIn(notice);
  const draft = reworded(before, passing(view, told.value));
  if (draft === undefined || truths(view, notice, draft, house) > truths(view, notice, before, house))
    return say(house, view, id, 'What the model wrote is not carried by the record.');
  const edit = { do: 'editNotice', notice: id, seen: notice.sha256, words: 'model', ...bytesOf(draft, notice.nextUpdate) } as const;
  await house.desk.do({ client, record, via: 'bot', command: edit });
}

/** A form that a statute prescribes keeps its own order. */
const isFree = ({ notices }: House, { kind }: Notice): boolean => {
  const template = notices?.template(kind);
  return template !== undefined && kind !== 'correction' && !template.lines.some(({ type }) => type === 'heading');
};

async function say(house: House, view: RecordView, id: string, reason: string): Promise<void> {
  const text = `${reason} The notice ${id} stands as the template renders it.`;
  const places = view.incident.places.filter(({ purpose }) => purpose === 'incident');
  await house.desk.send(
    view.client,
    places.map((place) => post(view.incident.record, `model/${id}@${place.channel}`, place, { text })),
  );
}

/** The known facts give way to the model's sentences, where the first of them stood; what is unknown stays shown as unknown. */
function reworded(draft: Draft, sentences: { text: string; cites: number[] }[]): Draft | undefined {
  const isKnown = ({ type, text }: Sentence) => type === 'fact' && !text.includes('[[');
  const first = draft.sentences.findIndex(isKnown);
  if (first < 0 || sentences.length === 0) return undefined;
  const words: Sentence[] = sentences.map(({ text, cites }) => ({ text, cites: cites.map(String), type: 'fact' }));
  const rest = (part: Sentence[]) => part.filter((sentence) => !isKnown(sentence));
  return { ...draft, sentences: [...rest(draft.sentences.slice(0, first)), ...words, ...rest(draft.sentences.slice(first))] };
}

function truths(view: RecordView, notice: Notice, draft: Draft, { notices }: House): number {
  const { problems } = check(draft, plainRecord(view, valuesOf(notice)), notices?.template(notice.kind));
  return problems.filter(({ level }) => level === 'truth').length;
}
