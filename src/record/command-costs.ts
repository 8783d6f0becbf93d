import type { Answer, CostBilled, CostCategory, Seq } from './event.ts';

/** What an incident costs: hours of people and bills of firms, line by line. */
export type CostCommand =
  | ({ do: 'recordCost' } & CostLine)
  /** A sheet: all of its lines that are not on record yet, or none. */
  | { do: 'recordCosts'; costs: CostLine[] }
  | { do: 'withdrawCost'; of: Seq; reason: string };

export type CostLine = {
  /** Known beforehand where it is imported, so that the same line is recorded once. */
  cost: string;
  category: CostCategory;
  /** A person of ours, or a firm. */
  who: string;
  by: 'person' | 'firm';
  /** The day of the work or of the bill, YYYY-MM-DD; today where none is named. */
  on?: string;
  minutes?: number;
  /** Minor units of the currency, an hour. */
  rate?: number;
  /** Minor units of the currency. */
  amount?: number;
  currency?: string;
  task?: string;
  /** Reference under which the insurer consented. */
  consent?: string;
  /** Whether the insurer consented, where there is no reference. */
  consented?: Answer;
  ticket?: string;
  billed?: CostBilled;
  /** The vendor that caused it, by name. */
  vendor?: string;
  evidence?: Seq[];
  /** The entry of the line that this one puts right. */
  supersedes?: Seq;
};
