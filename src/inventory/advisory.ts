import type { VersionSet } from './version-range.ts';

/** A span of time; ISO 8601, a bare date stands for the whole day. */
export type Window = { from?: string; to?: string };

/** One package or product an advisory speaks of. */
export type Affected = {
  /** OSV's name of the registry, or `software`, `oauth`, `product`. */
  ecosystem: string;
  name: string;
  publisher?: string;
  /** The release of the Linux distribution the entry speaks of. */
  release?: string;
  /** Other names (a CPE product, an OAuth app id). */
  alsoNamed?: string[];
  versions: VersionSet;
  /** Versions the same source calls fixed or not affected. */
  notAffected?: VersionSet[];
  /** Why the advisory does not decide which versions are affected, as a clause. */
  undecidable?: string;
};

/** What an advisory of any form comes down to. */
export type Advisory = {
  id: string;
  affected: Affected[];
  /** ISO 8601; a withdrawn record exposes nobody. */
  withdrawn?: string;
  /** When the malicious versions could be installed; then the time of installation decides. */
  window?: Window;
  /** Why the record decides nothing at all (no package named), as a clause. */
  undecidable?: string;
  source?: string;
  asOf?: string;
};
