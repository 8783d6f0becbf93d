/** A client's receipt as files: the page that checks itself, and the same as plain text. */
export type ReceiptFiles = { name: string; files: { filename: string; bytes: Uint8Array }[]; told: number };
