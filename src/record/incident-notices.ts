import type { Actor, Seq } from './event.ts';

/** A notice as the record knows it: its present words, who stands for them, and where they went. */
export type Notice = {
  id: string;
  kind: string;
  /** The entry that holds the present words, and the first one. */
  seq: Seq;
  drafted: Seq;
  /** Who wrote or last edited them. */
  author: Actor;
  draft: string;
  sha256: string;
  cites: Seq[];
  values: string;
  overruled: string;
  secondPerson: boolean;
  approvers: string[];
  corrects?: string;
  /** What it translates: the notice, the entry of the words it was made from, and the language it is in. */
  translates?: { notice: string; of: Seq; language: string };
  nextUpdate?: string;
  approval?: {
    by: Actor;
    at: string;
    seq: Seq;
    sha256: string;
    solo: boolean;
    recipients?: number;
    leaves?: string;
    reads?: string;
  };
  released: { seq: Seq; surface: string; workspace: string; channel: string; at: string }[];
  /** Where it was let go and did not arrive, and why; it may be let go there again. */
  refused: { seq: Seq; channel: string; at: string; code: string }[];
  sent: { seq: Seq; at: string; road: string; recipient: string; sha256: string; cites: Seq[] }[];
};
