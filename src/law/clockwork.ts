/**
 * One scope under the rules: what each rule asks, in which state, by when. Rules refer to each other (a stage starts from the
 * one before it, a letter waits for a filing), so verdicts are computed on demand and remembered.
 */
import { isoOf } from './calendar.ts';
import { type Context, type Dated, dated, ordered } from './dating.ts';
import type { Reckoning } from './deadline.ts';
import type { Rule, State } from './duty.ts';
import { dormant, unmarked } from './force.ts';
import { holdEffect } from './hold.ts';
import { jurisdictionsOf } from './jurisdictions.ts';
import type { Clock } from './moment.ts';
import { EEA, zoneOf } from './place.ts';
import type { Ready, Rulebook } from './rulebook.ts';
import type { Contract, Scope } from './scope.ts';
import { fits, ofContract } from './span.ts';
import type { Started } from './start.ts';
import type { Verdict } from './verdict.ts';

export class ScopeClock {
  #verdicts = new Map<Ready | string, Verdict>();
  #assumed: string[] = [];
  #scope: Scope;
  #rules: Rulebook;
  #clock: Clock;
  #now: number;
  #today: string;

  constructor(scope: Scope, rules: Rulebook, clock: Clock, now: number) {
    this.#scope = scope;
    this.#rules = rules;
    this.#clock = clock;
    this.#now = now;
    this.#today = isoOf(clock.dayAt(now, 'UTC'));
  }

  /** The authorities to which a rule speaks for this scope: member states, or one unnamed. */
  members(rule: Rule): (string | undefined)[] {
    if (rule.instances === undefined) return NO_MEMBER;
    const { home, mainEstablishment, residents } = this.#scope;
    const lead = [mainEstablishment, home].find((place) => place !== undefined && EEA.includes(place));
    if (lead !== undefined) return [lead];
    const counted = [...(residents ?? [])].filter(([place, n]) => EEA.includes(place) && n !== 0).map(([place]) => place);
    const places = counted.filter((place) => rule.elsewhere?.includes(place) !== true);
    if (places.length === 0) return NO_MEMBER;
    return rule.instances === 'home' ? places.slice(0, 1) : places;
  }

  /** The verdict on one rule, for one authority; for a contract, with the contract's own number. */
  verdict(ready: Ready, member: string | undefined, contract?: Contract): Verdict {
    // Only what other rules hang on is asked for twice, and only that can wait for itself.
    if (contract !== undefined || !this.#rules.isLinked(ready.rule.id)) return this.#judge(ready, member, contract);
    const key = member === undefined ? ready : `${ready.rule.id}|${member}`;
    const known = this.#verdicts.get(key);
    if (known !== undefined) return known;
    this.#verdicts.set(key, this.#plain(ready.rule, member, 'not-started', 'it waits for itself: the rule data has a circle'));
    const verdict = this.#judge(ready, member, undefined);
    this.#verdicts.set(key, verdict);
    return verdict;
  }

  #plain(rule: Rule, member: string | undefined, state: State, why: string): Verdict {
    return { rule, member, state, why, provisional: false, rolls: false, assumed: NOTHING };
  }

