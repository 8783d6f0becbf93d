import { ourselves } from '../../desk/ourselves.ts';
import type { RecordView } from '../../desk/view.ts';
import { replacements } from '../../record/corrections.ts';
import type { Notice } from '../../record/incident-notices.ts';
import type { Answer, Click } from '../click.ts';
import { accountOf, act, type House, isRefusal } from '../house.ts';
import { toldPlace } from '../lanes/told-place.ts';
import { actorOf, bytesOf, drafted, draftIn, examined, type NoticeShelf, original, promiseFault, valuesOf } from './desk.ts';
import { type Addressed, fileForm } from './file-forms.ts';
import { approveForm, draftForm, editForm, type Known, sendForm, sentForm, voidForm } from './forms.ts';
import { lawsAsked } from './laws.ts';
import { addressee, contactLines, laneClient, readersOf, recipientName } from './recipients.ts';
import { readForm, translateForm } from './translation.ts';

/** A click on the card of a notice, or on "Notices". */
export async function noticeClick(made: Click, verb: string): Promise<Answer> {
  const { house, view, step: id } = made;
  const shelf = house.notices;
  if (shelf === undefined) return { say: 'No templates of notices could be read here. Nothing was recorded.' };
  if (verb === 'incident.notices') return { form: draftForm(view, shelf.list(), await known(made, shelf)) };
  const notice = view.incident.notices.get(id);
  if (notice === undefined) return { say: 'There is no such notice. Nothing was recorded.' };
  return onNotice(made, verb, notice, shelf);
}

async function onNotice(made: Click, verb: string, notice: Notice, shelf: NoticeShelf): Promise<Answer> {
  const { house, view } = made;
  switch (verb) {
    case 'notice.edit':
      return { form: editForm(view, examined(view, notice, shelf)) };
    case 'notice.approve':
      return await approve(made, notice, shelf);
    case 'notice.send':
      return { form: sendForm(view, notice, await readers(house, view), await toldPlace(house, view)) };
    case 'notice.sent':
      return { form: sentForm(view, notice, await addressee(house, view, shelf.template(notice.kind))) };
    case 'notice.file':
      return { form: fileForm(view, notice, await addressed(made, notice, shelf)) };
    case 'notice.translate':
      return { form: translateForm(view, examined(view, notice, shelf), house.model !== undefined) };
    case 'notice.void':
      return notice.released.length === 0 ? { form: voidForm(view, notice) } : undo(made, notice);
    case 'notice.correct':
      return correct(made, notice, shelf);
    default:
      return { say: 'That button is of an older version of this card. Nothing was recorded.' };
  }
}

/** What a draft starts from. */
async function known({ house, view, caller }: Click, shelf: NoticeShelf): Promise<Known> {
  const forms = shelf.forms();
  const client = await laneClient(house, view);
  const ours = await ourselves(house.desk, house.clientOf(caller.team));
  return { client, ours, forms, asked: lawsAsked(view, forms) };
}

async function addressed({ house, view, caller }: Click, notice: Notice, shelf: NoticeShelf): Promise<Addressed> {
  const signer = view.incident.people.get(actorOf(view, accountOf(house, caller)))?.name ?? '';
  const client = await addressee(house, view, shelf.template(notice.kind));
  const ours = await ourselves(house.desk, house.clientOf(caller.team));
  return { name: client?.name ?? recipientName(notice, shelf.template(notice.kind)), client, ours, signer };
}

/** The client's own contacts, and who is in its channel. */
async function readers(house: House, view: RecordView): Promise<string> {
  const contacts = contactLines(await laneClient(house, view));
  return [await readersOf(house, view), ...(contacts === '' ? [] : [contacts])].join('\n');
}

/** Whatever stands in the way is said before anybody reads through a form that cannot be submitted. */
async function approve({ house, view, caller }: Click, notice: Notice, shelf: NoticeShelf): Promise<Answer> {
  const looked = examined(view, notice, shelf);
  const [first] = looked.open;
  if (first !== undefined) {
    const where = first.sentence === null ? 'The draft' : `Sentence ${first.sentence + 1}`;
    return { say: `It cannot be approved yet. ${where}: ${first.message} Nothing was recorded.` };
  }
  const late = promiseFault(looked);
  if (late !== undefined) return { say: `${late} Nothing was recorded.` };
  const contacts = contactLines(await addressee(house, view, looked.template));
  const source = original(view, notice);
  if (source !== undefined) return { form: readForm(view, looked, draftIn(source)) };
  return { form: approveForm(view, looked, notice.author === actorOf(view, accountOf(house, caller)), contacts) };
}

async function undo({ house, caller, record, key }: Click, notice: Notice): Promise<Answer> {
  const answer = await act(
    house,
    caller,
    record,
    { do: 'voidNotice', notice: notice.id, reason: 'Undone before it left.' },
    { key },
  );
  return isRefusal(answer) ? { say: `${answer.refused} Nothing was recorded.` } : undefined;
}

/** The correction says what was said before and what is known now, for exactly what changed. */
async function correct({ house, caller, record, view, key }: Click, notice: Notice, shelf: NoticeShelf): Promise<Answer> {
  const template = shelf.template('correction');
  if (template === undefined) return { say: 'There is no template for a correction. Nothing was recorded.' };
  const id = house.desk.newId();
  const draft = drafted(narrowed(view, notice), template, id, valuesOf(notice));
  const answer = await act(
    house,
    caller,
    record,
    {
      do: 'draftNotice',
      notice: id,
      kind: 'correction',
      words: 'template',
      secondPerson: template.second_person,
      approvers: [...template.approver],
      corrects: notice.id,
      values: notice.values,
      ...bytesOf(draft),
    },
    { key },
  );
  return isRefusal(answer) ? { say: `${answer.refused} Nothing was recorded.` } : undefined;
}

/** The record as far as the correction is about it: what the notice used, and what replaced that. */
function narrowed(view: RecordView, { sent }: Notice): RecordView {
  const replaced = replacements(view.incident);
  const used = new Set(sent.flatMap(({ cites }) => cites));
  const wanted = new Set([...used, ...[...used].flatMap((seq) => replaced.get(seq) ?? [])]);
  return { ...view, entries: view.entries.filter(({ seq }) => wanted.has(seq)) };
}
