/** A law-enforcement hold: a state, never an extension by default. */

import { dueAfter, type Reckoning } from './deadline.ts';
import type { Hold } from './duty.ts';
import type { Due, Moment } from './moment.ts';
import { isInstant } from './moment.ts';
import type { HoldFinding } from './scope.ts';

const MS_PER_DAY = 86_400_000;

export type HoldEffect = { paused: true; why: string } | { paused: false; due: Due | undefined; why: string };

/**
 * What a hold does to a date. Undefined when it does nothing: the law allows none, the request has not the form that the law
 * asks for, or the date had passed before the hold began.
 */
export function holdEffect(
  rule: Hold | undefined,
  finding: HoldFinding | undefined,
  due: Due | undefined,
  now: number,
  by: Reckoning,
): HoldEffect | undefined {
  if (rule === undefined || finding === undefined || !honoured(rule, finding)) return undefined;
  if (finding.start.at > now || (due !== undefined && by.clock.endOf(due) <= finding.start.at)) return undefined;
  const end = endOfHold(rule, finding);
  const who = finding.agency === '' ? 'a law-enforcement agency' : finding.agency;
  if (end === undefined || end.at > now) return { paused: true, why: `held at the request of ${who}` };
  return { paused: false, due: afterRelease(rule, due, end, by), why: `the hold of ${who} has ended` };
}

/** The Attorney General of the United States, by his usual names; the ones of the states are others. */
const US_ATTORNEY_GENERAL =
  /^(the )?(u\.?s\.?|united states|federal)?\s*attorney general( of the united states)?$|\bdoj\b|\bdepartment of justice\b/i;

function honoured(rule: Hold, finding: HoldFinding): boolean {
  if (rule.needs === 'us-attorney-general') return US_ATTORNEY_GENERAL.test(finding.agency.trim());
  return rule.needs !== 'written' || finding.written === true;
}

/** An oral request lapses by itself where the law says so. */
function endOfHold(rule: Hold, finding: HoldFinding): Moment | undefined {
  if (rule.oralDays === undefined || finding.written === true) return finding.end;
  const lapse = { at: finding.start.at + rule.oralDays * MS_PER_DAY };
  return finding.end === undefined || lapse.at < finding.end.at ? lapse : finding.end;
}

function afterRelease(rule: Hold, due: Due | undefined, end: Moment, by: Reckoning): Due | undefined {
  if (rule.release !== undefined) {
    const stands = rule.release.mode === 'if-past' && due !== undefined && by.clock.endOf(due) > end.at;
    return stands ? due : dueAfter(end, rule.release, by);
  }
  if (due === undefined) return undefined;
  const atOnce: Due = isInstant(due) ? { at: end.at } : { day: by.clock.dayOfMoment(end, due.zone), zone: due.zone };
  return by.clock.later(due, atOnce);
}
