/** Whether a rule is in force: only a duty in force fires; what is proposed or not yet in force is a watch item with its date. */
import type { Rule, State } from './duty.ts';
import type { Contract, Scope } from './scope.ts';

export type Dormancy = { state: State; why: string };

/** Why a rule cannot fire at all, whatever the findings say. */
export function dormant(rule: Rule, today: string, contract: Contract | undefined): Dormancy | undefined {
  if (rule.kind !== 'obligation' && rule.kind !== 'contractual' && rule.kind !== 'proposal')
    return { state: 'not-triggered', why: `a ${rule.kind} record, no duty` };
  if (rule.template !== undefined && rule.template.alone === undefined && contract === undefined)
    return { state: 'not-triggered', why: 'it fires only for a contract that is on file' };
  if (rule.variant !== undefined) return { state: 'not-triggered', why: `the national form of ${rule.variant.of}, applied there` };
  if (rule.status !== 'in-force' && !(rule.status === 'not-yet' && rule.effective !== undefined))
    return { state: 'watch', why: `not in force: ${rule.status}` };
  if (rule.effective !== undefined && today < rule.effective)
    return { state: 'watch', why: `in force only from ${rule.effective}` };
  if (rule.until !== undefined && today > rule.until)
    return { state: 'not-triggered', why: `no longer in force since ${rule.until}` };
  return undefined;
}

/** A template that fires without a contract asks for a mark then: a policy's duties for the insured, a scheme's for merchants. */
export function unmarked(
  { template }: Rule,
  { marks }: Scope,
  contract: Contract | undefined,
): { state: State; why: string } | undefined {
  const mark = contract === undefined ? template?.alone : undefined;
  if (mark === undefined) return undefined;
  const value = marks.get(mark);
  if (value !== undefined && value !== false && value !== 'none') return undefined;
  return { state: 'not-triggered', why: `without a contract on file it binds an entity marked ${mark}` };
}
