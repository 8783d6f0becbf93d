/** Who must be told, by when, under which rule. It computes and never advises. */
import type { Holidays } from './calendar.ts';
import { ScopeClock, type Verdict } from './clockwork.ts';
import { rolledFrom, targetOf } from './deadline.ts';
import type { Duty, Refusal, Rule } from './duty.ts';
import { STATES } from './duty.ts';
import { Clock, dueText, isInstant } from './moment.ts';
import { lawsOf } from './place.ts';
import { Rulebook } from './rulebook.ts';
import type { Contract, Findings, Scope } from './scope.ts';
import { versionOf } from './version.ts';
import { MARKS } from './vocabulary.ts';

export type Evaluation = { duties: Duty[]; refused: Refusal[]; warnings: string[] };

/**
 * Evaluates every scope of the findings apart from the others, at the instant the findings name.
 * Duties come ordered by what bites first. `holidays` are the calendars of `runbooks/law/holidays.yaml`.
 */
export function evaluate(findings: Findings, rules: readonly Rule[] | Rulebook, holidays: Holidays = {}): Evaluation {
  const book = rules instanceof Rulebook ? rules : new Rulebook(rules, holidays);
  const clock = new Clock();
  const owed: { duty: Duty; ends: number }[] = [];
  const refused: Refusal[] = [];
  const warnings: string[] = [];
  for (const scope of findings.scopes) {
    const run = new ScopeClock(scope, book, clock, findings.now);
    for (const { verdict, label } of verdictsOf(scope, book, run, warnings)) {
      owed.push({
        duty: dutyOf(verdict, label, book),
        ends: verdict.due === undefined ? Number.POSITIVE_INFINITY : clock.endOf(verdict.due),
      });
    }
    refused.push(...stagedTwice(scope, book));
  }
  owed.sort((a, b) => STATES.indexOf(a.duty.state) - STATES.indexOf(b.duty.state) || a.ends - b.ends);
  return { duties: owed.map(({ duty }) => duty), refused, warnings };
}

/** The jurisdictions whose law is asked: of the people, of the entity and its marks, of its contracts. */
export function jurisdictionsOf(scope: Scope): Set<string> {
  const places = new Set<string>();
  const add = (place: string) => {
    for (const law of lawsOf(place)) places.add(law);
  };
  if (scope.home !== undefined) add(scope.home);
  if (scope.mainEstablishment !== undefined) add(scope.mainEstablishment);
  for (const place of scope.residents?.keys() ?? []) add(place);
  for (const [mark, value] of scope.marks) {
    const law = MARKS[mark]?.law;
    if (law !== undefined && value !== false && value !== 'none') add(law);
  }
  if (scope.contracts.length > 0) places.add('XX');
  return places;
}

type Labelled = { verdict: Verdict; label: string | null };

function* verdictsOf(scope: Scope, book: Rulebook, run: ScopeClock, warnings: string[]): Generator<Labelled> {
  for (const place of jurisdictionsOf(scope)) {
    for (const ready of book.of(place)) {
      if (ready.rule.template !== undefined && scope.contracts.length > 0) continue;
      const members = run.members(ready.rule);
      for (const member of members) yield { verdict: run.verdict(ready, member), label: labelOf(scope, member, members.length) };
    }
  }
  for (const contract of scope.contracts) {
    const ready = book.of('XX').find(({ rule }) => rule.template !== undefined && fits(rule.template, contract));
    if (ready === undefined) warnings.push(`no template is known for the contract with ${contract.party} (${contract.kind})`);
    else
      yield {
        verdict: run.verdict(ready, undefined, contract),
        label: scope.client === null ? contract.party : `${scope.client}/${contract.party}`,
      };
  }
  for (const { duty } of [...scope.filings, ...scope.waivers]) {
    if (book.ready(duty) === undefined)
      warnings.push(`"${duty}" is no rule of the jurisdictions concerned: its filing or decision is not used`);
  }
}

function fits(template: NonNullable<Rule['template']>, contract: Contract): boolean {
  if (template.contract !== contract.kind) return false;
  return template.party === undefined || contract.party.toLowerCase().includes(template.party);
}

function labelOf(scope: Scope, member: string | undefined, members: number): string | null {
  if (scope.client === null) return member ?? null;
  return members > 1 && member !== undefined ? `${scope.client}/${member}` : scope.client;
}

function dutyOf(verdict: Verdict, instance: string | null, book: Rulebook): Duty {
  const { rule, due, by, started } = verdict;
  const open = verdict.state === 'dated' || verdict.state === 'late' || verdict.state === 'no-number';
  const rolled = due !== undefined && rule.roll === true && !verdict.provisional ? rolledFrom(due, by) : null;
  const target = open && verdict.done === undefined ? targetOf(rule, started?.moment, due, by) : null;
  return {
    id: rule.id,
    instance,
    jurisdiction: verdict.member ?? rule.jurisdiction,
    audience: rule.audience,
    recipient: rule.recipient,
    state: verdict.state,
    due: due === undefined ? null : dueText(due),
    zone: due === undefined ? null : isInstant(due) ? by.anchorZone : due.zone,
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
  };
}

function whyOf({ rule, state, why, assumed }: Verdict, target: boolean): string {
  if (state === 'not-triggered' || state === 'watch') return why;
  const parts = [why];
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
