/** Who must be told, by when, under which rule. It computes and never advises. */
import { biteOf } from './bite.ts';
import type { Holidays } from './calendar.ts';
import { ScopeClock } from './clockwork.ts';
import { rolledFrom, targetOf } from './deadline.ts';
import type { Duty, Refusal, Rule } from './duty.ts';
import { jurisdictionsOf } from './jurisdictions.ts';
import { Clock, dueText, instantText, isInstant } from './moment.ts';
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
  const owed: { duty: Duty; ends: number; bite: number }[] = [];
  const refused: Refusal[] = [];
  const warnings: string[] = [];
  for (const scope of findings.scopes) {
    const run = new ScopeClock(scope, book, clock, findings.now);
    for (const { verdict, label } of verdictsOf(scope, book, run, warnings)) {
      const ends = verdict.due === undefined ? Number.MAX_SAFE_INTEGER : clock.endOf(verdict.due);
      owed.push({ duty: dutyOf(verdict, label, book), ends, bite: biteOf(verdict.state, verdict.done !== undefined) });
    }
    refused.push(...stagedTwice(scope, book));
    for (const name of run.unclearStages())
      warnings.push(`${name} could be the filing of several duties: say which one under filings`);
    warnings.push(...unknownLaws(scope, book));
  }
  warnings.push(...staleLaw(owed, findings.now));
  owed.sort((a, b) => a.bite - b.bite || a.ends - b.ends);
  return { duties: owed.map(({ duty }) => duty), refused, warnings };
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

function staleLaw(owed: { duty: Duty }[], now: number): string[] {
  let oldest = '9999-12-31';
  for (const { duty } of owed) if (duty.verifiedOn < oldest) oldest = duty.verifiedOn;
  const age = Math.floor((now - Date.parse(`${oldest}T00:00:00Z`)) / 86_400_000);
  return age > STALE_DAYS && owed.length > 0
    ? [`some of this law was last verified on ${oldest}, ${age} days ago: check it again`]
    : [];
}

type Labelled = { verdict: Verdict; label: string | null };

function* verdictsOf(scope: Scope, book: Rulebook, run: ScopeClock, warnings: string[]): Generator<Labelled> {
  for (const place of jurisdictionsOf(scope)) {
    for (const ready of book.of(place)) {
      const { template } = ready.rule;
      if (template !== undefined && scope.contracts.some((contract) => templatesFor(contract, book).includes(ready))) continue;
      const members = run.members(ready.rule);
      for (const member of members) yield { verdict: run.verdict(ready, member), label: labelOf(scope, member, members.length) };
    }
  }
  for (const contract of scope.contracts) {
    const label = scope.client === null ? contract.party : `${scope.client}/${contract.party}`;
    const templates = templatesFor(contract, book);
    if (templates.length === 0) warnings.push(`no template is known for the contract with ${contract.party} (${contract.kind})`);
    for (const ready of templates) yield { verdict: run.verdict(ready, undefined, contract), label };
  }
  for (const { duty } of [...scope.filings, ...scope.waivers]) {
    if (book.ready(duty) === undefined)
      warnings.push(`"${duty}" is no rule of the jurisdictions concerned: its filing or decision is not used`);
  }
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

function dutyOf(verdict: Verdict, instance: string | null, book: Rulebook): Duty {
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
    due: due === undefined ? null : dueText(due),
    zone: due === undefined ? null : isInstant(due) ? (by?.anchorZone ?? 'UTC') : due.zone,
    rolled: rolled === null ? null : dueText(rolled),
    target: target === null ? null : dueText(target),
    anchor: started?.anchor ?? null,
    provisional: verdict.provisional,
    gates: book.gates(rule.id),
    citation: rule.citation,
    ruleVersion: versionOf(rule),
    verifiedOn: rule.verifiedOn,
    confidence: rule.confidence,
    why: whyOf(verdict, target !== null),
    startedAt: started === undefined ? null : instantText(started.moment.at),
    done: verdict.done === undefined ? null : instantText(verdict.done.moment.at),
  };
}

function whyOf({ rule, state, why, assumed, member }: Verdict, target: boolean): string {
  if (state === 'not-triggered' || state === 'watch') return why;
  const parts = [why];
  if (member !== undefined) parts.push(`the authority of ${member}`);
  if (assumed.length > 0) parts.push(`taken as met while not known: ${[...new Set(assumed)].join(', ')}`);
  if (target) parts.push('the target is policy, not law');
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
