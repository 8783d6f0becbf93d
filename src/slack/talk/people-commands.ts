import type { RecordView } from '../../desk/view.ts';
import type { Command } from '../../record/command.ts';
import { findStep } from '../../record/guide.ts';
import { BOT, nameOf } from '../../record/turn.ts';
import { entryWords } from '../answers/record.ts';
import { attempt } from '../deliveries/failures.ts';
import { type Caller, type House, named, personOf, placeIn } from '../house.ts';
import { safe } from '../mrkdwn.ts';
import { ROLE_NAMES, roleOf } from '../words.ts';
import { answerDelivery } from './answer-card.ts';
import { dueAt } from './due.ts';
import { cite } from './entry-links.ts';
import { type Mention, partOf } from './mention.ts';
import type { Talk } from './talk.ts';

/** The command that words about people and entries mean, or a sentence where something is missing; undefined for any other words. */
export async function peopleCommands(
  house: House,
  view: RecordView,
  talk: Talk,
  caller: Caller,
): Promise<Command | string | undefined> {
  switch (talk.say) {
    case 'correct':
      if (talk.reason === '')
        return `Why is entry ${talk.entry} corrected? \`correct ${talk.entry}: ${safe(talk.text)} because …\`. Nothing was recorded.`;
      return { do: 'correctEntry', replaces: talk.entry, text: talk.text, reason: talk.reason };
    case 'role':
      return roleCommand(house, view, talk, caller);
    case 'take':
      return takeCommand(house, view, talk, caller);
    case 'scribe set':
      return { do: 'setScribe', every: talk.every, handover: talk.handover };
    case 'remind':
      return remindCommand(house, talk, caller);
    default:
      return undefined;
  }
}

const userIn = (mention: string | undefined): string | undefined => mention?.match(/<@([UW][A-Z0-9]+)/)?.[1];

const meant = async (house: House, to: string | undefined, caller: Caller) =>
  to === undefined ? personOf(house, caller) : named(house, userIn(to), caller);

const NOBODY = 'Whom do you mean? Write their name with an @. Nothing was recorded.';

/** A free role is taken; one that somebody holds is handed over by whoever holds it. */
async function roleCommand(
  house: House,
  { incident }: RecordView,
  talk: Extract<Talk, { say: 'role' }>,
  caller: Caller,
): Promise<Command | string> {
  const role = roleOf(talk.role);
  const to = await meant(house, talk.to, caller);
  if (role === undefined || to === undefined) return NOBODY;
  const held = incident.roles.find((one) => one.role === role && one.person !== 'bot');
  if (held === undefined) return { do: 'assignRole', role, to };
  const who = safe(nameOf(incident, held.person));
  return `${ROLE_NAMES[role]} is ${who}. They hand it over: \`hand over @name\`, and it counts when that is accepted. Nothing was recorded.`;
}

async function takeCommand(
  house: House,
  { guide }: RecordView,
  talk: Extract<Talk, { say: 'take' }>,
  caller: Caller,
): Promise<Command | string> {
  const guided = talk.step === undefined ? guide?.current : guide && findStep(guide, talk.step);
  if (guided === undefined)
    return `Which step? ${talk.step === undefined ? 'None is open.' : `There is no step ${safe(talk.step)}.`} Nothing was recorded.`;
  const to = await meant(house, talk.to, caller);
  return to === undefined ? NOBODY : { do: 'assignStep', step: guided.step.id, to };
}

/** A reminder is a question with a time: the watch asks again when it has passed. */
async function remindCommand(house: House, talk: Extract<Talk, { say: 'remind' }>, caller: Caller): Promise<Command | string> {
  const due = await dueAt(house, caller, talk.when);
  const to = await meant(house, talk.to, caller);
  if (to === undefined) return NOBODY;
  return due === undefined
    ? 'When? `remind me in 30 minutes to …` or `remind me at 21:00 to …`. Nothing was recorded.'
    : { do: 'openAsk', question: talk.what, to, due };
}

/** What is answered and records nothing; "told" where it was told to the one person already. */
export async function peopleAnswer(house: House, mention: Mention, view: RecordView, talk: Talk): Promise<string | undefined> {
  switch (talk.say) {
    case 'entry':
      return showEntry(house, mention, view, talk.entry);
    case 'notice':
      return offerNotice(house, mention, view, talk.told);
    case 'undo':
      return undoWords(view);
    case 'export':
      return safe(
        (await house.exportPack?.(view.client, view.incident.record)) ??
          `Run: npm run -s firebreak -- export ${view.incident.record} --out pack`,
      );
    default:
      return undefined;
  }
}

/** Nothing is taken out of the record: what was wrong is corrected beside it. */
function undoWords({ entries }: RecordView): string {
  const last = entries.findLast(({ kind, actor }) => actor !== BOT && kind !== 'actor.named')?.seq ?? 1;
  return `Nothing is taken out of the record; a correction stands beside it. The last entry is ${cite(last)}: \`correct ${last}: … because …\`. A step: \`reopen … because …\`.`;
}

/** An entry is shown to whoever asked, and to nobody else: the channel has seen its card. */
async function showEntry(house: House, { channel, caller, ts, thread }: Mention, view: RecordView, seq: number): Promise<string> {
  const words = entryWords(view, seq);
  if (words === undefined) return `There is no entry ${seq}: they run from 1 to ${view.incident.size}.`;
  const { chat } = house.client;
  const under = thread === undefined && !channel.startsWith('D') ? {} : { thread_ts: thread ?? ts };
  await attempt(house, 'chat.postEphemeral', 'an entry could not be shown to the person who asked', () =>
    channel.startsWith('D')
      ? chat.postMessage({ channel, text: words, ...under })
      : chat.postEphemeral({ channel, user: caller.user, text: words, ...under }),
  );
  return 'told';
}

/** Nothing leaves on words alone: the form is one click away. */
async function offerNotice(house: House, mention: Mention, view: RecordView, told: boolean): Promise<string> {
  const { channel, caller, ts, thread } = mention;
  const text = `${told ? 'I send nothing on words alone. ' : ''}A notice is drafted from the record, checked, and approved by a person before it goes out.`;
  const body = { text, thread: thread ?? ts, offer: 'notice' as const, ...(told ? { keep: `${channel}/${ts}` } : {}) };
  await house.desk.send(view.client, [
    answerDelivery(view.incident.record, partOf(mention), placeIn(house, caller.team, channel), body),
  ]);
  return 'told';
}
