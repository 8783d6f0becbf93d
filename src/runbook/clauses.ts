import type { Clause, Question, Runbook, Source, Step } from './runbook.ts';
import { stepsOf } from './runbook.ts';

/** What the team has answered to a question of the front matter. */
export type Answer = 'yes' | 'no' | 'unknown';

const CONDITION = /^(?:only\s+)?(if|when|unless)\s+(?:(?:there\s+(?:is|was)\s+)?(no|not)\s+)?(.+)$/i;
const ITEM = /^(If|When|Unless|In case|In the event that)\s+(.+?)\s*(:|,|\bthen\b)\s+(.+)$/is;

/** `(if personal data)`: the words inside the brackets become a clause over one fact. */
export function conditionClause(words: string, questions: Question[], source: Source, text = ''): Clause {
  const match = CONDITION.exec(words.trim());
  const negated = (match?.[1]?.toLowerCase() === 'unless') !== (match?.[2] !== undefined);
  return { fact: factOf(match?.[3] ?? words, questions), negated, text, source };
}

/** `If <fact>: ...` or `If <fact>, ...` in a line: its condition and what follows. */
export function itemClause(line: string, questions: Question[], source: Source): Clause | undefined {
  const match = ITEM.exec(line);
  if (match === null) return undefined;
  const word = (match[1] ?? '').toLowerCase() === 'unless' ? 'unless' : 'if';
  return conditionClause(`${word} ${match[2] ?? ''}`, questions, source, (match[4] ?? '').trim());
}

/** The question that the words mean, by its key, or the words themselves. */
export function factOf(words: string, questions: Question[]): string {
  const said = normal(words);
  const exact = questions.find(({ fact }) => normal(fact) === said);
  const inside =
    exact ??
    questions.find(
      ({ fact }) => said.split(' ').length <= normal(fact).split(' ').length + 4 && ` ${said} `.includes(` ${normal(fact)} `),
    );
  return inside?.fact ?? words.trim();
}

function normal(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]/gu, ' ')
    .replace(/\b(the|a|an|is|are|was|were|any)\b/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whether a clause holds; an unknown answer keeps it open, because a step not shown is a step not done. */
export function clauseHolds(clause: Clause, facts: Readonly<Record<string, Answer>>): boolean {
  const answer = facts[clause.fact] ?? 'unknown';
  return answer === 'unknown' || (answer === 'yes') !== clause.negated;
}

/** The steps that count under these answers, in order. */
export function openSteps(runbook: Runbook, facts: Readonly<Record<string, Answer>>): Step[] {
  return stepsOf(runbook).filter((step) => step.if === undefined || clauseHolds(step.if, facts));
}

/** The questions whose answer would still open or close a step or a clause of these steps. */
export function questionsThatMatter(runbook: Runbook, facts: Readonly<Record<string, Answer>>): Question[] {
  const used = new Set(
    openSteps(runbook, facts).flatMap((step) => [
      ...(step.if === undefined ? [] : [step.if.fact]),
      ...step.clauses.map(({ fact }) => fact),
    ]),
  );
  return runbook.questions.filter(({ fact }) => used.has(fact) && (facts[fact] ?? 'unknown') === 'unknown');
}

/** What a changed answer does: the steps that open and the steps that close. */
export function reopened(
  runbook: Runbook,
  before: Readonly<Record<string, Answer>>,
  after: Readonly<Record<string, Answer>>,
): { opened: Step[]; closed: Step[] } {
  const was = new Set(openSteps(runbook, before));
  const is = new Set(openSteps(runbook, after));
  return { opened: [...is].filter((step) => !was.has(step)), closed: [...was].filter((step) => !is.has(step)) };
}
