import type { Item } from './items.ts';
import { squeeze, unmark } from './markdown.ts';
import type { Option } from './runbook.ts';
import { askAgain } from './timing.ts';

const ARROW = /\s*(?:→|⇒|➜|➔|-+>|=+>)\s*/u;
const LINK = /^\[((?:[^\]\\]|\\.)*)\]\(\s*<?([^)\s>]*)>?[^)]*\)/;
const DEFAULT = /\s*\((?:the )?default\)/i;

/** Whether a heading asks for a decision: it ends in a question mark or starts with `Decide:`. */
export function asksDecision(title: string): boolean {
  return /\?$/.test(title) || /^decide\b\s*[:—–-]/i.test(title);
}

/** Whether a list item reads as a way out: an arrow, a marked default, a plain yes or no. */
export function looksLikeOption(item: Item): boolean {
  return (
    ARROW.test(item.markdown) ||
    DEFAULT.test(item.text) ||
    /^(yes|no|we do not know|unknown|not sure|unsure)\b/i.test(item.text) ||
    (item.lead !== undefined && item.text.startsWith(item.lead) && /^(yes|no)\b/i.test(item.lead))
  );
}

/** Reads `- **Label** (default) → [Step](#x) — consequence` and its kin. `to` still is an anchor here. */
export function readOption(item: Item): Option {
  const arrow = ARROW.exec(item.markdown);
  const head = arrow === null ? item.markdown : item.markdown.slice(0, arrow.index);
  const tail = arrow === null ? '' : item.markdown.slice(arrow.index + arrow[0].length).trim();
  const split = arrow === null ? labelAndRest(head) : { label: head, rest: '' };
  const option: Option = {
    label: unmark(split.label.replace(DEFAULT, '')).replace(/[\s:.—–-]+$/u, '') || unmark(head),
    source: item.source,
  };
  if (DEFAULT.test(item.text)) option.isDefault = true;
  const below = item.items.map((child) => child.text).join('; ');
  const words = [readTarget(tail.replace(DEFAULT, ''), option), split.rest, below]
    .map((part) => squeeze(part))
    .filter((part) => part !== '');
  if (words.length > 0) option.consequence = words.join(' ');
  const minutes = askAgain(unmark(item.markdown));
  if (minutes !== undefined) option.askAgainMinutes = minutes;
  return option;
}

function labelAndRest(head: string): { label: string; rest: string } {
  const bold = /^(\*\*|__)(.+?)\1\s*(?:\([^)]*\)\s*)?[:.,—–-]*\s*/u.exec(head);
  if (bold !== null) return { label: bold[2] ?? '', rest: unmark(head.slice(bold[0].length)) };
  const colon = /^([^:—–,.]{1,60})\s*[:—–,.]\s+(.+)$/u.exec(head);
  return colon === null ? { label: head, rest: '' } : { label: colon[1] ?? '', rest: unmark(colon[2] ?? '') };
}

/** Where the arrow leads; what is left over is the consequence. */
function readTarget(tail: string, option: Option): string {
  const link = LINK.exec(tail);
  if (link !== null) {
    const target = decodeTarget(link[2] ?? '');
    if (target.startsWith('#')) option.to = target;
    else if (/\.(md|markdown)(#.*)?$/i.test(target) && !/^[a-z]+:/i.test(target)) option.runbook = target;
    else option.text = unmark(tail);
    return unmark(tail.slice(link[0].length).replace(/^[\s.;:,—–-]+/u, ''));
  }
  const [text = '', ...consequence] = tail.split(/\s+—\s+|(?<=[.!])\s+(?=\p{Lu})/u);
  if (text.trim() !== '') option.text = unmark(text);
  return unmark(consequence.join(' '));
}

function decodeTarget(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}
