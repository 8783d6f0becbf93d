import { brief, briefText } from '../../desk/brief.ts';
import { post } from '../../desk/plan.ts';
import type { RecordView } from '../../desk/view.ts';
import type { Command } from '../../record/command.ts';
import type { Entry } from '../../record/entry.ts';
import { findStep, type GuidedStep } from '../../record/guide.ts';
import { BOT, nameOf } from '../../record/turn.ts';
import { questionOf } from '../../runbook/offered-answer.ts';
import { callTalk } from '../calls/talk.ts';
import { isCallTalk } from '../calls/words.ts';
import { clocksAnswer, filedCommand } from '../clocks/mentions.ts';
import { attempt } from '../deliveries/failures.ts';
import { accountOf, act, type Caller, type House, isRefusal, named, outsideHere, placeIn } from '../house.ts';
import { ADDRESSED } from '../keeping/messages.ts';
import { costCommand, costsAnswer } from '../money/cost-talk.ts';
import { termsAnswer } from '../money/terms-clicks.ts';
import { asTyped, progressBar, safe } from '../mrkdwn.ts';
import { scribe } from '../proposals/scribe.ts';
import { spelledOut } from '../spelled.ts';
import { notNowCommand, switchCommand, takeCommand } from '../steps/runbook-change.ts';
import { answerDelivery } from './answer-card.ts';
import { briefWords } from './answers.ts';
import { converse } from './conversation.ts';
import { askWhich, recordMeant } from './direct.ts';
import { dueAt } from './due.ts';
import { linked } from './entry-links.ts';
import { type Mention, partOf } from './mention.ts';
import { nextWords } from './next-words.ts';
import { findingIn, outsideCommand } from './outside.ts';
import { peopleAnswer, peopleCommands } from './people-commands.ts';
import { TALK_HELP, type Talk, talksIn } from './talk.ts';

/** Does what the words say, and answers in the thread. Words nobody understands are kept, one click from a note. */
export async function mentioned(house: House, mention: Mention): Promise<void> {
  const outside = await outsideHere(house, mention.caller, mention.channel);
  if (outside !== undefined) return whisper(house, mention, outside);
  const view = await recordMeant(house, mention);
  if (Array.isArray(view)) return askWhich(house, mention, view);
  await heard(house, mention, view);
}

/** Every line that is a command of its own is done in its turn, each on the record as the one before it left it. */
export async function heard(house: House, mention: Mention, view: RecordView): Promise<void> {
  const parts = talksIn(asTyped(mention.text.replace(ADDRESSED, '')));
  for (const [i, { words, talk }] of parts.entries()) {
    const now = i === 0 ? view : ((await house.desk.view(view.client, view.incident.record)) ?? view);
    await hear(house, { ...mention, text: words, ...(i === 0 ? {} : { part: i }) }, now, talk);
  }
}

async function hear(house: House, mention: Mention, view: RecordView, talk: Talk): Promise<void> {
  const { channel, caller } = mention;
  if (talk.say === 'scribe') return void (await scribe(house, view, caller.team, placeOf(house, view, mention)));
  const simple = (await peopleAnswer(house, mention, view, talk)) ?? plainAnswer(view, talk);
  if (simple === 'told') return;
  if (simple !== undefined) return answer(house, mention, simple, view);
  if (talk.say === 'terms') return answer(house, mention, await termsAnswer(house, view, caller, channel), view);
  if (talk.say === 'cost' && talk.words === '') return answer(house, mention, await costsAnswer(house, view), view);
  if (talk.say === 'clocks') return answer(house, mention, await clocksAnswer(house, view, caller, channel), view);
  if (isCallTalk(talk)) return answer(house, mention, await callTalk(house, view, talk, caller, mention), view);
  if (talk.say === 'unknown' || talk.say === 'question') return converse(house, mention, view, talk);
  const command = (await peopleCommands(house, view, talk, caller)) ?? (await commandOf(house, view, talk, caller, mention.ts));
  if (command === 'unknown') return converse(house, mention, view, { say: 'unknown', words: mention.text });
  if (typeof command === 'string') return answer(house, mention, command, view, KEPT);
  await record(house, mention, view, command);
}

