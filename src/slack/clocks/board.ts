import type { Clocks, OwedDuty } from '../../desk/clocks.ts';
import type { Reckoner } from '../../desk/reckoner.ts';
import type { RecordView } from '../../desk/view.ts';
import type { OpenQuestion } from '../../law/answers.ts';
import type { Incident } from '../../record/incident.ts';
import { actions, type Block, button, type Choice, context, divider, header, menu, section } from '../blocks.ts';
import type { Card } from '../card.ts';
import { clip, safe } from '../mrkdwn.ts';
import { mark } from '../words.ts';
import { nextQuestion, questionChoices } from './questions.ts';
import {
  clauses,
  dueWords,
  isDone,
  isOwed,
  NOT_ADVICE,
  placeOf,
  plainly,
  stateWords,
  targetWords,
  titleOf,
  UNVERIFIED,
} from './words.ts';

/** The board as the record stands now. */
export function boardOf(view: RecordView, reckoner: Reckoner | undefined): Card {
  const { incident, now } = view;
  return clockBoard(view, reckoner?.clocks(incident, now), reckoner?.questions(incident, now) ?? []);
}

/** The board of who must be told: what bites first on top, the why one click away. Worked out from the record, every time. */
export function clockBoard(view: RecordView, clocks: Clocks | undefined, questions: OpenQuestion[]): Card {
  const { incident } = view;
  const owed = clocks?.duties.filter(isOwed) ?? [];
  const title = `${mark(incident)}Who must be told`;
  const blocks = [
    header(title),
    context(asOf(view), NOT_ADVICE),
    question(incident, clocks, questions),
    ...problems(clocks),
    ...changes(incident, clocks),
    ...dated(view, owed),
    ...undated(incident, owed),
    ...settled(view, clocks),
    divider(),
    ...buttons(incident, clocks, questions),
    ...footer(clocks),
  ];
  return { text: `${title}: ${summary(incident, owed)}`, blocks: blocks.slice(0, 50) };
}

/** The board in a line: for notifications and for screen readers. */
function summary(incident: Incident, owed: OwedDuty[]): string {
  const [first] = owed.filter(({ duty }) => duty.due !== null);
  if (first === undefined) return `no date yet. ${incident.title}`;
  const late = owed.filter(({ duty }) => duty.state === 'late').length;
  return `${late > 0 ? `${late} late, first: ` : ''}${titleOf(incident, first)}, ${first.duty.due ?? ''}. ${incident.title}`;
}

const asOf = ({ incident }: RecordView): string =>
  incident.owed.because === 0
    ? 'Nobody has said anything yet that a clock runs on.'
    : `As of entry ${incident.size} of ${incident.record}.`;

/** The one question whose answer changes most; it has its own form. */
function question(incident: Incident, clocks: Clocks | undefined, questions: OpenQuestion[]): Block {
  const next = nextQuestion(incident, questions);
  if (next === undefined)
    return section(`:white_check_mark: No unanswered question would change this picture${clocks === undefined ? ' yet' : ''}.`);
  const says = { style: 'primary' as const, says: `Answer: ${next.question}` };
  return section(
    `:question: *Answer next:* ${safe(next.question)}${next.worth === '' ? '' : `\n_${next.worth}_`}`,
    button('clock.answer', 'Answer…', `${incident.record}|${next.field}`, says),
  );
}

function problems(clocks: Clocks | undefined): Block[] {
  const refused = clocks?.refused ?? [];
  if (refused.length === 0) return [];
  const lines = refused.slice(0, 5).map(({ field, message }) => `• ${safe(field)}: ${safe(message)}`);
  return [section(`:warning: *Nothing can be worked out while this is contradictory:*\n${lines.join('\n')}`)];
}

