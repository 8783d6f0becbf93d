import type { Case, Check } from '../case.ts';
import { problem } from '../case.ts';
import type { Evidence } from '../evidence.ts';
import { carries } from '../evidence.ts';
import {
  claimsAbsence,
  clausalDoubt,
  declaresKnown,
  firm,
  markerIn,
  modal,
  notRuledOut,
  plainlyUnknown,
  suspects,
  unknowing,
} from '../markers.ts';
import type { Problem } from '../problem.ts';
import type { Token } from '../reading.ts';
import { concept } from '../words/lexicon.ts';

/** Suspected is never written as confirmed, unknown never as known, ruled out never as found, and known never as doubtful. */
export const status: Check = (it) =>
  it.type === 'fact' ? [...it.evidence.flatMap((one) => statusFaults(one, it)), ...doubted(it)] : [];

function statusFaults(evidence: Evidence, it: Case): Problem[] {
  const part = partFor(evidence, it);
  const { id, text, status: known } = evidence.entry;
  if (known === 'suspected') return suspected(id, part, it);
  if (known === 'unknown') return unknown(id, part, it);
  if (known === 'ruled_out') return ruledOut(evidence, part, it);
  return dropped(id, text, it);
}

function suspected(id: string, part: string, it: Case): Problem[] {
  const whole = it.reading.text;
  const alone = it.evidence.length === 1 && (suspects(whole) || unknowing(whole));
  if ((suspects(part) || unknowing(part) || alone) && !firm(part)) return [];
  const better = 'Write "we suspect" or "it is not confirmed" and keep the rest.';
  return [problem(it, 'truth', 'status.suspected', `Entry ${id} is suspected, and this states it as a fact.`, better)];
}

function unknown(id: string, part: string, it: Case): Problem[] {
  if ((unknowing(part) || unknowing(it.reading.text)) && !declaresKnown(it.reading.text) && !besides(id, it)) return [];
  const better = 'Write "We do not know yet whether ...; we are checking ...; you will hear by ...".';
  return [problem(it, 'truth', 'status.unknown', `Entry ${id} says that this is not known.`, better)];
}

/** Words that only say that something goes on. */
const WEAK =
  /\b(?:still (?:being )?\w+|pending|awaiting|under (?:investigation|review)|(?:is|are|been|being) (?:\w+ly )?(?:checked|investigated|examined|reviewed|analy[sz]ed|read|open)|not yet|so far)\b/gi;

/** "It was used; our ticket is still open": the claim stands outright, and only something beside it is open. */
function besides(id: string, it: Case): boolean {
  if (unknowing(it.reading.text.replaceAll(WEAK, ' ')) || /\?/.test(it.reading.text)) return false;
  const evidence = it.evidence.find(({ entry }) => entry.id === id);
  const first =
    Map.groupBy(it.reading.tokens, ({ clause }) => clause)
      .values()
      .next().value ?? [];
  const text = it.reading.text.slice(first[0]?.start ?? 0, first.at(-1)?.end ?? 0);
  const shared = first.filter(
    (token) => !token.empty && token.mention === undefined && evidence !== undefined && carries(evidence.carried, token),
  );
  return shared.length >= 1 && !unknowing(text) && /\b(?:was|were|has|have|had|did|is|are)\b/.test(text);
}

const CHECKING = /\b(?:checked|reviewed|searched|examined|scanned|inspected|analy[sz]ed|compared|read|looked (?:at|through))\b/i;
const DENIAL = /\b(?:no|not|none|never|without|nothing|nobody|nowhere|ruled out|excluded|absent|neither|nor|zero)\b|n't\b/i;

function ruledOut(evidence: Evidence, part: string, it: Case): Problem[] {
  const { text } = it.reading;
  if (affirmed(evidence, it))
    return [
      problem(
        it,
        'truth',
        'status.ruled_out',
        `Entry ${evidence.entry.id} rules this out, and this affirms it.`,
        'Say that it was ruled out, how, and for which period.',
      ),
    ];
  const denied = claimsAbsence(text) || DENIAL.test(part);
  const method = CHECKING.test(text) && !/\b(?:found|saw|identified|detected|showed|discovered|confirmed|revealed)\b/i.test(text);
  if (!notRuledOut(text) && (denied || method || !restates(evidence, it))) return [];
  const better = 'Say that it was ruled out, how, and for which period.';
  return [
    problem(it, 'truth', 'status.ruled_out', `Entry ${evidence.entry.id} rules this out, and the sentence does not.`, better),
  ];
}