  #judge(ready: Ready, member: string | undefined, contract: Contract | undefined): Verdict {
    const rule = this.#inForce(ready.rule, member);
    const label = contract?.party ?? member;
    const asleep =
      (contract === undefined ? this.#rules.dormant(rule, this.#today) : dormant(rule, this.#today, contract)) ??
      unmarked(rule, this.#scope, contract);
    if (asleep !== undefined) return this.#plain(rule, member, asleep.state, asleep.why);
    this.#assumed.length = 0;
    const reason = ready.applies(this.#scope, this.#assumed);
    const assumed = this.#assumed.length === 0 ? NOTHING : [...this.#assumed];
    const done = this.#doneAt(rule, label, reason !== undefined && !this.#wasOwed(ready));
    if (reason !== undefined && done === undefined) return this.#plain(rule, member, 'not-triggered', reason);
    const context = this.#context(rule, member);
    const { deadline, start } =
      contract !== undefined && rule.template !== undefined ? ofContract(rule, contract) : this.#chosen(ready, rule);
    const date = ordered(rule, dated(deadline, start, rule, context), context);
    const rolls =
      rule.roll !== undefined &&
      rule.roll !== false &&
      (ready.rollUnless === undefined || ready.rollUnless(this.#scope, []) !== undefined);
    return this.#settle(context.by, rolls, { rule, member, label, date, done, assumed });
  }

  /** Whether a duty was owed before anybody found the data encrypted or harm unlikely: what was done then stays done. */
  #wasOwed(ready: Ready): boolean {
    const { encrypted, harmUnlikely } = this.#scope;
    if (encrypted !== true && !harmUnlikely) return false;
    return ready.applies({ ...this.#scope, encrypted: undefined, harmUnlikely: false }, []) === undefined;
  }

  /** The rule as the member state applies it, once the national form is in force there. */
  #inForce(rule: Rule, member: string | undefined): Rule {
    const form = this.#rules.nationalForm(rule, member);
    if (form === undefined) return rule;
    const { variant, ...plain } = form.record;
    return dormant(plain, this.#today, undefined) === undefined ? form.rule : rule;
  }

  /** The first case of the rule that holds, else its plain deadline. */
  #chosen(ready: Ready, rule: Rule): Pick<Rule, 'deadline'> & { start: Rule['start'] | undefined } {
    const index = rule === ready.rule ? ready.cases.findIndex((test) => test(this.#scope, []) === undefined) : -1;
    const found = rule.cases?.[index];
    return { deadline: found?.deadline ?? rule.deadline, start: found?.start ?? rule.start };
  }

  #context(rule: Rule, member: string | undefined): Context {
    return {
      scope: this.#scope,
      clock: this.#clock,
      by: this.#reckoning(rule, member),
      link: (to) => this.#link(to, member),
    };
  }

  #link(to: string[], member: string | undefined): Verdict | undefined {
    for (const id of to) {
      const ready = this.#rules.ready(id);
      if (ready === undefined) continue;
      const verdict = this.verdict(ready, ready.rule.instances === undefined ? undefined : (member ?? this.members(ready.rule)[0]));
      if (verdict.state !== 'not-triggered' && verdict.state !== 'watch') return verdict;
    }
    return undefined;
  }

  /** From the date to the state: a filing first, then a decision, then the hold, then the clock. */
  #settle(by: Reckoning, rolls: boolean, { rule, member, label, date, done, assumed }: Settling): Verdict {
    const own = date.kind === 'due' ? date.due : undefined;
    const runs = date.kind === 'due' || date.kind === 'open';
    const effect = runs ? holdEffect(rule.hold, this.#scope.hold, own, this.#now, by) : undefined;
    const due = effect === undefined ? own : effect.paused ? undefined : effect.due;
    const base = { rule, member, by, rolls, assumed, due, started: runs ? date.started : undefined };
    const provisional = date.kind === 'due' && date.provisional;
    const why = effect === undefined ? date.why : `${effect.why}; ${date.why}`;
    // A chain that has not begun cannot be late, however late the duty before it is.
    const begun = !(provisional && rule.deadline.kind === 'after');
    if (done !== undefined) {
      const late = own !== undefined && due !== undefined && begun && this.#clock.isAfter(done.moment, due);
      return {
        ...base,
        state: late ? 'late' : 'met',
        provisional,
        done,
        why: `${late ? 'done after it was due' : 'done in time'}; ${why}`,
      };
    }
    if (date.kind === 'off' && date.state === 'not-triggered') return { ...base, state: date.state, provisional, why };
    const waiver = this.#scope.waivers.find((w) => w.duty === rule.id && this.#names(w.instance, rule, label));
    if (waiver !== undefined)
      return { ...base, state: 'waived', provisional, why: `waived by ${waiver.approver}: ${waiver.reason}` };
    if (date.kind === 'off') return { ...base, state: date.state, provisional, why };
    if (effect?.paused === true) return { ...base, state: 'paused', provisional, why };
    if (date.kind === 'waiting') return { ...base, state: 'not-started', provisional, why };
    if (due === undefined) return { ...base, state: 'no-number', provisional, why };
    return { ...base, state: begun && this.#clock.isAfter({ at: this.#now }, due) ? 'late' : 'dated', provisional, why };
  }

  /**
   * When the duty was done: its first filing, or a finding that says so (which says nothing about a duty that is not owed).
   * A duty that counts by receipt is done when received.
   */
  #doneAt(rule: Rule, label: string | undefined, filingsOnly: boolean): Started | undefined {
    const { filings, anchors } = this.#scope;
    const found: Started[] = [];
    for (const filing of filings) {
      const moment = rule.receipt === true ? filing.received : filing.at;
      if (moment === undefined || filing.duty !== rule.id || !this.#names(filing.instance, rule, label)) continue;
      found.push({ anchor: rule.id, moment });
    }
    for (const anchor of filingsOnly || rule.receipt === true ? [] : (rule.filed ?? [])) {
      const moment = anchors.get(anchor);
      if (moment !== undefined && this.#means(anchor, rule)) found.push({ anchor, moment });
    }
    return found.length === 0 ? undefined : found.reduce((a, b) => (b.moment.at < a.moment.at ? b : a));
  }

  /** Whether a stage that is said to be filed is this one: not while several regimes that are owed use the same word. */
  #means(name: string, rule: Rule): boolean {
    if (!STAGE.test(name)) return true;
    return !this.#rules.filedBy(name).some((other) => other.rule.id !== rule.id && this.#isOwed(other));
  }

  #isOwed({ rule, applies }: Ready): boolean {
    const asleep = dormant(rule, this.#today, undefined) !== undefined;
    return !asleep && jurisdictionsOf(this.#scope).has(rule.jurisdiction) && applies(this.#scope, []) === undefined;
  }

  /** Stages that are stated but could be of several regimes: they count for none, and somebody must be told. */
  unclearStages(): string[] {
    const names = [...this.#scope.anchors.keys()].filter((name) => STAGE.test(name));
    return names.filter((name) => this.#rules.filedBy(name).filter((ready) => this.#isOwed(ready)).length > 1);
  }

  /** Whether an instance names this duty: its authority or party, or nothing (or the client) where there is only one. */
  #names(instance: string | undefined, rule: Rule, label: string | undefined): boolean {
    const { client, contracts } = this.#scope;
    if (instance !== undefined && (instance === label || instance === `${client}/${label}`)) return true;
    if (instance !== undefined && instance !== client) return false;
    if (rule.template !== undefined) return contracts.filter((contract) => fits(rule, contract)).length < 2;
    return this.members(rule).length < 2;
  }

  #reckoning(rule: Rule, member: string | undefined): Reckoning {
    const { zone } = this.#scope;
    const listed = rule.zone?.map((name) => (name === 'entity' ? zone : name));
    const zones = listed ?? [(member === undefined ? undefined : zoneOf(member)) ?? zoneOf(rule.jurisdiction) ?? zone];
    return { clock: this.#clock, anchorZone: zones[0] ?? zone, zones, calendar: this.#rules.calendarOf(rule) };
  }
}

const NO_MEMBER = [undefined];
const NOTHING: readonly string[] = [];

/** A rule with its date and filing, on the way to its state. */
type Settling = Pick<Verdict, 'rule' | 'member' | 'done' | 'assumed'> & { label: string | undefined; date: Dated };

/** The filing of one stage of one regime; other findings (letters to people, a determination) meet every duty that names them. */
const STAGE = /_filed$/;