/** The law data changed under a sealed date: the date stands, and somebody accepts or asks counsel. */
function changes(incident: Incident, clocks: Clocks | undefined): Block[] {
  const changed = clocks?.duties.filter(({ change }) => change !== undefined) ?? [];
  return changed.slice(0, 5).map((owed) => {
    const { change, duty, name } = owed;
    const would =
      change?.due === undefined ? 'it would have no date' : `it would be due ${dueWords(change.due, change.zone ?? null)}`;
    const now = change?.to === undefined ? 'its rule is no longer on file' : would;
    const stands = duty.due === null ? '' : `Sealed: ${dueWords(duty.due, duty.zone)}. `;
    return section(
      `:scroll: *Rule changed: ${safe(titleOf(incident, owed))}*\n${stands}Under the law data of today ${now}. The sealed date stands until somebody accepts.`,
      button('clock.accept', 'Accept…', valueFor(incident, name), { says: `Accept the changed rule: ${duty.recipient}` }),
    );
  });
}

const TOP = 3;
const LISTED = 8;

const valueFor = ({ record }: Incident, { duty, instance }: OwedDuty['name']): string => [record, duty, instance ?? ''].join('|');

/** The first three with their buttons, the others in short, by law and date: a board must fit on a phone. */
function dated({ incident, now }: RecordView, owed: OwedDuty[]): Block[] {
  const all = owed.filter(({ duty }) => duty.due !== null);
  const same = ({ duty }: OwedDuty) => [duty.citation, duty.state, duty.due, duty.zone, duty.provisional].join('|');
  const groups = [...Map.groupBy(all.slice(TOP), same).values()];
  return [
    ...all.slice(0, TOP).flatMap((one) => [section(entry(incident, one, now)), rowOf(incident, one)]),
    ...groups.slice(0, LISTED).map((group) => together(incident, group, now)),
    ...(groups.length <= LISTED
      ? []
      : [context(`… and ${groups.slice(LISTED).flat().length} more with a date: see the menu below.`)]),
  ];
}

function entry(incident: Incident, owed: OwedDuty, now: number): string {
  const { duty, unverified } = owed;
  const target = targetWords(duty, now);
  const rolled =
    duty.rolled === null ? '' : `\n_A later reading, where a non-working day lets it run on:_ ${dueWords(duty.rolled, duty.zone)}`;
  const lines = [
    `*${safe(titleOf(incident, owed))}* · ${safe(placeOf(duty))}`,
    `${stateWords(incident, owed, now)}${rolled}`,
    `${safe(duty.citation)}${unverified ? ` · ${UNVERIFIED}` : ''}`,
    ...(target === undefined ? [] : [target]),
  ];
  return clip(lines.join('\n'), 1200);
}

function rowOf(incident: Incident, owed: OwedDuty): Block {
  const value = valueFor(incident, owed.name);
  const says = (verb: string) => ({ says: `${verb}: ${owed.duty.recipient}` });
  return actions(`clock|${value}`, [
    button('clock.filed', 'Mark filed…', value, says('Mark filed')),
    button('clock.waive', 'Decide against…', value, says('Decide against')),
    button('clock.why', 'Why…', value, says('Why')),
  ]);
}

const whyButton = (incident: Incident, { name, duty }: OwedDuty) =>
  button('clock.why', 'Why…', valueFor(incident, name), { says: `Why: ${duty.recipient}` });

/** Several who must be told under one law by one date, in one block. */
function together(incident: Incident, group: OwedDuty[], now: number): Block {
  const [first] = group;
  if (first === undefined) return divider();
  if (group.length === 1) return section(entry(incident, first, now), whyButton(incident, first));
  const names = group.map((owed) => `• *${safe(titleOf(incident, owed))}*${owed.unverified ? ` · ${UNVERIFIED}` : ''}`);
  const { duty } = first;
  return section(
    clip(`${names.join('\n')}\n${stateWords(incident, first, now)}\n${safe(placeOf(duty))} · ${safe(duty.citation)}`, 1800),
    whyButton(incident, first),
  );
}

/** Owed without a date: no number in the law, or a clock that waits for something. */
function undated(incident: Incident, owed: OwedDuty[]): Block[] {
  const without = owed.filter(({ duty }) => duty.due === null);
  const soft = without.filter(({ duty }) => duty.state === 'no-number');
  const waiting = without.filter(({ duty }) => duty.state === 'not-started');
  const paused = without.filter(({ duty }) => duty.state === 'paused');
  return [
    ...list(incident, ':pause_button: *Paused*', paused, true),
    ...list(incident, ':speech_balloon: *Owed, and the law names no number* (“without undue delay” or the like)', soft, false),
    ...list(incident, ':white_circle: *Clock not started*', waiting, true),
  ];
}

