import type { Root } from 'mdast';
import type { PhaseDraft } from './drafts.ts';
import type { FrontMatter } from './front-matter.ts';
import { graphProblems } from './lint-graph.ts';
import { sourceProblems } from './lint-source.ts';
import { stepProblems } from './lint-steps.ts';
import type { Problem, Runbook } from './runbook.ts';
import type { RawStep } from './step.ts';

/** Everything a rule may look at. `lines` are the source's; `today` is an ISO date, absent when nobody said. */
export type Linted = {
  tree: Root;
  lines: string[];
  meta: FrontMatter;
  drafts: PhaseDraft[];
  raw: RawStep[];
  runbook: Runbook;
  today?: string;
};

/** Every place in the file that reads two ways, or one way the author may not mean, in order of line. */
export function lint(made: Linted): Problem[] {
  return [...sourceProblems(made), ...stepProblems(made), ...graphProblems(made)];
}

export function inOrder(problems: Problem[]): Problem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}
