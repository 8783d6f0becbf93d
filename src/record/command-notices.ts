import type { NoticeRoad, NoticeWords, Seq } from './event.ts';

/** The frozen words of a notice: `draft` is JSON, `sha256` the hash of every byte that will be read. */
export type NoticeBytes = { draft: string; sha256: string; cites: Seq[]; nextUpdate?: string };

/** Which notice, the entry of its words, and into which language (BCP 47). */
export type Translated = { notice: string; of: Seq; language: string };

export type NoticeCommand =
  /** Who we are on every letter, as JSON. */
  | { do: 'introduceHouse'; profile: string }
  | ({
      do: 'draftNotice';
      notice: string;
      kind: string;
      words: NoticeWords;
      secondPerson: boolean;
      approvers: string[];
      /** The notice that it corrects. */
      corrects?: string;
      /** A translation of these words of another notice. */
      translates?: Translated;
      /** What the template's slots were filled with, as JSON. */
      values: string;
    } & NoticeBytes)
  /** `seen` is the hash that the person had before them: who edits something else is told so. */
  | ({ do: 'editNotice'; notice: string; seen: string; words: NoticeWords; overruled?: string } & NoticeBytes)
  | { do: 'approveNotice'; notice: string; sha256: string; solo?: { recipients: number }; reads?: string }
  | { do: 'voidNotice'; notice: string; reason: string }
  /** `theirs`: the channel is the one in which this very client is told things, as its standing record has it. */
  | { do: 'releaseNotice'; notice: string; sha256: string; surface: string; workspace: string; channel: string; theirs?: true }
  | { do: 'sendNotice'; notice: string; sha256: string; road: NoticeRoad; at?: string; recipient: string; proof?: string };
