/** Reads the findings of one scope: words into the closed vocabularies, texts into moments, and what is wrong by field. */
import type { Refusal } from './duty.ts';
import { entitySchema, KEYS, type RawEntity, type RawScope, scopeSchema } from './findings-form.ts';
import { MARKS } from './marks.ts';
import type { Moment } from './moment.ts';
import { momentOf, orderProblems } from './order.ts';
import { placeCode, zoneOf } from './place.ts';
import type { Count, HoldFinding, Scope } from './scope.ts';
import { ANCHORS, dataElements, FLAGS, INCIDENT_TYPES, NUMBERS, SECTORS } from './vocabulary.ts';

/** Reads one scope, and collects what is wrong with it. */
export class ScopeReader {
  #refused: Refusal[] = [];
  #prefix: string;
  #client: string | null;
  #now: number;
  #warnings: string[];

  constructor(client: string | null, now: number, warnings: string[]) {
    this.#client = client;
    this.#prefix = client === null ? '' : `clients.${client}.`;
    this.#now = now;
    this.#warnings = warnings;
  }

  read(input: unknown): { scope: Scope } | { refused: Refusal[] } {
    const parsed = scopeSchema.safeParse(input ?? {});
    if (!parsed.success) {
      for (const issue of parsed.error.issues) this.#refuse(issue.path.join('.'), issue.message);
      return { refused: this.#refused };
    }
    const raw = parsed.data;
    this.#unknownKeys(raw);
    const scope = this.#scope(raw);
    return this.#refused.length > 0 ? { refused: this.#refused } : { scope };
  }

  #refuse(field: string, message: string): void {
    this.#refused.push({ field: `${this.#prefix}${field}`, message });
  }

