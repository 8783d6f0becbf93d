import { partsOf, post } from '../../desk/plan.ts';
import type { Claimed, Delivery, Outcome, Place } from '../../desk/ports.ts';
import type { RecordView } from '../../desk/view.ts';
import type { Log } from '../house.ts';

/** A channel that the bot cannot write in any more, in the words of whoever has to mend it. */
const GONE: Record<string, string> = {
  is_archived: 'it is archived. Unarchive it',
  not_in_channel: 'it was removed from there. Invite it again',
  channel_not_found: 'it does not see it any more. Invite it again',
};

const HOUR_MS = 3_600_000;

/**
 * What is recorded stays recorded, but the cards of a channel that is gone reach nobody: whoever leads hears it in a message of their
 * own, once an hour, while something is refused there.
 */
function placeGone({ id, body }: Claimed, { incident, now }: RecordView, code: string): Delivery[] {
  const why = GONE[code];
  const { place }: { place?: Place } = JSON.parse(body);
  if (why === undefined || place === undefined || !incident.places.some(({ channel }) => channel === place.channel)) return [];
  const lead = incident.roles.find(({ role }) => role === 'lead')?.person;
  const { surface, workspace, user } = partsOf(incident.people.get(lead ?? '')?.account ?? '');
  if (surface !== place.surface || workspace !== place.workspace || id.includes('/place-gone/')) return [];
  const text = `Firebreak cannot write in the channel of "${incident.title}" (${incident.record}): ${why}, and the next click brings its cards up to date. What you do is recorded all the same.`;
  return [post(incident.record, `place-gone/${place.channel}/${Math.floor(now / HOUR_MS)}`, { ...place, channel: user }, { text })];
}

type Ears = { log: Log; plan?(client: string, deliveries: Delivery[]): Promise<void> };
type Refused = Extract<Outcome, { state: 'refused' }>;

/** A refusal is heard: by the operator always, by whoever leads where a channel is gone. */
export async function hear({ log, plan }: Ears, delivery: Claimed, view: RecordView, { code, sentence }: Refused): Promise<void> {
  log.warn({ delivery: delivery.id, code }, sentence);
  await plan?.(view.client, placeGone(delivery, view, code));
}
