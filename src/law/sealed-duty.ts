/** Due dates once sealed into a record: a data update moves none of them silently. */
import type { Duty } from './duty.ts';

/** What a record seals of a duty. */
export type SealedDuty = Pick<Duty, 'id' | 'instance' | 'due' | 'zone' | 'ruleVersion' | 'citation'>;

export type RuleChange = {
  id: string;
  instance: string | null;
  sealed: SealedDuty;
  /** The duty under the rule as it is now; null when the rule is gone. */
  current: SealedDuty | null;
  message: string;
};

/**
 * The sealed duties whose rule is another one now, each an item to accept or to contest. A date that moved because a finding
 * changed, under the same rule, is none.
 */
export function ruleChanged(sealed: readonly SealedDuty[], current: readonly SealedDuty[]): RuleChange[] {
  const key = ({ id, instance }: SealedDuty) => `${id}|${instance ?? ''}`;
  const now = new Map(current.map((duty) => [key(duty), duty]));
  return sealed.flatMap((was) => {
    const is = now.get(key(was));
    if (is?.ruleVersion === was.ruleVersion) return [];
    const { id, instance } = was;
    return [{ id, instance, sealed: was, current: is === undefined ? null : pick(is), message: words(was, is) }];
  });
}

function pick({ id, instance, due, zone, ruleVersion, citation }: SealedDuty): SealedDuty {
  return { id, instance, due, zone, ruleVersion, citation };
}

function words(was: SealedDuty, is: SealedDuty | undefined): string {
  if (is === undefined)
    return `The rule behind ${was.id} is no longer on file; the sealed date ${was.due ?? '(none)'} stands until somebody decides.`;
  const moved =
    is.due === was.due
      ? `the date ${was.due ?? '(none)'} stays`
      : `the date would move from ${was.due ?? 'none'} to ${is.due ?? 'none'}`;
  return `The rule behind ${was.id} changed (${was.ruleVersion} to ${is.ruleVersion}): ${moved}. The sealed date stands until somebody accepts.`;
}
