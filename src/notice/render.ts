import type { Draft, Sentence } from './draft.ts';
import type { Evidence } from './evidence.ts';
import { evidenceOf } from './evidence.ts';
import type { PlainRecord } from './record.ts';
import { SHARED, supersededIds, visibleTo } from './record.ts';
import { SELECTIONS } from './selection.ts';
import { type FactsLine, GENERAL, type Line, regimesOf, type SpokenLine, type Template } from './template.ts';
import { sentenceOf, spoken } from './wording-of-entry.ts';

/**
 * What a template is filled from. `values` fill slots: `next_update`, `contact`, `do_now`, ... (times with their zone); a value that
 * states a fact comes with the entries that carry it. `regimes` are the laws whose parts are wanted (gdpr-33, nis2, hipaa, ...); parts of other regimes are left out.
 */
export type Facts = {
  id: string;
  record: PlainRecord;
  client: string;
  values: Readonly<Record<string, string | { text: string; cites: string[] }>>;
  regimes: readonly string[];
};

/** Fills a template from the record alone, no model needed. What is not known prints as `[[UNKNOWN: what]]`. */
export function render(template: Template, facts: Facts): Draft {
  const client = facts.record.clients.find(({ id }) => id === facts.client);
  const pool = current(facts).map((entry) => evidenceOf(entry, client?.zone));
  const lines = wanted(template, facts.regimes);
  const told = allotted(lines, pool);
  const parts = lines.map((line) => ({ line, sentences: sentencesOf(line, pool, told.get(line), facts) }));
  const kept = parts.filter(
    ({ line }, at) => line.type !== 'heading' || template.headings.includes(line.text) || filledBelow(parts.slice(at + 1)),
  );
  return {
    id: facts.id,
    record: facts.record.id,
    client: facts.client,
    kind: template.kind,
    sentences: kept.flatMap(({ sentences }) => sentences),
  };
}

/** The lines of no law and of the chosen ones; the general ones where no chosen law has parts of its own here. */
function wanted(template: Template, chosen: readonly string[]): Line[] {
  const special = regimesOf(template).some((regime) => chosen.includes(regime));
  return template.lines.filter(({ regime }) => regime === undefined || (regime === GENERAL ? !special : chosen.includes(regime)));
}

/** Whether anything stands under a heading before the next one. */
function filledBelow(rest: { line: Line; sentences: Sentence[] }[]): boolean {
  const end = rest.findIndex(({ line }) => line.type === 'heading');
  return rest.slice(0, end < 0 ? rest.length : end).some(({ sentences }) => sentences.length > 0);
}

/** Selections that take what no narrower one has told. */
const WIDE = ['anything', 'happened', 'done'];

/** Which entries each line tells: within the report to one authority every entry once. */
function allotted(lines: Line[], pool: Evidence[]): Map<Line, Evidence[]> {
  const laws = new Set(lines.map(({ regime }) => regime));
  const each = [...laws].map((law) =>
    allottedOnce(
      lines.filter(({ regime }) => regime === undefined || regime === law),
      pool,
    ),
  );
  return new Map(each.reverse().flatMap((told) => [...told]));
}

/** Where it fits most narrowly. */
function allottedOnce(lines: Line[], pool: Evidence[]): Map<Line, Evidence[]> {
  const told = new Map<Line, Evidence[]>();
  const used = new Set<string>();
  const facts = lines.filter((line) => line.type === 'facts' && line.text === undefined);
  for (const line of [...facts].sort((a, b) => width(a) - width(b))) {
    if (line.type !== 'facts') continue;
    const fits = pool.filter((one) => SELECTIONS[line.selection]?.(one) === true && !used.has(one.entry.id)).slice(-line.most);
    for (const { entry } of fits) used.add(entry.id);
    told.set(line, fits);
  }
  return told;
}

const width = (line: Line) =>
  line.type === 'facts' ? WIDE.length - WIDE.indexOf(line.selection) - (WIDE.includes(line.selection) ? 0 : WIDE.length + 1) : 0;

/** Entries this client's notice may rely on: its own and shared ones, open, and not replaced. Earliest first. */
function current(facts: Facts) {
  const replaced = supersededIds(facts.record);
  return visibleTo(facts.record, facts.client)
    .filter((entry) => !entry.privileged && !entry.redacted && !replaced.has(entry.id) && entry.text !== '')
    .sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
}

