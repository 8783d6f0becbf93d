import type { Failure, Grouped } from '../record/event.ts';
import { clause, quoted, type Sentences, words } from './wording.ts';

type LaneKind =
  | `client.${'registered' | 'changed' | 'left' | 'assessed' | 'sorted' | 'told'}`
  | 'house.described'
  | `lane.${'opened' | 'moved'}`
  | `entry.${'cited' | 'released'}`
  | 'coordination.opened'
  | 'lanes.begun'
  | `broadcast.${'ordered' | 'approved' | 'paused' | 'resumed' | 'stopped' | 'closed'}`
  | `call.${'logged' | 'claimed'}`
  | 'receipt.given';

const ANSWERS = { received: 'received', question: 'a question', hit: 'we are hit' };
const failed = (failures: Failure[]): string => failures.map(({ client, code }) => `${client} (${code})`).join(', ');

/** One vendor incident across many clients: who they are, how they stand, and what they were told. */
export const LANE_SENTENCES: Sentences<LaneKind> = {
  'client.registered': ({ body, texts }) => `Registered the client ${quoted(texts.name)} (${body.client}).`,
  'client.changed': ({ texts }) => `Changed what is known of the client ${quoted(texts.name)}.`,
  'house.described': () => 'Changed what the register says of ourselves: contracts and policies.',
  'client.left': ({ texts }) => `The client left${clause(' for ', texts.to)}. Reason: ${texts.reason}`,
  'client.assessed': ({ body, texts }) =>
    `Assessed for ${body.incident}: ${body.tier}, ${words(body.state)}. Reason: ${texts.reason}`,
  'client.sorted': ({ body }) => `Sorted ${body.client}: ${body.tier}, ${words(body.state)}${clause(', lane ', body.lane)}.`,
  'client.told': ({ body, texts }) =>
    `Told the client (${words(body.purpose)}, order ${body.order}, SHA-256 ${body.digest}): ${texts.text}`,
  'lane.opened': ({ body, texts }) =>
    `Opened the lane of ${quoted(texts.name)} in the vendor incident ${body.incident}: ${body.tier}, ${words(body.state)}. Reason: ${texts.reason}`,
  'lane.moved': ({ body, texts }) =>
    `${body.correction ? 'Corrected' : 'Moved on'} as of ${body.asOf}: ${body.tier}, ${words(body.state)}, on evidence ${body.evidence}. ${texts.reason}${clause(' Checked: ', texts.how)}`,
  'entry.cited': ({ body }) => `Cites entry ${body.seq} of the vendor incident ${body.record}.`,
  'entry.released': ({ body }) =>
    `Released entry ${body.of} to ${body.to.length === 0 ? 'every lane' : `the lanes of ${body.to.join(', ')}`}.`,
  'coordination.opened': ({ body }) => `Opened the coordination of the lanes of ${body.incident}.`,
  'lanes.begun': ({ body }) => `Each client has a lane of its own from here on, coordinated in ${body.coordination}.`,
  'broadcast.ordered': ({ body, texts }) =>
    `Wrote a broadcast (${words(body.purpose)}, order ${body.order}, SHA-256 ${body.digest}) to ${body.clients.length} clients${body.skipped.length === 0 ? '' : `; not reachable: ${failed(body.skipped)}`}${basis(body)}: ${texts.text}${clause(' Wording kept: ', texts.overruled)}`,
  'broadcast.approved': ({ body }) => `Approved the broadcast ${body.order}.`,
  'broadcast.paused': ({ body }) => `Paused the broadcast ${body.order}.`,
  'broadcast.resumed': ({ body }) => `Let the broadcast ${body.order} go on.`,
  'broadcast.stopped': ({ body }) => `Stopped the broadcast ${body.order}.`,
  'broadcast.closed': ({ body }) =>
    `The broadcast ${body.order} is over: ${body.sent} arrived, ${body.unsent} were not sent, ${body.failures.length} failed${body.failures.length === 0 ? '' : `: ${failed(body.failures)}`}.`,
  'call.logged': ({ body, texts }) => `Called ${texts.who}: ${words(body.outcome)}.${clause(' ', texts.note)}`,
  'call.claimed': ({ body }) => `Is about to phone the client, until ${body.until}.`,
  'receipt.given': ({ body, texts }) =>
    `The client answered the message ${body.order}: ${ANSWERS[body.answer]}.${clause(' ', texts.text)}`,
};

/** Why those clients may be approved at once, or that one is approved alone. */
function basis({ basis: on, asOf, rendered }: Grouped): string {
  if (on === undefined || on === 'same-text') return '';
  if (on === 'own') return `, words of its own (SHA-256 ${rendered})`;
  return `, one basis for all: ${words(on)}${asOf === undefined ? '' : ` as of ${asOf}`}`;
}
