import type { Actor, Seq } from './event.ts';

/** A change of the file that was shown to the team. */
export type Offered = { runbook: string; seq: Seq; difference: string; declined?: { by: Actor; at: string } };
