import { compile } from '../runbook/compile.ts';
import { differenceText } from '../runbook/difference-text.ts';
import { type Runbook, stepsOf } from '../runbook/runbook.ts';
import { carriedOf } from './carry.ts';
import { type Command, type CommandOf, type Decided, type Refusal, refuse } from './command.ts';
import type { RunbookText } from './command-runbook.ts';
import { clock, just, nameOf, type Turn } from './turn.ts';

/** The text that governs a running incident: it changes only by a recorded acceptance. */
export function decideRunbook(turn: Turn, command: Command): Decided[] | Refusal | undefined {
  switch (command.do) {
    case 'offerRunbook':
      return offer(turn, command);
    case 'declineRunbook':
      return decline(turn, command);
    case 'adoptRunbook':
      return adopt(turn, command);
  }
}

function offer({ incident, runbook }: Turn, { runbook: text }: CommandOf<'offerRunbook'>): Decided[] | Refusal {
  if (incident.runbook === undefined || runbook === undefined) return refuse('unknown', 'No runbook is in force here.');
  if (incident.runbook.digest === text.digest) return refuse('already', 'The file is the text that governs here.');
  if (incident.offered.has(text.digest)) return refuse('already', 'That text was offered already.');
  const fresh = readable(text);
  if ('refused' in fresh) return fresh;
  const body = { runbook: text.id, digest: text.digest };
  return just({ kind: 'runbook.changed', body, texts: { difference: differenceText(runbook, fresh) } });
}

function readable({ source, file }: RunbookText): Runbook | Refusal {
  const runbook = compile(source, { file });
  return stepsOf(runbook).length === 0
    ? refuse('invalid', `${file} has no steps as it stands, so it cannot guide anybody.`)
    : runbook;
}

function decline({ incident, now }: Turn, { digest, reason }: CommandOf<'declineRunbook'>): Decided[] | Refusal {
  const offered = incident.offered.get(digest);
  if (offered === undefined) return refuse('unknown', 'No such change was offered.');
  if (offered.declined !== undefined) {
    const { by, at } = offered.declined;
    return refuse('already', `${nameOf(incident, by)} said "not now" at ${clock(at, now)}.`);
  }
  if (incident.runbook?.digest === digest) return refuse('already', 'That text governs already.');
  const body = { runbook: offered.runbook, digest };
  return just({ kind: 'runbook.declined', body, texts: reason?.trim() ? { reason } : {} });
}

function adopt({ incident, runbook }: Turn, { runbook: text, reason }: CommandOf<'adoptRunbook'>): Decided[] | Refusal {
  if (incident.runbook?.digest === text.digest) return refuse('already', 'That text governs this incident already.');
  if (reason.trim() === '')
    return refuse('needs-reason', 'Say why it is taken in: from then on people are guided by other words.', 'reason');
  const fresh = readable(text);
  if ('refused' in fresh) return fresh;
  const carried = runbook === undefined ? [] : carriedOf(incident, runbook, fresh);
  const { id, digest, file, source } = text;
  const body = { runbook: id, digest, file, ...(carried.length === 0 ? {} : { carried }) };
  return just({ kind: 'runbook.adopted', body, texts: { source, reason: reason.trim() } });
}
