/** How a quantity or version is bounded: "at least 12", "about 12", "before 9.5.7". */
export type Bound = 'exact' | 'about' | 'at_least' | 'more' | 'at_most' | 'less';

/** What a time says of itself: its parts, and what may be left out. Offsets in minutes east of UTC. */
export type TimeParts = {
  year?: number;
  month?: number;
  day?: number;
  /** The other reading of 03/04/2026. */
  swapped?: { month: number; day: number };
  hour?: number;
  minute?: number;
  second?: number;
  offset?: number;
  /** An IANA zone, where the text names a place or a wall clock ("ET") rather than an offset. */
  zone?: string;
  /** 1 = Monday. */
  weekday?: number;
  /** A whole instant, where the value comes from an entry's `at`. */
  asOf?: Temporal.Instant;
};

export type MentionType =
  | 'number'
  | 'duration'
  | 'size'
  | 'money'
  | 'percent'
  | 'time'
  | 'version'
  | 'id'
  | 'hash'
  | 'address'
  | 'phone'
  | 'file'
  | 'ordinal'
  | 'name';

/**
 * A typed value in a text. `keys` are its readings in one notation ("1.200" has two); two mentions are the same value when they
 * share one. `also` are values it carries besides its own (the host of a URL).
 */
export type Mention = {
  type: MentionType;
  keys: string[];
  also: string[];
  raw: string;
  start: number;
  end: number;
  bound: Bound;
  /** The bare number, for rounding and sums; NaN where there is none. */
  amount: number;
  time?: TimeParts;
};

/** Whether `ours` says what `theirs` carries; times are compared elsewhere, for they need the entry's own time. */
export function sameKey(ours: Mention, theirs: Mention): boolean {
  return ours.keys.some((key) => theirs.keys.includes(key) || theirs.also.includes(key));
}
