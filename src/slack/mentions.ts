import { brief, briefText } from '../desk/brief.ts';
import { post } from '../desk/plan.ts';
import type { RecordView } from '../desk/view.ts';
import type { Command } from '../record/command.ts';
import { findStep, type GuidedStep } from '../record/guide.ts';
import { BOT } from '../record/turn.ts';
import { questionOf } from '../runbook/offered-answer.ts';
import { briefWords } from './answers.ts';
import { nextWords } from './clicks.ts';
import { clocksAnswer, filedCommand } from './clock-mentions.ts';
import { converse } from './conversation.ts';
import { attempt } from './failures.ts';
import { accountOf, act, type Caller, type House, isRefusal, placeIn, recordMeant } from './house.ts';
import { ADDRESSED } from './messages.ts';
import { asTyped, progressBar, safe } from './mrkdwn.ts';
import { isExternal, OUTSIDE } from './outside.ts';
import { notNowCommand, switchCommand, takeCommand } from './runbook-change.ts';
import { scribe } from './scribe.ts';
import { named } from './submissions.ts';
import { parseTalk, TALK_HELP, type Talk } from './talk.ts';

/** A message that mentions the bot, or is written to it directly. */
export type Mention = { channel: string; ts: string; thread?: string; text: string; caller: Caller };

/** Does what the words say, and answers in the thread. Words nobody understands are kept, one click from a note. */
export async function mentioned(house: House, mention: Mention): Promise<void> {
  const { channel, caller, ts, text } = mention;
  if (isExternal(caller)) return whisper(house, mention, OUTSIDE);
  const view = await recordMeant(house, caller.team, channel);
  const words = asTyped(text.replace(ADDRESSED, ''));
  if (Array.isArray(view)) return whisper(house, mention, whichOf(view));
  const talk = parseTalk(words);
  if (talk.say === 'scribe') return scribe(house, view, caller.team, channel);
  const simple = plainAnswer(view, talk);
  if (simple !== undefined) return answer(house, mention, simple, view);
  if (talk.say === 'clocks') return answer(house, mention, await clocksAnswer(house, view, caller, channel), view);
  if (talk.say === 'unknown' || talk.say === 'question') return converse(house, mention, view, talk);
  const command = await commandOf(house, view, talk, caller, ts);
  if (typeof command === 'string') return answer(house, mention, command, view);
  const place = placeIn(house, caller.team, channel);
  const done = await act(house, caller, view.incident.record, command, {
    key: `message/${channel}/${ts}`,
    also: (after, entries) => [
      post(after.incident.record, `answer/${ts}`, place, {
        text: recorded(after, entries.findLast(({ actor }) => actor !== BOT)?.seq),
        thread: mention.thread ?? ts,
        marked: true,
      }),
    ],
  });
  if (isRefusal(done)) await answer(house, mention, safe(`${done.refused} Nothing was recorded.`), view);
}

const recorded = (view: RecordView, seq: number | undefined): string =>
  `Recorded as entry ${seq ?? view.incident.size}. ${safe(nextWords(view))}`;

async function answer(house: House, { channel, ts, thread, caller }: Mention, text: string, view: RecordView): Promise<void> {
  await house.desk.send(view.client, [
    post(view.incident.record, `answer/${ts}`, placeIn(house, caller.team, channel), { text, thread: thread ?? ts, marked: true }),
  ]);
}

/** Where no incident is meant there is nothing to answer from; only the person hears it. */
async function whisper(house: House, { channel, caller }: Mention, text: string): Promise<void> {
  const { chat } = house.client;
  await attempt(house, 'chat.postEphemeral', 'Somebody could not be told that no incident is worked on there.', () =>
    channel.startsWith('D') ? chat.postMessage({ channel, text }) : chat.postEphemeral({ channel, user: caller.user, text }),
  );
}

function whichOf(open: RecordView[]): string {
  if (open.length === 0) return 'No incident is worked on here. Type `/incident` to start one.';
  const lines = open.map(({ incident }) => {
    const place = incident.places[0];
    return `• ${safe(incident.title)}${place === undefined ? '' : ` <#${place.channel}>`}`;
  });
  return `Several incidents are open. Write in the channel of the one you mean:\n${lines.join('\n')}`;
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
      }));
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
      return { do: 'recordFinding', about: talk.about, status: talk.status, text: talk.text };
    case 'decide':
      return decision(view, talk);
    case 'fact':
      return answering(view, talk);
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

function answering({ runbook }: RecordView, { fact, answer }: Extract<Talk, { say: 'fact' }>): Command {
  return { do: 'answerQuestion', fact: questionOf(fact, runbook?.questions ?? [])?.fact ?? fact.trim(), answer };
}

async function peopleCommand({ house, view, caller }: Turn, talk: Talk): Promise<Command | string> {
  const { incident } = view;
  switch (talk.say) {
    case 'ask': {
      const to = await named(house, userIn(talk.to), caller);
      const due = talk.due === undefined ? {} : { due: today(talk.due, house.desk.now()) };
      return { do: 'openAsk', question: talk.question, ...(to === undefined ? {} : { to }), ...due };
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
      if (mine === undefined) return 'You hold no role in this incident to hand over.';
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

/** "by 14:30" means today at 14:30 UTC, or tomorrow where that has passed. */
function today(time: string, now: number): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC');
  const due = zoned.withPlainTime(Temporal.PlainTime.from(time.padStart(5, '0')));
  return (Temporal.ZonedDateTime.compare(due, zoned) < 0 ? due.add({ days: 1 }) : due).toInstant().toString();
}

const userIn = (mention: string | undefined): string | undefined => mention?.match(/<@([UW][A-Z0-9]+)/)?.[1];

function withStep(
  { view }: Turn,
  words: string | undefined,
  command: (step: string) => Command,
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

function decision({ guide }: RecordView, talk: Extract<Talk, { say: 'decide' }>): Command {
  const step = guide?.current?.step.kind === 'decision' ? guide.current.step : undefined;
  const option = step?.options.findIndex(({ label }) => label.toLowerCase().includes(talk.choice.toLowerCase())) ?? -1;
  const place = step === undefined || (option < 0 && !talk.not) ? {} : { step: step.id, ...(option < 0 ? {} : { option }) };
  return {
    do: 'takeDecision',
    ...place,
    question: 'step' in place && step !== undefined ? step.title : talk.choice,
    choice: talk.choice,
    reason: talk.reason,
    outcome: talk.not ? 'decided-not-to' : 'decided',
    reversible: 'unknown',
    cites: [],
  };
}
