import type { webApi } from '@slack/bolt';
import { Broadcaster } from '../../src/desk/broadcast.ts';
import type { House } from '../../src/slack/house.ts';
import { HOME, library, type ManyClients, US } from './house.ts';

/** The Slack side over many clients, where Slack itself only says who somebody is. */
export function houseOver(many: ManyClients): House {
  const broadcaster = new Broadcaster({ desk: many.desk, store: many.store, world: many.world, us: US });
  const user = { real_name: 'Somebody', team_id: HOME.workspace };
  return {
    surface: HOME.surface,
    team: HOME.workspace,
    desk: many.desk,
    store: many.store,
    library,
    client: { users: { info: async () => ({ user }) } } as unknown as webApi.WebClient,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    via: () => 'slack-signature',
    clientOf: () => US,
    exportPack: async (_, record) => `packs/${record}`,
    lanes: {
      clients: many.clients,
      lanes: many.lanes,
      broadcaster,
      preflight: async () => new Map(),
      assess: async () => ({ assessed: [], problems: [] }),
    } as unknown as NonNullable<House['lanes']>,
  };
}