async function record(house: House, mention: Mention, view: RecordView, command: Command): Promise<void> {
  const { channel, caller, ts, thread } = mention;
  const id = partOf(mention);
  const done = await act(house, caller, view.incident.record, await spelledOut(house, caller.team, command), {
    key: `message/${channel}/${id}`,
    also: (after, entries) => [
      post(after.incident.record, `answer/${id}`, placeIn(house, caller.team, channel), {
        text: recorded(
          after,
          entries.findLast(({ actor }) => actor !== BOT),
        ),
        thread: thread ?? ts,
        marked: true,
      }),
    ],
  });
  if (isRefusal(done)) await answer(house, mention, safe(`${done.refused} Nothing was recorded.`), view, KEPT);
}

/** What was recorded, by its name where a word alone could mean another; and what comes next where that has changed. */
function recorded(view: RecordView, entry: Entry | undefined): string {
  const id = entry !== undefined && 'step' in entry.body ? entry.body.step : undefined;
  const guided = view.guide?.steps.find(({ step }) => step.id === id);
  const verb = entry === undefined ? undefined : VERBS[entry.kind];
  const named =
    guided === undefined ? '' : `: step ${guided.index + 1}, ${safe(guided.step.title)}${verb === undefined ? '' : `, *${verb}*`}`;
  const next = entry !== undefined && MOVES.test(entry.kind) ? `\nNext: ${safe(nextWords(view))}` : '';
  return `Recorded as entry ${entry?.seq ?? view.incident.size}${named}.${next}`;
}

/** What changes what comes next. */
const MOVES = /^(?:step|precondition|decision|question|runbook|handover|incident|row)\./;

const VERBS: { [kind: string]: string } = {
  'step.completed': 'done',
  'step.skipped': 'skipped',
  'step.blocked': 'blocked',
  'step.unblocked': 'no longer blocked',
  'step.reopened': 'opened again',
  'step.assigned': 'taken',
};

/** The scribe reads the channel in which people work, wherever it was asked. */
const placeOf = (house: House, view: RecordView, { channel, caller }: Mention): string =>
  channel.startsWith('D')
    ? (view.incident.places.find(
        (one) => one.surface === house.surface && one.workspace === caller.team && one.purpose === 'incident',
      )?.channel ?? channel)
    : channel;

/** What was meant as a command and became none can still be kept as it was said. */
const KEPT = true;

/** In a block that makes no links of its own: what people and vendors wrote may hold addresses. */
async function answer(house: House, mention: Mention, words: string, view: RecordView, kept = false): Promise<void> {
  const { channel, ts, thread, caller } = mention;
  const { text, bare } = await linked(house, view, words);
  const keep = kept ? { keep: `${channel}/${ts}` } : {};
  const body = { text, thread: thread ?? ts, ...keep, ...(bare.length === 0 ? {} : { show: bare }) };
  await house.desk.send(view.client, [
    answerDelivery(view.incident.record, partOf(mention), placeIn(house, caller.team, channel), body),
  ]);
}

/** Where no incident is meant there is nothing to answer from; only the person hears it. */
async function whisper(house: House, { channel, caller }: Mention, text: string): Promise<void> {
  const { chat } = house.client;
  await attempt(house, 'chat.postEphemeral', 'Somebody could not be told that no incident is worked on there.', () =>
    channel.startsWith('D') ? chat.postMessage({ channel, text }) : chat.postEphemeral({ channel, user: caller.user, text }),
  );
}

function plainAnswer(view: RecordView, talk: Talk): string | undefined {
  switch (talk.say) {
    case 'next':
      return safe(nextWords(view));
    case 'status':
      return `${view.incident.status}, ${progressBar(view.guide?.done ?? 0, view.guide?.total ?? 0)}. ${safe(nextWords(view))}`;
    case 'help':
      return TALK_HELP;
  }
}

