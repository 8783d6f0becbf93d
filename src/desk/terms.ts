import type { Contract, Policy, Terms } from '../inventory/terms.ts';
import type { CommandOf } from '../record/command.ts';
import { ERASED } from '../record/entry.ts';
import type { Incident } from '../record/incident.ts';
import { contractPath } from '../record/law-findings.ts';

/** What the register's terms are called where they are sealed. */
export const REGISTER = 'the register';

type Fact = CommandOf<'setFacts'>['facts'][number];
type Value = { [key: string]: string | number | boolean };

/** A clause that starts a clock, as the findings of a record hold it. */
export type ClockTerm = { party: string; kind: string; value: Value; terms: string; product?: string };

const LAW_KINDS: Partial<Record<NonNullable<Contract['kind']>, string>> = {
  dpa: 'dpa',
  baa: 'dpa',
  msa: 'msa',
  sow: 'msa',
  policy: 'policy',
  'card-scheme': 'card-scheme',
};

/**
 * The clauses of the register that clocks run on, one for each party and kind. `name` is whose entry it is: a contract that names
 * no other party is between them and us.
 */
export function clockTerms({ contracts, policies }: Terms, name: string): ClockTerm[] {
  const clauses = [...contracts.flatMap((one) => ofContract(one, name)), ...policies.flatMap((one) => ofPolicy(one, policies))];
  // Two of one kind with one party could not be told apart: the first stands, and the register's own check names the other.
  return [...Map.groupBy(clauses, ({ party, kind }) => `${kind}|${party}`).values()].flatMap(([first]) => first ?? []);
}

function ofContract(contract: Contract, name: string): ClockTerm[] {
  const { party = name, with: side, kind = 'msa', claim } = contract;
  const terms = contractWords(contract, name);
  const { product } = contract;
  if (side === 'vendor')
    return [{ ...clause(party, 'vendor-claim', claim ?? {}, terms), ...(product === undefined ? {} : { product }) }];
  const known = LAW_KINDS[kind];
  return known === undefined ? [] : [clause(party, known, contract, terms)];
}

function ofPolicy(policy: Policy, all: Policy[]): ClockTerm[] {
  const party = policyParty(policy, all);
  const terms = policyWords(policy);
  const days = policy.proof_of_loss_days;
  return [clause(party, 'policy', policy, terms), ...(days === undefined ? [] : [clause(party, 'proof-of-loss', { days }, terms)])];
}

/** The insurer; with the cover beside it where several policies are of one insurer. */
export function policyParty({ insurer = 'the insurer', kind, policy }: Policy, all: Policy[]): string {
  const same = all.filter((other) => (other.insurer ?? 'the insurer') === insurer);
  return same.length < 2 ? insurer : `${insurer}, ${kind === undefined ? (policy ?? 'another policy') : COVERS[kind]}`;
}

export const COVERS = { cyber: 'cyber', 'tech-eo': 'tech E&O', crime: 'crime', other: 'other cover' };

type Time = {
  hours?: number | undefined;
  days?: number | undefined;
  business_days?: number | undefined;
  anchor?: string | undefined;
};

function clause(party: string, kind: string, { hours, days, business_days, anchor }: Time, terms: string): ClockTerm {
  const value: Value = { kind };
  for (const [key, part] of Object.entries({ hours, days, business_days, anchor })) if (part !== undefined) value[key] = part;
  return { party, kind, value, terms };
}

/** Which document it is, as a notice under it names it. No address: those go on the envelope. */
export function policyWords({ policy, insurer, kind, clause: at, hotline }: Policy): string {
  const cover = kind === undefined ? '' : ` (${COVERS[kind]})`;
  return `Policy ${policy ?? 'whose number is not known'}${insurer === undefined ? '' : ` with ${insurer}`}${cover}${at === undefined ? '' : `, clause ${at}`}${hotline === undefined ? '' : `, hotline ${hotline}`}.`;
}

export function contractWords({ party, kind = 'msa', clause: at, claim }: Contract, name: string): string {
  const where = claim?.clause ?? at;
  return `${KINDS[kind]} with ${party ?? name}${where === undefined ? '' : `, clause ${where}`}.`;
}

