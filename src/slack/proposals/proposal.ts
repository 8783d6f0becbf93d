import type { Proposed, SaidMessage } from '../../desk/model-port.ts';
import { queueOf } from '../../desk/plan.ts';
import type { Delivery, Place } from '../../desk/ports.ts';
import { visible } from '../../desk/secrets.ts';
import type { RecordView } from '../../desk/view.ts';
import { defanged } from '../../notice/wording-of-entry.ts';
import type { Command, NamedPerson } from '../../record/command.ts';
import { standingFor } from './contradiction.ts';

/** A message as it was said: where it stands, and who said it. */
export type Source = {
  channel: string;
  ts: string;
  at: string;
  user: string;
  speaker: string;
  text: string /** Where they are, IANA. */;
  zone?: string;
};

/** An entry that words would make. It lives in the body of its card alone, and becomes an entry when a person accepts it. */
export type Proposal = Omit<Proposed, 'message'> & { id: string; source: Source };

export type ProposalBody =
  | { state: 'open'; proposal: Proposal; thread?: string }
  /** Settled: its words are in the record, or nowhere. */
  | { state: 'accepted'; seq: number }
  | { state: 'dropped' };

export function proposalDelivery(record: string, id: string, place: Place, body: ProposalBody): Delivery {
  const { surface, workspace, channel } = place;
  return {
    id: proposalId(record, id, channel),
    record,
    kind: 'proposal-card',
    queue: queueOf(place),
    body: JSON.stringify({ place: { surface, workspace, channel }, ...body }),
    coalescing: true,
  };
}

export const proposalId = (record: string, id: string, channel: string): string => `${record}/proposal/${id}@${channel}`;

/**
 * What a model proposed, held to what was said: a quote that is not in the message, or a number, name of a file or address that is not, and
 * the words of the message stand instead. Links cannot be clicked, and nothing is hidden in it.
 */
export function held(
  proposed: Proposed,
  messages: readonly (SaidMessage & { source: Source })[],
  id: string,
): Proposal | undefined {
  const said = messages.find(({ number }) => number === proposed.message);
  if (said === undefined) return undefined;
  const { message: _, ...rest } = proposed;
  const { source } = said;
  const words = flat(source.text);
  const quote = proposed.quote.trim() !== '' && words.includes(flat(proposed.quote)) ? proposed.quote : source.text;
  const clean = (text: string | null) => (text === null ? null : defanged(visible(text)).slice(0, 600));
  const isCarried = (text: string | null) => text === null || valuesIn(text).every((value) => words.includes(value));
  const texts = [proposed.text, proposed.about, proposed.reason, proposed.who];
  const faithful = texts.every(isCarried) && proposed.text.trim() !== '';
  return {
    ...rest,
    id,
    source,
    quote: clean(quote) ?? '',
    text: clean(faithful ? proposed.text : quote) ?? '',
    about: faithful ? clean(proposed.about) : null,
    reason: faithful ? clean(proposed.reason) : null,
    who: faithful ? clean(proposed.who) : null,
    occurred: instant(proposed.occurred),
    due: instant(proposed.due),
  };
}

const flat = (text: string): string => visible(text).toLowerCase().replace(/\s+/g, ' ').trim();

/** What must not change on the way from a message to an entry: numbers, addresses, names of files and hosts, links. */
const valuesIn = (text: string): string[] =>
  flat(text).match(/https?:\/\/\S+|[\w.+-]+@[\w.-]+|[a-z0-9_-]*\d[\w.:,-]*\w|\d|[\w-]+(?:\.[\w-]+)+/g) ?? [];

/** A time that the record can hold, or none. */
function instant(iso: string | null): string | null {
  try {
    return iso === null ? null : Temporal.Instant.from(iso).toString();
  } catch {
    return null;
  }
}

/** The command that a proposal is, once somebody accepts it; or a sentence where it is none. */
export function commandIn(
  proposal: Proposal,
  { guide, incident, entries }: RecordView,
  speaker: NamedPerson | undefined,
  newId: () => string,
): Command | string {
  const { kind, text, about, status, reason, who, occurred, due, entry, source } = proposal;
  const from = `${source.speaker} in the channel: “${source.text.slice(0, 300)}”`;
  switch (kind) {
    case 'note':
      return {
        do: 'recordNote',
        text,
        speaker: source.speaker,
        source: `message ${source.channel}/${source.ts}`,
        occurred: occurred ?? source.at,
      };
    case 'finding': {
      const current = incident.findings.some(({ seq, supersededBy }) => seq === entry && supersededBy === undefined);
      const replaces = current && entry !== null ? { supersedes: entry } : {};
      return {
        do: 'recordFinding',
        about: about ?? text.slice(0, 60),
        status: status ?? 'suspected',
        text,
        source: from,
        asOf: occurred ?? source.at,
        ...replaces,
      };
    }
    case 'decision':
      return {
        do: 'takeDecision',
        question: about ?? text,
        choice: text,
        reason: reason ?? from,
        outcome: 'decided',
        reversible: 'unknown',
        cites: [],
        ...(speaker === undefined ? {} : { decider: speaker }),
      };
    case 'promise':
      return { do: 'recordPromise', promise: newId(), who: who ?? source.speaker, text, ...(due === null ? {} : { due }) };
    case 'ask':
      return { do: 'openAsk', question: text, ...(due === null ? {} : { due }) };
    case 'step_done': {
      const step = guide?.steps.find(({ index }) => index + 1 === proposal.step)?.step;
      return step === undefined ? 'The runbook has no such step.' : { do: 'completeStep', step: step.id, note: text };
    }
    case 'contradiction': {
      const stands = standingFor(incident, entries, entry);
      const against = stands?.notice === undefined ? '' : ` and notice ${stands.notice}, which rests on it,`;
      return {
        do: 'openAsk',
        question: `${entry === null ? 'The record' : `Entry ${entry}`}${against} says something else than ${source.speaker}: ${text}. Which is right?`,
        ...(stands === undefined ? {} : { to: stands.person }),
      };
    }
  }
}
