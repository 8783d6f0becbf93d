import type { RecordView } from '../../desk/view.ts';
import { actions, type Block, context, menu, section } from '../blocks.ts';
import { attempt } from '../deliveries/failures.ts';
import { accountOf, type Caller, type House, recordAt } from '../house.ts';
import { clip } from '../mrkdwn.ts';
import type { Mention } from './mention.ts';

/**
 * Which record is meant: the one worked on in the channel. In a direct message what is open and the person takes part in: the only one,
 * or the one this thread is about already, or the one whose channel they are looking at; otherwise they are asked.
 */
export async function recordMeant(house: House, mention: Mention): Promise<RecordView | RecordView[]> {
  const { caller, channel, thread } = mention;
  const here = await recordAt(house, caller.team, channel);
  if (here !== undefined || !channel.startsWith('D')) return here ?? [];
  const open = await openFor(house, caller);
  if (open.length < 2) return open[0] ?? open;
  const known = thread === undefined ? undefined : await remembered(house, open, channel, thread);
  return known ?? lookedAt(house, open, mention) ?? open;
}

async function openFor(house: House, caller: Caller): Promise<RecordView[]> {
  const account = accountOf(house, caller);
  const ours = await house.desk.views(house.clientOf(caller.team));
  return ours.filter(
    ({ incident }) =>
      incident.of === 'incident' &&
      incident.status === 'open' &&
      [...incident.people.values()].some((person) => person.account === account),
  );
}

/** A thread is about the record whose answers stand in it: the outbox knows, and nothing else has to. */
async function remembered(house: House, open: RecordView[], channel: string, thread: string): Promise<RecordView | undefined> {
  for (const view of open) {
    const sent = await house.store.open(view.client).deliveries(view.incident.record);
    const answers = `${view.incident.record}/answer/${thread}`;
    if (sent.some(({ id, queue }) => id.startsWith(answers) && queue.endsWith(`/${channel}`))) return view;
  }
  return undefined;
}

const looking = new WeakMap<House, Map<string, string>>();

/** The channel that somebody has open beside the conversation. A hint of the moment, which nothing depends on. */
export function looksAt(house: House, { user, team }: Caller, channel: string | undefined): void {
  const known = looking.get(house) ?? new Map<string, string>();
  looking.set(house, known);
  if (channel === undefined) known.delete(`${team}/${user}`);
  else known.set(`${team}/${user}`, channel);
}

function lookedAt(house: House, open: RecordView[], { caller, beside }: Mention): RecordView | undefined {
  const channel = beside ?? looking.get(house)?.get(`${caller.team}/${caller.user}`);
  if (channel === undefined) return undefined;
  return open.find(({ incident }) =>
    incident.places.some((place) => place.channel === channel && place.workspace === caller.team && place.purpose === 'incident'),
  );
}

const NONE = 'No incident that you take part in is worked on here. Write in its channel, or type `/incident` to start one.';

/** Nobody guesses between two incidents: the person chooses, and the same words are then read for that one. */
export async function askWhich(house: House, { channel, caller, ts, thread }: Mention, open: RecordView[]): Promise<void> {
  const { chat } = house.client;
  const isDirect = channel.startsWith('D');
  const text = open.length === 0 ? NONE : 'Several incidents are open. Which one do you mean?';
  const under = isDirect && open.length > 0 ? { thread_ts: thread ?? ts, blocks: menuOf(open, ts, thread ?? ts) } : {};
  await attempt(house, 'chat.postMessage', 'Somebody could not be asked which incident is meant.', () =>
    isDirect ? chat.postMessage({ channel, text, ...under }) : chat.postEphemeral({ channel, user: caller.user, text }),
  );
}

const CHOICES_MAX = 50;

function menuOf(open: RecordView[], ts: string, thread: string): Block[] {
  const choices = open
    .slice(-CHOICES_MAX)
    .reverse()
    .map(({ incident }) => ({
      value: `${incident.record}|${ts}|${thread}`,
      text: `${clip(incident.title, 55)} · ${incident.record}`,
    }));
  return [
    section('Several incidents are open. Which one do you mean?'),
    actions(`direct|${ts}`, [menu('direct.pick', 'Choose the incident', choices)]),
    context('Nothing was recorded yet.'),
  ];
}
