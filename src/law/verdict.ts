import type { Reckoning } from './deadline.ts';
import type { Rule, State } from './duty.ts';
import type { Due } from './moment.ts';
import type { Started } from './start.ts';

/** What one rule asks of one scope, before it is put into words. */
export type Verdict = {
  rule: Rule;
  /** The member state of the authority, where the duty exists once for each. */
  member: string | undefined;
  state: State;
  due?: Due | undefined;
  started?: Started | undefined;
  provisional: boolean;
  /** The first filing, or the finding that says so: when it was done. */
  done?: Started | undefined;
  /** Whether the law lets a date on a non-working day run on. */
  rolls: boolean;
  why: string;
  /** How its days are counted; absent where nothing was counted. */
  by?: Reckoning;
  /** What was taken as met because nobody stated it. */
  assumed: readonly string[];
};
