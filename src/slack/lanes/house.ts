import type { Broadcaster } from '../../desk/broadcast.ts';
import type { Preflight } from '../../desk/broadcast-order.ts';
import type { Calls } from '../../desk/calls.ts';
import type { Clients } from '../../desk/clients.ts';
import type { Assessed, Lanes } from '../../desk/lanes.ts';
import type { Place } from '../../desk/ports.ts';

/** What the Slack side needs for one vendor incident across many clients. */
export type LaneHouse = {
  calls?: Calls;
  /** Whether another workspace reads in a channel; a code where Slack does not say. */
  isShared?(place: Place): Promise<boolean | string>;
  clients: Clients;
  lanes: Lanes;
  broadcaster: Broadcaster;
  preflight: Preflight;
  /** Matches an advisory, as text, against the inventories of all clients. @throws with a sentence where it cannot be read. */
  assess(advisory: string): Promise<{ assessed: Assessed[]; problems: string[] }>;
};
