/**
 * One scope under the rules: what each rule asks, in which state, by when. Rules refer to each other (a stage starts from the
 * one before it, a letter waits for a filing), so verdicts are computed on demand and remembered.
 */
import type { Calendar } from './calendar.ts';
import { dueAfter, dueAfterDue, dueAfterYear, type Reckoning } from './deadline.ts';
import type { Deadline, Rule, Span, Start, State } from './duty.ts';
import { dormant } from './force.ts';
import { holdEffect } from './hold.ts';
import { type Clock, type Due, dueText, type Moment } from './moment.ts';
import { EEA, zoneOf } from './place.ts';
import type { Ready, Rulebook } from './rulebook.ts';
import type { Contract, Filing, Scope } from './scope.ts';
import { ofContract, spanWords } from './span.ts';
import { type Started, startNames, startOf } from './start.ts';

/** What one rule asks of one scope, before it is put into words. */
export type Verdict = {
  rule: Rule;
  member: string | undefined;
  state: State;
  due?: Due | undefined;
  started?: Started | undefined;
  provisional: boolean;
  done?: Moment | undefined;
  why: string;
  by: Reckoning;
  assumed: string[];
};

/** A date, or why there is none yet. */
type Dated =
  | { kind: 'due'; due: Due; started?: Started | undefined; provisional: boolean; why: string }
  | { kind: 'open'; started?: Started | undefined; why: string }
  | { kind: 'waiting'; why: string }
  | { kind: 'off'; state: 'not-triggered' | 'paused'; why: string };

export class ScopeClock {
  #verdicts = new Map<string, Verdict>();
  #running = new Set<string>();
  #scope: Scope;
  #rules: Rulebook;
  #clock: Clock;
  #now: number;

  constructor(scope: Scope, rules: Rulebook, clock: Clock, now: number) {
    this.#scope = scope;
    this.#rules = rules;
    this.#clock = clock;
    this.#now = now;
  }

  /** The authorities to which a rule speaks for this scope: member states, or one unnamed. */
  members(rule: Rule): (string | undefined)[] {
    if (rule.instances === undefined) return [undefined];
    const { home, mainEstablishment, residents } = this.#scope;
    const lead = [mainEstablishment, home].find((place) => place !== undefined && EEA.includes(place));
    if (lead !== undefined) return [lead];
    const places = [...(residents ?? [])].filter(([place, n]) => EEA.includes(place) && n !== 0).map(([place]) => place);
    if (places.length === 0) return [undefined];
    return rule.instances === 'home' ? places.slice(0, 1) : places;
  }

  /** The verdict on one rule, for one authority; for a contract, with the contract's own number. */
  verdict(ready: Ready, member: string | undefined, contract?: Contract): Verdict {
    const key = `${ready.rule.id}|${member ?? ''}|${contract?.party ?? ''}|${contract?.kind ?? ''}`;
    const known = this.#verdicts.get(key);
    if (known !== undefined) return known;
    const verdict = this.#running.has(key) ? this.#circle(ready.rule, member) : this.#judge(ready, member, contract, key);
    this.#verdicts.set(key, verdict);
    return verdict;
  }

