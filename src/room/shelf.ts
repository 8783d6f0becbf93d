/**
 * The port through which the room keeps its state: one small JSON document at a time, so that a message costs one write.
 * A document is named by its kind and its id. `put` replaces; `delete` of an absent document does nothing.
 */
export type Shelf = {
  all(): { kind: string; id: string; json: string }[];
  put(kind: string, id: string, json: string): void;
  delete(kind: string, id: string): void;
  /** What was put so far outlives a power cut when this returns; a shelf without it is durable at once, or never. */
  sync?(): void;
};
