import { existsSync } from 'node:fs';
import { Broadcaster } from '../desk/broadcast.ts';
import { Calls } from '../desk/calls.ts';
import { Clients, profileOf, standingOf } from '../desk/clients.ts';
import { LaneWork } from '../desk/lane-work.ts';
import { Lanes } from '../desk/lanes.ts';
import type { Carrier } from '../desk/ports.ts';
import { Unsettled } from '../desk/unsettled.ts';
import type { SlackCarrierParts } from '../slack/deliveries/carrier.ts';
import type { House, Log } from '../slack/house.ts';
import { lanesCarrier } from '../slack/lanes/carrier.ts';
import { redraw } from '../slack/lanes/clicks.ts';
import { Connections } from '../slack/lanes/connections.ts';
import { type Opened, US, world } from './house.ts';

/** The parts that one vendor incident across many clients needs, put together; `inventory` is the folder of the clients' files. */
export type LaneShelf = { work: LaneWork; carrier: (inner: Carrier, parts: SlackCarrierParts) => Carrier };

export function openLanes(
  { store, desk }: Opened,
  house: House,
  inventory: string,
  client: SlackCarrierParts['client'],
  log: Log,
): LaneShelf {
  const clients = new Clients(desk, store);
  const lanes = new Lanes(desk, store, US);
  const calls = new Calls(desk, store, US);
  const broadcaster = new Broadcaster({ desk, store, world, us: US });
  const connections = new Connections(client, world.now, house.elsewhere);
  if (house.team !== undefined) connections.weAre(house.team);
  const workspaceOf = async (id: string) => {
    const view = await desk.view(id, standingOf(id));
    return profileOf(view?.incident.lanes.client?.profile)?.workspace;
  };
  house.lanes = {
    clients,
    calls,
    isShared: (place) => connections.isShared(place),
    lanes,
    broadcaster,
    preflight: connections.preflight(workspaceOf),
    assess: async (advisory) => (existsSync(inventory) ? assessed(advisory, inventory) : { assessed: [], problems: [] }),
  };
  house.receipt = async (id, incident) => (await import('./receipt.ts')).receiptFiles({ store, desk }, id, incident);
  broadcaster.onProgress = (incident, order) => redraw(house, US, incident, order);
  house.sharedWith = async (channel) => (await connections.isShared({ workspace: house.team ?? '', channel })) !== false;
  const unsettled = new Unsettled({ desk, store, us: US, now: world.now });
  const failed = (error: unknown) => log.error({ error }, 'the lanes could not be looked after');
  return {
    work: new LaneWork({ desk, store, world, us: US, lanes, broadcaster, unsettled, failed }),
    carrier: (inner, parts) =>
      broadcaster.gate(
        lanesCarrier(inner, {
          ...parts,
          desk,
          store,
          broadcaster,
          connections,
          calls,
          receipt: house.receipt,
          boardUrl: (id) => house.boardUrl?.(id),
        }),
      ),
  };
}

/** Reading inventories takes a fifth of all modules: they are loaded when somebody assesses. */
async function assessed(advisory: string, inventory: string) {
  const [{ assessAll }, { inventoriesIn }, { readAdvisories }] = await Promise.all([
    import('./assess.ts'),
    import('./exposure.ts'),
    import('../inventory/advisories.ts'),
  ]);
  return assessAll(readAdvisories('the form', advisory), inventoriesIn(inventory));
}
