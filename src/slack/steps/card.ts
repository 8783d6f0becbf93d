import type { RecordView } from '../../desk/view.ts';
import type { GuidedStep } from '../../record/guide.ts';
import type { Incident } from '../../record/incident.ts';
import { lineStanding } from '../../record/questions.ts';
import { clock, nameOf } from '../../record/turn.ts';
import { tableUnder } from '../../record/working-table.ts';
import type { Check, Step } from '../../runbook/runbook.ts';
import { actions, type Block, button, type Choice, context, header, menu, section, ticks } from '../blocks.ts';
import type { Card } from '../card.ts';
import { clip, distance, mrkdwn, safe, when } from '../mrkdwn.ts';
import { holder, mark, person, roleOf } from '../words.ts';
import { overBlocks } from './runbook-card.ts';
import { tableBlocks } from './table-card.ts';

export function stepCard(view: RecordView, guided: GuidedStep): Card {
  return guided.standing === 'open' || guided.standing === 'blocked' ? openCard(view, guided) : settledCard(view, guided);
}

const key = (record: string, step: string): string => `${record}|${step}`;

function openCard(view: RecordView, guided: GuidedStep): Card {
  const { incident, guide } = view;
  const { step, index } = guided;
  const title = `${mark(incident)}Step ${index + 1} of ${guide?.steps.length ?? 0} · ${step.title}`;
  const blocks = [
    header(title),
    context(`*${safe(step.phase)}*`, ...roleLine(incident, step), ...targetLine(view, guided)),
    ...blockedLine(incident, guided),
    ...step.warnings.slice(0, 3).map((warning) => section(`:warning: *Warning:* ${mrkdwn(clip(warning, 700))}`)),
    ...preconditions(incident, guided),
    ...words(step).map((text) => section(mrkdwn(clip(text, 1800)))),
    ...checks(incident, guided),
    ...tableBlocks(view, step),
    ...step.commands.slice(0, 2).map(({ text }) => section(`\`\`\`${safe(clip(text, 700))}\`\`\``)),
    ...evidence(guided),
    ...(step.kind === 'decision' ? options(step) : []),
    ...overBlocks(view, step.handover),
    buttons(incident, step),
    ...beside(view, guided),
    ...sources(step).map((text) => context(mrkdwn(text))),
  ];
  return { text: safe(`${title}. ${incident.title}`), blocks };
}

const SOURCE = /^Source:.*$/gm;

