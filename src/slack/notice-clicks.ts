import type { RecordView } from '../desk/view.ts';
import type { Notice } from '../record/incident-notices.ts';
import { replacements } from '../record/incident-notices.ts';
import type { Answer, Click } from './clicks.ts';
import { attempt } from './failures.ts';
import { accountOf, act, type House, isRefusal } from './house.ts';
import { actorOf, bytesOf, drafted, examined, type NoticeShelf, promiseFault, valuesOf } from './notice-desk.ts';
import { approveForm, clientChannels, draftForm, editForm, fileForm, sendForm, sentForm, voidForm } from './notice-forms.ts';

/** A click on the card of a notice, or on "Notices". */
export async function noticeClick(made: Click, verb: string): Promise<Answer> {
  const { house, view, step: id } = made;
  const shelf = house.notices;
  if (shelf === undefined) return { say: 'No templates of notices could be read here. Nothing was recorded.' };
  if (verb === 'incident.notices') return { form: draftForm(view, shelf.list()) };
  const notice = view.incident.notices.get(id);
  if (notice === undefined) return { say: 'There is no such notice. Nothing was recorded.' };
  return onNotice(made, verb, notice, shelf);
}

async function onNotice(made: Click, verb: string, notice: Notice, shelf: NoticeShelf): Promise<Answer> {
  const { house, view, caller } = made;
  switch (verb) {
    case 'notice.edit':
      return { form: editForm(view, examined(view, notice, shelf)) };
    case 'notice.approve':
      return approve(made, notice, shelf);
    case 'notice.send':
      return { form: sendForm(view, notice, await readersOf(house, view)) };
    case 'notice.sent':
      return { form: sentForm(view, notice) };
    case 'notice.file': {
      const name = view.incident.people.get(actorOf(view, accountOf(house, caller)))?.name ?? '';
      return { form: fileForm(view, notice, valuesOf(notice).client ?? '', name) };
    }
    case 'notice.void':
      return notice.released.length === 0 ? { form: voidForm(view, notice) } : undo(made, notice);
    case 'notice.correct':
      return correct(made, notice, shelf);
    default:
      return { say: 'That button is of an older version of this card. Nothing was recorded.' };
  }
}

/** Whatever stands in the way is said before anybody reads through a form that cannot be submitted. */
function approve({ house, view, caller }: Click, notice: Notice, shelf: NoticeShelf): Answer {
  const looked = examined(view, notice, shelf);
  const [first] = looked.open;
  if (first !== undefined) {
    const where = first.sentence === null ? 'The draft' : `Sentence ${first.sentence + 1}`;
    return { say: `It cannot be approved yet. ${where}: ${first.message} Nothing was recorded.` };
  }
  const late = promiseFault(looked);
  if (late !== undefined) return { say: `${late} Nothing was recorded.` };
  return { form: approveForm(view, looked, notice.author === actorOf(view, accountOf(house, caller))) };
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

/** Who reads it: asked of Slack, because a channel's name says little at 3 a.m. */
async function readersOf(house: House, view: RecordView): Promise<string> {
  const channels = clientChannels(view).slice(0, 5);
  if (channels.length === 0)
    return 'This record has no client channel yet. Choose the channel of this client; the bot must be in it.';
  const lines = await Promise.all(
    channels.map(async ({ channel }) => {
      const found = await attempt(house, 'conversations.members', 'Who is in a client channel is not known.', () =>
        house.client.conversations.members({ channel, limit: 50 }),
      );
      const members = found?.members ?? [];
      return `• <#${channel}>: ${
        members.length === 0
          ? 'who reads there could not be found out'
          : members
              .slice(0, 12)
              .map((user) => `<@${user}>`)
              .join(', ')
      }`;
    }),
  );
  return `*Who will read it*\n${lines.join('\n')}`;
}
