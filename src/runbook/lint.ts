import { graphProblems } from './lint-graph.ts';
import { sourceProblems } from './lint-source.ts';
import { stepProblems } from './lint-steps.ts';
import type { Linted } from './linted.ts';
import type { Problem } from './runbook.ts';

/** Every place in the file that reads two ways, or one way the author may not mean, in order of line. */
export function lint(made: Linted): Problem[] {
  return [...sourceProblems(made), ...stepProblems(made), ...graphProblems(made)];
}

export function inOrder(problems: Problem[]): Problem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}
