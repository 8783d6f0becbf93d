import { ERASED } from './entry.ts';
import type { Incident } from './incident.ts';
import type { FactFinding } from './incident-duties.ts';
import { nameOf } from './turn.ts';

/**
 * What a record says, in the form of a findings file, so that one reader checks both. A contract stands under its own
 * short id in the record (c1), because the name of its party can be erased; here it has its name.
 */
export function findingsInput(incident: Incident): Record<string, unknown> {
  const { anchors, facts, duties } = incident.owed;
  const input: Record<string, unknown> = {};
  for (const [path, fact] of facts) put(input, path, fact);
  input.anchors = Object.fromEntries([...anchors].flatMap(([name, { at }]) => (at === undefined ? [] : [[name, at]])));
  const named = [...duties.values()].map((duty) => ({ ...duty, party: partyOf(incident, duty.instance) ?? duty.instance }));
  input.filings = named.flatMap(({ duty, party: instance, filings }) =>
    filings.map(({ at, received }) => ({ duty, at, ...some({ instance, received }) })),
  );
  input.decisions = named.flatMap(({ duty, party: instance, waived }) =>
    waived === undefined
      ? []
      : [{ duty, decision: 'waive', reason: waived.reason, approver: nameOf(incident, waived.approver), ...some({ instance }) }],
  );
  return input;
}

const CONTRACT = 'contracts.';

/** The party of a contract by its id in this record; none where the name was erased. */
export function partyOf({ owed }: Incident, contract: string | undefined): string | undefined {
  const party = contract === undefined ? undefined : owed.facts.get(`${CONTRACT}${contract}`)?.party;
  return party === ERASED ? undefined : party;
}

/** The id in this record of the contract with a party, or the word itself where it names none. */
export function contractIdOf({ owed }: Incident, instance: string): string {
  if (instance.startsWith(CONTRACT)) return instance.slice(CONTRACT.length);
  const found = [...owed.facts].find(([path, { party }]) => path.startsWith(CONTRACT) && party === instance);
  return found === undefined ? instance : found[0].slice(CONTRACT.length);
}

/** Where the terms with a party stand: a contract of that kind with it is changed, any other gets the next free id. */
export function contractPath({ owed }: Incident, party: string, kind: string): string {
  const contracts = [...owed.facts].filter(([path]) => path.startsWith(CONTRACT));
  const known = contracts.find(([, fact]) => fact.party === party && isOfKind(fact, kind));
  return known?.[0] ?? `${CONTRACT}c${contracts.length + 1}`;
}

const isOfKind = ({ value }: FactFinding, kind: string): boolean =>
  typeof value === 'object' && !Array.isArray(value) && value.kind === kind;

function put(input: Record<string, unknown>, path: string, { value, party }: FactFinding): void {
  const dot = path.indexOf('.');
  if (dot < 0) {
    input[path] = value;
    return;
  }
  const group = path.slice(0, dot);
  if (group === 'contracts') {
    const terms = typeof value === 'object' && !Array.isArray(value) ? value : {};
    if (terms.ended !== true)
      input[group] = [
        ...((input[group] as unknown[]) ?? []),
        { party: party === undefined || party === ERASED ? path : party, ...terms },
      ];
    return;
  }
  input[group] = { ...((input[group] as object) ?? {}), [path.slice(dot + 1)]: value };
}

function some<T extends Record<string, unknown>>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
