import type { Block } from './blocks.ts';

/** A message of ours: the words for whoever sees no blocks, and the blocks. */
export type Card = { text: string; blocks: Block[] };
