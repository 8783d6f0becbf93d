import type { Case, Check, Docket } from '../case.ts';
import { problem } from '../case.ts';
import { claimsAbsence, unknowing } from '../markers.ts';
import type { Problem } from '../problem.ts';
import { read } from '../reading.ts';
import { SHARED } from '../record.ts';
import { clausesOf } from './polarity.ts';

const CHECKED =
  /\b(?:checked|went over|gone over|looked over|(?:follows|taken|read) from (?:the|our|your)|(?:logs?|telemetry|databases?|inventory|inventories|lists?)\b[^.;]{0,90}\b(?:shows?|showed|reveals?)|according to (?:the|our|your) [\w-]+ (?:logs?|lists?|export|inventory|scan)|read (?:the|all|every|in full)|reviewed|searched|examined|scanned|inspected|analy[sz]ed|audited|tested|monitored|monitoring|watched|looked (?:at|through|for|in)|went through|compared|queried|hunted|swept|check|review|search|scan|inspection|examination|analysis|audit|inventory|export|report of)\b/i;
const GAPS =
  /\b(?:(?:do|does|did|could) not (?:have|cover|include|exist|reach|hold|keep|see|check|go back|extend)|don't have|no logs?|without logs?|not (?:yet |been |fully )*(?:covered|included|available|retained|kept|logged|checked|recorded|collected|examined|reviewed|yet checked|reached|scanned|stored)|missing|unavailable|gaps?|incomplete|cannot see|limits?|limited to|except|excluding|apart from|other than|only cover|start(?:s|ed)? (?:only )?on|lost|overwritten|deleted|rotated|expired|complete|completely|all logs|no logs? (?:is|are|was|were) missing|logging was (?:off|disabled)|(?:was|were) (?:off|down|disabled)|but not|all (?:of the |our |your )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve)|whole|entire|in full|full coverage|nothing (?:was |is )?missing|remain(?:s|ing)? unchecked|unchecked|were offline|was offline|outside (?:the|this|our)|unreachable|ha(?:ve|s) not reported|did not report|(?:each|all|every one) of the \w+ (?:\w+ )?(?:was|were) (?:checked|read|reached|scanned))\b/i;

const INSTEAD =
  'As of [time and zone] we have checked [logs] from [start] to [end] and found no [what]. We do not have logs for [what is missing].';

/**
 * "Not affected", "no evidence", "contained" may only be said with what was checked, over which period and which logs were
 * missing: in the same sentence, or in those right beside it.
 */
export const absence: Check = (it, docket) => {
  if (it.type === 'courtesy' || it.type === 'fixed' || !(claimsAbsence(it.reading.text) || deniesScoped(it))) return [];
  if (
    it.type !== 'fact' &&
    !/\b(?:no (?:evidence|sign|indication)|not affected|contained|was not|were not|no data)\b/i.test(it.reading.text)
  )
    return [];
  if (aboutVersions(it) || stateOfEntry(it)) return [];
  if (othersBasis(it, docket))
    return [
      problem(
        it,
        'truth',
        'absence.basis',
        'This speaks of this client, and none of the cited entries does.',
        "Cite this client's own finding.",
      ),
    ];
  const scope = scopeText(it, docket);
  if (!claimsAbsence(it.reading.text) && CHECKED.test(scope)) return [];
  const lacks = [
    ...(CHECKED.test(scope) ? [] : ['what was checked']),
    ...(period(scope, docket) ? [] : ['over which period']),
    ...(GAPS.test(scope) || installed(it) ? [] : ['which logs or machines were missing from the check']),
  ];
  if (lacks.length === 0) return it.type === 'fact' && it.evidence.length > 0 ? wider(it) : [];
  return [problem(it, 'truth', 'absence.scope', `This says that something is not there without ${lacks.join(', nor ')}.`, INSTEAD)];
};

const WIDE = new Set(['data', 'system', 'machine', 'network', 'people', 'record', 'account']);

/** "No data was accessed" does not follow from "no mailbox was": a denial may not be wider than the entry's. */
function wider(it: Case): Problem[] {
  const theirs = new Set(
    it.evidence.flatMap(({ readings }) =>
      readings.flatMap(({ tokens }) => tokens.flatMap(({ concepts, stem }) => [...concepts, stem])),
    ),
  );
  const word = clausesOf(it.reading)
    .filter(({ tokens }) => claimsAbsence(it.reading.text.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0)))
    .flatMap(({ tokens }) => tokens)
    .find(
      (token) =>
        !theirs.has(token.stem) && token.concepts.size > 0 && [...token.concepts].every((id) => WIDE.has(id) && !theirs.has(id)),
    );
  return word === undefined
    ? []
    : [
        problem(
          it,
          'truth',
          'absence.wider',
          `"${word.text}" is wider than what the cited entry denies.`,
          'Deny what the entry denies, and no more.',
        ),
      ];
}

