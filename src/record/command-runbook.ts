/** A runbook as it stands in the library: its text, and the digest of its bytes. */
export type RunbookText = { id: string; file: string; source: string; digest: string };

/** What somebody wants with the text that governs a running incident. */
export type RunbookCommand =
  /** The file differs from the sealed text: the difference is offered, once per digest. */
  | { do: 'offerRunbook'; runbook: RunbookText }
  | { do: 'declineRunbook'; digest: string; reason?: string }
  /** A changed text, or another runbook, governs from now on. */
  | { do: 'adoptRunbook'; runbook: RunbookText; reason: string };