function list(incident: Incident, title: string, all: OwedDuty[], why: boolean): Block[] {
  if (all.length === 0) return [];
  const lines = all.slice(0, 8).map((owed) => {
    const { duty, unverified } = owed;
    const reason = why ? `: ${plainly(clauses(duty)[0] ?? '')}` : ` · ${safe(duty.citation)}`;
    return `• ${safe(titleOf(incident, owed))} · ${safe(placeOf(duty))}${reason}${unverified ? ` · ${UNVERIFIED}` : ''}`;
  });
  const more = all.length > 8 ? `\n… and ${all.length - 8} more` : '';
  return [section(clip(`${title}\n${lines.join('\n')}${more}`, 2900))];
}

function settled({ incident, now }: RecordView, clocks: Clocks | undefined): Block[] {
  const done = clocks?.duties.filter(isDone) ?? [];
  const lines = done.slice(0, 8).map((owed) => `• *${safe(titleOf(incident, owed))}*: ${stateWords(incident, owed, now)}`);
  const quiet = clocks?.duties.filter(({ duty }) => duty.state === 'not-triggered').length ?? 0;
  const watched = clocks?.duties.filter(({ duty }) => duty.state === 'watch').length ?? 0;
  const rest =
    clocks === undefined ? [] : [context(`${quiet} not triggered on what is known, ${watched} not in force: the menu says why.`)];
  return [...(lines.length === 0 ? [] : [section(clip(`*Settled*\n${lines.join('\n')}`, 2900))]), ...rest];
}

function buttons(incident: Incident, clocks: Clocks | undefined, questions: OpenQuestion[]): Block[] {
  const { record, owed } = incident;
  const some = clocks !== undefined && clocks.duties.length > 0;
  const undo = [...owed.duties.values()].some(({ filings, waived }) => filings.length > 0 || waived !== undefined);
  return [
    actions(`clocks|${record}`, [
      button('clock.time', 'Set a time…', record),
      ...(some ? [button('clock.filed', 'Mark filed…', record), button('clock.waive', 'Decide against…', record)] : []),
      ...(undo ? [button('clock.undo', 'Take back…', record)] : []),
    ]),
    actions(`menus|${record}`, [
      menu('clock.answer', 'State a fact…', questionChoices(incident, questions)),
      ...(some ? [menu('clock.why', 'Why…', whyChoices(incident, clocks))] : []),
    ]),
  ];
}

/**
 * The duties whose why can be asked, the owed ones first; the last choice opens the list of all others. The text of all blocks
 * of a message must stay below some 13,000 characters, so the menu is short.
 */
function whyChoices(incident: Incident, { duties }: Clocks): Choice[] {
  const sorted = [...duties.filter(isOwed), ...duties.filter(isDone)];
  const choices = sorted.slice(0, 30).map((owed) => ({
    text: clip(`${placeOf(owed.duty)}: ${titleOf(incident, owed)}`, 75),
    description: owed.duty.state.replace('-', ' '),
    value: valueFor(incident, owed.name),
  }));
  return [...choices, { text: 'Everything else, and why it is not owed', value: `${incident.record}|*` }];
}

function footer(clocks: Clocks | undefined): Block[] {
  const warnings = clocks?.warnings.slice(0, 6) ?? [];
  return warnings.length === 0 ? [] : [context(...warnings.map((warning) => `:information_source: ${safe(warning)}`))];
}

/** The three that bite first, a line each: for the Home tab and for answers in a thread. */
export function topClocks({ incident, now }: RecordView, reckoner: Reckoner | undefined): string[] {
  const owed = reckoner?.clocks(incident, now)?.duties.filter(isOwed) ?? [];
  return owed
    .filter(({ duty }) => duty.due !== null)
    .slice(0, TOP)
    .map((one) => `${stateWords(incident, one, now)} · ${safe(titleOf(incident, one))}${one.unverified ? ` · ${UNVERIFIED}` : ''}`);
}
