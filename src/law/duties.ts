/** Who must be told, by when, under which rule. It computes and never advises. */
import { biteOf } from './bite.ts';
import type { Holidays } from './calendar.ts';
import { ScopeClock } from './clockwork.ts';
import { rolledFrom, targetOf } from './deadline.ts';
import type { Duty, Refusal, Rule } from './duty.ts';
import { jurisdictionsOf } from './jurisdictions.ts';
import { Clock, isInstant } from './moment.ts';
import { lawsOf } from './place.ts';
import { type Ready, Rulebook } from './rulebook.ts';
import type { Contract, Findings, Scope } from './scope.ts';
import { fits } from './span.ts';
import type { Verdict } from './verdict.ts';
import { versionOf } from './version.ts';

export type Evaluation = { duties: Duty[]; refused: Refusal[]; warnings: string[] };

/**
 * Evaluates every scope of the findings apart from the others, at the instant the findings name.
 * Duties come ordered by what bites first. `holidays` are the calendars of `runbooks/law/holidays.yaml`.
 */
export function evaluate(findings: Findings, rules: readonly Rule[] | Rulebook, holidays: Holidays = {}): Evaluation {
  const book = rules instanceof Rulebook ? rules : new Rulebook(rules, holidays);
  const clock = new Clock();
  const board = new Board(clock);
  const refused: Refusal[] = [];
  const warnings: string[] = [];
  for (const scope of findings.scopes) {
    const run = new ScopeClock(scope, book, clock, findings.now);
    everyVerdict(scope, book, run, (verdict, label) => board.add(dutyOf(verdict, label, book, clock, findings.now), verdict));
    refused.push(...stagedTwice(scope, book));
    warnings.push(...unreadContracts(scope, book), ...unreadFilings(scope, book), ...unknownLaws(scope, book));
    for (const name of run.unclearStages())
      warnings.push(`${name} could be the filing of several duties: say which one under filings`);
  }
  const duties = board.duties();
  warnings.push(...staleLaw(duties, findings.now));
  return { duties, refused, warnings };
}