  #circle(rule: Rule, member: string | undefined): Verdict {
    return this.#plain(rule, member, 'not-started', 'it waits for itself: the rule data has a circle');
  }

  #plain(rule: Rule, member: string | undefined, state: State, why: string): Verdict {
    return { rule, member, state, why, provisional: false, by: this.#reckoning(rule, member), assumed: [] };
  }

  #judge(ready: Ready, member: string | undefined, contract: Contract | undefined, key: string): Verdict {
    const rule = this.#rules.nationalForm(ready.rule, member);
    const label = contract?.party ?? member;
    const asleep = dormant(rule, this.#clock.dayAt(this.#now, 'UTC'), contract);
    if (asleep !== undefined) return this.#plain(rule, member, asleep.state, asleep.why);
    const done = this.#doneAt(rule, label);
    const assumed: string[] = [];
    const reason = ready.applies(this.#scope, assumed);
    if (reason !== undefined && done === undefined) return this.#plain(rule, member, 'not-triggered', reason);
    this.#running.add(key);
    const dated = this.#dated(ready, rule, member, contract);
    this.#running.delete(key);
    return this.#settle(rule, member, label, dated, done, assumed);
  }

  /** From the date to the state: a filing first, then a decision, then the hold, then the clock. */
  #settle(
    rule: Rule,
    member: string | undefined,
    label: string | undefined,
    dated: Dated,
    done: Moment | undefined,
    assumed: string[],
  ): Verdict {
    const by = this.#reckoning(rule, member);
    const base = { rule, member, by, assumed, provisional: dated.kind === 'due' && dated.provisional };
    const effect =
      dated.kind === 'due' || dated.kind === 'open'
        ? holdEffect(rule.hold, this.#scope.hold, dated.kind === 'due' ? dated.due : undefined, this.#now, by)
        : undefined;
    const due = effect !== undefined && !effect.paused ? effect.due : dated.kind === 'due' ? dated.due : undefined;
    const started = dated.kind === 'due' || dated.kind === 'open' ? dated.started : undefined;
    const why = effect === undefined ? dated.why : `${effect.why}; ${dated.why}`;
    if (done !== undefined) {
      const late = due !== undefined && !base.provisional && this.#clock.isAfter(done, due);
      return {
        ...base,
        state: late ? 'late' : 'met',
        due,
        started,
        done,
        why: late ? `done after it was due; ${why}` : `done in time; ${why}`,
      };
    }
    const waiver = this.#scope.waivers.find(
      (w) => w.duty === rule.id && (w.instance === undefined || w.instance === label || w.instance === this.#scope.client),
    );
    if (waiver !== undefined)
      return { ...base, state: 'waived', due, started, why: `waived by ${waiver.approver}: ${waiver.reason}` };
    if (dated.kind === 'off') return { ...base, state: dated.state, why };
    if (effect?.paused === true) return { ...base, state: 'paused', started, why };
    if (dated.kind === 'waiting') return { ...base, state: 'not-started', why };
    if (due === undefined) return { ...base, state: 'no-number', started, why };
    const late = this.#clock.isAfter({ at: this.#now }, due) && !(base.provisional && rule.deadline.kind === 'after');
    return { ...base, state: late ? 'late' : 'dated', due, started, why };
  }

  /** When the duty was done: its first filing, or a finding that says so. A duty that counts by receipt is done when received. */
  #doneAt(rule: Rule, label: string | undefined): Moment | undefined {
    const { filings, anchors, client } = this.#scope;
    const matches = (f: Filing) =>
      f.duty === rule.id && (f.instance === undefined || f.instance === label || f.instance === client);
    const times = filings.filter(matches).map((f) => (rule.receipt === true ? f.received : f.at));
    if (rule.receipt !== true) for (const name of rule.filed ?? []) times.push(anchors.get(name));
    const stated = times.filter((moment) => moment !== undefined);
    return stated.length === 0 ? undefined : stated.reduce((a, b) => (b.at < a.at ? b : a));
  }

  #dated(ready: Ready, rule: Rule, member: string | undefined, contract: Contract | undefined): Dated {
    const chosen = contract !== undefined && rule.template !== undefined ? ofContract(rule, contract) : this.#chosen(ready, rule);
    const dated = this.#deadline(chosen.deadline, chosen.start, rule, member);
    return this.#ordered(rule, member, dated);
  }

  /** The first case of the rule that holds, else its plain deadline. */
  #chosen(ready: Ready, rule: Rule): { deadline: Deadline; start: Start | undefined } {
    const index = rule === ready.rule ? ready.cases.findIndex((test) => test(this.#scope, []) === undefined) : -1;
    const found = rule.cases?.[index];
    return found === undefined
      ? { deadline: rule.deadline, start: rule.start }
      : { deadline: found.deadline, start: found.start ?? rule.start };
  }

  #deadline(deadline: Deadline, start: Start | undefined, rule: Rule, member: string | undefined): Dated {
    if (deadline.kind === 'after') return this.#after(deadline.to, deadline.span, rule, member);
    if (deadline.kind === 'same') return this.#same(deadline.to, rule, member);
    if (deadline.kind === 'floor') return this.#floor(deadline.to, deadline.span, rule, member);
    if (deadline.kind === 'earliest-of') return this.#earliestOf(deadline, rule, member);
    const started = start === undefined ? undefined : startOf(start, this.#scope);
    if (deadline.kind === 'none') return { kind: 'open', started, why: rule.deadlineText ?? 'the law names no number' };
    if (started === undefined)
      return {
        kind: 'waiting',
        why: `its clock starts from ${start === undefined ? 'a finding' : startNames(start)}, which is not known`,
      };
    const by = this.#reckoning(rule, member);
    const due =
      deadline.kind === 'annual' ? dueAfterYear(started.moment, deadline.value, by) : dueAfter(started.moment, deadline, by);
    return { kind: 'due', due, started, provisional: false, why: spanWords(deadline, started.anchor) };
  }

  #earliestOf(deadline: Extract<Deadline, { kind: 'earliest-of' }>, rule: Rule, member: string | undefined): Dated {
    const missing = (deadline.needs ?? []).find((name) => !this.#scope.anchors.has(name));
    if (missing !== undefined) return { kind: 'waiting', why: `its clock starts from ${missing}, which is not known` };
    const by = this.#reckoning(rule, member);
    const options = deadline.options.flatMap((option) => {
      const started = startOf(option.start, this.#scope);
      return started === undefined ? [] : [{ option, started, due: dueAfter(started.moment, option, by) }];
    });
    const first = options[0];
    if (first === undefined) return { kind: 'waiting', why: 'none of its clocks has started' };
    const others = options.slice(1);
    const alone =
      deadline.unlessPast === true &&
      first.option === deadline.options[0] &&
      others.some((o) => first.started.moment.at > this.#clock.endOf(o.due));
    const best = alone ? first : options.reduce((a, b) => (this.#clock.endOf(b.due) < this.#clock.endOf(a.due) ? b : a));
    return {
      kind: 'due',
      due: best.due,
      started: best.started,
      provisional: false,
      why: spanWords(best.option, best.started.anchor),
    };
  }

  /** The duty that a chain hangs on: the first of `to` that is owed. */
  #link(to: string[], member: string | undefined): Verdict | undefined {
    for (const id of to) {
      const ready = this.#rules.ready(id);
      if (ready === undefined) continue;
      const verdict = this.verdict(ready, ready.rule.instances === undefined ? undefined : (member ?? this.members(ready.rule)[0]));
      if (verdict.state !== 'not-triggered' && verdict.state !== 'watch') return verdict;
    }
    return undefined;
  }

  #after(to: string[], span: Span | { kind: 'none' }, rule: Rule, member: string | undefined): Dated {
    const link = this.#link(to, member);
    if (link === undefined)
      return { kind: 'off', state: 'not-triggered', why: `it follows ${to.join(' or ')}, which is not triggered` };
    const { id } = link.rule;
    const by = this.#reckoning(rule, member);
    if (link.done !== undefined) {
      const started = { anchor: id, moment: link.done };
      if (span.kind === 'none') return { kind: 'open', started, why: rule.deadlineText ?? 'the law names no number' };
      return {
        kind: 'due',
        due: dueAfter(link.done, span, by),
        started,
        provisional: false,
        why: spanWords(span, `${id} was done`),
      };
    }
    if (link.state === 'paused') return { kind: 'off', state: 'paused', why: `it follows ${id}, which is paused` };
    if (link.due === undefined || span.kind === 'none') return { kind: 'waiting', why: `it starts when ${id} is done` };
    return {
      kind: 'due',
      due: dueAfterDue(link.due, span, by),
      provisional: true,
      why: `provisional: ${spanWords(span, `${id} is done`)}, at the latest date of that one`,
    };
  }

  #same(to: string[], rule: Rule, member: string | undefined): Dated {
    const link = this.#link(to, member);
    if (link === undefined)
      return { kind: 'off', state: 'not-triggered', why: `it goes with ${to.join(' or ')}, which is not triggered` };
    const { id } = link.rule;
    if (link.done !== undefined) {
      return {
        kind: 'due',
        due: this.#asDue(link.done, rule, member),
        started: { anchor: id, moment: link.done },
        provisional: false,
        why: `${id} is done, and this was due no later`,
      };
    }
    if (link.state === 'paused') return { kind: 'off', state: 'paused', why: `it goes with ${id}, which is paused` };
    if (link.due !== undefined)
      return { kind: 'due', due: link.due, started: link.started, provisional: true, why: `due no later than ${id}; ${link.why}` };
    return link.state === 'no-number'
      ? { kind: 'open', started: link.started, why: `no number of its own: it goes with ${id}` }
      : { kind: 'waiting', why: `it goes with ${id}; ${link.why}` };
  }

  #floor(to: string[], span: Span, rule: Rule, member: string | undefined): Dated {
    const link = this.#link(to, member);
    if (link === undefined)
      return { kind: 'off', state: 'not-triggered', why: `it follows ${to.join(' or ')}, which is not triggered` };
    if (link.done === undefined) return { kind: 'waiting', why: `it may be done only after a waiting period from ${link.rule.id}` };
    const floor = dueAfter(link.done, span, this.#reckoning(rule, member));
    return {
      kind: 'open',
      started: { anchor: link.rule.id, moment: link.done },
      why: `a floor, no deadline: not before the end of ${dueText(floor)}`,
    };
  }

  /** A duty that must come before or with another is due no later than that one is done. */
  #ordered(rule: Rule, member: string | undefined, dated: Dated): Dated {
    let best = dated;
    for (const { relation, to } of rule.order ?? []) {
      const link = this.#link([to], member);
      if (link?.done === undefined || best.kind === 'off') continue;
      const due = this.#asDue(link.done, rule, member);
      if (best.kind === 'due' && this.#clock.endOf(best.due) <= this.#clock.endOf(due)) continue;
      best = {
        kind: 'due',
        due,
        started: { anchor: to, moment: link.done },
        provisional: false,
        why: `${to} is done, and this goes ${relation} it`,
      };
    }
    return best;
  }

  #asDue(moment: Moment, rule: Rule, member: string | undefined): Due {
    if (moment.bareDay === undefined) return { at: moment.at };
    return { day: moment.bareDay, zone: this.#reckoning(rule, member).anchorZone };
  }

  #reckoning(rule: Rule, member: string | undefined): Reckoning {
    const own = (zone: string) => (zone === 'entity' ? this.#scope.zone : zone);
    const zones = rule.zone?.map(own) ?? [
      (member === undefined ? undefined : zoneOf(member)) ?? zoneOf(rule.jurisdiction) ?? this.#scope.zone,
    ];
    const calendar: Calendar = this.#rules.calendarOf(rule);
    return { clock: this.#clock, anchorZone: zones[0] ?? this.#scope.zone, zones, calendar };
  }
}
