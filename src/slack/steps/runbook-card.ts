import type { RecordView } from '../../desk/view.ts';
import type { Entry } from '../../record/entry.ts';
import { clock } from '../../record/turn.ts';
import { actions, type Block, button, context, section } from '../blocks.ts';
import type { Card } from '../card.ts';
import { clip, safe } from '../mrkdwn.ts';
import { mark, person } from '../words.ts';

/** What the channel hears of the text that governs: a change that is offered, what was taken in, a way to another runbook. */
type Told = { text: string; blocks?: Block[] };
type One<K extends Entry['kind']> = Extract<Entry, { kind: K }>;

/** The difference between the file and the text that governs, and the two answers to it. */
export function changedTold(view: RecordView, { body, texts, seq }: One<'runbook.changed'>): Told {
  const { incident, runbook } = view;
  const head = `:scroll: *The file of this runbook has changed* (${safe(body.runbook)}.md)`;
  const lines = `\`\`\`${safe(clip(texts.difference, 2300))}\`\`\``;
  const text = `${head}\n${lines}`;
  if (incident.runbook?.digest === body.digest) return { text: `${text}\n*Taken in.*` };
  if (incident.runbook?.id !== body.runbook) return { text: `${text}\nAnother runbook is in force now.` };
  const newer = [...incident.offered.values()].some((other) => other.runbook === body.runbook && other.seq > seq);
  if (newer) return { text: `${text}\nA newer text was offered after this one.` };
  const declined = incident.offered.get(body.digest)?.declined;
  const value = `${incident.record}|${body.digest}`;
  const buttons = [
    button('runbook.take', 'Take it in…', value, { says: `Take in the changed runbook ${runbook?.title ?? ''}` }),
    ...(declined === undefined ? [button('runbook.not', 'Not now', value)] : []),
  ];
  const stands =
    declined === undefined
      ? 'The incident goes on by the sealed text until somebody takes the new one in.'
      : `*Not now*, said ${person(incident, declined.by)} at ${clock(declined.at)}. The sealed text governs.`;
  return { text, blocks: [context(stands), actions(`changed|${incident.record}|${seq}`, buttons)] };
}

/** A text was taken in: which, why, and what of it is done already. */
export function adoptedTold(view: RecordView, { body, texts, seq }: One<'runbook.adopted'>): Told {
  const { incident, entries, runbook, guide } = view;
  const before = entries.findLast((entry): entry is One<'runbook.adopted'> => entry.kind === 'runbook.adopted' && entry.seq < seq);
  const inForce = incident.runbook?.seq === seq;
  const title = inForce && runbook !== undefined ? safe(runbook.title) : safe(body.runbook);
  const other = before !== undefined && before.body.runbook !== body.runbook;
  const head = other
    ? `:arrow_right: *Now following: ${title}* (${safe(body.file)}), instead of ${safe(before.body.file)}.`
    : `:scroll: *Taken in: the changed text of ${title}* (${safe(body.file)}).`;
  const why = texts.reason === undefined ? '' : `\n_Why:_ ${safe(texts.reason)}`;
  const done = inForce ? (guide?.steps ?? []).filter(({ standing }) => standing === 'done') : [];
  const kept = done.length === 0 ? '' : `\n*Counts as done here:* ${done.map(({ step }) => safe(step.title)).join('; ')}.`;
  return { text: `${head}${why}${clip(kept, 1500)}\nBoth texts stay in the record, and everything that was done.` };
}

/** The way over to another runbook, where a decision or a step leads there. */
export function overBlocks({ incident }: RecordView, file: string | undefined): Block[] {
  const id = file === undefined ? '' : runbookId(file);
  if (id === '' || incident.runbook?.id === id || incident.status === 'closed') return [];
  const over = button('runbook.over', `Go over to ${clip(id.replaceAll('-', ' '), 50)}…`, `${incident.record}|${id}`, {
    style: 'primary',
  });
  return [actions(`over|${incident.record}|${id}`, [over])];
}

/** `../msp-tool-compromise.md#contain` is the runbook msp-tool-compromise. */
export const runbookId = (file: string): string => (file.split('#')[0]?.split('/').at(-1) ?? '').replace(/\.(md|markdown)$/i, '');

/** Where the chosen option of a decision leads out of this runbook. */
export function leadsTo({ runbook }: RecordView, { body }: One<'decision.taken'>): string | undefined {
  const step = runbook?.phases.flatMap(({ steps }) => steps).find(({ id }) => id === body.step);
  return body.option === undefined || body.outcome !== 'decided' ? undefined : step?.options[body.option]?.runbook;
}

/** Which runbook is in force, for the status card. */
export function inForceLine({ incident, runbook, entries }: RecordView): string {
  if (incident.runbook === undefined) return '';
  const { file, at, id } = incident.runbook;
  const times = entries.filter(({ kind }) => kind === 'runbook.adopted').length;
  const since = times > 1 ? `, taken in at ${clock(at)}` : '';
  const open = [...incident.offered].filter(
    ([digest, offered]) =>
      offered.runbook === id && digest !== incident.runbook?.digest && offered.seq > (incident.runbook?.seq ?? 0),
  );
  const waiting = open.at(-1)?.[1].declined === undefined && open.length > 0 ? ' · :scroll: a changed text waits' : '';
  return `*Runbook in force:* ${safe(runbook?.title ?? id)} (${safe(file)}${since})${waiting}`;
}

/** The card of a step that the runbook in force does not have: nothing on it can be clicked any more. */
export function goneCard({ incident }: RecordView, title: string): Card {
  const line = 'not part of the runbook that is in force now; what was recorded about it stays in the record';
  return {
    text: `${mark(incident)}${title}: ${line}`,
    blocks: [section(`:scroll: *${safe(title)}*\n${line}`)],
  };
}
