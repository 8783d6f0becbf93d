import type { Draft, Sentence, SentenceType } from './draft.ts';
import type { Evidence } from './evidence.ts';
import type { Level, Problem } from './problem.ts';
import type { Reading } from './reading.ts';
import type { PlainClient, PlainRecord } from './record.ts';
import type { Template } from './template.ts';

/** What every check may look at: the draft, the record, and what this client's draft may see of it. */
export type Docket = {
  draft: Draft;
  record: PlainRecord;
  client: PlainClient | undefined;
  /** Entries of this client and of the vendor incident, current and open to it, by id. */
  visible: Map<string, Evidence>;
  superseded: Set<string>;
  /** The template of the draft's kind, where it has one. */
  template: Template | undefined;
  /** Sentences that the template of this kind fixes, byte for byte. */
  fixed: ReadonlySet<string>;
  /** Whether a sentence states the zone for all times of the draft. */
  zoneStated: boolean;
};

/** One sentence under check. `evidence` are its cited entries that may be relied on. */
export type Case = {
  index: number;
  sentence: Sentence;
  type: SentenceType | 'courtesy';
  reading: Reading;
  evidence: Evidence[];
  /** What the cited entries carry, in stems and concepts. */
  carried: Set<string>;
};

export type Check = (it: Case, docket: Docket) => Problem[];

/** A problem at this sentence. */
export function problem(it: Case, level: Level, rule: string, message: string, suggestion?: string): Problem {
  return { sentence: it.index, rule, level, message, ...(suggestion === undefined ? {} : { suggestion }) };
}

/** The cited ids in words: "entry 12", "entries 12 and 14". */
export function cited(it: Case): string {
  const ids = it.evidence.map(({ entry }) => entry.id);
  return ids.length === 1 ? `entry ${ids[0]}` : `entries ${ids.join(', ')}`;
}
