import { stepCard as stepDelivery } from '../desk/plan.ts';
import type { Command } from '../record/command.ts';
import { findStep } from '../record/guide.ts';
import { lineStanding } from '../record/questions.ts';
import { entryWords } from './answers/record.ts';
import type { Answer, Click } from './click.ts';
import { clockClick } from './clocks/clicks.ts';
import { unsettledClick } from './deliveries/unsettled-clicks.ts';
import {
  type About,
  answerForm,
  askForm,
  assignForm,
  closeForm,
  decisionForm,
  evidenceForm,
  findingForm,
  noteForm,
  overrideForm,
  reasonForm,
  rolesForm,
  stepsForm,
} from './forms.ts';
import { act, type Caller, type House, isRefusal, placeIn, recordOf } from './house.ts';
import { keepingClick } from './keeping/keeping.ts';
import { keepSaid } from './keeping/messages.ts';
import { laneClick } from './lanes/clicks.ts';
import { mergeable } from './merging.ts';
import { costClick } from './money/cost-form.ts';
import { termsClick } from './money/terms-clicks.ts';
import { safe } from './mrkdwn.ts';
import { noticeClick } from './notices/clicks.ts';
import type { BlockActions } from './payloads.ts';
import { picked } from './picked.ts';
import { proposalClick } from './proposals/clicks.ts';
import { scribe } from './proposals/scribe.ts';
import { barredHere } from './reach.ts';
import { changeForm } from './steps/runbook-change.ts';
import { tableForm } from './steps/table-forms.ts';
import { nextWords } from './talk/next-words.ts';

/** One click on a card. Whatever is recorded is recorded before this resolves, and so before Slack hears the ack. */
export async function click(house: House, payload: BlockActions, caller: Caller): Promise<Answer> {
  const [action] = payload.actions;
  if (action === undefined) return undefined;
  const [record = '', step = '', extra = ''] = targetOf(action).split('|');
  const lanes = await laneClick(house, payload, caller, keyOf(payload));
  if (lanes !== 'not-ours') return lanes;
  if (action.action_id.startsWith('unsettled.')) return unsettledClick(house, payload, caller, keyOf(payload));
  const barred = await barredHere(house, caller, record, payload.channel?.id);
  if (barred !== undefined) return { say: barred };
  const view = await recordOf(house, caller.team, record);
  if (view === undefined) return { say: 'That incident is not here any more. Nothing was recorded.' };
  const made: Click = { house, caller, view, record, step, extra, payload, key: keyOf(payload) };
  const verb = action.action_id.replace(/\.\d+$/, '');
  if (verb === 'incident.notices' || verb.startsWith('notice.')) return noticeClick(made, verb);
  if (verb.startsWith('terms.')) return termsClick(made, verb);
  if (verb.startsWith('cost.')) return costClick(made, verb);
  if (verb.startsWith('clock.'))
    return clockClick({ house, view, caller, channel: payload.channel?.id, first: step, second: extra }, verb);
  if (verb.startsWith('record.')) return keepingClick({ ...made, channel: payload.channel?.id }, verb);
  if (verb.startsWith('runbook.')) return onRunbook(made, verb);
  if (verb.startsWith('question.')) return onQuestion(made, verb);
  if (verb.startsWith('proposal.')) return proposalClick(made, verb);
  if (verb === 'entry.show') return { say: entryWords(view, Number(step)) ?? 'There is no such entry.' };
  if (verb === 'direct.pick') return picked(made);
  if (verb === 'answer.keep') return keepSaid(house, view, step, caller);
  if (verb.startsWith('handover.') || verb.startsWith('ask.')) return onEntry(made, verb);
  return step === '' ? onIncident(made, verb) : onStep(made, verb);
}

function targetOf({ value, selected_option, block_id }: BlockActions['actions'][number]): string {
  return value ?? selected_option?.value ?? block_id.split('|').slice(2).join('|');
}

/** A double click, or a redelivery, has the same key and is done once. */
function keyOf({ user, actions: [action] }: BlockActions): string {
  return `click/${user.id}/${action?.action_id}/${action?.block_id}/${action?.action_ts}`;
}

async function onStep(made: Click, verb: string): Promise<Answer> {
  const { view, record, step, extra } = made;
  const guided = view.guide === undefined ? undefined : findStep(view.guide, step);
  if (guided === undefined) return { say: 'The runbook of this incident has no such step. Nothing was recorded.' };
  const about: About = { record, step };
  const { title } = guided.step;
  if (/^rows?\./.test(verb)) return tableForm(view, guided, verb, extra);
  switch (verb) {
    case 'step.done':
      return guided.unmet.length > 0 && guided.standing !== 'done'
        ? { form: overrideForm(guided, about) }
        : seal(made, { do: 'completeStep', step });
    case 'step.decide':
      return { form: decisionForm(view, guided) };
    case 'step.skip':
      return { form: reasonForm('step.skip', 'Skip a step', 'Skip', `Why is "${title}" skipped?`, about) };
    case 'step.block':
      return guided.standing === 'blocked'
        ? seal(made, { do: 'unblockStep', step })
        : { form: reasonForm('step.block', 'Blocked', 'Mark blocked', `What blocks "${title}"?`, about) };
    case 'step.reopen':
      return { form: reasonForm('step.reopen', 'Reopen a step', 'Reopen', `Why is "${title}" opened again?`, about) };
    case 'step.evidence':
      return { form: evidenceForm(about, title) };
    case 'step.assign':
      return { form: assignForm(about, title) };
    case 'step.ask':
      return { form: askForm(about) };
    case 'step.met':
      return seal(made, { do: 'meetPrecondition', step, precondition: Number(extra) });
    case 'step.check':
      return tick(made);
    case 'step.show':
      return show(made);
    default:
      return { say: 'That button is of an older version of this card. Nothing was recorded.' };
  }
}

