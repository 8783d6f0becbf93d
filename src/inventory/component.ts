import type { Span } from './version-range.ts';

/** One thing a client runs, as one of its files says. */
export type Component = {
  /** The name OSV gives the registry (`npm`, `PyPI`, `Go`, ...), `software` for installed products, `oauth` for granted apps. */
  ecosystem: string;
  /** The registry's name, never a local alias. */
  name: string;
  /** Absent where the file does not say. */
  version?: string;
  /** `file#key` or `file:line`. */
  where: string;
  publisher?: string;
  /** The release of the Linux distribution a package belongs to. */
  release?: string;
  /** The machine it is installed on, as the list names it. */
  device?: string;
  /** Other names it answers to: an OAuth app id, a CPE product. */
  alsoNamed?: string[];
  /** Only for development; counts as present all the same. */
  dev?: boolean;
  /** ISO 8601; a bare date where only the date is known. */
  installedAt?: string;
  /** Why no version can be decided, as a clause ("replaced by a local folder"). */
  undecidable?: string;
  /** What a requirement, a partial version or a moving tag allows; the version is one of these. */
  possible?: Span[];
};

/** Something in a file that could not be used. */
export type Problem = {
  file: string;
  line?: number;
  message: string;
  /** Ecosystems whose absence this file can no longer show; `*` for all. Empty where nothing is lost. */
  loses: string[];
};

/** What one file says. */
export type Reading = {
  components: Component[];
  /** Ecosystems the file covers: what it does not list there is not present. */
  covers: string[];
  problems: Problem[];
  /** When the file says it was written (ISO 8601). */
  writtenAt?: string;
  /** A bill of materials: it can list packages of any ecosystem. */
  bill?: boolean;
  /** It lists direct dependencies only: an absence holds for those alone. */
  directOnly?: boolean;
};

/** The texts of the client's files by path: some formats refer to their neighbours. */
export type Siblings = ReadonlyMap<string, string>;

/** Reads one file; throws an Error with one clause ("it is not readable JSON") where nothing of it can be used. */
export type Reader = (path: string, source: string, siblings: Siblings) => Reading;

/** The reading of a file that covers these ecosystems. */
export function reading(covers: string[], components: Component[], problems: Problem[] = []): Reading {
  return { components, covers, problems };
}