/** Collects duties, and hands them out ordered by what bites first. */
class Board {
  #shelves = new Map<number, { duty: Duty; ends: number }[]>();
  #rest = new Map<number, Duty[]>();
  #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(duty: Duty, { due, done, state }: Verdict): void {
    const bite = biteOf(state, done !== undefined);
    if (due === undefined) shelf(this.#rest, bite).push(duty);
    else shelf(this.#shelves, bite).push({ duty, ends: this.#clock.endOf(due) });
  }

  duties(): Duty[] {
    const bites = [...new Set([...this.#shelves.keys(), ...this.#rest.keys()])].sort((a, b) => a - b);
    return bites.flatMap((bite) => {
      const dated = (this.#shelves.get(bite) ?? []).sort((a, b) => a.ends - b.ends);
      return [...dated.map(({ duty }) => duty), ...(this.#rest.get(bite) ?? [])];
    });
  }
}

function shelf<T>(shelves: Map<number, T[]>, bite: number): T[] {
  const known = shelves.get(bite);
  if (known !== undefined) return known;
  const fresh: T[] = [];
  shelves.set(bite, fresh);
  return fresh;
}

/** Places for which no law is on file: silence there is no answer. */
function unknownLaws(scope: Scope, book: Rulebook): string[] {
  const places = [...(scope.home === undefined ? [] : [scope.home]), ...(scope.residents?.keys() ?? [])];
  const silent = [...new Set(places)].filter((place) => lawsOf(place).every((law) => book.of(law).length === 0));
  const whole = [...(scope.residents?.keys() ?? [])].filter((place) => place === 'US' || place === 'EU');
  return [
    ...silent.map((place) => `no law is on file for ${place}: ask counsel there`),
    ...whole.map((place) => `residents of ${place} are not counted by state: the law of its states is not asked`),
  ];
}

const STALE_DAYS = 90;

function staleLaw(duties: readonly Duty[], now: number): string[] {
  let oldest = '9999-12-31';
  for (const duty of duties) if (duty.verifiedOn < oldest) oldest = duty.verifiedOn;
  const age = Math.floor((now - Date.parse(`${oldest}T00:00:00Z`)) / 86_400_000);
  const stale = duties.length > 0 && age > STALE_DAYS;
  return stale ? [`some of this law was last verified on ${oldest}, ${age} days ago: check it again`] : [];
}

/** Every rule of the jurisdictions concerned, once for each authority, and every contract. */
function everyVerdict(scope: Scope, book: Rulebook, run: ScopeClock, take: (verdict: Verdict, label: string | null) => void): void {
  const contracted = new Set(scope.contracts.flatMap((contract) => templatesFor(contract, book)));
  for (const place of jurisdictionsOf(scope)) {
    for (const ready of book.of(place)) {
      if (contracted.has(ready)) continue;
      const members = run.members(ready.rule);
      for (const member of members) take(run.verdict(ready, member), labelOf(scope, member, members.length));
    }
  }
  for (const contract of scope.contracts) {
    const label = scope.client === null ? contract.party : `${scope.client}/${contract.party}`;
    for (const ready of templatesFor(contract, book)) take(run.verdict(ready, undefined, contract), label);
  }
}

function unreadContracts(scope: Scope, book: Rulebook): string[] {
  const unread = scope.contracts.filter((contract) => templatesFor(contract, book).length === 0);
  return unread.map(({ party, kind }) => `no template is known for the contract with ${party} (${kind})`);
}

function unreadFilings(scope: Scope, book: Rulebook): string[] {
  const unread = [...scope.filings, ...scope.waivers].filter(({ duty }) => book.ready(duty) === undefined);
  return unread.map(({ duty }) => `"${duty}" is no rule of the jurisdictions concerned: its filing or decision is not used`);
}

/** The templates of a contract; those for its very party (a card scheme) before the general one. */
function templatesFor(contract: Contract, book: Rulebook): Ready[] {
  const fitting = book.of('XX').filter(({ rule }) => fits(rule, contract));
  const named = fitting.filter(({ rule }) => rule.template?.party !== undefined);
  return named.length > 0 ? named : fitting;
}

/** The client's key; the member state where a duty exists once for each of several; both, joined. */
function labelOf(scope: Scope, member: string | undefined, members: number): string | null {
  if (members < 2 || member === undefined) return scope.client;
  return scope.client === null ? member : `${scope.client}/${member}`;
}

function dutyOf(verdict: Verdict, instance: string | null, book: Rulebook, clock: Clock, now: number): Duty {
  const { rule, due, by, started } = verdict;
  const open = verdict.state === 'dated' || verdict.state === 'late' || verdict.state === 'no-number';
  const rolled =
    due !== undefined && by !== undefined && verdict.rolls && !verdict.provisional
      ? rolledFrom(due, by, rule.roll === 'noon')
      : null;
  const target = open && by !== undefined && verdict.done === undefined ? targetOf(rule, started?.moment, due, by) : null;
  return {
    id: rule.id,
    instance,
    jurisdiction: rule.jurisdiction,
    audience: rule.audience,
    recipient: rule.recipient,
    state: verdict.state,
    due: due === undefined ? null : clock.dueText(due),
    zone: due === undefined ? null : isInstant(due) ? (by?.anchorZone ?? 'UTC') : due.zone,
    rolled: rolled === null ? null : clock.dueText(rolled),
    target: target === null ? null : clock.dueText(target),
    anchor: started?.anchor ?? null,
    provisional: verdict.provisional,
    gates: book.gates(rule.id),
    citation: rule.citation,
    ruleVersion: versionOf(rule),
    verifiedOn: rule.verifiedOn,
    confidence: rule.confidence,
    why: whyOf(verdict, target === null ? undefined : clock.endOf(target) < now),
    startedAt: started === undefined ? null : clock.text(started.moment.at),
    done: verdict.done === undefined ? null : clock.text(verdict.done.moment.at),
  };
}

/** `passed` says whether a target has passed: it is policy, so it is never late; undefined when there is none. */
function whyOf({ rule, state, why, assumed, member }: Verdict, passed: boolean | undefined): string {
  if (state === 'not-triggered' || state === 'watch') return why;
  const parts = [why];
  if (member !== undefined) parts.push(`the authority of ${member}`);
  if (assumed.length > 0) parts.push(`taken as met while not known: ${[...new Set(assumed)].join(', ')}`);
  if (passed !== undefined) parts.push(`the target is policy, not law${passed ? ', and has passed' : ''}`);
  if (rule.confidence === 'low' || rule.source === 'knowledge') parts.push('unverified, ask counsel');
  return parts.join('; ');
}

/** A stage's filing stands under `filings` or among the anchors; two that differ are refused. */
function stagedTwice(scope: Scope, book: Rulebook): Refusal[] {
  return scope.filings.flatMap((filing, i) => {
    const names = (book.ready(filing.duty)?.rule.filed ?? []).filter(
      (name) => name !== 'notice_sent' && name !== 'we_notified_customer',
    );
    const other = names.map((name) => scope.anchors.get(name)).find((moment) => moment !== undefined);
    if (other === undefined || other.at === filing.at.at) return [];
    const prefix = scope.client === null ? '' : `clients.${scope.client}.`;
    return [{ field: `${prefix}filings.${i}.at`, message: `${filing.duty} is stated twice, with two different times.` }];
  });
}