/** A clause that has what was ruled out, found or seen, and no denial in it. */
function affirmed({ entry, readings }: Evidence, it: Case): boolean {
  const end = /[:;.](?=\s|$)/.exec(entry.text)?.index ?? entry.text.length;
  const head = (readings[0]?.tokens ?? []).filter((token) => token.start < end && (token.mention !== undefined || !token.empty));
  const groups = Map.groupBy(it.reading.tokens, ({ clause }) => clause);
  return [...groups.values()].some((tokens) => {
    const text = it.reading.text.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0);
    const seen =
      /\b(?:shows?|showed|found|saw|see|revealed|somebody|someone|a (?:\w+ )?(?:stranger|hit|sign-in|session|login)|gave a|there (?:was|were|is) (?:an?|some))\b/i.test(
        text,
      );
    const shared = head.filter((one) =>
      tokens.some((two) => two.stem === one.stem || [...two.concepts].some((id) => one.concepts.has(id))),
    );
    const plain = /\b(?:was|were|has been|have been)\b/i.test(text) && !CHECKING.test(text);
    const enough = shared.length >= 2 || shared.some(({ concepts }) => [...concepts].some((id) => concept(id)?.claim === true));
    return (
      (seen || (plain && shared.length >= 2)) &&
      enough &&
      !DENIAL.test(text) &&
      !/\b(?:whether|if|ruled? out|exclude[ds]?)\b/i.test(text)
    );
  });
}

/** The sentence speaks of what was ruled out itself, not of how it was checked or what was missing. */
function restates({ entry, readings }: Evidence, it: Case): boolean {
  const end = /[:;.]/.exec(entry.text)?.index ?? entry.text.length;
  const about = new Set(
    readings.flatMap(({ tokens }) => tokens.filter((t) => t.start < end && !t.empty)).flatMap((t) => [t.stem, ...t.concepts]),
  );
  const shared = it.reading.tokens.filter((t) => !t.empty && (about.has(t.stem) || [...t.concepts].some((id) => about.has(id))));
  return shared.length >= 2 || shared.some((t) => [...t.concepts].some((id) => concept(id)?.claim === true));
}

const REPORTED = /\b(?:says?|said|according|reports?|reported|states?|stated|expects?|told)\b/i;

/** The entry itself expresses doubt about what happened, and the sentence has dropped it. */
function dropped(id: string, text: string, it: Case): Problem[] {
  const { text: whole } = it.reading;
  if (it.evidence.length > 1 || !clausalDoubt(text) || suspects(whole) || unknowing(whole) || REPORTED.test(whole)) return [];
  return [
    problem(
      it,
      'truth',
      'status.doubt_dropped',
      `Entry ${id} says "${markerIn(text)}", and this states it outright.`,
      'Keep the doubt that the entry expresses.',
    ),
  ];
}

/** Confirmed findings written as a doubt mislead as much as the reverse (the hypothetical trap). */
function doubted(it: Case): Problem[] {
  const { text } = it.reading;
  const doubtful = it.evidence.some(
    ({ entry }) => entry.status === 'suspected' || entry.status === 'unknown' || clausalDoubt(entry.text),
  );
  const soft = it.evidence.some(
    ({ entry }) => suspects(entry.text) || unknowing(entry.text) || /\w(?:able|ible)\b/.test(entry.text),
  );
  if (it.evidence.length === 0 || doubtful || !(clausalDoubt(text) || (!soft && (suspects(text) || plainlyUnknown(text)))))
    return [];
  const marker = markerIn(text) || 'not known';
  const better = 'State it as the fact it is, with its as-of time.';
  const wording = modal(text)
    ? [problem(it, 'wording', 'wording.hypothetical', `"${marker}" makes a known fact sound hypothetical.`, better)]
    : [];
  const ids = it.evidence.map(({ entry }) => entry.id).join(', ');
  return [
    ...wording,
    problem(it, 'truth', 'status.confirmed', `What is cited (${ids}) is confirmed, and this says "${marker}".`, better),
  ];
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
