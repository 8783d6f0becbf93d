import type { Actor, Answer, Kind, Vocabulary } from '../record/event.ts';

/** How a sentence names a person. */
export type Naming = (actor: Actor) => string;

/** One sentence per kind of event. A missing one is an error of types, so a new kind cannot be forgotten. */
export type Sentences<K extends Kind> = { [P in K]: (event: Vocabulary[P], name: Naming) => string };

export const SAID: Record<Answer, string> = { yes: 'yes', no: 'no', unknown: 'not known' };

/** A clause that stands only where there is something to say. */
export const clause = (before: string, text: string | undefined): string =>
  text === undefined || text === '' ? '' : `${before}${text}`;

/** Words of people, set off from ours. */
export const quoted = (text: string): string => `“${text}”`;

export const entriesNamed = (seqs: number[]): string => (seqs.length === 1 ? `entry ${seqs[0]}` : `entries ${seqs.join(', ')}`);

/** Roles and answers are stored with hyphens and underscores; people read words. */
export const words = (id: string): string => id.replaceAll(/[-_]/g, ' ');
