/**
 * Whether a rule applies to a scope, and if not, why not. A predicate is compiled once to a function that answers undefined
 * (it holds) or the reason why it does not.
 */
import type { Compare, Figure, Predicate } from './duty.ts';
import { lawsOf, within } from './place.ts';
import type { Count, Scope } from './scope.ts';
import { dataElement } from './vocabulary.ts';

/** Undefined when the predicate holds, else the reason. `assumed` collects what was taken as met because nobody stated it. */
export type Test = (scope: Scope, assumed: string[]) => string | undefined;

/** Compiles a predicate of a rule of this jurisdiction. */
export function compile(predicate: Predicate, jurisdiction: string): Test {
  if ('all' in predicate) return all(predicate.all.map((p) => compile(p, jurisdiction)));
  if ('any' in predicate) return any(predicate.any.map((p) => compile(p, jurisdiction)));
  if ('not' in predicate) return not(predicate.not, jurisdiction);
  return leaf(predicate, jurisdiction);
}

type Leaf = Exclude<Predicate, { all: Predicate[] } | { any: Predicate[] } | { not: Predicate }>;

function leaf(predicate: Leaf, jurisdiction: string): Test {
  if ('residents' in predicate) return residents(predicate.residents, predicate.residents.of ?? jurisdiction);
  if ('residentsOfOne' in predicate) return residentsOfOne(predicate.residentsOfOne, predicate.residentsOfOne.of);
  if ('individuals' in predicate) return individuals(predicate.individuals);
  if ('number' in predicate) return number(predicate.number);
  if ('data' in predicate) return data(predicate.data);
  if ('dataStated' in predicate) return dataStated(predicate.dataStated);
  if ('personalData' in predicate) return personalData;
  if ('secured' in predicate) return secured;
  if ('harmExcused' in predicate) return harmExcused(predicate.harmExcused === 'documented');
  if ('risk' in predicate) return risk(predicate.risk);
  return stated(predicate);
}

type Stated = Extract<
  Leaf,
  | { role: unknown }
  | { home: unknown }
  | { established: unknown }
  | { sector: unknown }
  | { mark: unknown }
  | { incident: unknown }
  | { flag: unknown }
  | { vendor: unknown }
  | { anchor: unknown }
>;

/** Tests that only what is stated can meet. */
function stated(predicate: Stated): Test {
  if ('role' in predicate) {
    const { role } = predicate;
    const names = role.join(' or ');
    return (scope) =>
      role.includes(scope.role) || (scope.role === 'both' && (role.includes('owner') || role.includes('service-provider')))
        ? undefined
        : `it binds the ${names}; the entity is ${scope.role}`;
  }
  if ('home' in predicate) {
    const names = predicate.home.join(' or ');
    return (scope) =>
      scope.home !== undefined && predicate.home.some((region) => within(scope.home ?? '', region))
        ? undefined
        : `it binds entities of ${names}; the entity is of ${scope.home ?? 'an unstated place'}`;
  }
  if ('established' in predicate) {
    const lies = (place: string | undefined) =>
      place !== undefined && predicate.established.some((region) => within(place, region));
    const names = predicate.established.join(' or ');
    return (scope) => (lies(scope.home) || lies(scope.mainEstablishment) ? undefined : `it binds entities established in ${names}`);
  }
  if ('sector' in predicate) {
    return (scope) =>
      predicate.sector.some((word) => scope.sectors.has(word)) ? undefined : `it binds the sector ${predicate.sector.join(' or ')}`;
  }
  if ('mark' in predicate) {
    const values = predicate.is ?? [true];
    const wanted = predicate.is === undefined ? predicate.mark : `${predicate.mark}: ${values.join(' or ')}`;
    return (scope) => {
      const mark = scope.marks.get(predicate.mark);
      if (mark !== undefined && values.includes(mark)) return undefined;
      // A kind where the law asks only for yes is a yes; a plain yes where the law asks for a kind is not that kind.
      if (values.includes(true) && typeof mark === 'string' && mark !== 'none' && predicate.is === undefined) return undefined;
      return `it binds an entity marked ${wanted}`;
    };
  }
  if ('incident' in predicate) {
    return (scope) =>
      predicate.incident.some((word) => scope.incidents.has(word))
        ? undefined
        : `it needs an incident of the kind ${predicate.incident.join(' or ')}`;
  }
  if ('flag' in predicate)
    return (scope) => (scope.flags.has(predicate.flag) ? undefined : `it needs ${predicate.flag}, which is not stated`);
  if ('anchor' in predicate) {
    return (scope) =>
      predicate.anchor.some((name) => scope.anchors.has(name)) ? undefined : `there is no ${predicate.anchor.join(' or ')}`;
  }
  const { hipaa, agent } = predicate.vendor;
  return (scope) =>
    scope.vendor !== undefined &&
    (hipaa === undefined || scope.vendor.hipaa === hipaa) &&
    (agent === undefined || scope.vendor.agent !== !agent)
      ? undefined
      : 'it needs another kind of vendor';
}

