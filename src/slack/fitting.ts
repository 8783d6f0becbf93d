import type { Block } from './blocks.ts';
import type { Card } from './card.ts';
import { code } from './deliveries/failures.ts';
import { clip } from './mrkdwn.ts';

/**
 * What Slack takes of one message. Beyond these it refuses the whole card, and a card that is refused is a lost step; so a card is cut
 * where it is longest, and says so by an ellipsis. The figures stay a little below the limits.
 */
const TEXT_MAX = 3900;
const BLOCKS_MAX = 50;
const SUM_MAX = 12_500;
const CUTS = [2400, 1600, 1000, 600, 300, 120];

/** The card, cut to what Slack takes. The buttons are never cut. */
export function fitting({ text, blocks }: Card): Card {
  const kept = blocks.slice(0, BLOCKS_MAX);
  const cut = CUTS.find((max) => sumOfText(shortened(kept, max)) <= SUM_MAX) ?? CUTS.at(-1) ?? 0;
  return { text: clip(text, TEXT_MAX), blocks: sumOfText(kept) <= SUM_MAX ? kept : shortened(kept, cut) };
}

function shortened(blocks: Block[], max: number): Block[] {
  return blocks.map((block) => {
    if (block.type === 'section' && block.text !== undefined)
      return { ...block, text: { ...block.text, text: clip(block.text.text, max) } };
    if (block.type !== 'context') return block;
    const elements = block.elements.map((element) => ('text' in element ? { ...element, text: clip(element.text, max) } : element));
    return { ...block, elements };
  });
}

/** Slack adds up every text of a message, those of buttons and ticks too. */
function sumOfText(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + sumOfText(item), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, item]) => sum + (key === 'text' && typeof item === 'string' ? item.length : sumOfText(item)),
    0,
  );
}

/** Words by which Slack refuses the form of a message rather than the message. */
const UNREADABLE = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'invalid_arguments', 'msg_too_long']);

/** A server that does not take the card gets its words: whoever cannot click can still write. */
export async function readable<T>(whole: Card, send: (card: Card) => Promise<T>): Promise<T> {
  const card = fitting(whole);
  try {
    return await send(card);
  } catch (error) {
    if (!UNREADABLE.has(code(error))) throw error;
    return send({ text: `${clip(card.text, 3000)}\nThe buttons of this card could not be shown here. ${IN_WORDS}`, blocks: [] });
  }
}

const IN_WORDS = 'Mention the bot instead: `next`, `done`, `skip because …`, `note …`, `help`.';
