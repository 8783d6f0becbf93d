import type { Case, Check, Docket } from '../case.ts';
import { problem } from '../case.ts';
import type { Evidence } from '../evidence.ts';
import { carries, nearly, placesOf } from '../evidence.ts';
import type { Problem } from '../problem.ts';
import { contentOf } from '../reading.ts';
import { SHARED } from '../record.ts';

/** Words that own up to an earlier statement: only then may a replaced entry be cited, beside the one that replaces it. */
const RETRACTS =
  /\b(?:earlier|previous(?:ly)?|we (?:said|told|wrote|stated|reported|gave|named)|our (?:notice|message|letter|statement|update|report)|no longer|corrects?|corrected|correction|instead of|was (?:wrong|incorrect|not correct)|replaces?|supersede[sd]?|withdrawn?|initially|at first|(?:first|originally|at first) (?:said|told|reported|announced|named|gave|promised|expected|planned|put))\b/i;

/** Every fact cites entries that exist, are this client's, are current, and are open to it. */
export const citation: Check = (it, docket) => {
  if (it.type === 'fact' && it.sentence.cites.length === 0) {
    return [
      problem(
        it,
        'truth',
        'citation.missing',
        'This states a fact and cites no entry.',
        'Cite the entry that carries it, or take the sentence out.',
      ),
    ];
  }
  return [...it.sentence.cites.flatMap((id) => faults(id, it, docket)), ...idle(it)];
};

function faults(id: string, it: Case, docket: Docket): Problem[] {
  const entry = docket.record.entries.find((one) => one.id === id);
  const say = (rule: string, message: string, suggestion: string) => [
    problem(it, 'truth', `citation.${rule}`, message, suggestion),
  ];
  if (entry === undefined) return say('unknown', `There is no entry ${id} in the record.`, 'Cite an entry that exists.');
  if (entry.client !== SHARED && entry.client !== docket.draft.client) {
    return say(
      'foreign',
      `Entry ${id} belongs to another client.`,
      "Cite this client's own entries, or those of the vendor incident.",
    );
  }
  if (entry.privileged)
    return say(
      'privileged',
      `Entry ${id} is privileged; citing it may waive that.`,
      'Cite the open entry that carries the fact, or ask counsel.',
    );
  if (entry.redacted)
    return say(
      'redacted',
      `Entry ${id} has been redacted and carries nothing any more.`,
      'Cite an entry that still carries the fact.',
    );
  if (docket.superseded.has(id) && !retracted(id, it, docket)) {
    const by = docket.record.entries.find((one) => one.supersedes.includes(id));
    return say(
      'superseded',
      `Entry ${id} has been replaced${by === undefined ? '' : ` by ${by.id}`}.`,
      `Say what entry ${by?.id ?? 'that replaced it'} says, and cite that.`,
    );
  }
  return [];
}

/** A correction says what was said before: the old entry, with the new one cited in the draft. */
function retracted(id: string, it: Case, docket: Docket): boolean {
  const successors = docket.record.entries.filter((one) => one.supersedes.includes(id)).map((one) => one.id);
  const where = docket.draft.kind === 'correction' ? docket.draft.sentences.flatMap(({ cites }) => cites) : it.sentence.cites;
  return RETRACTS.test(it.reading.text) && successors.some((one) => where.includes(one));
}

/** An entry that has nothing to do with the sentence is a wrong citation. */
function idle(it: Case): Problem[] {
  if (it.type !== 'fact' || contentOf(it.reading).length + it.reading.mentions.length === 0) return [];
  return it.evidence
    .filter((evidence) => contribution(it, evidence) === 0)
    .map(({ entry }) =>
      problem(
        it,
        'truth',
        'citation.unrelated',
        `Entry ${entry.id} says nothing of what this sentence says.`,
        'Cite the entry that carries it.',
      ),
    );
}

/** How much of the sentence one entry carries: words of its own and values; an as-of time alone is little. */
export function contribution(it: Pick<Case, 'reading'>, evidence: Evidence): number {
  const content = contentOf(it.reading).filter((token) => token.lower.length > 2);
  const words = content.reduce(
    (sum, token) => sum + (carries(evidence.carried, token) ? 1 : nearly(evidence.carried, token) ? 0.5 : 0),
    0,
  );
  const values = it.reading.mentions.filter((ours) => placesOf(ours, evidence).some((place) => place.reading !== undefined)).length;
  return words + values;
}

/** What the cited entries carry between them. */
function united(it: Case): number {
  const words = contentOf(it.reading).filter(
    (token) => token.lower.length > 2 && (carries(it.carried, token) || nearly(it.carried, token)),
  ).length;
  return words + it.reading.mentions.filter((ours) => it.evidence.some((evidence) => placesOf(ours, evidence).length > 0)).length;
}

/** The sentence says what another entry says, and cites one that hardly touches it. */
export const betterEntry: Check = (it, docket) => {
  if (it.type !== 'fact' || it.evidence.length === 0) return [];
  const size = contentOf(it.reading).filter(({ lower }) => lower.length > 2).length + it.reading.mentions.length;
  if (size < 3) return [];
  const own = it.evidence.length === 1 ? Math.max(...it.evidence.map((evidence) => contribution(it, evidence))) : united(it);
  const rivals = [...docket.visible.values()].filter(
    ({ entry }) => !it.sentence.cites.includes(entry.id) && !docket.superseded.has(entry.id),
  );
  const better = rivals
    .map((evidence) => ({ id: evidence.entry.id, score: contribution(it, evidence) }))
    .sort((a, b) => b.score - a.score)[0];
  const clearly = better !== undefined && own / size < 0.5 && better.score >= own + 2 && better.score / size >= 0.6;
  const wholly = better !== undefined && size >= 4 && better.score >= size - 0.5 && own / size <= 0.75;
  if (better === undefined || !(clearly || wholly)) return [];
  return [
    problem(
      it,
      'truth',
      'citation.wrong',
      `This is what entry ${better.id} says, and another is cited.`,
      `Cite entry ${better.id}.`,
    ),
  ];
};
