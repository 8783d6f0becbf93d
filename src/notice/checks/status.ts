import type { Case, Check } from '../case.ts';
import { problem } from '../case.ts';
import type { Evidence } from '../evidence.ts';
import { carries } from '../evidence.ts';
import { claimsAbsence, firm, markerIn, modal, suspects, unknowing } from '../markers.ts';
import type { Problem } from '../problem.ts';
import type { Token } from '../reading.ts';
import { concept } from '../words/lexicon.ts';

/** Suspected is never written as confirmed, unknown never as known, ruled out never as found, and known never as doubtful. */
export const status: Check = (it) => (it.type === 'fact' ? it.evidence.flatMap((evidence) => statusFaults(evidence, it)) : []);

function statusFaults(evidence: Evidence, it: Case): Problem[] {
  const part = partFor(evidence, it);
  const whole = it.reading.text;
  const held = suspects(part) || unknowing(part) || (it.evidence.length === 1 && (suspects(whole) || unknowing(whole)));
  const { id, text } = evidence.entry;
  switch (evidence.entry.status) {
    case 'suspected':
      if (held && !firm(part)) return [];
      return [
        problem(
          it,
          'truth',
          'status.suspected',
          `Entry ${id} is suspected, and this states it as a fact.`,
          `Write "we suspect" or "it is not confirmed" and keep the rest.`,
        ),
      ];
    case 'unknown':
      if (unknowing(part) || unknowing(whole)) return [];
      return [
        problem(
          it,
          'truth',
          'status.unknown',
          `Entry ${id} says that this is not known.`,
          'Write "We do not know yet whether ...; we are checking ...; you will hear by ...".',
        ),
      ];
    case 'ruled_out':
      if (
        claimsAbsence(whole) ||
        !restates(evidence, it) ||
        /\b(?:no|not|none|never|without|ruled out|excluded|absent|neither)\b|n't\b/i.test(part)
      )
        return [];
      return [
        problem(
          it,
          'truth',
          'status.ruled_out',
          `Entry ${id} rules this out, and the sentence states it.`,
          'Say that it was ruled out, how, and for which period.',
        ),
      ];
    default:
      return doubted(part, whole, text, it, id);
  }
}

/** Doubt that a confirmed entry itself expresses about what happened; "potential attack" in an alert's title is none. */
const DOUBT = /\b(?:may|might|could) (?:have|be)\b|\b(?:suspect(?:s|ed)?|believed?|appears?|unconfirmed|not (?:yet )?confirmed)\b/i;

/** A confirmed finding written as a doubt misleads as much as the reverse (the hypothetical trap). */
function doubted(part: string, whole: string, text: string, it: Case, id: string): Problem[] {
  if (suspects(text) || unknowing(text)) {
    const dropped =
      DOUBT.test(text) &&
      !suspects(whole) &&
      !unknowing(whole) &&
      !/\b(?:says?|said|according|reports?|reported|states?|stated|expects?|told)\b/i.test(whole);
    return dropped && shared(text, it)
      ? [
          problem(
            it,
            'truth',
            'status.doubt_dropped',
            `Entry ${id} says "${markerIn(text)}", and this states it outright.`,
            'Keep the doubt that the entry expresses.',
          ),
        ]
      : [];
  }
  const other = it.evidence.some(({ entry }) => entry.status === 'suspected' || entry.status === 'unknown');
  if (other || (!suspects(part) && !(unknowing(part) && !/\bwhether\b/.test(part)))) return [];
  const better = 'State it as the fact it is, with its as-of time.';
  const wording = modal(part)
    ? [problem(it, 'wording', 'wording.hypothetical', `"${markerIn(part)}" makes a known fact sound hypothetical.`, better)]
    : [];
  return [
    ...wording,
    problem(it, 'truth', 'status.confirmed', `Entry ${id} is confirmed, and this says "${markerIn(part) || 'not known'}".`, better),
  ];
}

const shared = (text: string, it: Case) => markerIn(text) !== '' && it.evidence.length === 1;

/** The sentence speaks of what was ruled out itself, not of how it was checked or what was missing. */
function restates({ entry, readings }: Evidence, it: Case): boolean {
  const end = /[:;.]/.exec(entry.text)?.index ?? entry.text.length;
  const about = new Set(
    readings.flatMap(({ tokens }) => tokens.filter((t) => t.start < end && !t.empty)).flatMap((t) => [t.stem, ...t.concepts]),
  );
  const shared = it.reading.tokens.filter((t) => !t.empty && (about.has(t.stem) || [...t.concepts].some((id) => about.has(id))));
  return shared.length >= 2 || shared.some((t) => [...t.concepts].some((id) => concept(id)?.claim === true));
}

/** The clauses of the sentence that speak of this entry, where it cites several; the whole where it cites one. */
function partFor(evidence: Evidence, it: Case): string {
  if (it.evidence.length === 1) return it.reading.text;
  const clauses = Map.groupBy(it.reading.tokens, ({ clause }) => clause);
  const own = [...clauses.values()].filter((tokens) => mostLike(tokens, it) === evidence);
  const text = own.map((tokens) => it.reading.text.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0)).join(' ');
  return text === '' ? it.reading.text : text;
}

function mostLike(tokens: Token[], it: Case): Evidence | undefined {
  const score = ({ carried }: Evidence) => tokens.filter((token) => !token.empty && carries(carried, token)).length;
  const ranked = it.evidence.map((evidence) => ({ evidence, score: score(evidence) })).sort((a, b) => b.score - a.score);
  return ranked[0] !== undefined && ranked[0].score > 0 ? ranked[0].evidence : undefined;
}