/** The step's own words; where a claim comes from stands below the buttons, for whoever wants to know. */
const words = ({ body }: Step): string[] => {
  const text = body
    .replace(SOURCE, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return text === '' ? [] : [text];
};

const sources = ({ body }: Step): string[] => (body.match(SOURCE) ?? []).slice(0, 3).map((line) => clip(line, 300));

function roleLine(incident: Incident, { role, scope }: Step): string[] {
  const known = role === undefined ? undefined : roleOf(role);
  const who = known === undefined ? undefined : holder(incident, known);
  const line = role === undefined ? [] : [`${safe(role)}: ${who ?? 'nobody yet'}`];
  return scope === 'each client' ? [...line, 'for each client'] : line;
}

function targetLine({ now, incident }: RecordView, { targetAt, state }: GuidedStep): string[] {
  const taken = state?.assigned === undefined ? [] : [`taken by ${person(incident, state.assigned)}`];
  if (targetAt === undefined) return taken;
  const passed = Temporal.Instant.from(targetAt).epochMilliseconds < now;
  return [`target ${when(targetAt)}, ${passed ? 'passed ' : ''}${distance(targetAt, now)}`, ...taken];
}

function blockedLine(incident: Incident, { standing, state }: GuidedStep): Block[] {
  if (standing !== 'blocked' || state === undefined) return [];
  return [
    section(`:no_entry: *Blocked* since ${clock(state.at)} (${safe(nameOf(incident, state.by))}): ${safe(state.reason ?? '')}`),
  ];
}

/** Hard preconditions stand above everything else: they prevent harm. */
function preconditions(incident: Incident, { step, unmet }: GuidedStep): Block[] {
  return unmet.slice(0, 5).map(({ precondition, index }) => {
    const text = `:lock: *Not before:* ${safe(precondition.text)}`;
    const table = tableUnder(incident, step, index);
    if (table !== undefined && table.rows.length > 0)
      return section(`:lock: *Done when every row is* (${table.done} of ${table.rows.length}): ${safe(precondition.text)}`);
    if (precondition.step !== undefined) return section(text);
    return section(
      text,
      button('step.met', 'It is so', `${key(incident.record, step.id)}|${index}`, { says: `Tick: ${precondition.text}` }),
    );
  });
}

const PER_BOX = 10;
/** More ticks than this do not fit into one message. */
const TICKS_MAX = 60;

/** A line as it counts under the answers so far; undefined where it does not. */
function lineOf(incident: Incident, step: Step, { text, source }: Check): string | undefined {
  const standing = lineStanding(incident, step, source.line);
  const clause = step.clauses.find((one) => one.source.line === source.line);
  if (standing === 'hidden') return undefined;
  const words = standing === 'counts' && clause !== undefined && clause.text !== '' ? clause.text : text;
  return words.replace(/\*\*|`/g, '');
}

function checks(incident: Incident, { step, state }: GuidedStep): Block[] {
  const lines = step.checks.map((check, i) => ({ i, box: Math.floor(i / PER_BOX), text: lineOf(incident, step, check) }));
  const shown = lines.flatMap(({ i, box, text }) =>
    text === undefined || i >= TICKS_MAX ? [] : [{ box, text, tick: tickOf(text, i) }],
  );
  const boxes = [...Map.groupBy(shown, ({ box }) => box)].map(([n, inside]) => ({ n, box: inside.map(({ tick }) => tick) }));
  const long = shown.filter(({ text }) => text.length > 140);
  return [
    ...boxes.map(({ n, box }) =>
      actions(`checks|${n}|${key(incident.record, step.id)}`, [
        ticks(
          `step.check.${n}`,
          box,
          box.filter(({ value }) => state?.ticked.has(value)),
        ),
      ]),
    ),
    ...(long.length === 0 ? [] : [section(clip(long.map(({ text }) => `• ${safe(text)}`).join('\n'), 1500))]),
    ...beyond(lines.slice(TICKS_MAX).flatMap(({ text }) => text ?? [])),
  ];
}

/** What no tick is left for is still said. */
function beyond(more: string[]): Block[] {
  if (more.length === 0) return [];
  return [section(clip(`*And ${more.length} more lines:*\n${more.map((text) => `• ${safe(text)}`).join('\n')}`, 2500))];
}

/** A tick holds 75 characters, and as many again below it: a longer check is broken at a pause, or between two words. */
function tickOf(text: string, index: number): Choice {
  if (text.length <= 75) return { text, value: String(index) };
  const head = text.slice(0, 75);
  const pause = Math.max(head.lastIndexOf('; '), head.lastIndexOf(': '), head.lastIndexOf(', '), head.lastIndexOf('. ')) + 1;
  const at = pause >= 25 ? pause : Math.max(head.lastIndexOf(' '), 40);
  return { text: text.slice(0, at), description: text.slice(at).trim(), value: String(index) };
}

function evidence({ step, state }: GuidedStep): Block[] {
  if (step.evidence.length === 0) return [];
  const wanted = step.evidence.slice(0, 8).map(({ what, how, where }) => {
    const more = [how, where === undefined ? undefined : `keep: ${where}`].filter((text) => text !== undefined).join('; ');
    return `• ${safe(what)}${more === '' ? '' : ` _(${safe(more)})_`}`;
  });
  const count = state?.evidence.length ?? 0;
  return [section(clip(`:paperclip: *Capture* (${count} kept so far)\n${wanted.join('\n')}`, 2000))];
}

function options({ options: all }: Step): Block[] {
  const lines = all.map(({ label, consequence, text, isDefault }) => {
    const more = consequence ?? text;
    return `• *${safe(label)}*${isDefault ? ' (default)' : ''}${more === undefined ? '' : `: ${safe(more)}`}`;
  });
  return lines.length === 0 ? [] : [section(clip(`:scales: *The choices*\n${lines.join('\n')}`, 2500))];
}

function buttons({ record }: Incident, step: Step): Block {
  const value = key(record, step.id);
  const says = (verb: string) => ({ says: `${verb}: ${step.title}` });
  const first =
    step.kind === 'decision'
      ? button('step.decide', 'Decide…', value, { style: 'primary', ...says('Decide') })
      : button('step.done', 'Done', value, { style: 'primary', ...says('Done') });
  return actions(`step|${value}`, [
    first,
    button('step.evidence', 'Add evidence…', value, says('Add evidence')),
    button('step.skip', 'Skip…', value, says('Skip')),
    button('step.block', 'Blocked…', value, says('Blocked')),
    button('step.assign', 'Hand over…', value, says('Hand over')),
    button('step.ask', 'Ask…', value, says('Ask')),
  ]);
}

/** What may run at the same time, one choice away: it must not crowd the card. */
function beside({ guide, incident }: RecordView, { step }: GuidedStep): Block[] {
  const current = guide?.current?.step.id === step.id;
  const others = current ? (guide?.beside ?? []) : [];
  if (others.length === 0) return [];
  const choices = others.map((other) => ({ text: other.step.title, value: key(incident.record, other.step.id) }));
  return [
    context('May run at the same time:'),
    actions(`beside|${key(incident.record, step.id)}`, [menu('step.show', 'Open another card', choices)]),
  ];
}

function settledCard({ incident }: RecordView, { step, standing, state, index }: GuidedStep): Card {
  const value = key(incident.record, step.id);
  const line = settledLine(incident, standing, state);
  const title = `${mark(incident)}Step ${index + 1} · ${step.title}`;
  return {
    text: `${safe(title)}: ${line}`,
    blocks: [
      section(`${standing === 'done' ? ':white_check_mark:' : ':fast_forward:'} *${safe(title)}*\n${line}`),
      actions(`settled|${value}`, [
        button('step.evidence', 'Add evidence…', value, { says: `Add evidence: ${step.title}` }),
        button('step.reopen', 'Reopen…', value, { says: `Reopen: ${step.title}` }),
      ]),
    ],
  };
}

function settledLine(incident: Incident, standing: string, state: GuidedStep['state']): string {
  if (state === undefined) return 'not on the path: another way was chosen';
  const by = `${clock(state.at)} by ${safe(nameOf(incident, state.by))}`;
  if (standing === 'skipped') return `skipped at ${by}: ${safe(state.reason ?? '')}`;
  const kept = state.evidence.length;
  const proof = !state.verified ? 'reported, not verified' : kept === 0 ? 'decided' : `${kept} kept as evidence`;
  const override = state.override === undefined ? '' : ` · went ahead before its precondition: ${safe(state.override)}`;
  return `done at ${by} (${proof})${state.note === undefined ? '' : ` · ${safe(state.note)}`}${override}`;
}
