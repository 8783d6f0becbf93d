import type { FindingStatus } from '../record/event.ts';

/**
 * The language model, as the desk sees it: words in, plain data out, or one honest reason why not. It has no tools, fetches nothing
 * and can do nothing: whatever it says is a proposal until a person accepts it, and text until it has passed the gate.
 */
export type Model = {
  /** Sentences of a notice of that kind, each citing the facts that carry it. */
  draft(facts: readonly Fact[], kind: string): Promise<Told<CitedSentence[]>>;
  /** What somebody's words would be as entries; nothing is recorded by it. */
  propose(messages: readonly SaidMessage[], about: PromptView): Promise<Told<Proposed[]>>;
  /** The same sentences, line by line, in another language (its English name). */
  translate(sentences: readonly string[], language: string): Promise<Told<string[]>>;
  /** An answer drawn from the facts and the runbook alone. */
  answer(question: string, about: PromptView): Promise<Told<CitedSentence[]>>;
};

/** An entry of one client's record, numbered as it stands there, already without secrets and names. `at` is ISO 8601, UTC. */
export type Fact = { seq: number; kind: string; at: string; text: string; status?: FindingStatus };

export type SaidMessage = { number: number; at: string; speaker: string; text: string };

/** What a prompt may hold besides the words: facts of one client, and the steps of the runbook by number. */
export type PromptView = {
  now: string;
  facts: readonly Fact[];
  steps: readonly { number: number; title: string; standing: string }[];
};

export type CitedSentence = { text: string; cites: number[] };

export const PROPOSED_KINDS = ['note', 'finding', 'decision', 'promise', 'ask', 'step_done', 'contradiction'] as const;

/** One entry that somebody's words would make. What does not apply is null. */
export type Proposed = {
  /** Number of the message it comes from, and the words in it that say so. */
  message: number;
  quote: string;
  kind: (typeof PROPOSED_KINDS)[number];
  text: string;
  about: string | null;
  status: FindingStatus | null;
  reason: string | null;
  who: string | null;
  /** ISO 8601: when it happened, and when it is due. */
  occurred: string | null;
  due: string | null;
  /** Number of the step, and of the entry that it contradicts or replaces. */
  step: number | null;
  entry: number | null;
};

export type Told<T> = { value: T; tokens: number } | { reason: string };
