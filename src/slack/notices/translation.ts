import { Consultation } from '../../desk/consult.ts';
import { post } from '../../desk/plan.ts';
import type { RecordView } from '../../desk/view.ts';
import type { Draft } from '../../notice/draft.ts';
import { datesIn, LANGUAGES, languageName } from '../../notice/translation.ts';
import type { Notice } from '../../record/incident-notices.ts';
import { choiceInput, context, input, menuInput, modal, section, textInput, type View } from '../blocks.ts';
import type { FormAnswer } from '../forms.ts';
import { act, type House, isRefusal } from '../house.ts';
import { safe } from '../mrkdwn.ts';
import { bytesOf, type Examined, examined } from './desk.ts';
import { about, fieldsOf } from './forms.ts';
import type { Submission } from './submission.ts';

const HOWS = [
  {
    text: 'The model writes it',
    value: 'model',
    description: 'It stays marked unchecked until somebody who reads it approves it.',
  },
  { text: 'As typed below', value: 'person' },
];

/** Into another language: by the model where there is one, or typed over the lines of the original. */
export function translateForm({ incident }: RecordView, { notice, draft }: Examined, hasModel: boolean): View {
  const languages = LANGUAGES.map(({ tag, name, own }) => ({ text: `${name} · ${own}`, value: tag }));
  const parts = fieldsOf(draft.sentences.map(({ text }) => text));
  return modal('notice.translate', 'Translate', 'Make the draft', about(incident.record, notice), [
    context('It becomes a draft of its own, marked as an unchecked translation until a person who reads the language approves it.'),
    input('language', 'Into which language?', menuInput(languages)),
    ...(hasModel ? [input('how', 'Who translates?', choiceInput(HOWS, 'model'))] : []),
    ...parts.map((text, i) =>
      input(
        `part${i}`,
        i === 0 ? 'Words, one line for every line' : `Words, part ${i + 1}`,
        textInput({ multiline: true, initial: text }),
        {
          optional: true,
          ...(i === 0
            ? { hint: 'Type over each line. Numbers, names and addresses stay; dates as the language writes them.' }
            : {}),
        },
      ),
    ),
  ]);
}

/** Somebody who reads the language stands for it: both texts, line by line. */
export function readForm({ incident }: RecordView, { notice, draft }: Examined, original: Draft): View {
  const name = languageName(notice.translates?.language ?? '');
  const lines = draft.sentences.map(({ text }, at) => `${safe(text)}\n_${safe(original.sentences[at]?.text ?? '')}_`);
  return modal('notice.approve', 'Approve a translation', 'Approve these words', about(incident.record, notice), [
    ...fieldsOf(lines).map((text) => section(text)),
    context(
      `SHA-256 ${notice.sha256.slice(0, 24)}… You approve exactly these words; any edit, of it or of the original, voids it.`,
    ),
    input(
      'reads',
      `Do you read ${name}?`,
      choiceInput([{ text: `I read ${name}, and it says what the original says`, value: 'yes' }]),
    ),
  ]);
}

/** The form comes back: a draft beside the original, by hand at once, by the model when it has answered. */
export async function translate(made: Submission, notice: Notice): Promise<FormAnswer> {
  const { form, view, shelf, house } = made;
  const language = form.text('language');
  if (form.text('how') === 'model') {
    void byModel(house, view, examined(view, notice, shelf), language).catch((error: unknown) =>
      house.log.error({ error }, 'a notice was not translated'),
    );
    return undefined;
  }
  const lines = Array.from({ length: 8 }, (_, i) => form.text(`part${i}`).split('\n'))
    .flat()
    .filter((line) => line.trim() !== '');
  const { draft } = examined(view, notice, shelf);
  if (lines.length !== draft.sentences.length) {
    const counts = `The original has ${draft.sentences.length} lines, this has ${lines.length}.`;
    return { errors: { part0: `${counts} Write one line for every line. Nothing was recorded.` } };
  }
  const id = house.desk.newId();
  const command = commandOf(notice, inWords(draft, id, lines), language, 'person');
  const answer = await act(house, made.caller, made.about.record, command, { key: made.key });
  return isRefusal(answer) ? { errors: { part0: `${answer.refused} Nothing was recorded.` } } : undefined;
}

const inWords = (draft: Draft, id: string, lines: string[]): Draft => ({
  ...draft,
  id,
  sentences: draft.sentences.map((sentence, at) => ({ ...sentence, text: lines[at]?.trim() ?? '' })),
});

const commandOf = (notice: Notice, draft: Draft, language: string, words: 'model' | 'person') => ({
  do: 'draftNotice' as const,
  notice: draft.id ?? '',
  kind: notice.kind,
  words,
  secondPerson: notice.secondPerson,
  approvers: notice.approvers,
  values: notice.values,
  translates: { notice: notice.id, of: notice.seq, language },
  ...bytesOf(draft, notice.nextUpdate),
});

/** What fails here costs the translation and nothing else; the team hears why, and how to go on. */
async function byModel(house: House, view: RecordView, { notice, draft }: Examined, language: string): Promise<void> {
  if (house.model === undefined) return;
  const said = draft.sentences.map(({ text }) => datesIn(text, language));
  const told = await new Consultation(house.model, view).translate(said, languageName(language));
  const whole = 'value' in told && told.value.length === said.length;
  if (!whole) {
    const reason = 'reason' in told ? told.reason : 'The model left lines out.';
    return say(house, view, notice, `${reason} No translation was made: use *Translate…* again, or type it.`);
  }
  const id = house.desk.newId();
  const command = commandOf(notice, inWords(draft, id, told.value), language, 'model');
  await house.desk.do({ client: view.client, record: view.incident.record, via: 'bot', command });
}

async function say(house: House, view: RecordView, { id }: Notice, text: string): Promise<void> {
  const places = view.incident.places.filter(({ purpose }) => purpose === 'incident');
  const deliveries = places.map((place) =>
    post(view.incident.record, `translation/${id}/${house.desk.newId()}@${place.channel}`, place, { text }),
  );
  await house.desk.send(view.client, deliveries);
}
