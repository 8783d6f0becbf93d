/** Words that hold a statement back. Permission ("you may") and ability ("could not reach") are no doubt. */
const SUSPECT =
  /\b(?:suspect(?:s|ed|ing)?|suspicions?|possibl[ey]|possibility|probabl[ey]|likely|unconfirmed|not (?:yet )?(?:been )?confirmed|apparent(?:ly)?|(?:appears?|appeared|seems?|seemed) (?:to|that|as if|likely)|it (?:appears|seems)|believed?|(?:is|are|was|were|been) (?:thought|supposed|reckoned|feared)|thought to|it is thought|we (?:think|fear|guess)|a guess|for the time being|provisional(?:ly)?|tentative(?:ly)?|preliminary|interim (?:finding|assessment|view)|suppos(?:e|edly)|not (?:certain|proven|sure)|(?:cannot|can't|unable to) (?:yet )?prove|(?:looks?|looked) (?:like|as (?:if|though))|presum(?:e|ed|ably)|assum(?:e|ed|ption|ing)|alleged(?:ly)?|potential(?:ly)?|indications? (?:that|of)|indicat(?:es?|ing) (?:that|a)|signs? (?:that|of)|(?:evidence|everything|indicators?|signs?|traces|much|all) (?:\w+ )?points? to|suggests?|under investigation|being investigated|may well|perhaps|hypothesis|working theory|treat(?:ing|ed)?\b.{0,40}\bas (?:if|suspected|possible|compromised)|cannot (?:yet )?(?:be )?(?:excluded?|ruled? out)|(?:have|has) not (?:yet )?(?:been )?(?:excluded|ruled out|proven|verified))\b/i;
const MODAL =
  /\b(?:may|might)\b(?!\s+(?:not\s+(?:reach|be\s+reached|find|contact|open|log)|only))|\bcould (?:have|possibly|potentially|well|be (?:affected|impacted|compromised|exposed|involved|stolen|at risk|malicious|related|due|infected|encrypted))\b/gi;
const PERMISSION =
  /\b(?:you|your \w+|reader|customers?|clients?|recipients?)\s+(?:may|might|could)\b(?!\s+(?:have|be))|\bso (?:that )?\w+ (?:may|might|could)\b/i;
const UNKNOWN =
  /\b(?:(?:do|does|did) not (?:yet |currently )?know|don't (?:yet )?know|not (?:yet |currently )?(?:been )?(?:known|clear|established|determined|identified|confirmed|certain|complete|able to (?:say|tell|confirm|determine|establish|rule)|sure|verified|counted|resolved|answered)|unknown|unclear|undetermined|uncertain|unresolved|undecided|cannot (?:yet |currently |at this (?:time|stage) )?(?:be )?(?:say|said|tell|confirm|confirmed|rule|ruled|exclude|excluded|determine|determined|establish|established|state)|can(?:'t|not) (?:yet )?(?:say|tell|confirm|rule)|whether|remains? (?:open|to be)|still (?:being )?(?:check|investigat|examin|review|look|analys|determin|establish|work|open|count)\w*|(?:is|are) (?:being|under) (?:check|investigat|examin|review|analys|determin|establish)\w*|under (?:investigation|review)|(?:has|have) not (?:yet )?(?:been )?(?:established|determined|identified|confirmed|found out|concluded|learned|ruled out)|no (?:answer|result|finding|conclusion|confirmation) (?:yet|so far)|not yet|to be (?:determined|confirmed|established)|open question|awaiting|pending|(?:nobody|no one|none of us) (?:can|could|is able to|knows?)|no way (?:of knowing|to (?:know|tell|say))|(?:un|not )able to (?:say|tell|confirm|determine)|(?:stays?|stayed) open)\b/i;
const FIRM =
  /\b(?:confirmed|we know|it is (?:clear|certain|established)|established that|certain(?:ly)?|definite(?:ly)?|proven|verified|without doubt|in fact|clearly|has been (?:established|proven))\b/i;

/** Whether the words hold the statement back as a suspicion. */
export function suspects(text: string): boolean {
  return SUSPECT.test(text) || modal(text);
}

/** "May", "might", "could" about what happened. The month May and permission are let by. */
export function modal(text: string): boolean {
  const hits = [...text.matchAll(MODAL)].filter(
    (m) => !(m[0] === 'May' && /\d|of|20\d\d/.test(text.slice(Math.max(0, m.index - 4), m.index + 8))),
  );
  return hits.length > 0 && !PERMISSION.test(text);
}

const PLAINLY_UNKNOWN =
  /\b(?:unknown whether|(?:do|does|did) not (?:yet |currently )?know|don't (?:yet )?know|not (?:yet |currently )?(?:been )?(?:known|clear|established|determined|confirmed|certain)|unclear|undetermined|uncertain|cannot (?:yet )?(?:say|tell|confirm)|under investigation|remains? (?:unknown|open|to be (?:seen|established)))\b/i;

/** The same in so many words, where "still open" or "pending" would not do. */
export function plainlyUnknown(text: string): boolean {
  return PLAINLY_UNKNOWN.test(text);
}

/** Whether the words say that something is not known. */
export function unknowing(text: string): boolean {
  return UNKNOWN.test(text);
}

const CLAUSAL =
  /\b(?:may|might) (?:\w+ly )?(?:have|be)\b|\bcould have\b|\b(?:we|it is|is|are|was|were|strongly|has been|have been) (?:\w+ly )?(?:suspect(?:ed)?|believed?|presumed|thought|assumed)\b|\bsuspect(?:ed)?\b|\b(?:appears?|seems?) (?:to|that)\b|\b(?:unconfirmed|not (?:yet )?(?:been )?confirmed)\b|\bwe may\b/i;

/** Doubt about what happened, as opposed to "a potential attack" in the title of an alert. */
export function clausalDoubt(text: string): boolean {
  return (
    CLAUSAL.test(text) &&
    !(PERMISSION.test(text) && !/suspect|believed|appears|seems|unconfirmed|not confirmed|have been/i.test(text))
  );
}

/** "It is known whether", "we know that": said of what the record calls unknown. */
export function declaresKnown(text: string): boolean {
  return (
    /\b(?:it is|is|are|was|now) (?:now )?(?:known|clear|certain|confirmed|established)\b(?! to be)|\bwe (?:now )?(?:know|can (?:now )?(?:say|tell|confirm)) (?:now )?(?:that|whether|if|how|which)\b|\b(?:have|has) (?:now )?(?:been able to|clarified|determined|established|found out|settled|become (?:clear|known)|an answer (?:on|to|as to)|the answer)\b/i.test(
      text,
    ) &&
    !/\b(?:not|un|no)\s?(?:\w+ ){0,2}(?:known|clear|certain|confirmed|established|able to|clarified|determined|answer)\b/i.test(
      text,
    )
  );
}

/** "Has not been ruled out", "ruled out that ... were not": said of what the record rules out. */
export function notRuledOut(text: string): boolean {
  return /\b(?:not|cannot|never|n't)(?: yet| been| be)* (?:ruled? out|rule out|excluded?)\b|\b(?:ruled out|excluded) (?:that|any)\b[^.;]*\bnot\b/i.test(
    text,
  );
}

/** Whether the words claim certainty. */
export function firm(text: string): boolean {
  return FIRM.test(
    text.replaceAll(
      /\b(?:not|un|yet to be|cannot be|can't be|nor|never)(?: yet| been)*\s?(?:be )?(?:confirmed|established|proven|verified|certain|clear)\b/gi,
      '',
    ),
  );
}

/** The marker itself, for the message. */
export function markerIn(text: string): string {
  return (SUSPECT.exec(text) ?? /\b(?:may|might|could)\b/i.exec(text))?.[0] ?? '';
}

const ABSENCE = [
  /\bno (?:\w+ )?(?:evidence|sign|signs|indication|indications|trace|traces|proof|reason to believe|impact|exposure|compromise|intrusion|unauthori[sz]ed (?:access|activity)|access|data (?:loss|theft|breach|exfiltration)|exfiltration|malicious (?:activity|files?|code)|indicators?|hits?|matches|match|suspicious \w+)\b(?!-)/i,
  /\b(?:no|none of (?:your|our|the)) (?:\w+ ){0,4}(?:was|were|is|are|has been|have been|had been) (?:\w+ )?(?:taken|stolen|accessed|copied|exfiltrated|affected|impacted|compromised|exposed|leaked|involved|viewed|acquired|downloaded|lost|touched|reached|infected|breached|encrypted|altered|changed|found|seen)\b/i,
  /\bno (?:\w+ ){0,3}(?:data|files?|records?|information|documents?|e-?mails?|credentials?|passwords?)\b[^.;]{0,40}\b(?:taken|stolen|accessed|copied|exfiltrated|compromised|exposed|leaked|downloaded|left (?:the|our|your) network)\b/i,
  /\b(?:not|never|neither|n't)(?: been| yet| directly| in any way| itself| otherwise)* (?:affected|impacted|compromised|accessed|taken|stolen|copied|exfiltrated|exposed|leaked|involved|viewed|acquired|downloaded|touched|reached|infected|breached|hit|concerned|at risk|vulnerable)\b/i,
  /\b(?:unaffected|uncompromised|untouched|unharmed|not part of|free of|free from)\b/i,
  /\b(?:is|are|was|were|been|being|now|fully|completely)\s+(?:\w+ly\s+)?(?:contained|under control|eradicated|clean)\b|\bcontained\b(?=[.,;]|$| by| at| on)/i,
  /\b(?:did|does|do|have|has|had|could) not (?:\w+ )?(?:find|found|see|seen|identify|identified|detect|detected|observe|observed|discover|discovered|access|accessed|take|taken|affect|affected|reach|reached|leave|left|steal|stolen|copy|copied|compromise|compromised|impact|touch|expose|spread)\b/i,
  /\bfound (?:no|none|nothing)\b|\bnothing (?:was |has been )?(?:found|taken|stolen|seen|left|accessed|copied|lost)\b/i,
  /\bruled out\b|\bcan (?:be )?exclude[d]?\b|\bwe exclude\b/i,
  /\b(?:data|systems?|information|network|accounts?|records?|files?) (?:is|are|remains?|was|were) (?:safe|secure|intact|clean|protected)\b/i,
];

/** Whether a sentence claims that something is not there or did not happen. "We do not know whether" claims nothing. */
export function claimsAbsence(text: string): boolean {
  const bare = text
    .replaceAll(/\b(?:whether|if)\b[^.;,]*/gi, '')
    .replaceAll(
      /\b(?:cannot|can't|could not|not yet|have not|has not|unable to)(?: yet| been)* (?:be )?(?:ruled?|excluded?) (?:out)?[^.;]*/gi,
      '',
    );
  const versions = bare
    .replaceAll(/\b(?:could|can) ?not (?:yet )?be (?:reached|contacted|opened|read|checked|delivered)\b/gi, '')
    .replaceAll(/\b(?:v?\d+(?:\.\d+)+|versions?|releases?|builds?|sources?|machines?)\S* (?:is|are|was|were) clean\b/gi, '');
  return ABSENCE.some((pattern) => pattern.test(versions));
}
