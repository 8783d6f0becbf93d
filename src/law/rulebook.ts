/** The rules of one evaluation, made ready: predicates compiled once, calendars at hand, rules found by id and by place. */
import type { Calendar, Holidays } from './calendar.ts';
import { calendars } from './calendar.ts';
import type { Rule } from './duty.ts';
import { type Dormancy, dormant } from './force.ts';
import { compile, type Test } from './predicate.ts';

/** A rule with its predicates compiled. */
export type Ready = { rule: Rule; applies: Test; cases: Test[]; rollUnless: Test | undefined };

const COMPILED = new WeakMap<Rule, Ready>();

export class Rulebook {
  #byId = new Map<string, Ready>();
  #byPlace = new Map<string, Ready[]>();
  #forms = new Map<string, Map<string, { rule: Rule; record: Rule }>>();
  #filedBy = new Map<string, Ready[]>();
  #gates = new Map<string, string[]>();
  #linked = new Set<string>();
  #day = '';
  #dormant = new Map<Rule, Dormancy>();
  #calendars: Map<string, Calendar>;

  constructor(rules: readonly Rule[], holidays: Holidays) {
    this.#calendars = calendars(holidays);
    for (const rule of rules) this.#add(rule);
    for (const { rule } of this.#byId.values()) {
      this.#addGates(rule);
      for (const id of linksOf(rule)) this.#linked.add(id);
    }
  }

  ready(id: string): Ready | undefined {
    return this.#byId.get(id);
  }

  /** Why a rule cannot fire on a day without a contract; the same for every scope of a pass. */
  dormant(rule: Rule, today: string): ReturnType<typeof dormant> {
    if (today !== this.#day) {
      this.#day = today;
      this.#dormant = new Map();
    }
    const known = this.#dormant.get(rule);
    if (known !== undefined) return known === AWAKE ? undefined : known;
    const found = dormant(rule, today, undefined);
    this.#dormant.set(rule, found ?? AWAKE);
    return found;
  }

  /** Whether another rule's clock hangs on this one. */
  isLinked(id: string): boolean {
    return this.#linked.has(id);
  }

  of(place: string): readonly Ready[] {
    return this.#byPlace.get(place) ?? [];
  }

  /** The national form of a rule in a member state, with the record that it comes from. */
  nationalForm(rule: Rule, member: string | undefined): { rule: Rule; record: Rule } | undefined {
    return member === undefined ? undefined : this.#forms.get(rule.id)?.get(member);
  }

  /** The rules that this finding says are done. */
  filedBy(anchor: string): readonly Ready[] {
    return this.#filedBy.get(anchor) ?? [];
  }

  /** The duties tied to this one by an order: on the one that must come first, what it holds back; on the other, what it waits for. */
  gates(id: string): string[] {
    return this.#gates.get(id) ?? NO_GATES;
  }

  calendarOf(rule: Rule): Calendar {
    return this.#calendars.get(rule.calendar ?? calendarName(rule.jurisdiction)) ?? NO_HOLIDAYS;
  }

  #add(rule: Rule): void {
    let ready = COMPILED.get(rule);
    if (ready === undefined) {
      ready = {
        rule,
        applies: compile(rule.applies, rule.jurisdiction),
        cases: (rule.cases ?? []).map((c) => compile(c.when, rule.jurisdiction)),
        rollUnless: rule.rollUnless === undefined ? undefined : compile(rule.rollUnless, rule.jurisdiction),
      };
      COMPILED.set(rule, ready);
    }
    this.#byId.set(rule.id, ready);
    for (const name of rule.filed ?? []) this.#filedBy.set(name, [...this.filedBy(name), ready]);
    const place = this.#byPlace.get(rule.jurisdiction);
    if (place === undefined) this.#byPlace.set(rule.jurisdiction, [ready]);
    else place.push(ready);
  }

  #addGates(rule: Rule): void {
    for (const { to } of rule.order ?? []) {
      this.#gates.set(rule.id, [...this.gates(rule.id), to]);
      this.#gates.set(to, [...this.gates(to), rule.id]);
    }
    const { variant } = rule;
    const target = variant === undefined ? undefined : this.#byId.get(variant.of)?.rule;
    if (variant === undefined || target === undefined) return;
    // The national form keeps the id and the stages of the rule; what differs is the text, the authority and maybe the number.
    const form: Rule = { ...target, ...nationalPart(rule), citation: `${target.citation}; ${rule.citation}` };
    const forms = this.#forms.get(target.id) ?? new Map<string, { rule: Rule; record: Rule }>();
    for (const member of variant.in) forms.set(member, { rule: form, record: rule });
    this.#forms.set(target.id, forms);
  }
}

function linksOf({ deadline, cases, order }: Rule): string[] {
  const chains = [deadline, ...(cases ?? []).map((c) => c.deadline)].flatMap((d) => ('to' in d ? d.to : []));
  return [...chains, ...(order ?? []).map(({ to }) => to)];
}

const NO_HOLIDAYS: Calendar = { name: 'none', holidays: new Set(), lastDay: Number.POSITIVE_INFINITY };

/** What a national form replaces: the authority, the number, and where it stands. */
function nationalPart(rule: Rule): Partial<Rule> {
  const { recipient, deadline, deadlineText, source, confidence, verifiedOn, version } = rule;
  return {
    recipient,
    deadline,
    source,
    confidence,
    verifiedOn,
    ...(deadlineText === undefined ? {} : { deadlineText }),
    ...(version === undefined ? {} : { version }),
  };
}

const AWAKE: Dormancy = { state: 'dated', why: '' };
const NO_GATES: string[] = [];

const CALENDARS: Record<string, string> = { GB: 'gb', BR: 'br', JP: 'jp', CO: 'co', EU: 'eu-institutions' };

function calendarName(jurisdiction: string): string {
  if (jurisdiction === 'US' || jurisdiction.startsWith('US-')) return 'us-federal';
  return CALENDARS[jurisdiction] ?? 'none';
}
