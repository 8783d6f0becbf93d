import type { BoardSource } from '../../src/desk/board.ts';
import type { Summarised } from '../../src/desk/ports.ts';
import { TIERS } from '../../src/inventory/tier.ts';

/** Clients of every tier at every stage, each with a lane. */
export function manyClients(count: number, name = (at: number) => `Client ${at}`): BoardSource {
  const rows = Array.from(
    { length: count },
    (_, at): Summarised => ({
      of: 'lane',
      client: `client-${at}`,
      record: `lane-${at}`,
      incident: 'inc-7q2k',
      name: name(at),
      tier: TIERS[at % TIERS.length] ?? 'U',
      state: 'present_in_window',
      status: at % 17 === 0 ? 'closed' : 'open',
      step: 'change-every-credential-the-tool-could-reach',
      waits: at % 5 === 0 ? 1 : 0,
      done: at % 13,
      total: 13,
      blocked: at % 11 === 0 ? 1 : 0,
      asks: at % 3,
      settled: [],
      told: at % 2,
      at: '2026-10-24T11:30:00Z',
    }),
  );
  const standing = rows.map(
    ({ client, name: own, at }): Summarised => ({
      of: 'standing',
      client,
      record: `standing-${client}`,
      name: own,
      status: 'open',
      waits: 0,
      done: 0,
      total: 0,
      blocked: 0,
      asks: 0,
      settled: [],
      told: 0,
      at,
    }),
  );
  return { incident: 'inc-7q2k', standing, lanes: rows, sorted: new Map(), now: Date.parse('2026-10-24T12:00:00Z') };
}
