/**
 * Who is helped first. T0 life or safety, or encrypting now; T1 indicators found or sensitive data reachable; T2 in the
 * window without an indicator; T3 present, outside the window or version; T4 not present; U unknown, which is never green.
 */
import type { ExposureState } from './investigation.ts';

/** The triage tiers; see the head of this file for their rule. */
export type Tier = 'T0' | 'T1' | 'T2' | 'U' | 'T3' | 'T4';

/** What the rule looks at; what is left out is taken as not so. */
export type TierFacts = {
  state: ExposureState;
  encryptingNow?: boolean;
  /** Somebody's life or safety depends on what is hit. */
  lifeSafety?: boolean;
  /** Sensitive data can be reached from what is exposed. */
  sensitiveDataReachable?: boolean;
};

/** In the order in which they are worked on; unknown stands before what is known to be harmless. */
export const TIERS: Tier[] = ['T0', 'T1', 'T2', 'U', 'T3', 'T4'];

/** The tier of one client, with its reason as a sentence. */
export function tierOf(facts: TierFacts): { tier: Tier; reason: string } {
  const { state } = facts;
  const harmless = state === 'not_present' || state === 'present_outside_window';
  if (facts.encryptingNow) return { tier: 'T0', reason: 'Systems are being encrypted now.' };
  if (facts.lifeSafety && !harmless) return { tier: 'T0', reason: `Life or safety depends on what may be hit (${WORDS[state]}).` };
  if (FOUND.includes(state)) return { tier: 'T1', reason: `Indicators of compromise were found (${WORDS[state]}).` };
  if (facts.sensitiveDataReachable && !harmless && state !== 'unknown')
    return { tier: 'T1', reason: `Sensitive data can be reached from what is exposed (${WORDS[state]}).` };
  return BY_STATE[state] ?? { tier: 'U', reason: 'Whether the client is exposed is not known.' };
}

const FOUND: ExposureState[] = ['iocs_found', 'data_access_unknown', 'data_access_ruled_out', 'data_taken'];

const WORDS: Record<ExposureState, string> = {
  unknown: 'exposure unknown',
  not_present: 'not present',
  present_outside_window: 'present outside the window',
  present_in_window: 'present in the window',
  iocs_absent: 'in the window, no indicator found',
  iocs_found: 'indicators found',
  data_access_unknown: 'access to data not known',
  data_access_ruled_out: 'access to data ruled out',
  data_taken: 'data taken',
};

const BY_STATE: Partial<Record<ExposureState, { tier: Tier; reason: string }>> = {
  present_in_window: {
    tier: 'T2',
    reason: 'An affected version is present, or it was installed inside the window; no indicator found so far.',
  },
  iocs_absent: { tier: 'T2', reason: 'Present in the window; indicators were looked for and not found.' },
  present_outside_window: { tier: 'T3', reason: 'Present, but outside the affected versions or the window.' },
  not_present: { tier: 'T4', reason: 'Not present in what the inventory covers.' },
};

/** The most urgent of several tiers (one per advisory); `U` when there is none. */
export function mostUrgent(tiers: Tier[]): Tier {
  return TIERS.find((tier) => tiers.includes(tier)) ?? 'U';
}
