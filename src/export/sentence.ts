import type { Entry } from '../record/entry.ts';
import type { Actor, Kind, Vocabulary } from '../record/event.ts';
import { COST_SENTENCES } from './sentence-costs.ts';
import { DUTY_SENTENCES } from './sentence-duties.ts';
import { KEEPING_SENTENCES } from './sentence-keeping.ts';
import { LANE_SENTENCES } from './sentence-lanes.ts';
import { NOTICE_SENTENCES } from './sentence-notices.ts';
import { TEAM_SENTENCES } from './sentence-team.ts';
import { WORK_SENTENCES } from './sentence-work.ts';
import type { Naming, Sentences } from './wording.ts';

const SENTENCES: Sentences<Kind> = {
  ...TEAM_SENTENCES,
  ...WORK_SENTENCES,
  ...KEEPING_SENTENCES,
  ...DUTY_SENTENCES,
  ...NOTICE_SENTENCES,
  ...COST_SENTENCES,
  ...LANE_SENTENCES,
};

/** What happened, in one sentence; who did it stands beside it. Plain text of people is in it: escape it at the exit. */
export function sentenceOf(entry: Entry, names: ReadonlyMap<Actor, string>): string {
  const name: Naming = (actor) => names.get(actor) ?? actor;
  return Object.hasOwn(SENTENCES, entry.kind)
    ? tell(entry.kind, entry, name)
    : `Something of a kind that this version does not know: ${String(entry.kind)}.`;
}

function tell<K extends Kind>(kind: K, event: Vocabulary[K], name: Naming): string {
  return SENTENCES[kind](event, name);
}
