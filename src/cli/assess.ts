import type { Assessed } from '../desk/lanes.ts';
import type { Advisory } from '../inventory/advisory.ts';
import { type ClientExposure, exposure } from '../inventory/exposure.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { mostUrgent, tierOf } from '../inventory/tier.ts';

/** Advisories against the files of every client: where each stands, with the reason of its most urgent match. */
export function assessAll(advisories: Advisory[], inventories: Inventory[]): { assessed: Assessed[]; problems: string[] } {
  const { clients } = exposure(advisories, inventories);
  const problems = clients.flatMap(({ client, problems: all }) => all.map(({ file, message }) => `${client}/${file}: ${message}`));
  return { assessed: clients.map(assess), problems };
}

function assess({ client, pairs }: ClientExposure): Assessed {
  const rated = pairs.map((pair) => ({ ...pair, tier: tierOf({ state: pair.state }).tier }));
  const tier = mostUrgent(rated.map((pair) => pair.tier));
  const worst = rated.find((pair) => pair.tier === tier);
  return { client, tier, state: worst?.state ?? 'unknown', reason: worst?.reason ?? 'Nothing says what this client runs.' };
}