/** "The vendor states that 12.4.0 is not affected": an advisory's word on versions, not on anybody's data. */
function aboutVersions(it: Case): boolean {
  const versions =
    (it.reading.mentions.some(({ type }) => type === 'version') ||
      /\b(?:versions?|editions?|releases?|builds?|packages?)\b/i.test(it.reading.text)) &&
    !/\b(?:you|your|we|our|client|customer|data|system|server)s?\b/i.test(it.reading.text);
  return versions && it.evidence.some(({ entry }) => /\bnot (?:\w+ )?affected|\bclean\b|unaffected/i.test(entry.text));
}

/** A denial that its entry makes only with what was checked: "no command was pushed" of "session database checked: no command". */
function deniesScoped(it: Case): boolean {
  if (
    it.type !== 'fact' ||
    !/\b(?:no|not|none|never|nobody|nothing|neither)\b/i.test(it.reading.text) ||
    CHECKED.test(it.reading.text) ||
    unknowing(it.reading.text)
  )
    return false;
  return it.evidence.some(({ entry, readings }) => {
    const head = /[:;]/.exec(entry.text)?.index ?? 0;
    const denies = entry.status === 'ruled_out' || /^(?:no|none|nobody|nothing|never)\b/i.test(entry.text);
    const words = (readings[0]?.tokens ?? []).filter(
      (token) => token.start < head && (token.mention !== undefined || !token.empty),
    );
    const shared = it.reading.tokens.filter((token) => words.some((word) => word.stem === token.stem));
    return denies && CHECKED.test(entry.text.slice(head)) && shared.length >= 2;
  });
}

/** "The file server is untouched": the state of one thing in a confirmed entry that gives it so, beside what did happen. */
function stateOfEntry(it: Case): boolean {
  const word = /\b(?:untouched|unharmed|intact|unchanged)\b/i.exec(it.reading.text)?.[0];
  const rest = it.reading.text.replace(word ?? '', ' ');
  return (
    word !== undefined &&
    !claimsAbsence(rest) &&
    it.evidence.some(({ entry }) => entry.status === 'confirmed' && new RegExp(`\\b${word}\\b`, 'i').test(entry.text))
  );
}

/** "You are not affected", on entries of the vendor incident alone. */
function othersBasis(it: Case, docket: Docket): boolean {
  const { client } = docket;
  if (it.type !== 'fact' || client === undefined || it.evidence.length === 0) return false;
  const speaks = /\b(?:you|your)\b/i.test(it.reading.text) || it.reading.text.includes(client.name);
  return speaks && it.evidence.every(({ entry }) => entry.client === SHARED && !entry.text.includes(client.name));
}

/** A basis like "not installed" is shown by an inventory; the inventory's limits may stand elsewhere. */
function installed(it: Case): boolean {
  return /\bnot (?:\w+ )?(?:installed|present|in use|used|deployed|run|running)\b|\b(?:no|without) (?:install|installation|copy)\b|\b(?:does|do|did) not (?:use|run|have)\b|\bruns? (?:\w+ ){0,3}(?:version|release|build|update)\b/i.test(
    it.reading.text,
  );
}

/** A time, a day or a span in the claim or beside it. */
function period(scope: string, docket: Docket): boolean {
  return read(scope, docket.client?.zone).mentions.some(({ type }) => type === 'time' || type === 'duration');
}

/** The sentence and its neighbours that cite something: the scope of a claim stands beside it or nowhere. */
function scopeText(it: Case, docket: Docket): string {
  return docket.draft.sentences
    .filter((_, index) => Math.abs(index - it.index) <= 2)
    .filter((sentence) => sentence.cites.length > 0 || sentence.text === it.sentence.text)
    .map(({ text }) => text)
    .join(' ');
}
