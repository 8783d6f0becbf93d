import type { Entry } from '../record/entry.ts';

/** For whom a pack is made. */
export type Audience = 'full' | 'client' | 'regulator' | 'insurer' | 'counsel';

/** Why an entry, or one text of an entry, is kept from a reader; nothing where it is shown. */
export type Withholding = {
  withhold?: (entry: Entry) => string | undefined;
  hide?: (entry: Entry, field: string) => string | undefined;
};

/**
 * What each reader is shown: counsel's entries go to counsel alone, what we charge an hour to the insurer, costs and the names of
 * policies and contracts not to a regulator, and those of our own not to a client.
 */
export function withholdingFor(audience: Audience): Withholding {
  switch (audience) {
    case 'full':
    case 'counsel':
      return {};
    case 'insurer':
      return { withhold: withholdCounsel };
    case 'client':
      return { withhold: withholdCounsel, hide: (entry, field) => hideRates(entry, field) ?? hideOurTerms(entry, field) };
    case 'regulator':
      return { withhold: (entry) => withholdCounsel(entry) ?? withholdCosts(entry), hide: hideTerms };
  }
}

/** Withholds what is labelled for counsel. */
export const withholdCounsel = (entry: Entry): string | undefined =>
  entry.label === 'counsel' ? 'labelled for counsel' : undefined;

const withholdCosts = ({ kind }: Entry): string | undefined =>
  kind === 'cost.recorded' || kind === 'cost.withdrawn' ? 'costs are not for this reader' : undefined;

const hideRates = ({ kind }: Entry, field: string): string | undefined =>
  kind === 'cost.recorded' && field === 'rate' ? 'rates are not for this reader' : undefined;

/** Whose contract it is and which policy; that there is a clause with a time, its clock still says. */
const hideTerms = (entry: Entry, field: string): string | undefined =>
  entry.kind === 'fact.set' && entry.body.fact.startsWith('contracts.') && (field === 'terms' || field === 'party')
    ? 'contracts and policies are not for this reader'
    : undefined;

const hideOurTerms = (entry: Entry, field: string): string | undefined =>
  entry.of === 'incident' ? hideTerms(entry, field) : undefined;