type Turn = { house: House; view: RecordView; caller: Caller; ts: string };

/** The command that the words mean, or a sentence where something is missing. */
async function commandOf(house: House, view: RecordView, talk: Talk, caller: Caller, ts: string): Promise<Command | string> {
  const turn: Turn = { house, view, caller, ts };
  switch (talk.say) {
    case 'done':
      return withStep(turn, talk.step, (step) => ({
        do: 'completeStep',
        step,
        ...(talk.note === undefined ? {} : { note: talk.note }),
        ...(talk.override === undefined ? {} : { override: talk.override }),
      }));
    case 'met':
      return withStep(turn, talk.step, (step) => firstUnmet(view, step));
    case 'skip':
      return withStep(turn, talk.step, (step) => ({ do: 'skipStep', step, reason: talk.reason }));
    case 'blocked':
      return withStep(turn, talk.step, (step) => ({ do: 'blockStep', step, reason: talk.reason }));
    case 'unblock':
      return withStep(turn, talk.step, (step) => ({ do: 'unblockStep', step }), 'blocked');
    case 'reopen':
      return withStep(turn, talk.step, (step) => ({ do: 'reopenStep', step, reason: talk.reason }), 'done');
    case 'note':
      return { do: 'recordNote', text: talk.text };
    case 'find':
      return findingIn(view, talk);
    case 'statement':
    case 'promise':
    case 'promise kept':
      return outsideCommand(house, view, talk, caller);
    case 'decide':
      return decision(view, talk);
    case 'fact':
      return answering(view, talk);
    case 'cost':
      return costCommand(house, talk.words);
    case 'filed':
      return filedCommand(house, view, talk.duty, talk.reference);
    case 'switch':
      return switchCommand(house.library, talk.runbook, talk.reason);
    case 'take in':
      return takeCommand(house.library, view, talk.reason);
    case 'not now':
      return notNowCommand(view);
    case 'close':
      return { do: 'closeIncident', as: talk.as, reason: talk.reason };
    default:
      return peopleCommand(turn, talk);
  }
}

/** "Payroll data? yes" is only an answer where the runbook asks that; anything else is just something that was said. */
function answering({ runbook }: RecordView, { fact, answer }: Extract<Talk, { say: 'fact' }>): Command | 'unknown' {
  const question = questionOf(fact, runbook?.questions ?? []);
  return question === undefined ? 'unknown' : { do: 'answerQuestion', fact: question.fact, answer };
}

async function peopleCommand({ house, view, caller }: Turn, talk: Talk): Promise<Command | string> {
  const { incident } = view;
  switch (talk.say) {
    case 'ask': {
      const to = await named(house, userIn(talk.to), caller);
      const due = talk.due === undefined ? undefined : await dueAt(house, caller, talk.due);
      if (talk.due !== undefined && due === undefined) return `${safe(talk.due)} is no time of day. Write \`by 14:30\`.`;
      return { do: 'openAsk', question: talk.question, ...(to === undefined ? {} : { to }), ...(due === undefined ? {} : { due }) };
    }
    case 'answer': {
      const open = incident.asks.filter(({ answer: text }) => text === undefined);
      const ask = talk.ask === undefined ? open.at(-1) : open.find(({ id }) => id === talk.ask);
      return ask === undefined ? 'There is no open question to answer.' : { do: 'answerAsk', ask: ask.id, answer: talk.answer };
    }
    case 'hand over': {
      const to = await named(house, userIn(talk.to), caller);
      const mine = incident.roles.find(({ person }) => incident.people.get(person)?.account === accountOf(house, caller));
      if (to === undefined) return `${briefWords(brief(view))}\n\nTo hand your role over: \`hand over @name\`, and they accept.`;
      if (mine === undefined) {
        const lead = incident.roles.find(({ role }) => role === 'lead');
        return `You hold no role in this incident to hand over.${lead === undefined ? '' : ` The lead is ${safe(nameOf(incident, lead.person))}.`}`;
      }
      return { do: 'offerHandover', role: mine.role, to, brief: talk.brief === '' ? briefText(view) : talk.brief };
    }
    case 'accept':
    case 'decline': {
      const offered = [...incident.handovers.values()].filter(({ state }) => state === 'offered').at(-1);
      if (offered === undefined) return 'No hand-over is waiting.';
      return {
        do: 'answerHandover',
        handover: offered.id,
        accept: talk.say === 'accept',
        ...('reason' in talk ? { reason: talk.reason } : {}),
      };
    }
    default:
      return 'I did not understand that, and nothing was recorded.';
  }
}

