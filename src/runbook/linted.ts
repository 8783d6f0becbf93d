import type { Root } from 'mdast';
import type { PhaseDraft } from './drafts.ts';
import type { FrontMatter } from './front-matter.ts';
import type { Runbook } from './runbook.ts';
import type { RawStep } from './step.ts';

/** Everything a rule may look at. `lines` are the source's; `today` is an ISO date, absent when nobody said. */
export type Linted = {
  tree: Root;
  lines: string[];
  meta: FrontMatter;
  drafts: PhaseDraft[];
  raw: RawStep[];
  runbook: Runbook;
  today?: string;
};