  #warn(message: string): void {
    this.#warnings.push(this.#client === null ? message : `${this.#client}: ${message}`);
  }

  #unknownKeys(raw: RawScope): void {
    const known = new Set([...Object.keys(scopeSchema.shape), ...Object.keys(FLAGS)]);
    const check = (value: object | null | undefined, allowed: ReadonlySet<string>, where: string) => {
      for (const key of Object.keys(value ?? {})) if (!allowed.has(key)) this.#warn(`unknown key "${where}${key}": it is not used`);
    };
    check(raw, known, '');
    check(raw.vendor, KEYS.vendor, 'vendor.');
    check(raw.law_enforcement_hold, KEYS.hold, 'law_enforcement_hold.');
    for (const contract of raw.contracts ?? []) check(contract, KEYS.contract, 'contracts.');
    for (const filing of raw.filings ?? []) check(filing, KEYS.filing, 'filings.');
    for (const decision of raw.decisions ?? []) check(decision, KEYS.decision, 'decisions.');
    for (const key of Object.keys(raw.anchors ?? {})) {
      if (!(ANCHORS as readonly string[]).includes(key)) this.#warn(`unknown anchor "${key}": no clock starts from it`);
    }
  }

  #scope(raw: RawScope): Scope {
    const entity = raw.entity ?? {};
    const home = this.#home(entity.jurisdiction, 'entity.jurisdiction');
    const zone = this.#zone(entity.zone, home);
    const anchors = this.#anchors(raw, zone);
    const hold = this.#hold(raw, zone, anchors);
    this.#vendorDiscovered(raw, zone, anchors);
    for (const problem of orderProblems(anchors, this.#now, zone)) this.#refuse(problem.field, problem.message);
    if (entity.role === undefined && raw.entity !== undefined) this.#warn('entity.role is not stated: read as owner');
    return {
      client: this.#client,
      role: entity.role ?? 'owner',
      sectors: new Set(this.#listed(entity.sector, SECTORS, 'sector')),
      home,
      zone,
      mainEstablishment: this.#home(entity.eu_main_establishment ?? undefined, 'entity.eu_main_establishment'),
      marks: this.#marks(entity),
      numbers: numbersOf(raw, entity),
      anchors,
      residents: this.#residents(raw.residents, raw.individuals_total),
      total: raw.individuals_total,
      data: this.#data(raw.data_elements),
      encrypted: boolean(raw.encrypted),
      keyTaken: raw.key_taken ?? undefined,
      risk: raw.risk === 'unknown' ? undefined : raw.risk,
      harmUnlikely: raw.harm_unlikely === true || (raw.harm_unlikely !== false && foundHarmless(anchors)),
      harmDocumented: raw.harm_determination_documented === true,
      incidents: new Set(this.#listed(raw.incident_type, INCIDENT_TYPES, 'incident type')),
      flags: this.#flags(raw),
      hold,
      vendor: raw.vendor ? { hipaa: raw.vendor.hipaa, agent: boolean(raw.vendor.agent) } : undefined,
      contracts: raw.contracts ?? [],
      filings: (raw.filings ?? []).map((filing, i) => ({
        duty: filing.duty,
        instance: filing.instance ?? undefined,
        at: this.#past(filing.at, zone, `filings.${i}.at`),
        received: filing.received ? this.#past(filing.received, zone, `filings.${i}.received`) : undefined,
      })),
      waivers: (raw.decisions ?? []).map((decision, i) => {
        if (decision.at !== undefined) this.#past(decision.at, zone, `decisions.${i}.at`);
        return {
          duty: decision.duty,
          instance: decision.instance ?? undefined,
          reason: decision.reason,
          approver: decision.approver,
        };
      }),
    };
  }

  #home(word: string | undefined, field: string): string | undefined {
    if (word === undefined) return undefined;
    const code = placeCode(word);
    if (code === undefined) this.#refuse(field, `"${word}" is no jurisdiction: use ISO 3166 (DE, UK), US-TX, CA-QC.`);
    return code;
  }

  #zone(name: string | undefined, home: string | undefined): string {
    if (name === undefined) {
      const zone = home === undefined ? undefined : zoneOf(home);
      if (zone === undefined) this.#warn('entity.zone is not stated: times without a place are read in UTC');
      return zone ?? 'UTC';
    }
    try {
      Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
      return name;
    } catch {
      this.#refuse('entity.zone', `"${name}" is no time zone: use an IANA name like Europe/Berlin.`);
      return 'UTC';
    }
  }

  #moment(text: unknown, zone: string, field: string): Moment | undefined {
    if (text === null || text === undefined || text === 'unknown') return undefined;
    const moment = typeof text === 'string' ? momentOf(text, zone) : undefined;
    if (moment === undefined)
      this.#refuse(field, 'not a time: use ISO 8601 with an offset (2026-10-24T09:00+02:00), or a bare date.');
    return moment;
  }

  #past(text: string, zone: string, field: string): Moment {
    const moment = this.#moment(text, zone, field) ?? { at: 0 };
    if (moment.at > this.#now) this.#refuse(field, `${text} is in the future: only what has happened is a finding.`);
    return moment;
  }

  #anchors(raw: RawScope, zone: string): Map<string, Moment> {
    const anchors = new Map<string, Moment>();
    for (const [name, text] of Object.entries(raw.anchors ?? {})) {
      const moment = this.#moment(text, zone, `anchors.${name}`);
      if (moment !== undefined) anchors.set(name, moment);
    }
    return anchors;
  }

  /** A hold may stand in its own block or among the anchors; two that differ are refused. */
  #hold(raw: RawScope, zone: string, anchors: Map<string, Moment>): HoldFinding | undefined {
    const block = raw.law_enforcement_hold ?? undefined;
    const start = this.#same(
      this.#moment(block?.start, zone, 'law_enforcement_hold.start'),
      anchors.get('hold_start'),
      'law_enforcement_hold.start',
    );
    const end = this.#same(
      this.#moment(block?.end, zone, 'law_enforcement_hold.end'),
      anchors.get('hold_end'),
      'law_enforcement_hold.end',
    );
    if (block === undefined && start === undefined && end === undefined) return undefined;
    const inBlock = block?.end !== undefined && block.end !== null;
    if (start === undefined) {
      this.#refuse('law_enforcement_hold.start', 'a hold needs the time at which it began.');
      return undefined;
    }
    if (start.at > this.#now)
      this.#refuse(block?.start ? 'law_enforcement_hold.start' : 'anchors.hold_start', 'the hold begins in the future.');
    if (end !== undefined && end.at < start.at) {
      this.#refuse(inBlock ? 'law_enforcement_hold.end' : 'anchors.hold_end', 'the hold ends before it starts.');
    }
    return { agency: block?.agency ?? '', written: boolean(block?.written), start, end };
  }

  #vendorDiscovered(raw: RawScope, zone: string, anchors: Map<string, Moment>): void {
    const own = this.#moment(raw.vendor?.discovered, zone, 'vendor.discovered');
    const moment = this.#same(own, anchors.get('vendor_discovered'), 'vendor.discovered');
    if (moment !== undefined) anchors.set('vendor_discovered', moment);
  }

  #same(a: Moment | undefined, b: Moment | undefined, field: string): Moment | undefined {
    if (a !== undefined && b !== undefined && a.at !== b.at) this.#refuse(field, 'stated twice, with two different times.');
    return a ?? b;
  }

  #listed(value: string | string[] | undefined, known: readonly string[], what: string): string[] {
    const words = (value === undefined ? [] : Array.isArray(value) ? value : [value]).map((word) =>
      word.trim().toLowerCase().replace(/[ _]+/g, '-'),
    );
    for (const word of words) if (!known.includes(word)) this.#warn(`unknown ${what} "${word}": no rule asks for it`);
    return words;
  }

  #marks(entity: RawEntity): Map<string, string | boolean> {
    const marks = new Map<string, string | boolean>();
    for (const [key, raw] of Object.entries(entity)) {
      if (Object.hasOwn(entitySchema.shape, key) || raw === null || raw === undefined || raw === 'unknown') continue;
      const mark = Object.hasOwn(MARKS, key) ? MARKS[key] : undefined;
      const value = typeof raw === 'string' ? raw.trim().toLowerCase().replace(/[ _]+/g, '-') : raw;
      const words = mark?.words ?? [];
      if (mark === undefined) this.#warn(`unknown mark "${key}": no rule asks for it`);
      else if (value === false || (value === true && mark.strict !== true) || (typeof value === 'string' && words.includes(value)))
        marks.set(key, value);
      else if (typeof value !== 'string' || mark.strict === true) {
        this.#refuse(
          `entity.${key}`,
          `${JSON.stringify(raw)} is not a value of ${key}: ${[...(mark.strict === true ? [] : ['true', 'false']), ...words].join(', ')}.`,
        );
      } else {
        this.#warn(`"${value}" is no known kind of ${key}: read as yes, of a kind not stated`);
        marks.set(key, true);
      }
    }
    return marks;
  }

  #total(residents: ReadonlyMap<string, Count>, total: Count | undefined): void {
    let sum = 0;
    for (const count of residents.values()) if (count !== 'unknown') sum += count;
    if (typeof total === 'number' && sum > total) this.#warn(`individuals_total is ${total}, but the residents add up to ${sum}`);
  }

  #residents(raw: Record<string, Count> | undefined, total: Count | undefined): Map<string, Count> | undefined {
    if (raw === undefined) return undefined;
    const residents = new Map<string, Count>();
    for (const [key, value] of Object.entries(raw)) {
      const code = placeCode(key);
      if (code === undefined) this.#warn(`unknown place "${key}" in residents: no law is known for it`);
      else if (residents.has(code)) this.#refuse(`residents.${key}`, `${code} is counted twice.`);
      else residents.set(code, value);
    }
    this.#total(residents, total);
    return residents;
  }

  #data(raw: string[] | 'unknown' | undefined): Set<string> | undefined {
    if (raw === undefined || raw === 'unknown') return undefined;
    return new Set(
      raw.flatMap((word) => {
        const elements = dataElements(word);
        if (elements.length === 0) this.#warn(`unknown data element "${word}": no rule asks for it`);
        return elements.length === 0 ? [word] : elements;
      }),
    );
  }

  #flags(raw: RawScope): Set<string> {
    const flags = new Set<string>();
    for (const name of Object.keys(FLAGS)) {
      const value = raw[name];
      if (value === true) flags.add(name);
      else if (value !== undefined && value !== false && value !== null && value !== 'unknown')
        this.#refuse(name, `${name} is true or false.`);
    }
    return flags;
  }
}

function boolean(value: boolean | 'unknown' | null | undefined): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function numbersOf(raw: RawScope, entity: RawEntity): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const field of NUMBERS) {
    const value = entity[field] ?? raw[field];
    if (typeof value === 'number') numbers.set(field, value);
  }
  return numbers;
}

/** A finding of no harm stands until a later one finds harm likely. */
function foundHarmless(anchors: ReadonlyMap<string, Moment>): boolean {
  const harmless = anchors.get('determined_no_harm');
  const likely = anchors.get('determined_likely_harm');
  return harmless !== undefined && (likely === undefined || likely.at < harmless.at);
}
