import { unmark } from './markdown.ts';
import type { Precondition, Source } from './runbook.ts';

const PER_ROW =
  /\b(?:for|of|on|at|in)\s+(?:each|every|that|this)\s+(host|machine|device|server|laptop|credential|secret|token|key|account|client|customer|system|vendor)s?\b|\bper\s+(host|machine|device|server|credential|secret|token|key|account|client|customer|system|vendor)\b/i;

/** `After:` as written: the link's anchor or the words in `step` until links are resolved. */
export function readPrecondition(markdown: string, source: Source): Precondition {
  const link = /\[([^\]]*)\]\((#[^)\s]+)\)/.exec(markdown);
  const row = PER_ROW.exec(markdown);
  const perRow = row?.[1] ?? row?.[2];
  return {
    text: unmark(markdown),
    ...(link === null ? {} : { step: link[2] ?? '' }),
    ...(perRow === undefined ? {} : { perRow: perRow.toLowerCase() }),
    source,
  };
}
