import type { Order } from '../../record/incident-lanes.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import { stepsOf } from '../../runbook/runbook.ts';
import { choiceInput, context, input, manyInput, menuInput, modal, section, textInput, type View, whenInput } from '../blocks.ts';
import { clip, safe } from '../mrkdwn.ts';
import { basisLine } from './broadcast-card.ts';

/** The forms of a vendor incident with many clients. Everything a form is about travels as metadata. */
export type LaneAbout = { incident: string; client?: string; order?: string; record?: string; channel?: string };

export const readAbout = (metadata: string): LaneAbout => JSON.parse(metadata || '{}') as LaneAbout;
const about = (what: LaneAbout): string => JSON.stringify(what);

/** What is affected, in the short form of an advisory: every client's files are matched against it. */
export const sortForm = (incident: string): View =>
  modal('lanes.sort', 'Sort the clients', 'Sort', about({ incident }), [
    input('product', 'Product, as it is installed', textInput({ placeholder: 'VSA Agent', max: 200 })),
    input('publisher', 'Publisher', textInput({ placeholder: 'Kaseya', max: 200 }), { optional: true }),
    input('versions', 'Affected versions', textInput({ placeholder: '< 9.5.7', max: 300 }), {
      optional: true,
      hint: 'Several with commas. Empty: every version.',
    }),
    input('ecosystem', 'Where it is found', menuInput(ECOSYSTEMS, 'software')),
    input('from', 'Installed from (for a compromised release)', whenInput(), { optional: true }),
    input('to', 'Installed until', whenInput(), { optional: true }),
    context('Clients in T0 to T2 get a lane at once. Nothing is sent to anybody.'),
  ]);

const ECOSYSTEMS = [
  { text: 'Installed software', value: 'software' },
  { text: 'npm', value: 'npm' },
  { text: 'PyPI', value: 'PyPI' },
  { text: 'Go', value: 'Go' },
  { text: 'crates.io', value: 'crates.io' },
  { text: 'Maven', value: 'Maven' },
  { text: 'OAuth grants', value: 'oauth' },
];

const NOTICES = [
  { text: 'Holding statement', value: 'holding' },
  { text: 'Status', value: 'per_client_status' },
  { text: 'Not affected', value: 'not_affected' },
  { text: 'Affected', value: 'affected_client' },
  { text: 'Correction', value: 'correction' },
  { text: 'Warning of scams', value: 'scam_warning' },
  { text: 'Closing', value: 'closing' },
];

const AUDIENCES = [
  { text: 'All clients', value: 'all' },
  { text: 'Those who are hit (T0 to T2)', value: 'hit' },
  { text: 'Those who are not affected (T3, T4)', value: 'not-affected' },
  { text: 'Those of whom nobody knows yet (U)', value: 'unknown' },
];

export const tellForm = (incident: string): View =>
  modal('lanes.tell', 'Tell clients', 'Check', about({ incident }), [
    input('audience', 'To whom?', menuInput(AUDIENCES, 'all')),
    input('purpose', 'What is it?', menuInput(NOTICES, 'holding')),
    input('text', 'The words', textInput({ multiline: true, max: 2800 }), {
      hint: 'Name no client. {{name}}, {{contact}}, {{state}}, {{basis}} and {{as_of}} are filled from each client’s own record.',
    }),
    input('why', 'If words are warned of and stay: why?', textInput({ max: 500 }), { optional: true }),
    context(
      'Every channel is checked first, and the words against each client’s own record. What the record does not carry goes to nobody. Nothing goes out until somebody else has approved it.',
    ),
  ]);

export const askAllForm = (incident: string): View =>
  modal('lanes.ask', 'Ask all lanes', 'Ask', about({ incident }), [
    input('question', 'What do we need to know of every client?', textInput({ multiline: true, max: 1000 })),
    input('due', 'By when?', whenInput(), { optional: true }),
  ]);

export function advanceForm(incident: string, runbook: Runbook | undefined): View {
  const steps =
    runbook === undefined ? [] : stepsOf(runbook).filter(({ scope, kind }) => scope === 'each client' && kind !== 'decision');
  const choices = steps.map(({ id, title }) => ({ text: clip(title, 75), value: id })).filter(({ value }) => value.length <= 75);
  return modal('lanes.advance', 'Advance a step', choices.length === 0 ? undefined : 'Mark done', about({ incident }), [
    ...(choices.length === 0
      ? [section('The runbook has no step for each client.')]
      : [input('step', 'Done in every lane', menuInput(choices))]),
    context('Lanes where something stands in its way are left as they are, and named.'),
  ]);
}

export function promoteForm(incident: string, clients: { id: string; name: string }[]): View {
  const choices = clients.slice(0, 100).map(({ id, name }) => ({ text: clip(name, 75), value: id }));
  const many = clients.length > 100;
  return modal('lanes.promote', 'Open a lane', 'Open', about({ incident }), [
    ...(choices.length === 0 ? [] : [input('client', 'For whom?', menuInput(choices), { optional: many })]),
    ...(many || choices.length === 0 ? [input('id', 'Or the client’s id', textInput({ max: 80 }), { optional: true })] : []),
  ]);
}

export function releaseForm(incident: string, entries: { seq: number; text: string }[]): View {
  const choices = entries.slice(-100).map(({ seq, text }) => ({ text: clip(`${seq}: ${text}`, 75), value: String(seq) }));
  return modal('lanes.release', 'Let lanes see', choices.length === 0 ? undefined : 'Release', about({ incident }), [
    ...(choices.length === 0
      ? [section('There is nothing to release yet: findings, notes and what others said can be.')]
      : [input('entries', 'Which entries may every lane see?', manyInput(choices, 'Findings, notes, statements'))]),
    context('Read them first: they must name no client. What was released cannot be taken back.'),
  ]);
}

export const questionForm = (what: LaneAbout): View =>
  modal('lanes.question', 'Your question', 'Send', about(what), [
    input('text', 'What do you want to know?', textInput({ multiline: true, max: 2000 })),
    input('urgent', 'Is something happening at your end right now?', choiceInput(NOW, 'no')),
  ]);

const NOW = [
  { text: 'No', value: 'no' },
  { text: 'Yes', value: 'yes' },
];

/** Reads the words once more before they go out: to everybody of whom the same is said, or to one client in its own words. */
export const approveForm = (order: Order, incident: string, own?: string): View => {
  const { id, clients, text, overruled } = order;
  const one = clients.length === 1;
  const kept =
    overruled === undefined ? [] : [section(`:warning: Words that the check warned of were kept: ${safe(clip(overruled, 500))}`)];
  return modal('lanes.approve', 'Approve', one ? 'Send it' : `Send to ${clients.length}`, about({ incident, order: id }), [
    section(one ? '*One client* gets this:' : `*${clients.length} clients* get this, one first, then five, then all:`),
    section(safe(clip(own ?? text, 2800))),
    ...kept,
    ...(basisLine(order) === '' ? [] : [context(basisLine(order))]),
    input(
      'sure',
      'Read?',
      choiceInput([
        { text: one ? 'I have read it, and it is true' : 'I have read it, and it is true of all of them', value: 'yes' },
      ]),
    ),
  ]);
};
