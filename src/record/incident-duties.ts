import type { Entry } from './entry.ts';
import type { Actor, DutyName, DutyState, FactValue, Seq } from './event.ts';

/** The part of an incident that says who must be told: the findings clocks run on, and what became of each duty. */
export type Owed = {
  anchors: Map<string, AnchorFinding>;
  facts: Map<string, FactFinding>;
  /** By `dutyKey`. Only duties that an entry names. */
  duties: Map<string, DutyRecord>;
  /** The last entry that a date may follow from; 0 while nobody has said anything. */
  because: Seq;
};

/** The current word on one anchor; without `at` it is not known (any more). */
export type AnchorFinding = { seq: Seq; by: Actor; at?: string; precision: 'minute' | 'day'; reason?: string; source?: string };
export type FactFinding = { seq: Seq; by: Actor; value: FactValue; party?: string; terms?: string; source?: string };

export type DutyRecord = DutyName & {
  sealed?: SealedDate;
  filings: Filing[];
  waived?: { seq: Seq; at: string; by: Actor; approver: Actor; reason: string };
  /** The law data say something else than what is sealed; nobody has accepted it yet. */
  change?: RuleChange;
  /** Of the last change that was accepted: the rule version, or "gone". */
  accepted?: string;
};

export type SealedDate = Omit<Extract<Entry, { kind: 'duty.dated' }>['body'], keyof DutyName> & { seq: Seq };
export type RuleChange = Omit<Extract<Entry, { kind: 'duty.rule-changed' }>['body'], keyof DutyName> & { seq: Seq };
export type Filing = {
  seq: Seq;
  by: Actor;
  at: string;
  received?: string;
  reference?: string;
  proof?: string;
  evidence: Seq[];
};

/** A rule that is no longer on file has no version to accept. */
export const GONE = 'gone';

export const dutyKey = ({ duty, instance }: DutyName): string => (instance === undefined ? duty : `${duty}|${instance}`);

export const emptyOwed = (): Owed => ({ anchors: new Map(), facts: new Map(), duties: new Map(), because: 0 });

/** Whether anybody has said anything that clocks run on. */
export const hasClocks = ({ because }: Owed): boolean => because > 0;

/** The part of the fold that knows who must be told. */
export function evolveDuties(owed: Owed, entry: Entry): void {
  const { seq, actor: by } = entry;
  switch (entry.kind) {
    case 'anchor.set': {
      const { anchor, supersedes: _, ...body } = entry.body;
      owed.anchors.set(anchor, { seq, by, ...body, ...entry.texts });
      owed.because = seq;
      break;
    }
    case 'fact.set': {
      const { fact, value } = entry.body;
      owed.facts.set(fact, { seq, by, value, ...entry.texts });
      owed.because = seq;
      break;
    }
    default:
      evolveDuty(owed, entry);
  }
}

function evolveDuty(owed: Owed, entry: Entry): void {
  const { seq, actor: by, at } = entry;
  switch (entry.kind) {
    case 'duty.dated': {
      const duty = dutyOf(owed, entry.body);
      duty.sealed = { ...withoutName(entry.body), seq };
      delete duty.change;
      break;
    }
    case 'duty.filed': {
      const duty = dutyOf(owed, entry.body);
      const { supersedes, ...body } = withoutName(entry.body);
      duty.filings = [...duty.filings.filter((filing) => filing.seq !== supersedes), { seq, by, ...body, ...entry.texts }];
      owed.because = seq;
      break;
    }
    case 'duty.waived':
      dutyOf(owed, entry.body).waived = { seq, at, by, approver: entry.body.approver, reason: entry.texts.reason };
      owed.because = seq;
      break;
    case 'duty.reopened': {
      const duty = dutyOf(owed, entry.body);
      duty.filings = duty.filings.filter((filing) => filing.seq !== entry.body.of);
      if (duty.waived?.seq === entry.body.of) delete duty.waived;
      owed.because = seq;
      break;
    }
    case 'duty.rule-changed':
      dutyOf(owed, entry.body).change = { ...withoutName(entry.body), seq };
      break;
    case 'duty.rule-accepted': {
      const duty = dutyOf(owed, entry.body);
      duty.accepted = duty.change?.to ?? GONE;
      owed.because = seq;
      break;
    }
  }
}

function withoutName<T extends DutyName>({ duty: _, instance: __, ...rest }: T): Omit<T, keyof DutyName> {
  return rest;
}

function dutyOf({ duties }: Owed, name: DutyName): DutyRecord {
  const key = dutyKey(name);
  const known = duties.get(key);
  if (known !== undefined) return known;
  const { duty, instance } = name;
  const fresh: DutyRecord = { duty, ...(instance === undefined ? {} : { instance }), filings: [] };
  duties.set(key, fresh);
  return fresh;
}

/** States in which nothing moves a date any more. */
export const isSettled = (state: DutyState): boolean => state === 'met' || state === 'late' || state === 'waived';
