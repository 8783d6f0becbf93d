import type { Place } from './evidence.ts';
import type { Reading, Token } from './reading.ts';
import type { Mention } from './values/mention.ts';
import { concept } from './words/lexicon.ts';
import { stem } from './words/stem.ts';

const PREPOSITION =
  /^(?:in|on|at|by|for|from|to|with|within|across|under|over|after|before|during|until|since|between|through|per|via|against|among|as|than|into)$/;
const VERB =
  /^(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|did|do|does|that|which|who|whose|no|none|being|still|not|and|or|but|while|when)$/;
const SKIP =
  /^(?:the|our|your|their|its|these|those|all|a|an|further|other|more|remaining|additional|such|them|which|individual|different|separate|distinct)$/;
const PLURAL_ODD = /^(?:people|staff|data|men|women|children|personnel|devices?)$/;

/**
 * What a number counts: the head noun of the words behind it ("340 customer records exported" counts records),
 * through "of" where it counts a part ("12 of the 60 clients").
 */
export function headOf(mention: Mention, reading: Reading): Token | undefined {
  const at = reading.tokens.findIndex((it) => it.mention === mention || (it.start === mention.start && it.mention !== undefined));
  if (/^(?:which|whom|them|these|those)$/.test(reading.tokens[at - 1]?.lower ?? '') && reading.tokens[at - 2]?.lower === 'of')
    return nounOfWhole(reading.tokens, at);
  if (at < 0 || /^(?:which|whom|them|these|those)$/.test(reading.tokens[at + 2]?.lower ?? '')) return undefined;
  if (elliptic(reading.tokens[at + 1], reading.tokens[at + 2])) return undefined;
  return nounAfter(reading.tokens, at + 1, mention) ?? nounOfWhole(reading.tokens, at);
}

/** "15 turned up in the backup": the noun is left out. */
const elliptic = (verb: Token | undefined, next: Token | undefined): boolean =>
  verb !== undefined &&
  /ed$/.test(verb.lower) &&
  !verb.broken &&
  /^(?:up|in|on|at|by|to|from|out|down|off)$/.test(next?.lower ?? '');

function nounAfter(tokens: Token[], from: number, mention: Mention): Token | undefined {
  let at = from;
  while (
    tokens[at] !== undefined &&
    (tokens[at]?.lower === 'of' ||
      (tokens[at]?.lower === 'out' && tokens[at + 1]?.lower === 'of') ||
      SKIP.test(tokens[at]?.lower ?? '') ||
      (tokens[at]?.mention !== undefined && tokens[at - 1]?.lower !== ','))
  )
    at += 1;
  const phrase: Token[] = [];
  for (; tokens[at] !== undefined; at++) {
    const token = tokens[at];
    if (token === undefined || token.broken || PREPOSITION.test(token.lower) || token.lower === 'of') break;
    if (VERB.test(token.lower) || finite(token)) break;
    phrase.push(token);
  }
  return headIn(phrase, mention.amount !== 1);
}

/** "Five show": a verb in its plain form ends what is counted; "encrypted servers" does not. */
function finite(token: Token): boolean {
  const concepts = [...token.concepts];
  return (
    concepts.length > 0 &&
    concepts.every((id) => concept(id)?.thing === false) &&
    !/(?:ed|ing)$|^(?:stolen|taken|seen|known|shown|broken|hidden|written|given|sent|kept|lost|cut|put|set|hit|shut|read|built|bought|caught|left|paid|sold|told|found|run|open)$/.test(
      token.lower,
    )
  );
}

function headIn(phrase: Token[], plural: boolean): Token | undefined {
  const noun = (it: Token | undefined) =>
    it !== undefined &&
    !/'s?$/.test(it.text) &&
    !/^windows$/.test(it.lower) &&
    ((/s$/.test(it.lower) && !/(?:ss|us|is|ous|'s)$/.test(it.lower)) || PLURAL_ODD.test(it.lower));
  const thing = (it: Token | undefined) => it !== undefined && [...it.concepts].some((id) => concept(id)?.thing === true);
  if (plural) return phrase.find((it, at) => noun(it) && !noun(phrase[at + 1])) ?? phrase.findLast(thing);
  return phrase.find((it, at) => thing(it) && !thing(phrase[at + 1])) ?? phrase.at(-1);
}

/** "Of the 60 servers, 12 were encrypted": the noun stands with the whole. */
function nounOfWhole(tokens: Token[], at: number): Token | undefined {
  for (let back = at - 1; back >= 0; back--) {
    const token = tokens[back];
    if (token?.mention?.type === 'number') return nounAfter(tokens, back + 1, token.mention);
  }
  return undefined;
}

/** Nouns that stand for whatever is counted. */
const ANYTHING =
  /^(?:ones?|items?|entries|entry|cases?|instances?|occasions?|times?|total|units?|pieces?|hits?|attempts?|events?)$/;

/** "12 administrator credentials" for "credentials of 12 administrators": the same words with the number before another. */
function turnedGenitive(a: Mention, inA: Reading, b: Mention, inB: Reading): boolean {
  const governor = /(\p{L}+) of (?:the |our |your |all )?$/u.exec(inB.text.slice(0, b.start))?.[1];
  const phrase = inA.text.slice(a.end, a.end + 60).split(/[,.;]/)[0] ?? '';
  const words = new Set(phrase.split(/[\s-]+/).map(stem));
  const theirs = headOf(b, inB);
  return governor !== undefined && theirs !== undefined && words.has(stem(governor)) && words.has(theirs.stem);
}

/** "3,120 donors" for "3,120 donor records": one record for each. */
function perPerson(our: Token, their: Token, { tokens }: Reading): boolean {
  const before = tokens[tokens.indexOf(their) - 1];
  return (
    /^(?:records?|accounts?|entries|letters?|profiles?|files)$/.test(their.lower) &&
    before !== undefined &&
    before.stem === our.stem
  );
}

/** Whether the draft's number counts what the entry's counts, or something more general. Unknown nouns on either side decide nothing. */
export function countsSame(ours: Mention, reading: Reading, place: Place): boolean {
  if (ours.type !== 'number' || place.reading === undefined) return true;
  if (/\bof (?:them|these|those)\b/i.test(place.reading.text.slice(place.mention.end, place.mention.end + 10))) return true;
  const our = headOf(ours, reading);
  const their = headOf(place.mention, place.reading);
  if (our === undefined || their === undefined || ANYTHING.test(our.lower) || ANYTHING.test(their.lower)) return true;
  if (our.stem === their.stem || our.lower === their.lower) return true;
  if (turnedGenitive(ours, reading, place.mention, place.reading) || turnedGenitive(place.mention, place.reading, ours, reading))
    return true;
  if (
    /\bof (?:which|whom|them|these|those)\s+$/i.test(place.reading.text.slice(0, place.mention.start)) &&
    perPerson(our, their, place.reading)
  )
    return true;
  return [...our.concepts].some((id) => their.wider.has(id));
}