const userIn = (mention: string | undefined): string | undefined => mention?.match(/<@([UW][A-Z0-9]+)/)?.[1];

function withStep(
  { view }: Turn,
  words: string | undefined,
  command: (step: string) => Command | string,
  standing?: string,
): Command | string {
  const found = words === undefined ? implied(view, standing) : view.guide && findStep(view.guide, words);
  return found === undefined
    ? `Which step? ${words === undefined ? 'None is open.' : `There is no step "${safe(words)}".`}`
    : command(found.step.id);
}

/** The step that is meant when none is named: the current one, or the last that was settled or blocked. */
function implied({ guide }: RecordView, standing: string | undefined): GuidedStep | undefined {
  if (standing === undefined) return guide?.current;
  const touched = guide?.steps.filter(
    (guided) => guided.standing === standing || (standing === 'done' && guided.standing === 'skipped'),
  );
  return touched?.sort((a, b) => (a.state?.seq ?? 0) - (b.state?.seq ?? 0)).at(-1);
}

function decision({ guide }: RecordView, talk: Extract<Talk, { say: 'decide' }>): Command | string {
  const step = guide?.current?.step.kind === 'decision' ? guide.current.step : undefined;
  const options = optionsMeant(step?.options ?? [], talk.choice);
  if (options.length > 1) return `Which one do you mean? ${options.map(({ label }) => `"${safe(label)}"`).join(', or ')}`;
  const option = options[0] === undefined ? -1 : (step?.options.indexOf(options[0]) ?? -1);
  const place = step === undefined || (option < 0 && !talk.not) ? {} : { step: step.id, ...(option < 0 ? {} : { option }) };
  return {
    do: 'takeDecision',
    ...place,
    question: 'step' in place && step !== undefined ? step.title : talk.choice,
    choice: options[0]?.label ?? talk.choice,
    reason: talk.reason,
    outcome: talk.not ? 'decided-not-to' : 'decided',
    reversible: 'unknown',
    cites: [],
    ...(talk.override === undefined ? {} : { override: talk.override }),
  };
}

/** The choice of that very name, or those that it is a part of: "no" must not choose "Notify". */
function optionsMeant<T extends { label: string }>(options: T[], words: string): T[] {
  const said = words.trim().toLowerCase();
  const exact = options.filter(({ label }) => label.toLowerCase() === said);
  const whole = new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(said)}(?![\\p{L}\\p{N}])`, 'iu');
  return exact.length > 0 ? exact : options.filter(({ label }) => whole.test(label));
}

/** The first sentence among the preconditions that somebody can say is so. */
function firstUnmet({ guide }: RecordView, step: string): Command | string {
  const unmet = guide?.steps.find((guided) => guided.step.id === step)?.unmet ?? [];
  const open = unmet.find(({ precondition }) => precondition.step === undefined);
  if (open !== undefined) return { do: 'meetPrecondition', step, precondition: open.index };
  const first = unmet[0]?.precondition.text;
  return first === undefined ? 'Nothing stands before that step.' : `That takes the step itself: ${safe(first)}.`;
}
