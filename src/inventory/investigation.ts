/**
 * What is known about one client and one advisory. The files decide presence; people then move it on, each step on
 * evidence. A state is never a guess: what is not known is `unknown`.
 */
import type { PresenceState } from './exposure.ts';
import { momentOf } from './window.ts';

/** Presence, then what the investigation found, then what is known about the data. */
export type ExposureState =
  | PresenceState
  | 'iocs_absent'
  | 'iocs_found'
  | 'data_access_unknown'
  | 'data_access_ruled_out'
  | 'data_taken';

/** What a move rests on: an evidence id, who says so, as of when (ISO 8601), and how it was checked. */
export type MoveEvidence = { id: string; who: string; asOf: string; how?: string };

/** The new state with what it rests on, or a sentence why not. */
export type Advance =
  | {
      ok: true;
      state: ExposureState;
      evidence: MoveEvidence /** It takes back what was said before: notices that used it may need correcting. */;
      correction: boolean;
    }
  | { ok: false; refusal: string };

const PRESENCE: ExposureState[] = ['unknown', 'not_present', 'present_outside_window', 'present_in_window'];

const ONWARD: Record<ExposureState, ExposureState[]> = {
  unknown: ['not_present', 'present_outside_window', 'present_in_window'],
  not_present: [],
  present_outside_window: [],
  present_in_window: ['iocs_absent', 'iocs_found'],
  iocs_absent: [],
  iocs_found: ['data_access_unknown', 'data_access_ruled_out', 'data_taken'],
  data_access_unknown: ['data_access_ruled_out', 'data_taken'],
  data_access_ruled_out: [],
  data_taken: [],
};

/** Later knowledge that contradicts: scope grows, a second look finds what the first missed. Never from found to not found. */
const CORRECTIONS: Partial<Record<ExposureState, ExposureState[]>> = {
  iocs_absent: ['iocs_found'],
  data_access_ruled_out: ['data_access_unknown', 'data_taken'],
};

/** The moves allowed from a state, corrections included. */
export function movesFrom(state: ExposureState): ExposureState[] {
  return [...new Set([...ONWARD[state], ...correctionsFrom(state)])];
}

function correctionsFrom(state: ExposureState): ExposureState[] {
  return PRESENCE.includes(state) ? PRESENCE.filter((other) => other !== state) : (CORRECTIONS[state] ?? []);
}

/** Moves a client on, or refuses with one sentence. "Indicators absent" and "ruled out" also need how it was checked. */
export function advance(state: ExposureState, to: ExposureState, evidence: MoveEvidence): Advance {
  const missing = missingIn(to, evidence);
  if (missing !== undefined) return { ok: false, refusal: `To move to ${to}, ${missing}.` };
  if (!movesFrom(state).includes(to)) {
    const allowed = movesFrom(state);
    return {
      ok: false,
      refusal: `From ${state} the next state is ${allowed.length === 0 ? 'none: it is final' : allowed.join(' or ')}, not ${to}.`,
    };
  }
  return { ok: true, state: to, evidence, correction: !ONWARD[state].includes(to) };
}

function missingIn(to: ExposureState, { id, who, asOf, how }: MoveEvidence): string | undefined {
  if (id.trim() === '') return 'name the evidence (its id)';
  if (who.trim() === '') return 'say who says so';
  if (momentOf(asOf) === undefined) return 'give an as-of time (ISO 8601)';
  const checked = to === 'iocs_absent' || to === 'data_access_ruled_out';
  return checked && (how ?? '').trim() === '' ? 'say how that was checked' : undefined;
}

/** Only these two may back a "not affected" notice, which must state its basis and as-of time. */
export function backsNotAffected(state: ExposureState): boolean {
  return state === 'not_present' || state === 'present_outside_window';
}
