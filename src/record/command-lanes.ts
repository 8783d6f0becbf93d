import type { ExposureState } from '../inventory/investigation.ts';
import type { Tier } from '../inventory/tier.ts';
import type { CallOutcome, Failure, Grouped, Seq } from './event.ts';

/** One vendor incident, many clients: what can be wanted of clients, lanes, the coordination and a broadcast. */
export type LaneCommand =
  | { do: 'registerClient'; client: string; name: string; profile: string; verifierKey: string }
  | { do: 'changeClient'; name: string; profile: string }
  /** What stands about ourselves in the register: our vendors' contracts and our own policies. */
  | { do: 'describeHouse'; profile: string }
  | { do: 'letClientGo'; reason: string; to?: string }
  | { do: 'assessClient'; incident: string; tier: Tier; state: ExposureState; reason: string }
  | {
      do: 'openLane';
      incident: string;
      client: string;
      name: string;
      title: string;
      tier: Tier;
      state: ExposureState;
      reason: string;
      since: string;
      runbook: { id: string; file: string; source: string; digest: string } | undefined;
      verifierKey: string;
    }
  | ({ do: 'moveLane'; to: ExposureState; evidence: string; asOf: string; how?: string } & TierMarks)
  | { do: 'citeEntry'; record: string; seq: Seq; leaf: string; meets?: { step: string; precondition: number }[] }
  | { do: 'openCoordination'; incident: string; verifierKey: string }
  | { do: 'sortClients'; clients: Sorted[] }
  | { do: 'beginLanes'; coordination: string }
  | { do: 'releaseEntry'; of: Seq; leaf: string; to: string[] }
  | ({
      do: 'orderBroadcast';
      order: string;
      purpose: string;
      text: string;
      clients: string[];
      skipped: Failure[];
      digest: string;
      /** Why words that the gate warns of stay as they are. */
      overruled?: string;
    } & Grouped)
  | { do: 'approveBroadcast'; order: string }
  | { do: 'steerBroadcast'; order: string; way: 'paused' | 'resumed' | 'stopped' }
  | { do: 'closeBroadcast'; order: string; sent: number; unsent: number; failures: Failure[] }
  | { do: 'tellClient'; order: string; purpose: string; delivery: string; text: string; digest: string; leaf: string }
  | { do: 'logCall'; outcome: CallOutcome; who: string; note?: string; incident?: string }
  /** For so many minutes the client is this person's to phone. */
  | { do: 'claimCall'; minutes: number; incident?: string }
  /** `told` is the leaf of what it answers, where that stands in the same client's other record. */
  | { do: 'giveReceipt'; order: string; answer: 'received' | 'question' | 'hit'; text?: string; told?: string };

/** What moves a client up beside its exposure. */
export type TierMarks = { encryptingNow?: boolean; lifeSafety?: boolean; sensitiveDataReachable?: boolean };

/** Where a client stands, as the coordination keeps it. */
export type Sorted = { client: string; tier: Tier; state: ExposureState; lane?: string };
