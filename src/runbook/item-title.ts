import type { Item } from './items.ts';
import type { Timing } from './runbook.ts';
import { timing } from './timing.ts';
import { startsWithVerb } from './verbs.ts';

/** The bold lead-in, or the first sentence of a long line; the rest of the words go to the body. */
export function titleOf(item: Item): { title: string; rest: string } {
  const { lead, text } = item;
  if (lead !== undefined && text.startsWith(lead)) {
    const rest = text.slice(lead.length).replace(/^[\s:.–—-]+/u, '');
    const ended =
      /[.:!?]$/.test(lead) || /^\s*([:.–—-]|$)/u.test(text.slice(lead.length)) || /^\s+\p{Lu}/u.test(text.slice(lead.length));
    const named = startsWithVerb(lead) || text.length > 160 || rest === '';
    if (ended && named && lead.split(' ').length > 1 && !/^(note|important|warning|do not|don't)$/i.test(lead))
      return { title: lead.replace(/[\s:.]+$/, ''), rest };
  }
  const sentence = text.length > 140 ? /^(.{20,160}?[.!?:])\s+(?=\p{Lu}|\p{N})/u.exec(text)?.[1] : undefined;
  return sentence === undefined ? { title: text, rest: '' } : { title: sentence, rest: text.slice(sentence.length).trim() };
}

const ROLE_WORDS =
  /\b(lead|leader|manager|owner|officer|coordinator|commander|analyst|team|comms|communications|counsel|legal|scribe|engineer|administrator|admin|liaison|soc|ciso|cio|cto|ceo|hr)$/i;

/** `(IT lead)` at the end of a line names who does it, when the runbook lists that role or the words can be nothing else. */
export function trailingRole(title: string, roles: string[]): { title: string; role?: string } {
  const match = /\s*\(([^()]{2,30})\)\s*[.:]?$/.exec(title);
  const said = match?.[1]?.trim() ?? '';
  const listed = roles.find((role) => role.toLowerCase() === said.toLowerCase());
  const role = listed ?? (roles.length === 0 && said.split(' ').length <= 3 && ROLE_WORDS.test(said) ? said : undefined);
  return match === null || role === undefined ? { title } : { title: title.slice(0, match.index), role };
}

/** A leading `**Within 1 hour:**` sets the step's time. */
export function timedLead(markdown: string): Timing | undefined {
  const words = /^(?:\*\*|__)?\s*within\s+([^:*]{2,30})\s*:/i.exec(markdown)?.[1]?.trim() ?? '';
  const read = timing(words, 'step');
  return read === undefined ? undefined : { ...read, text: words };
}
