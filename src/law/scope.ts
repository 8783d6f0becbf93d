/** Findings as one evaluation reads them: each scope is one entity's own, never mixed with another's. */
import type { Role } from './duty.ts';
import type { Moment } from './moment.ts';

export type Count = number | 'unknown';
export type Contract = {
  party: string;
  kind: 'dpa' | 'msa' | 'policy' | 'card-scheme' | 'proof-of-loss' | 'vendor-claim';
  hours?: number | undefined;
  business_days?: number | undefined;
  days?: number | undefined;
  anchor?: string | undefined;
};
export type Filing = { duty: string; instance?: string | undefined; at: Moment; received?: Moment | undefined };
export type Waiver = { duty: string; instance?: string | undefined; reason: string; approver: string };
export type HoldFinding = { agency: string; written: boolean | undefined; start: Moment; end: Moment | undefined };

/** One entity's findings, evaluated apart from every other. */
export type Scope = {
  client: string | null;
  role: Role;
  sectors: ReadonlySet<string>;
  home: string | undefined;
  zone: string;
  mainEstablishment: string | undefined;
  marks: ReadonlyMap<string, string | boolean>;
  numbers: ReadonlyMap<string, number>;
  anchors: ReadonlyMap<string, Moment>;
  /** Undefined when nobody said anything about who lives where. */
  residents: ReadonlyMap<string, Count> | undefined;
  total: Count | undefined;
  data: ReadonlySet<string> | undefined;
  encrypted: boolean | undefined;
  keyTaken: boolean | 'unknown' | undefined;
  risk: 'unlikely' | 'likely' | 'high' | undefined;
  harmUnlikely: boolean;
  harmDocumented: boolean;
  incidents: ReadonlySet<string>;
  flags: ReadonlySet<string>;
  hold: HoldFinding | undefined;
  vendor: { hipaa?: string | undefined; agent?: boolean | undefined } | undefined;
  contracts: Contract[];
  filings: Filing[];
  waivers: Waiver[];
};

export type Findings = { now: number; scopes: Scope[] };