export const KINDS: Record<NonNullable<Contract['kind']>, string> = {
  dpa: 'Data processing agreement',
  baa: 'Business associate agreement',
  msa: 'Service agreement',
  sow: 'Statement of work',
  eula: 'Licence terms',
  policy: 'Insurance policy',
  'card-scheme': 'Card scheme rules',
  other: 'Agreement',
};

/** How the register differs from what a record has sealed. */
export type TermsNews = {
  /** Clauses that the record does not have: they start a clock and move none. */
  added: Fact[];
  /** Clauses with vendors that the title does not name: whether they are concerned, somebody must say. */
  offered: (Fact & { party: string })[];
  /** Clauses that the register words otherwise now, or no longer has: taking them over can move a sealed date. */
  changed: (Fact & { party: string; before: Value })[];
};

export function termsNews(incident: Incident, terms: Terms, name: string): TermsNews {
  // Each new clause takes the next free place, so the ones before it must be there already.
  const facts = new Map(incident.owed.facts);
  const after: Incident = { ...incident, owed: { ...incident.owed, facts } };
  const news: TermsNews = { added: [], offered: [], changed: [] };
  const named = new Set<string>();
  // Whose name was erased here may be the very party: the bot never writes it back by itself.
  const erased = erasedKinds(incident);
  for (const clause of clockTerms(terms, name)) {
    const { party, kind, value, terms: words } = clause;
    const fact = contractPath(after, party, kind);
    const known = facts.get(fact);
    named.add(fact);
    if (known === undefined && (!concerns(clause, incident.title) || erased.has(kind))) {
      news.offered.push({ fact, value, party, terms: words });
      continue;
    }
    if (known === undefined) news.added.push({ fact, value, party, terms: words });
    else if (!same(known.value, value) || (known.terms !== undefined && known.terms !== ERASED && known.terms !== words))
      news.changed.push({ fact, value, party, terms: words, before: known.value as Value });
    facts.set(fact, { seq: 0, by: '', value, party });
  }
  for (const [fact, { value, party, source }] of incident.owed.facts) {
    const ours = fact.startsWith('contracts.') && source === REGISTER && party !== ERASED;
    const gone = ours && !named.has(fact) && !isEnded(value as Value);
    if (gone)
      news.changed.push({
        fact,
        value: { kind: String((value as Value).kind), ended: true },
        party: party ?? fact,
        before: value as Value,
      });
  }
  return news;
}

/** A contract with a vendor counts in an incident that is named after the vendor or its product. */
function concerns({ kind, party, product = '' }: ClockTerm, title: string): boolean {
  if (kind !== 'vendor-claim') return true;
  const named = ` ${plain(title)} `;
  const first = plain(party).split(' ')[0] ?? '';
  return (first.length > 2 && named.includes(` ${first} `)) || (plain(product) !== '' && named.includes(` ${plain(product)} `));
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function erasedKinds({ owed }: Incident): Set<string> {
  const gone = [...owed.facts].filter(([fact, { party }]) => fact.startsWith('contracts.') && party === ERASED);
  return new Set(gone.map(([, { value }]) => String((value as Value).kind)));
}

const isEnded = ({ ended }: Value): boolean => ended === true;

function same(a: unknown, b: Value): boolean {
  const sorted = (value: unknown) => JSON.stringify(Object.entries(value as object).sort(([x], [y]) => (x < y ? -1 : 1)));
  return sorted(a) === sorted(b);
}

/** "24 hours from aware", "3 business days", or that no number is named. */
export function timeWords({ hours, days, business_days: business, anchor }: Time): string {
  const unit = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
  const span =
    hours !== undefined
      ? unit(hours, 'hour')
      : days !== undefined
        ? unit(days, 'day')
        : business !== undefined
          ? unit(business, 'business day')
          : undefined;
  const from = anchor === undefined ? '' : ` from ${ANCHORS[anchor] ?? anchor.replaceAll('_', ' ')}`;
  return span === undefined ? 'no number of hours or days is named' : `${span}${from}`;
}

const ANCHORS: Record<string, string> = {
  aware: 'when we were aware',
  suspected: 'the suspicion',
  discovered: 'the discovery',
  confirmed: 'the confirmation',
  determined: 'the determination',
  occurred: 'the event itself',
  detected: 'the detection',
  vendor_notified_us: 'when the vendor told us',
};
