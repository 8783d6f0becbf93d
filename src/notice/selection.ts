import type { Evidence } from './evidence.ts';
import { headOf } from './quantity.ts';
import { withParents } from './words/lexicon.ts';

type Test = (evidence: Evidence) => boolean;

const kind =
  (pattern: RegExp): Test =>
  ({ entry }) =>
    pattern.test(entry.kind.replaceAll('_', ' '));
const says =
  (pattern: RegExp): Test =>
  ({ entry }) =>
    pattern.test(entry.text);
const status =
  (wanted: string): Test =>
  ({ entry }) =>
    entry.status === wanted;
const both =
  (...tests: Test[]): Test =>
  (it) =>
    tests.every((test) => test(it));
const either =
  (...tests: Test[]): Test =>
  (it) =>
    tests.some((test) => test(it));
const not =
  (test: Test): Test =>
  (it) =>
    !test(it);

const known: Test = ({ entry }) => entry.status === undefined || entry.status === 'confirmed';
const vendor = kind(/vendor|advisory|supplier/i);
const act = either(
  kind(/action|containment|measure|decision|step/i),
  says(
    /\b(?:switched off|shut down|disconnected|isolated|revoked|blocked|paused|reset|rotated|closed|took .{0,40}offline|unplug)/i,
  ),
);
const money = either(
  kind(/cost|insur|claim/i),
  says(/\b(?:insurer|insurance|cyber policy|policy (?:number|no\b)|claim (?:number|no\b))/i),
);
const aside = kind(/note|comment|internal|contact|call|clock/i);

const counts =
  (concept: string): Test =>
  ({ readings }) =>
    readings.some((reading) =>
      reading.mentions.some(
        (mention) =>
          mention.type === 'number' &&
          [...(headOf(mention, reading)?.concepts ?? [])].some((id) => withParents(id).includes(concept)),
      ),
    );
const holds =
  (type: string): Test =>
  ({ readings }) =>
    readings.some(({ mentions }) => mentions.some((mention) => mention.type === type));
const data: Test = ({ carried }) =>
  [
    'personal',
    'payroll',
    'card_data',
    'bank_data',
    'health_data',
    'ssn',
    'passport',
    'birth',
    'home_address',
    'financial',
    'hr',
    'record',
  ].some((id) => carried.has(id));

/** What a template's `* selection` lines may name: what an entry is about, by its kind, status and values. */
export const SELECTIONS: Readonly<Record<string, Test>> = {
  happened: both(known, not(act), not(vendor), not(money), not(aside)),
  done: both(known, act),
  suspected: status('suspected'),
  unknown: status('unknown'),
  'ruled out': status('ruled_out'),
  basis: either(status('ruled_out'), both(known, says(/\b(?:no|not|never|none|without|moved)\b/i), not(vendor), not(money))),
  vendor: both(known, vendor),
  'vendor promises': both(known, vendor, says(/\b(?:will|expects?|promises?|eta|by|plans?|follow)\b/i)),
  people: both(known, not(money), counts('people'), not(kind(/clock/i))),
  data: both(known, data, not(vendor), not(money), not(kind(/clock/i))),
  systems: both(known, not(act), not(money), either(counts('machine'), counts('account'))),
  indicators: both(known, either(holds('hash'), holds('address'), holds('file'))),
  vulnerability: says(/\bCVE-\d|\bGHSA-/i),
  money: both(known, money),
  policy: both(known, says(/\bpolicy\b|\bclaim\b/i)),
  decisions: both(known, kind(/decision/i)),
  reports: both(
    known,
    not(kind(/clock/i)),
    says(/\b(?:reported to|notified|informed|was told|phoned|telephone|file number|reference)\b/i),
  ),
  restored: both(
    known,
    not(money),
    says(/\b(?:restor|rebuilt|back (?:in|into|on)|into service|installed|updated|patched|resumed)/i),
  ),
  standing: kind(/^exposure$/i),
  exposure: both(known, counts('client')),
  replaced: () => true,
  anything: both(known, not(kind(/clock/i))),
};
