import { type Command, type CommandOf, type Decided, type Refusal, refuse } from './command.ts';
import { clock, just, nameOf, type Turn } from './turn.ts';

/** Two taps within so many seconds are one call. */
export const DOUBLE_TAP_SECONDS = 90;

/** Calls to a client, and what the client answers to what it was told: in its lane, or in its standing record. */
export function decideCalls(turn: Turn, command: Command): Decided[] | Refusal | undefined {
  switch (command.do) {
    case 'logCall':
      return log(turn, command);
    case 'claimCall':
      return claim(turn, command);
    case 'giveReceipt': {
      const { order, answer, text, told } = command;
      const known = turn.incident.lanes.told.has(order) || turn.incident.notices.get(order)?.released.length;
      if (!known && told === undefined) return refuse('unknown', 'Nothing was sent here that this would answer.');
      const before = turn.incident.lanes.receipts.findLast(({ order: to, by }) => to === order && by === turn.actor);
      if (text === undefined && before?.answer === answer) return refuse('already', 'That is noted already: it counts once.');
      const event = { kind: 'receipt.given' as const, body: { order, answer }, texts: text === undefined ? {} : { text } };
      return [{ event, ...(told === undefined ? {} : { ref: told }) }];
    }
  }
}

function log(turn: Turn, { outcome, who, note, incident }: CommandOf<'logCall'>): Decided[] | Refusal {
  if (who.trim() === '') return refuse('invalid', 'Say who was called.', 'who');
  const last = turn.incident.lanes.calls.at(-1);
  if (note === undefined && last?.outcome === outcome && last.by === turn.actor && within(last.at, turn.now))
    return refuse('already', `You logged that call at ${clock(last.at, turn.now)}: it counts once.`);
  const body = { outcome, ...(incident === undefined ? {} : { incident }) };
  return just({ kind: 'call.logged', body, texts: { who, ...(note === undefined ? {} : { note }) } });
}

const within = (at: string, now: string): boolean => secondsBetween(at, now) < DOUBLE_TAP_SECONDS;

const secondsBetween = (from: string, to: string): number =>
  (Temporal.Instant.from(to).epochMilliseconds - Temporal.Instant.from(from).epochMilliseconds) / 1000;

/** One caller a client: whoever says first that they phone it. What has run out holds nobody up. */
function claim(turn: Turn, { minutes, incident }: CommandOf<'claimCall'>): Decided[] | Refusal {
  const standing = turn.incident.lanes.claim;
  if (standing !== undefined && secondsBetween(turn.now, standing.until) > 0) {
    const until = clock(standing.until, turn.now);
    if (standing.by === turn.actor) return refuse('already', `You phone them already, until ${until}.`);
    return refuse('already', `${nameOf(turn.incident, standing.by)} phones them, until ${until}. Take the next one.`);
  }
  const until = Temporal.Instant.from(turn.now).add({ minutes }).toString();
  return just({ kind: 'call.claimed', body: { until, ...(incident === undefined ? {} : { incident }) }, texts: {} });
}
