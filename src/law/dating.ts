/** From a deadline to a date: spans from a finding, chains from another duty, the earliest of several, floors. */
import { dueAfter, dueAfterDue, dueAfterYear, type Reckoning } from './deadline.ts';
import type { Deadline, Rule, Span, Start } from './duty.ts';
import type { Clock, Due, Moment } from './moment.ts';
import type { Scope } from './scope.ts';
import { spanWords } from './span.ts';
import { type Started, startNames, startOf } from './start.ts';
import type { Verdict } from './verdict.ts';

/** A date; or no number; or a clock that waits for a finding; or a chain whose other end is not owed or paused. */
export type Dated =
  | { kind: 'due'; due: Due; started?: Started | undefined; provisional: boolean; why: string }
  | { kind: 'open'; started?: Started | undefined; why: string }
  | { kind: 'waiting'; why: string }
  | { kind: 'off'; state: 'not-triggered' | 'paused'; why: string };

/** What dating needs from the scope under the rules: its findings, and the verdict on the duty that a chain hangs on. */
export type Context = {
  scope: Scope;
  clock: Clock;
  by: Reckoning;
  /** The first of these duties that is owed. */
  link(to: string[]): Verdict | undefined;
};

/** More than an alert or a suspicion: somebody knows of the incident. */
const KNOWLEDGE = [
  'discovered',
  'confirmed',
  'determined',
  'determined_likely_harm',
  'aware',
  'believed',
  'vendor_notified_us',
  'classified',
  'material',
  'scope_known',
  'decision_to_notify',
  'notice_sent',
];

const NO_NUMBER = 'the law names no number';

/** Dates one deadline of a rule. */
export function dated(deadline: Deadline, start: Start | undefined, rule: Rule, context: Context): Dated {
  if (deadline.kind === 'after') return after(deadline.to, deadline.span, context);
  if (deadline.kind === 'same') return same(deadline.to, context);
  if (deadline.kind === 'floor') return floor(deadline.to, deadline.span, context);
  if (deadline.kind === 'earliest-of') return earliestOf(deadline, context);
  const { scope, by } = context;
  const started = start === undefined ? undefined : startOf(start, scope);
  if (deadline.kind === 'none') {
    const knows = deadline.waits !== true && KNOWLEDGE.some((name) => scope.anchors.has(name));
    if (started !== undefined || start === undefined || knows)
      return { kind: 'open', started, why: rule.deadlineText ?? NO_NUMBER };
  }
  if (started === undefined || deadline.kind === 'none') {
    return {
      kind: 'waiting',
      why: `its clock starts from ${start === undefined ? 'a finding' : startNames(start)}, which is not known`,
    };
  }
  const due =
    deadline.kind === 'annual' ? dueAfterYear(started.moment, deadline.value, by) : dueAfter(started.moment, deadline, by);
  return { kind: 'due', due, started, provisional: false, why: spanWords(deadline, started.anchor) };
}

function earliestOf(deadline: Extract<Deadline, { kind: 'earliest-of' }>, { scope, clock, by }: Context): Dated {
  const missing = (deadline.needs ?? []).find((name) => !scope.anchors.has(name));
  if (missing !== undefined) return { kind: 'waiting', why: `its clock starts from ${missing}, which is not known` };
  const options = deadline.options.flatMap((option) => {
    const started = startOf(option.start, scope);
    return started === undefined ? [] : [{ option, started, due: dueAfter(started.moment, option, by) }];
  });
  const first = options[0];
  if (first === undefined) return { kind: 'waiting', why: 'none of its clocks has started' };
  const begunLate = options.slice(1).some((other) => first.started.moment.at > clock.endOf(other.due));
  const alone = deadline.unlessPast === true && first.option === deadline.options[0] && begunLate;
  const best = alone ? first : options.reduce((a, b) => (clock.endOf(b.due) < clock.endOf(a.due) ? b : a));
  const why = spanWords(best.option, best.started.anchor);
  return { kind: 'due', due: best.due, started: best.started, provisional: false, why };
}

function after(to: string[], span: Span | { kind: 'none' }, { link, by }: Context): Dated {
  const chain = link(to);
  if (chain === undefined) return unowed('follows', to);
  const { id } = chain.rule;
  if (chain.done !== undefined) {
    const started = chain.done;
    if (span.kind === 'none') return { kind: 'open', started, why: NO_NUMBER };
    return {
      kind: 'due',
      due: dueAfter(chain.done.moment, span, by),
      started,
      provisional: false,
      why: spanWords(span, `the filing of ${id}`),
    };
  }
  if (chain.state === 'paused') return { kind: 'off', state: 'paused', why: `it follows ${id}, which is paused` };
  if (chain.due === undefined || span.kind === 'none') return { kind: 'waiting', why: `it starts when ${id} is done` };
  const why = `provisional: ${spanWords(span, `the filing of ${id}`)}, counted from the latest date of that one`;
  return { kind: 'due', due: dueAfterDue(chain.due, span, by), started: chain.started, provisional: true, why };
}

function same(to: string[], { link, by }: Context): Dated {
  const chain = link(to);
  if (chain === undefined) return unowed('goes with', to);
  const { id } = chain.rule;
  if (chain.done !== undefined) {
    const started = chain.done;
    return {
      kind: 'due',
      due: asDue(chain.done.moment, by),
      started,
      provisional: false,
      why: `${id} is done, and this was due no later`,
    };
  }
  if (chain.state === 'paused') return { kind: 'off', state: 'paused', why: `it goes with ${id}, which is paused` };
  if (chain.due !== undefined) {
    return { kind: 'due', due: chain.due, started: chain.started, provisional: true, why: `due no later than ${id}; ${chain.why}` };
  }
  if (chain.state === 'not-started') return { kind: 'waiting', why: `it goes with ${id}; ${chain.why}` };
  return { kind: 'open', started: chain.started, why: `no number of its own: it goes with ${id}` };
}

function floor(to: string[], span: Span, { link, by, clock }: Context): Dated {
  const chain = link(to);
  if (chain === undefined) return unowed('follows', to);
  const { id } = chain.rule;
  if (chain.done === undefined) return { kind: 'waiting', why: `it may be done only after a waiting period from ${id}` };
  const why = `a floor, no deadline: not before the end of ${clock.dueText(dueAfter(chain.done.moment, span, by))}`;
  return { kind: 'open', started: chain.done, why };
}

function unowed(how: string, to: string[]): Dated {
  return { kind: 'off', state: 'not-triggered', why: `it ${how} ${to.join(' or ')}, which is not triggered` };
}

/** A duty that must come before or with another is due no later than that one is done. */
export function ordered(rule: Rule, plain: Dated, { link, clock, by }: Context): Dated {
  let best = plain;
  for (const { relation, to } of rule.order ?? []) {
    const done = link([to])?.done;
    if (done === undefined || best.kind === 'off') continue;
    const due = asDue(done.moment, by);
    if (best.kind === 'due' && clock.endOf(best.due) <= clock.endOf(due)) continue;
    const started = done;
    best = { kind: 'due', due, started, provisional: false, why: `${to} is done, and this goes ${relation} it` };
  }
  return best;
}

function asDue(moment: Moment, { anchorZone }: Reckoning): Due {
  return moment.bareDay === undefined ? { at: moment.at } : { day: moment.bareDay, zone: anchorZone };
}
