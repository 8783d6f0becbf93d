/**
 * A command of the command line: reads what it is given, prints, and answers with an exit code.
 * Others script against it, so the codes never change.
 */

/** 0 fine; 1 the answer is no (a problem, tampering, a refusal); 2 usage or unreadable input. */
export type ExitCode = 0 | 1 | 2;

/** What a command may touch besides its arguments; a test hands in its own. */
export type Terminal = {
  /** Results, on standard output. */
  out(text: string): void;
  /** Progress and complaints, on standard error. */
  err(text: string): void;
  env: Readonly<Record<string, string | undefined>>;
  stdin(): Promise<string>;
  /** Now, from the outside: commands never read the clock themselves. */
  now(): Temporal.Instant;
};

export type Command = (args: string[], terminal: Terminal) => Promise<ExitCode>;

/** Thrown for usage errors and unreadable input: one clear line, exit code 2, no stack trace. */
export class UsageError extends Error {
  override name = 'UsageError';
}
