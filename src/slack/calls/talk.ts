import { callsDelivery } from '../../desk/lane-cards.ts';
import type { Summarised } from '../../desk/ports.ts';
import type { RecordView } from '../../desk/view.ts';
import { type Caller, type House, isRefusal, personOf, placeIn } from '../house.ts';
import { safe } from '../mrkdwn.ts';
import { type Mention, partOf } from '../talk/mention.ts';
import { barredForSheet, redrawSheets } from './clicks.ts';
import type { CallTalk } from './words.ts';

/** Words about calls, in the channel of the vendor incident or of one lane; answers what came of them. */
export async function callTalk(house: House, view: RecordView, talk: CallTalk, caller: Caller, at: Mention): Promise<string> {
  if (talk.say === 'call sheet') return showSheet(house, view, caller.team, at.channel);
  const { lane } = view.incident.lanes;
  const incident = lane?.incident ?? view.incident.record;
  const { calls, clients } = house.lanes ?? {};
  if (calls === undefined || clients === undefined) return 'There are no clients here to call. Nothing was recorded.';
  const found =
    lane === undefined ? clientMeant(await clients.list(), talk.client ?? '') : [{ client: lane.client, name: lane.name }];
  const [one] = found;
  if (found.length !== 1 || one === undefined || (lane !== undefined && !isMeant(talk.client, lane)))
    return found.length > 1
      ? `Which client do you mean? ${found
          .slice(0, 8)
          .map(({ name }) => safe(name))
          .join(', or ')}. Nothing was recorded.`
      : `There is no client "${safe(talk.client ?? '')}" ${lane === undefined ? 'in the register' : 'in this lane'}. Nothing was recorded. Write: call NAME reached: what they said`;
  const by = { person: await personOf(house, caller), via: house.via(caller.user), key: `message/${at.channel}/${partOf(at)}` };
  const answer = await calls.log(incident, one.client, talk, by);
  await redrawSheets(house, house.clientOf(caller.team), incident);
  return isRefusal(answer)
    ? `${safe(answer.refused)} Nothing more was recorded.`
    : `Logged: ${safe(one.name)}, ${talk.outcome.replace('-', ' ')}.`;
}

/** In a lane the client need not be named; whoever is named must be that one. */
const isMeant = (words: string | undefined, { client, name }: { client: string; name: string }): boolean =>
  words === undefined || clientMeant([{ client, name }], words).length === 1;

/** The client of that id or name, or all whose name begins so. */
function clientMeant<T extends Pick<Summarised, 'client' | 'name'>>(all: T[], words: string): T[] {
  const said = plain(words);
  const exact = all.filter(({ client, name }) => plain(client) === said || plain(name) === said);
  return exact.length > 0 || said === '' ? exact : all.filter(({ name }) => plain(name).startsWith(said));
}

const plain = (text: string): string => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/** Puts the sheet into the channel of the vendor incident; refuses where anybody else could read whom we phone. */
export async function showSheet(house: House, view: RecordView, team: string, channel: string): Promise<string> {
  const { incident, client } = view;
  if (incident.of !== 'incident' || client !== house.clientOf(team) || house.lanes?.calls === undefined)
    return 'The call sheet is shown in the channel of the vendor incident. Nothing was shown here.';
  const barred = await barredForSheet(house, view, team, channel);
  if (barred !== undefined) return barred;
  if ((await house.lanes.clients.list()).length === 0)
    return 'No client is in the register yet. Import them: `firebreak clients import FILE`.';
  await house.desk.send(client, [callsDelivery(incident.record, placeIn(house, team, channel))]);
  return 'The call sheet is in the channel.';
}