function sentencesOf(line: Line, pool: Evidence[], told: Evidence[] | undefined, facts: Facts): Sentence[] {
  if (line.type === 'heading' || line.type === 'fixed') return [{ text: line.text, cites: [], type: 'fixed' }];
  if (line.type !== 'facts') return [spokenLine(line, facts)];
  return line.selection === 'replaced' ? corrections(line, facts) : selected(line, pool, told ?? [], facts);
}

/** An ask, a promise or a courtesy with its slots filled; with the entries of its values it is a fact. */
function spokenLine(line: SpokenLine, facts: Facts): Sentence {
  const slots = [...line.text.matchAll(/\{\{(\w+)/g)].map((m) => facts.values[m[1] ?? '']);
  const cites = slots.flatMap((value) => (typeof value === 'object' ? value.cites : []));
  const type = line.type !== 'courtesy' ? line.type : cites.length > 0 ? 'fact' : undefined;
  return { text: filled(line.text, facts), cites, type };
}

/** The entries of the selection; a sentence of the template's own cites the first that is about it. Nothing known prints as unknown. */
function selected(line: FactsLine, pool: Evidence[], told: Evidence[], facts: Facts): Sentence[] {
  const zone = facts.record.clients.find(({ id }) => id === facts.client)?.zone;
  const fits = pool.filter((one) => SELECTIONS[line.selection]?.(one) === true);
  if (fits.length === 0) return missing(line, facts);
  if (line.text !== undefined) return [{ text: filled(line.text, facts), cites: [fits[0]?.entry.id ?? ''], type: 'fact' }];
  return told.map(({ entry }) => ({
    text: sentenceOf(entry, zone, facts.record.vendor),
    cites: [entry.id],
    type: 'fact' as const,
  }));
}

/** `else nothing` leaves the line out: that there is no suspicion is not something unknown. `else = words` says so in fixed words. */
function missing(line: FactsLine, facts: Facts): Sentence[] {
  if (line.missing.startsWith('= ')) return [{ text: line.missing.slice(2), cites: [], type: 'fixed' }];
  return line.missing === 'nothing' ? [] : [{ text: `[[UNKNOWN: ${filled(line.missing, facts)}]]`, cites: [], type: 'fact' }];
}

/** For a correction: what was said before, and the entry that replaces it. */
function corrections(line: FactsLine, facts: Facts): Sentence[] {
  const visible = visibleTo(facts.record, facts.client).filter(({ privileged, redacted }) => !privileged && !redacted);
  const zone = facts.record.clients.find(({ id }) => id === facts.client)?.zone;
  const pairs = visible.flatMap((entry) =>
    entry.supersedes.flatMap((id) => visible.filter((old) => old.id === id).map((old) => ({ old, entry }))),
  );
  if (pairs.length === 0) return missing(line, facts);
  return pairs.slice(-line.most).flatMap(({ old, entry }) => [
    {
      text: `We said earlier: ${decapitalised(sentenceOf(old, zone, facts.record.vendor))}`,
      cites: [old.id],
      type: 'fact' as const,
    },
    { text: `This has been replaced. ${sentenceOf(entry, zone, facts.record.vendor)}`, cites: [entry.id], type: 'fact' as const },
  ]);
}

const decapitalised = (text: string) => text.replace(/^As of/, 'as of');

/** Slots: from the record where it has them, from the values given, else shown as unknown. */
function filled(text: string, facts: Facts): string {
  const { record } = facts;
  const client = record.clients.find(({ id }) => id === facts.client);
  const own: Record<string, string | undefined> = {
    client: facts.client === SHARED ? undefined : client?.name,
    vendor: record.vendor,
    product: record.product,
    msp: record.msp,
    title: record.title,
    record: record.id,
    as_of: spoken(latest(facts), client?.zone),
  };
  return text.replaceAll(/\{\{(\w+)(?::([^}]+))?\}\}/g, (_, slot: string, what: string | undefined) => {
    const given = facts.values[slot];
    const value = (typeof given === 'object' ? given.text : given) ?? own[slot];
    return value === undefined || value === '' ? `[[UNKNOWN: ${what ?? slot.replaceAll('_', ' ')}]]` : value;
  });
}

function latest(facts: Facts): string | undefined {
  const instants = current(facts).flatMap(({ at }) => (at === undefined ? [] : [at]));
  return instants.sort((a, b) => Number(millis(a) - millis(b))).at(-1);
}

function millis(at: string): number {
  try {
    return Temporal.Instant.from(at).epochMilliseconds;
  } catch {
    return Temporal.PlainDate.from(at.slice(0, 10)).toZonedDateTime('UTC').epochMilliseconds;
  }
}
