import { majorUnits, moneyWords } from '../record/currency.ts';
import type { Entry } from '../record/entry.ts';
import { type Cost, evolveCosts, noCosts } from '../record/incident-costs.ts';
import { type CostSum, type ProofOfLoss, proofOfLoss } from '../record/proof-of-loss.ts';
import { cell } from './csv.ts';
import { escapeMarkdown } from './markdown.ts';
import { hoursWords } from './sentence-costs.ts';
import { SAID, words } from './wording.ts';

/** What the entries shown here say about costs; nothing where none of them does. */
export function costsIn(entries: readonly Entry[]): ProofOfLoss | undefined {
  if (!entries.some(({ kind }) => kind === 'cost.recorded')) return undefined;
  const costs = noCosts();
  for (const entry of entries) evolveCosts(costs, entry);
  return proofOfLoss(costs);
}

const COLUMNS = [
  'drill',
  'entry',
  'date',
  'person or firm',
  'is',
  'category',
  'task',
  'minutes',
  'hours',
  'rate an hour',
  'currency',
  'amount',
  'insurer consent',
  'consent reference',
  'billed to',
  'caused by vendor',
  'ticket',
  'evidence (entries)',
];

/** The proof of loss, a line a cost (RFC 4180), with a byte order mark as the timeline has it. Totals stand in `costs.md`. */
export function costsCsv({ lines }: ProofOfLoss, drill: boolean): string {
  const rows = [COLUMNS, ...lines.map((line) => cells(line, drill))];
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

type Lane = { client: string; lane: string; lines: number; minutes: number; amounts: Record<string, number>; unconsented: number };

/** What each lane costs, for whoever coordinates: a row for each currency, ids and figures alone. */
export function lanesCsv(lanes: Lane[], drill: boolean): string {
  const head = ['drill', 'client', 'lane', 'lines', 'minutes', 'lines without consent on record', 'currency', 'amount'];
  const rows = lanes.flatMap(({ client, lane, lines, minutes, unconsented, amounts }) => {
    const common = [drill ? 'DRILL' : '', client, lane, ...[lines, minutes, unconsented].map(String)];
    const money = Object.entries(amounts).map(([currency, amount]) => [currency, majorUnits(amount, currency)]);
    return (money.length === 0 ? [['', '']] : money).map((pair) => [...common, ...pair]);
  });
  return `\ufeff${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cells(cost: Cost, drill: boolean): string[] {
  const { minutes, rate, amount, currency = '', billed } = cost;
  return [
    drill ? 'DRILL' : '',
    String(cost.seq),
    cost.on,
    cost.who,
    cost.by,
    words(cost.category),
    cost.task ?? '',
    minutes === undefined ? '' : String(minutes),
    minutes === undefined ? '' : decimalHours(minutes),
    rate === undefined ? '' : majorUnits(rate, currency),
    currency,
    amount === undefined ? '' : majorUnits(amount, currency),
    SAID[cost.consent],
    cost.reference ?? '',
    billed === 'nobody' ? 'nobody yet' : billed,
    cost.vendor ?? SAID[cost.causedByVendor],
    cost.ticket ?? '',
    cost.evidence.join(' '),
  ];
}

/** Hours with two decimals, from whole minutes: no float comes between. */
export function decimalHours(minutes: number): string {
  const hundredths = Math.floor((minutes * 100 + 30) / 60);
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
}

/** One day, or the first and the last. */
export const periodWords = ({ from, to }: { from: string; to: string }): string => (from === to ? from : `${from} to ${to}`);

export const linesWords = (lines: number): string => (lines === 1 ? '1 line' : `${lines} lines`);

/** "3 h 30 min; 1200.00 EUR; 50.00 USD": every currency for itself. */
export function sumWords({ minutes, amounts, unpriced }: CostSum): string {
  const money = Object.entries(amounts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, amount]) => moneyWords(amount, currency));
  const open = unpriced === 0 || money.length === 0 ? '' : ` (${hoursWords(unpriced)} without a price)`;
  const hours = minutes === 0 ? [] : [`${hoursWords(minutes)}${open}`];
  return [...hours, ...money].join('; ') || 'nothing';
}

/** What is missing before an insurer takes it: read it beside the totals. */
export function consentWords({ byConsent, unconsented }: ProofOfLoss): string {
  if (unconsented.length === 0) return 'The insurer’s consent is on record for every line.';
  const without = byConsent.filter(({ name }) => name !== 'yes').map((sum) => `${CONSENT[sum.name]}: ${sumWords(sum)}`);
  const many = `${linesWords(unconsented.length)} ${unconsented.length === 1 ? 'has' : 'have'}`;
  return `${many} no consent of the insurer on record. ${without.join('. ')}. ${unconsented.length === 1 ? 'Entry' : 'Entries'} ${unconsented.join(', ')}.`;
}

const CONSENT = { yes: 'Consented', no: 'Spent without consent', unknown: 'Consent not known' };

/** The totals as a page: per category, per person or firm, and with or without consent. */
export function costsMarkdown(proof: ProofOfLoss, title: string, drill: boolean): string {
  const { total, period, byCategory, byWho, byConsent } = proof;
  const table = (head: string, sums: CostSum[], name: (sum: CostSum) => string) => [
    `## ${head}`,
    '',
    `| ${head} | Lines | Time | Amounts |`,
    '|---|---|---|---|',
    ...sums.map(
      (sum) =>
        `| ${escapeMarkdown(name(sum))} | ${sum.lines} | ${sum.minutes === 0 ? '' : hoursWords(sum.minutes)} | ${money(sum)} |`,
    ),
    '',
  ];
  return [
    `# ${drill ? 'DRILL: ' : ''}Costs of ${escapeMarkdown(title)}`,
    '',
    `${linesWords(total.lines)}${period === undefined ? '' : `, ${periodWords(period)}`}: ${sumWords(total)}.`,
    '',
    'Every line is an entry of the record and stands in `costs.csv`. Currencies are never added together.',
    '',
    consentWords(proof),
    '',
    ...table('Category', byCategory, ({ name }) => words(name)),
    ...table('Person or firm', byWho, ({ name }) => name),
    ...table('Consent of the insurer', byConsent, ({ name }) => SAID[name as keyof typeof SAID]),
  ].join('\n');
}

const money = (sum: CostSum): string =>
  Object.keys(sum.amounts).length === 0 ? '' : sumWords({ ...sum, minutes: 0, unpriced: 0 });