function all(tests: Test[]): Test {
  return (scope, assumed) => {
    for (const test of tests) {
      const reason = test(scope, assumed);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
}

function any(tests: Test[]): Test {
  return (scope, assumed) => {
    let reasons = '';
    for (const test of tests) {
      const reason = test(scope, assumed);
      if (reason === undefined) return undefined;
      if (reasons === '') reasons = reason;
      else if (reasons !== reason) reasons = `${reasons}; nor: ${reason}`;
    }
    return reasons;
  };
}

function not(inner: Predicate, jurisdiction: string): Test {
  const test = compile(inner, jurisdiction);
  const reason = `excluded: ${describe(inner)}`;
  return (scope) => (test(scope, []) === undefined ? reason : undefined);
}

function meets(value: number, { op, value: bound }: Compare): boolean {
  if (op === '>') return value > bound;
  if (op === '>=') return value >= bound;
  return op === '<' ? value < bound : value <= bound;
}

/** An unknown count is over every threshold: it meets "more than", never "fewer than". */
function meetsCount(count: Count, compare: Compare): boolean {
  return count === 'unknown' ? compare.op.startsWith('>') : meets(count, compare);
}

const WORDS = { '>': 'more than', '>=': 'at least', '<': 'fewer than', '<=': 'at most' } as const;

/** Places whose people may be counted by their parts; everywhere else the place itself is the key. */
const REGIONS = new Set(['EU', 'EEA', 'US', 'CA', 'AE']);

/** How many people of a place or region are affected; undefined when nothing was said about who lives where. */
export function residentsOf(scope: Scope, region: string): Count | undefined {
  if (scope.residents === undefined) return undefined;
  if (!REGIONS.has(region)) return scope.residents.get(region) ?? 0;
  let sum = 0;
  for (const [place, count] of scope.residents) {
    if (!within(place, region)) continue;
    if (count === 'unknown') return 'unknown';
    sum += count;
  }
  return sum;
}

/** The most people that can live in a place whose count is unknown: the total less those known to live elsewhere. */
function mostOf(scope: Scope): Count {
  if (typeof scope.total !== 'number') return 'unknown';
  let elsewhere = 0;
  for (const count of scope.residents?.values() ?? []) if (count !== 'unknown') elsewhere += count;
  return Math.max(0, scope.total - elsewhere);
}

function residents(compare: Compare, of: string): Test {
  const wanted = `${WORDS[compare.op]} ${compare.value} residents of ${of}`;
  return (scope, assumed) => {
    const stated = residentsOf(scope, of) ?? (scope.home !== undefined && lawsOf(scope.home).includes(of) ? 'unknown' : 0);
    if (stated === 'unknown') assumed.push(`residents of ${of}`);
    const most = stated === 'unknown' ? mostOf(scope) : stated;
    // An unknown count is as large as it can be, and for a rule that asks for few people it is not few.
    if (most !== 'unknown' && (stated !== 'unknown' || compare.op.startsWith('>'))) {
      return meets(most, compare) ? undefined : `it needs ${wanted}; there are ${stated === 'unknown' ? 'at most ' : ''}${most}`;
    }
    return meetsCount('unknown', compare) ? undefined : `it needs ${wanted}; their number is not known`;
  };
}

function residentsOfOne(compare: Compare, of: string): Test {
  const wanted = `${WORDS[compare.op]} ${compare.value} residents of one place in ${of}`;
  return (scope, assumed) => {
    const bound = mostOf(scope);
    const may = bound === 'unknown' || meets(bound, compare);
    if (scope.residents === undefined) {
      if (may) assumed.push(`residents by place in ${of}`);
      return may ? undefined : `it needs ${wanted}; there are at most ${bound}`;
    }
    let most = 0;
    for (const [place, count] of scope.residents) {
      if (!within(place, of)) continue;
      if (count === 'unknown') assumed.push(`residents of ${place}`);
      if (place !== of && (count === 'unknown' ? may : meets(count, compare))) return undefined;
      if (count !== 'unknown') most = Math.max(most, count);
    }
    return `it needs ${wanted}; the most are ${most}`;
  };
}

/** Everybody affected: the stated total, else the sum of the residents; unknown when neither is stated. */
export function totalOf(scope: Scope): Count {
  if (scope.total !== undefined) return scope.total;
  if (scope.residents === undefined || scope.residents.size === 0) return 'unknown';
  let sum = 0;
  for (const count of scope.residents.values()) {
    if (count === 'unknown') return 'unknown';
    sum += count;
  }
  return sum;
}

function individuals(compare: Compare): Test {
  const wanted = `${WORDS[compare.op]} ${compare.value} people affected`;
  return (scope, assumed) => {
    const count = totalOf(scope);
    if (count === 'unknown') assumed.push('people affected');
    return meetsCount(count, compare) ? undefined : `it needs ${wanted}; there are ${count}`;
  };
}

function number({ field, stated, orPercent, op, value: bound }: Figure): Test {
  return (scope, assumed) => {
    const value = scope.numbers.get(field);
    const other = orPercent === undefined ? undefined : scope.numbers.get(orPercent.of);
    const compare = { op, value: other === undefined ? bound : Math.min(bound, (other * (orPercent?.value ?? 0)) / 100) };
    if (value !== undefined)
      return meets(value, compare) ? undefined : `it needs ${field} ${op} ${compare.value}; stated is ${value}`;
    if (stated === true || !meetsCount('unknown', compare)) return `it needs ${field} ${op} ${compare.value}, which is not stated`;
    assumed.push(field);
    return undefined;
  };
}

/** Unstated data count as met where people are affected: nobody knows yet that they are spared. */
function data(elements: string[]): Test {
  const wanted = new Set(elements.map((word) => dataElement(word) ?? word));
  return (scope, assumed) => {
    if (scope.data === undefined) return personalData(scope, assumed);
    for (const element of scope.data) if (wanted.has(element)) return undefined;
    return 'none of the data elements it protects is affected';
  };
}

function dataStated(elements: string[]): Test {
  const wanted = new Set(elements.map((word) => dataElement(word) ?? word));
  return (scope) => {
    for (const element of scope.data ?? []) if (wanted.has(element)) return undefined;
    return `it needs data of the kind ${elements.join(', ')}, which are not stated`;
  };
}

/** Words of the vocabulary that are about no person. */
const IMPERSONAL = new Set(['trade-secrets', 'cui']);

function hasPersonal(data: ReadonlySet<string>): boolean {
  for (const element of data) if (!IMPERSONAL.has(element)) return true;
  return false;
}

const personalData: Test = (scope, assumed) => {
  if (scope.flags.has('personal_data')) return undefined;
  if (scope.data !== undefined) return hasPersonal(scope.data) ? undefined : 'no personal data are affected';
  const affected =
    scope.residents !== undefined ? totalOf({ ...scope, total: undefined }) !== 0 : scope.total !== undefined && scope.total !== 0;
  if (!affected && scope.risk === undefined) return 'no personal data are stated as affected';
  assumed.push('data elements');
  return undefined;
};

const secured: Test = (scope) => {
  if (scope.encrypted !== true) return 'the data were not encrypted';
  return scope.keyTaken === true || scope.keyTaken === 'unknown' ? 'the key may have been taken' : undefined;
};

function harmExcused(documented: boolean): Test {
  return (scope) => {
    if (!scope.harmUnlikely) return 'harm is not found unlikely';
    return documented && !scope.harmDocumented ? 'the determination is not documented' : undefined;
  };
}

function risk(least: 'likely' | 'high'): Test {
  return (scope, assumed) => {
    if (scope.risk === undefined && least === 'likely') {
      assumed.push('risk to people');
      return undefined;
    }
    if (scope.risk === 'high' || (scope.risk === 'likely' && least === 'likely')) return undefined;
    return `it needs a ${least === 'high' ? 'high' : 'likely'} risk to people; stated is ${scope.risk ?? 'none'}`;
  };
}

/** A predicate in a few words, for the reason why it excludes. */
function describe(predicate: Predicate): string {
  if ('secured' in predicate) return 'the data were encrypted and the key was not taken';
  if ('harmExcused' in predicate) return 'harm is found unlikely';
  if ('mark' in predicate) return `the entity is marked ${predicate.mark}`;
  if ('flag' in predicate) return predicate.flag;
  if ('all' in predicate) return predicate.all.map(describe).join(' and ');
  if ('any' in predicate) return predicate.any.map(describe).join(' or ');
  if ('data' in predicate) return `data of the kind ${predicate.data.join(', ')}`;
  return JSON.stringify(predicate);
}
