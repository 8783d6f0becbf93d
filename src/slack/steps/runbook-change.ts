import type { RecordView } from '../../desk/view.ts';
import type { Command } from '../../record/command.ts';
import type { RunbookText } from '../../record/command-runbook.ts';
import { compile } from '../../runbook/compile.ts';
import { differenceText } from '../../runbook/difference-text.ts';
import { stepsOf } from '../../runbook/runbook.ts';
import { context, input, modal, section, textInput, type View } from '../blocks.ts';
import type { About } from '../forms.ts';
import type { Library } from '../house.ts';
import { clip, safe } from '../mrkdwn.ts';
import type { Form } from '../payloads.ts';

/** Taking in a changed text or going over to another runbook: by button, by form and by words, always with a reason. */
const CHANGED_AGAIN =
  'The file has changed again since this was offered. Nothing was taken in; the newer difference comes in a moment.';
const LOST = 'That runbook is not in the library. Nothing was recorded.';

/** The button under an offered change, or under a way to another runbook. `which` is the digest or the runbook's id. */
export function changeForm(library: Library, view: RecordView, verb: string, which: string): { form: View } | { say: string } {
  const offered = verb === 'runbook.take' ? view.incident.offered.get(which) : undefined;
  const text = library.source(offered?.runbook ?? which);
  if (text === undefined) return { say: LOST };
  if (offered !== undefined && text.digest !== which) return { say: CHANGED_AGAIN };
  if (view.incident.runbook?.digest === text.digest)
    return { say: 'That text governs this incident already. Nothing was recorded.' };
  return { form: adoptForm(view, text) };
}

function adoptForm({ incident, runbook }: RecordView, text: RunbookText): View {
  const fresh = compile(text.source, { file: text.file });
  const other = incident.runbook?.id !== text.id;
  const done = stepsOf(fresh).filter(({ id }) => incident.steps.get(id)?.state === 'done');
  const about: About = { record: incident.record, runbook: text.id, digest: text.digest };
  const unclear = fresh.problems.filter(({ level }) => level === 'error').length;
  return modal('runbook.adopt', other ? 'Go over' : 'Take it in', other ? 'Go over' : 'Take in', JSON.stringify(about), [
    section(`*${safe(fresh.title)}* (${safe(text.file)}): ${stepsOf(fresh).length} steps, ${done.length} of them done already.`),
    ...(unclear === 0 ? [] : [section(`:warning: The file has ${unclear} places that are unclear: \`runbook check\` names them.`)]),
    ...(other || runbook === undefined ? [] : [section(`\`\`\`${safe(clip(differenceText(runbook, fresh), 2500))}\`\`\``)]),
    input('reason', 'Why?', textInput({ multiline: true, placeholder: 'Counsel asked for the new order of steps' })),
    context('What was done stays done, by step. Both texts stay in the record.'),
  ]);
}

/** The form comes back: exactly the text that it showed, or nothing. */
export function adoptCommand(library: Library, form: Form, { runbook = '', digest }: About): Command | { reason: string } {
  const text = library.source(runbook);
  if (text === undefined) return { reason: LOST };
  if (text.digest !== digest) return { reason: CHANGED_AGAIN };
  return { do: 'adoptRunbook', runbook: text, reason: form.text('reason') };
}

/** `switch to breach-letter because …`: by id, file or title. A sentence where it is not clear which is meant. */
export function switchCommand(library: Library, words: string, reason: string): Command | string {
  const wanted = plain(words.replace(/\.md$/i, ''));
  const all = library.list();
  const exact = all.find(({ id, title }) => plain(id) === wanted || plain(title) === wanted);
  const near = all.filter(({ id, title }) => plain(`${id} ${title}`).includes(wanted));
  const found = exact ?? (near.length === 1 ? near[0] : undefined);
  const text = found === undefined ? undefined : library.source(found.id);
  if (text !== undefined) return { do: 'adoptRunbook', runbook: text, reason };
  const ids = (near.length > 1 ? near : all).map(({ id }) => `\`${safe(id)}\``).join(', ');
  return `Which runbook? ${ids}. Write \`switch to … because …\`.`;
}

/** `take it in because …`: the change that was offered last and not taken in. */
export function takeCommand(library: Library, { incident }: RecordView, reason: string): Command | string {
  const offer = lastOffer(incident);
  if (offer === undefined) return 'No changed text is offered here.';
  const text = library.source(offer.runbook);
  if (text?.digest !== offer.digest) return text === undefined ? LOST : CHANGED_AGAIN;
  return { do: 'adoptRunbook', runbook: text, reason };
}

export function notNowCommand({ incident }: RecordView): Command | string {
  const offer = lastOffer(incident);
  return offer === undefined ? 'No changed text is offered here.' : { do: 'declineRunbook', digest: offer.digest };
}

function lastOffer({ offered, runbook }: RecordView['incident']): { digest: string; runbook: string } | undefined {
  const last = [...offered].filter(([, one]) => one.runbook === runbook?.id && one.seq > runbook.seq).at(-1);
  return last === undefined ? undefined : { digest: last[0], runbook: last[1].runbook };
}

const plain = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
