import { toHex, utf8 } from '../record/bytes.ts';
import type { Grouped } from '../record/event.ts';
import { sha256 } from '../record/sha256.ts';
import type { Known } from './broadcast-words.ts';

/**
 * Who may be approved at once. A text that says nothing of a client's own state is one text. Of clients who are not affected,
 * or of whom nothing is known, the same is said on the same basis: those are approved once. Everybody else has words of their
 * own, and is approved alone.
 */
export type Target = { client: string; text: string; known: Known | undefined };
export type Group = { grouped: Grouped; clients: string[] };

export const digestOf = (text: string): string => toHex(sha256(utf8(text)));

const OF_THEIR_OWN = /\{\{\s*(?:state|basis|as_of)\s*\}\}/;

/** What one client's words rest on, and as of which day. */
export function groupedFor(template: string, { text, known }: Omit<Target, 'client'>): Grouped {
  if (!OF_THEIR_OWN.test(template)) return { basis: 'same-text' };
  const basis = known === undefined ? undefined : basisOf(known);
  if (known === undefined || basis === undefined) return { basis: 'own', rendered: digestOf(text) };
  return { basis, asOf: asOfIn(known) };
}

function basisOf({ state, reason }: Known): Grouped['basis'] {
  if (state === 'unknown') return 'not-known';
  if (state === 'not_present') return 'not-installed';
  if (state !== 'present_outside_window') return undefined;
  return /outside the window|before the window|window opened/i.test(reason) ? 'outside-window' : 'other-version';
}

/** The day of the inventory where the basis names it, otherwise of the assessment. */
function asOfIn({ reason, at }: Known): string {
  return /\bas of (\d{4}-\d{2}-\d{2})/.exec(reason)?.[1] ?? at.slice(0, 10);
}

/** The groups, the largest first; whoever is approved alone comes last, in the order given. */
export function groupsOf(template: string, targets: Target[]): Group[] {
  const groups = new Map<string, Group>();
  for (const target of targets) {
    const grouped = groupedFor(template, target);
    const key = grouped.basis === 'own' ? `own/${target.client}` : `${grouped.basis}/${grouped.asOf}`;
    const group = groups.get(key) ?? { grouped, clients: [] };
    group.clients.push(target.client);
    groups.set(key, group);
  }
  const alone = ({ grouped }: Group) => Number(grouped.basis === 'own');
  return [...groups.values()].sort((a, b) => alone(a) - alone(b) || b.clients.length - a.clients.length);
}

/** Whether a client still stands where the approval found it. */
export function isUnchanged(order: Grouped & { text: string }, target: Omit<Target, 'client'>): boolean {
  if (order.basis === undefined || order.basis === 'same-text') return true;
  const now = groupedFor(order.text, target);
  return now.basis === order.basis && now.asOf === order.asOf && now.rendered === order.rendered;
}
