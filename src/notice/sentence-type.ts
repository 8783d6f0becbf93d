import type { SentenceType } from './draft.ts';
import type { Reading } from './reading.ts';
import { contentOf } from './reading.ts';

const ASK =
  /^(?:(?:for now|until then|until further notice|meanwhile|in the meantime|also|then|next|if [^,]{3,80}),?\s+)?(?:please|kindly|do not|don't|never|leave|keep|call|contact|report|forward|reply|send|check|change|reset|unplug|disconnect|switch|turn|let|tell|ask|treat|watch|avoid|stop|wait|use|note|refer|save|preserve|retain|do|make|review|confirm|provide|answer|hold|remain|be|read|install|update|upgrade|remove|uninstall|rotate|revoke|delete|verify|enable|disable|block|place|freeze|monitor|visit|write|sign|give|approve|decide|share|record|log|direct|route|escalate|stay|rest|hand|speak|ignore|expect|apply|consider|request)\b/i;
const ASK_INSIDE =
  /\b(?:please|we ask (?:you|that)|we (?:request|require|demand|need you)|you (?:should|must|need to|do not need|can|may want|are asked)|we (?:recommend|advise|urge)|we would like you)\b/i;
const PROMISE =
  /\b(?:(?:we|our team|i) (?:will|shall|'ll|are going to|plan to|undertake to|commit to)|we'll|(?:our|the|your|you will (?:get|have|receive|hear)|expect)\s.{0,20}next (?:update|message|notice|report)|next (?:update|message|report)|you will (?:hear|get|have|receive)|(?:update|report|message) (?:will )?follows?)\b/i;

/** What the words are, where the draft does not say: an ask or a promise by its form, courtesy where nothing is claimed, else a fact. */
export function typeOf(reading: Reading, cites = false): SentenceType | 'courtesy' {
  const text = reading.text.replaceAll(/\b(?:please|kindly) (?:note|be aware|bear in mind)(?: that)?\b/gi, '');
  if (cites && !/\bplease\b|\?\s*$|^(?:do not|don't|kindly|never)\b/i.test(text) && !PROMISE.test(text)) return 'fact';
  if (/\?\s*$/.test(text)) return 'ask';
  if (ASK.test(text) && !factInside(text) && !reports(text) && !/^\w+:/.test(text)) return 'ask';
  if (PROMISE.test(text)) return 'promise';
  if (ASK_INSIDE.test(text)) return 'ask';
  return claimless(reading) ? 'courtesy' : 'fact';
}

/** "Report filed at ...", "Update 12.4.1 was installed": nouns that look like an ask. */
function reports(text: string): boolean {
  const noun =
    /^(?:report|call|contact|change|access|update|log|record|review|test|check|patch|install|reset|copy|block|move|release|request|notice|watch|use|hold|share|place|delete|sign|decide)\w*\b/i.test(
      text,
    );
  const told = /^(?:\S+\s+){0,6}?(?:was|were|is|are|has|have|had|did|\w{3,}ed|found|took|sent|made|began|ran)\b/i.test(text);
  return noun && told && !/\b(?:please|you|your)\b/i.test(text);
}

/** "Check Point found ..." opens like an ask and is none. */
function factInside(text: string): boolean {
  return /^\w+\s+[A-Z]\w+\s+(?:has|have|is|was|were|did|found|said|says|told|confirmed)\b/.test(text);
}

/** What every notice may say of our own conduct: it claims nothing that a record would carry. */
const CONDUCT =
  /^we are (?:still |now )?(?:(?:speaking|talking|in touch|in contact|reaching out|writing) (?:to|with) (?:you|(?:all |all of )?our clients|all clients|our customers|every client)(?: directly)?|(?:working on|investigating|looking into) (?:it|this|the (?:incident|matter|issue|problem|cause|situation))(?: now| around the clock)?)\.?$/i;

/** Salutations, headings, regret: nothing that a record would have to carry. */
export function claimless(reading: Reading): boolean {
  if (CONDUCT.test(reading.text)) return true;
  if (reading.mentions.some(({ type }) => type !== 'time')) return false;
  if (
    /^\s*(?:your )?(?:contact|signed|prepared by|approved by|on behalf of|sender|author)\b\s*:?\s*(?:is\s)?[\p{Lu}+(]/iu.test(
      reading.text,
    ) &&
    reading.tokens.length < 14
  )
    return true;
  if (
    /^\s*(?:dear|hello|hi|good (?:morning|afternoon|evening)|kind regards|yours|sincerely|regards|thank you|we (?:are sorry|apologi[sz]e|regret|understand|know (?:that )?this is)|(?:we|our client) reserves? |all rights (?:are |remain )?reserved|nothing in this (?:notice|letter)|this (?:notice|letter|message|text) (?:is|does|tells|gives|replaces|concerns)|subject:|to:|from:|date:)/i.test(
      reading.text,
    )
  ) {
    return reading.mentions.length === 0 || /^\s*(?:date|from|to|subject):/i.test(reading.text);
  }
  if (
    /^(?:brief|status|update|situation|position|facts)\b[^.]{0,20}\b(?:as (?:of|at)|at|on)\b[^.]*\.?$/i.test(reading.text) &&
    contentOf(reading).length < 3
  )
    return true;
  const content = contentOf(reading);
  return (content.length === 0 && reading.mentions.length === 0) || (heading(reading) && reading.mentions.length === 0);
}

function heading(reading: Reading): boolean {
  const words = reading.tokens.filter((it) => !it.broken);
  const verbless = !/\b(?:is|are|was|were|has|have|had|did|been|found|took|saw|ran)\b|\w{3,}ed\b/i.test(reading.text);
  return words.length <= 8 && verbless && !/[.!]\s*$/.test(reading.text);
}

/** A sentence whose declared type its words do not bear: facts must not hide from citation as an ask, a promise or a fixed line. */
export function disguised(declared: SentenceType, reading: Reading): boolean {
  const byForm = typeOf(reading);
  if (declared === 'promise')
    return byForm === 'fact' && !/\b(?:will|shall|'ll|going to|next|follows?|until|by)\b/i.test(reading.text);
  if (declared === 'ask')
    return (
      byForm === 'fact' && !/\b(?:should|must|need\w*|ask|request|require|may|can|could you|do not|don't)\b/i.test(reading.text)
    );
  return false;
}