/** Buttons under something that was told to the channel: the id of what they answer stands where a step would. */
async function onEntry(made: Click, verb: string): Promise<Answer> {
  const { record, step: id, view } = made;
  switch (verb) {
    case 'handover.accept':
      return seal(made, { do: 'answerHandover', handover: id, accept: true });
    case 'handover.decline':
      return { form: reasonForm('decline', 'Decline', 'Decline', 'Why not?', { record, handover: id }) };
    case 'ask.answer': {
      const ask = view.incident.asks.find((asked) => asked.id === id);
      if (ask === undefined || ask.answer !== undefined) return { say: 'That was answered already. Nothing was recorded.' };
      return { form: answerForm({ record, ask: id }, ask.question) };
    }
    default:
      return { say: 'That button is of an older version of this card. Nothing was recorded.' };
  }
}

/** The digest of an offered text, or the id of another runbook, stands where a step would. */
async function onRunbook(made: Click, verb: string): Promise<Answer> {
  const { house, view, step: which } = made;
  return verb === 'runbook.not'
    ? seal(made, { do: 'declineRunbook', digest: which })
    : changeForm(house.library, view, verb, which);
}

/** The fact stands where a step would, encoded: people name facts as they like. */
function onQuestion(made: Click, verb: string): Promise<Answer> {
  const said = verb.slice('question.'.length);
  const answer = said === 'yes' || said === 'no' ? said : 'unknown';
  return seal(made, { do: 'answerQuestion', fact: decodeURIComponent(made.step), answer });
}

async function onIncident(made: Click, verb: string): Promise<Answer> {
  const { house, view, record } = made;
  const about: About = { record };
  switch (verb) {
    case 'incident.next':
      return { say: safe(nextWords(view)) };
    case 'incident.copied':
      return seal(made, { do: 'confirmCopy' });
    case 'incident.scribe':
      return readOn(made);
    case 'incident.note':
      return { form: noteForm(about) };
    case 'incident.finding':
      return { form: findingForm(view) };
    case 'incident.decide':
      return { form: decisionForm(view, undefined) };
    case 'incident.ask':
      return { form: askForm(about) };
    case 'incident.roles':
      return { form: rolesForm(view) };
    case 'incident.steps':
      return { form: stepsForm(view) };
    case 'incident.close':
      return { form: closeForm(record, await mergeable(house, view)) };
    case 'incident.reopen':
      return { form: reasonForm('reopen', 'Reopen', 'Reopen', 'Why is the incident opened again?', about) };
    case 'incident.export':
      return { say: (await house.exportPack?.(view.client, record)) ?? `Run: npm run -s firebreak -- export ${record} --out pack` };
    default:
      return { say: 'That button is of an older version of this card. Nothing was recorded.' };
  }
}

/** The scribe reads the channel in which the button was clicked; a model may take its time, and the click does not wait for it. */
async function readOn({ house, view, caller, payload }: Click): Promise<Answer> {
  const channel = payload.channel?.id;
  if (channel === undefined) return { say: 'Ask the scribe in the incident channel.' };
  const reading = scribe(house, view, caller.team, channel);
  reading.catch((error: unknown) => house.log.error({ error }, 'the scribe could not read the channel'));
  if (house.model === undefined) await reading;
  return undefined;
}

async function seal(made: Click, command: Command): Promise<Answer> {
  const answer = await act(made.house, made.caller, made.record, command, { key: made.key });
  return isRefusal(answer) ? { say: safe(`${answer.refused} Nothing was recorded.`) } : undefined;
}

/** A box of ticks comes as a whole: every difference from the record is one entry. */
async function tick(made: Click): Promise<Answer> {
  const { view, step, payload } = made;
  const [action] = payload.actions;
  const box = Number(action?.block_id.split('|')[1] ?? 0);
  const now = new Set(action?.selected_options?.map(({ value }) => value));
  const before = view.incident.steps.get(step)?.ticked ?? new Set<string>();
  for (let check = box * 10; check < box * 10 + 10; check++) {
    const ticked = now.has(String(check));
    if (ticked === before.has(String(check)) || isHidden(made, check)) continue;
    const command: Command = { do: 'tickCheck', step, check: String(check), ticked };
    await act(made.house, made.caller, made.record, command, { key: `${made.key}/${check}` });
  }
  return undefined;
}

/** A line that does not count is not on the card: that it comes without a tick says nothing. */
function isHidden({ view, step: id }: Click, check: number): boolean {
  const step = view.guide?.steps.find((guided) => guided.step.id === id)?.step;
  const line = step?.checks[check]?.source.line;
  return step !== undefined && line !== undefined && lineStanding(view.incident, step, line) === 'hidden';
}

/** Shows the card of another step in this channel: a delivery, and nothing to record. */
async function show({ house, caller, record, step, payload, view }: Click): Promise<Answer> {
  const channel = payload.channel?.id;
  if (channel === undefined) return { say: 'Open the card from the incident channel.' };
  await house.desk.send(view.client, [stepDelivery(record, step, placeIn(house, caller.team, channel))]);
  return undefined;
}
