import type { CostCommand } from './command-costs.ts';
import type { LaneCommand } from './command-lanes.ts';
import type { NoticeCommand } from './command-notices.ts';
import type { RunbookCommand } from './command-runbook.ts';
import type { TableCommand } from './command-table.ts';
import type { Actor, Answer, DutyName, Event, FactValue, FindingStatus, Label, Role, Seq } from './event.ts';

/** What somebody wants, imperative. A command is a wish until `decide` has turned it into events. */
export type Command =
  | NoticeCommand
  | CostCommand
  | {
      do: 'declareIncident';
      title: string;
      looksLike: string;
      stillHappening: Answer;
      canReachClients: Answer;
      talkingOverIt: Answer;
      runbook: { id: string; file: string; source: string; digest: string };
      verifierKey: string;
    }
  /** The record of the house itself, and a head over all of its records. */
  | { do: 'openHouse'; verifierKey: string }
  | { do: 'signHouse'; note: string; root: string; heads: string }
  /** Somebody says that they hold a copy of the last published head outside. */
  | { do: 'confirmCopy' }
  | { do: 'importEntries'; title: string; verifierKey: string; entries: ImportedEntry[] }
  | { do: 'openPlace'; surface: string; workspace: string; channel: string; purpose: 'incident' | 'counsel' | 'client' | 'witness' }
  | { do: 'renameIncident'; title: string }
  /** `every` is in minutes; 0 is never by the clock. */
  | { do: 'setScribe'; every: number; handover: boolean }
  | { do: 'closeIncident'; as: 'resolved' | 'false-alarm' | 'merged'; reason: string; into?: string }
  | { do: 'reopenIncident'; reason: string }
  | { do: 'assignRole'; role: Role; to: NamedPerson }
  | { do: 'offerHandover'; role: Role; to: NamedPerson; brief: string }
  | { do: 'answerHandover'; handover: string; accept: boolean; reason?: string }
  | { do: 'answerQuestion'; fact: string; answer: Answer }
  | { do: 'completeStep'; step: string; note?: string; override?: string }
  | { do: 'skipStep'; step: string; reason: string }
  | { do: 'blockStep'; step: string; reason: string }
  | { do: 'unblockStep'; step: string; note?: string }
  | { do: 'reopenStep'; step: string; reason: string }
  | { do: 'assignStep'; step: string; to: NamedPerson }
  | { do: 'tickCheck'; step: string; check: string; ticked: boolean }
  | { do: 'meetPrecondition'; step: string; precondition: number; row?: string; note?: string }
  | TableCommand
  | { do: 'recordNote'; text: string; step?: string; occurred?: string; label?: Label; speaker?: string; source?: string }
  | {
      do: 'keepMessage';
      message: string;
      text: string;
      speaker: string;
      occurred: string;
      how: 'shortcut' | 'reaction' | 'mention' | 'policy';
    }
  | { do: 'messageEdited'; message: string; text: string; occurred?: string }
  | { do: 'messageDeleted'; message: string; occurred?: string }
  | { do: 'correctEntry'; replaces: Seq; text: string; reason: string }
  | { do: 'relabelEntry'; of: Seq; label: Label; reason?: string }
  | {
      do: 'recordFinding';
      about: string;
      status: FindingStatus;
      text: string;
      source?: string;
      asOf?: string;
      supersedes?: Seq;
      occurred?: string;
    }
  | {
      do: 'takeDecision';
      step?: string;
      option?: number;
      question: string;
      choice: string;
      reason: string;
      outcome: 'decided' | 'decided-not-to' | 'deferred';
      options?: string;
      authority?: string;
      dissent?: string;
      reversible: Answer;
      review?: string;
      cites: Seq[];
      decider?: NamedPerson;
      /** Why it is decided although a precondition of its step is not met. */
      override?: string;
    }
  | { do: 'reopenDecision'; decision: string; because: Seq; reason?: string }
  | { do: 'openAsk'; question: string; to?: NamedPerson; due?: string; step?: string }
  | { do: 'answerAsk'; ask: string; answer: string }
  | {
      do: 'addEvidence';
      evidence: string;
      step?: string;
      name: string;
      sha256: string;
      bytes: number;
      mediaType: string;
      note?: string;
      source?: string;
    }
  | { do: 'describeEvidence'; evidence: string; step?: string; text: string }
  | {
      do: 'redactText';
      of: Seq;
      fields: string[];
      basis: 'erasure' | 'privilege' | 'mistake';
      reason?: string;
      second: NamedPerson;
    }
  | { do: 'placeHold'; hold: string; reason: string; second: NamedPerson }
  | { do: 'liftHold'; hold: string; reason: string; second: NamedPerson }
  | {
      do: 'readStatement';
      speaker: string;
      text: string;
      source?: string;
      occurred?: string;
      precision: Precision;
      changes?: Seq;
      withdrawn?: true;
    }
  | { do: 'recordPromise'; promise: string; who: string; text: string; due?: string }
  | { do: 'endPromise'; promise: string; kept: Answer; note?: string }
  | RunbookCommand
  | { do: 'setAnchor'; anchor: string; at?: string; supersedes?: Seq; reason?: string; source?: string }
  | { do: 'setFacts'; facts: { fact: string; value: FactValue; party?: string; terms?: string }[]; source?: string }
  | ({
      do: 'fileDuty';
      at: string;
      received?: string;
      reference?: string;
      proof?: string;
      evidence: Seq[];
      supersedes?: Seq;
    } & DutyName)
  | ({ do: 'waiveDuty'; reason: string; approver: NamedPerson } & DutyName)
  | ({ do: 'reopenDuty'; reason: string } & DutyName)
  | ({ do: 'acceptRule'; of: Seq; note?: string } & DutyName)
  /** Nothing new is said: the clocks are looked at again, because time passed or the law data are others. */
  | { do: 'reckonDuties' }
  | { do: 'raiseReminders'; reminders: { of: string; rung: string; due: string }[] }
  | LaneCommand
  /** What the bot itself has to record: a delivery's fate, a reminder that was due. */
  | { do: 'settleDelivery'; delivery: string; arrived: 'yes' | 'no' }
  | { do: 'observe'; event: Extract<Event, { kind: `delivery.${string}` | 'checkpoint.published' | 'reminder.raised' }> };

/** An entry of a plain record: kept by nobody's seal so far. `supersedes` is the index of an earlier one in the same list. */
export type ImportedEntry = {
  at?: string;
  about: string;
  text: string;
  status?: FindingStatus;
  source?: string;
  counsel: boolean;
  supersedes?: number;
};

type Precision = 'minute' | 'hour' | 'day' | 'month' | 'year';

/** Somebody named in a command: `account` is surface/workspace/user, the name is for people. */
export type NamedPerson = { account: string; name: string };

export type CommandOf<D extends Command['do']> = Extract<Command, { do: D }>;

/** The answer is no, and why; `recorded` is always nothing. */
export type Refusal = { refused: string; code: RefusalCode; field?: string };

export type RefusalCode =
  | 'closed'
  | 'open'
  | 'already'
  | 'unknown'
  | 'precondition'
  | 'needs-reason'
  | 'two-people'
  | 'held'
  | 'not-yours'
  | 'invalid';

export const refuse = (code: RefusalCode, refused: string, field?: string): Refusal =>
  field === undefined ? { refused, code } : { refused, code, field };

/** An event decided and not yet sealed, with what differs from the ordinary. */
export type Decided = { event: Event; occurred?: string; label?: Label; actor?: Actor; ref?: string };
