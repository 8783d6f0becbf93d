/** The version of a rule: a digest of everything that can move a date, a state or a citation. Nobody has to remember to raise it. */
import type { Rule } from './duty.ts';

const OUTSIDE = new Set(
  'version verifiedOn content channel portal creditMonitoring name notes sources provenance examples startText deadlineText obliged'.split(
    ' ',
  ),
);

/** The version that `law build` wrote, or the one that follows from the rule. */
export function versionOf(rule: Rule): string {
  return rule.version ?? digestOf(rule);
}

/** Eight hexadecimal digits (FNV-1a over the rule's parts in the order of their names). */
export function digestOf(rule: Rule): string {
  const parts = Object.entries(rule).filter(([key]) => !OUTSIDE.has(key));
  const text = JSON.stringify(parts.sort(([a], [b]) => (a < b ? -1 : 1)));
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
