import type { Case, Check } from '../case.ts';
import { problem } from '../case.ts';

type Trap = { rule: string; pattern: RegExp; says: string; instead: string; unless?: (it: Case, rest: string) => boolean };

const timed = (it: Case) => it.reading.mentions.some(({ time, type }) => time?.hour !== undefined || type === 'duration');

/** The traps of incident notices, each with a better sentence. Regret is allowed, fault is not; counsel may relax. */
const TRAPS: Trap[] = [
  {
    rule: 'no_evidence',
    pattern: /\bno (?:\w+ )?(?:evidence|indication|indications|sign|signs|reason to believe|proof)\b(?!-)/i,
    says: '"No evidence" is read as "it did not happen".',
    instead: 'As of [time UTC] we have checked [logs] from [start] to [end] and found no [what]. We do not have logs for [what].',
  },
  {
    rule: 'abundance',
    pattern: /\b(?:out of an )?abundance of caution\b|\bpurely (?:as a )?precaution/i,
    says: 'This filler hides why you act.',
    instead: 'Say why: "We are telling you because ...".',
  },
  {
    rule: 'sophisticated',
    pattern:
      /\b(?:highly )?sophisticated\b|\badvanced (?:attack|threat|persistent)|\bunprecedented\b|\bstate[- ]of[- ]the[- ]art\b|\bworld[- ]class\b/i,
    says: 'It flatters the attacker and proves nothing.',
    instead: 'Say what was done: "Somebody used [account] to [action] at [time]."',
  },
  {
    rule: 'limited',
    pattern:
      /\b(?:a )?(?:very )?(?:limited|small|handful|subset|minor|few|isolated) (?:number|subset|set|group|portion|amount|of|extent|part)\b|\ba handful of\b|\ba subset of\b|\blimited (?:impact|data|information|access)\b/i,
    says: 'A size without a number is a guess.',
    instead: 'Give the number, or "We do not know yet how many; we are counting ...".',
    unless: (_, rest) => /^[^.]{0,40}\d/.test(rest),
  },
  {
    rule: 'isolated',
    pattern: /\bisolated (?:incident|event|case|issue|to)\b|\b(?:is|was|remains) (?:an )?isolated\b(?! (?:from|by|at|network))/i,
    says: '"Isolated" is what scope growth disproves.',
    instead: 'Say which systems were checked and which are affected.',
  },
  {
    rule: 'promptly',
    pattern: /\b(?:promptly|immediately|swiftly|quickly|without delay|rapidly|right away|at once|instantly|in a timely manner)\b/i,
    says: 'Speed has to be shown.',
    instead: 'Give the two times: "We learned of it at [time] and switched [what] off at [time]."',
    unless: timed,
  },
  {
    rule: 'safe',
    pattern:
      /\b(?:(?:is|are|remains?|now|completely|fully|totally|entirely|perfectly) (?:safe|secure)|fully (?:resolved|contained|restored|remediated|secured|recovered)|completely (?:resolved|removed|contained|clean)|100 ?%(?! of)|one hundred percent|guarantee[sd]?|never again|will never|cannot happen again|risk[- ]free|no risk|zero risk|no longer (?:a|any) (?:risk|threat)|absolutely|nothing to worry|rest assured|no need to worry|there is no cause for concern)\b|\b100 ?%(?=[\s.,]|$)/i,
    says: 'An absolute is wrong the day one thing is found.',
    instead: 'Say what was checked, when, and what is still open.',
  },
  {
    rule: 'fault',
    pattern:
      /\b(?:our (?:fault|mistake|error|negligence|failure)|we (?:failed|were negligent|should have|neglected|messed up|are (?:liable|responsible|to blame)|caused)|negligen(?:t|ce|tly)|(?:we )?(?:accept|take) (?:full )?(?:responsibility|liability|blame)|admit(?:ted)? (?:fault|liability)|mea culpa|due to our)\b/i,
    says: 'Regret is allowed, fault is not yet yours to admit: cover may depend on it.',
    instead: 'We are sorry for the disruption this causes you.',
  },
  {
    rule: 'blame',
    pattern:
      /\b(?:caused by|fault of|blame[sd]?|failure of|failed by|negligence of|error by) (?:the )?(?:vendor|supplier|[A-Z]\w+)|\b(?:vendor|supplier)(?:'s)? (?:fault|failure|negligence|mistake)\b|\b(?:is|are|was|were) (?:solely )?(?:to blame|at fault|responsible for (?:this|the) (?:incident|attack|breach))\b/i,
    says: 'Blame is a legal claim; this is not the place for it.',
    instead: 'Say what is established and by whom: "[Who] reports that ...".',
  },
  {
    rule: 'breach',
    pattern: /\b(?:data |security |privacy )?breach(?:es|ed)?\b(?! (?:coach|notification law|counsel))/i,
    says: '"Breach" is a legal term, and whether this is one is being decided.',
    instead: 'Write "incident", or say what happened to which data.',
  },
  {
    rule: 'attacker_named',
    pattern:
      /\b(?:russian|chinese|north korean|iranian|nation[- ]state|state[- ]sponsored|foreign (?:government|actors?)|lazarus|apt[- ]?\d+|fin\d+|lockbit|revil|blackcat|alphv|cl0p|clop|conti|black basta|akira|play ransomware|scattered spider|lapsus\$?|dragonforce|ransomhub|qilin|shinyhunters|teampcp|hackers?|cyber ?criminals?|hacktivists?)\b/i,
    says: 'Naming or colouring the attacker is attribution.',
    instead: 'Write "somebody without authorisation", or leave it out.',
  },
  {
    rule: 'marketing',
    pattern:
      /\b(?:takes? (?:the )?(?:security|privacy|protection)[^.]{0,40} (?:very )?seriously|your trust is|valued customer|top priority|highest priority|utmost importance|committed to (?:protecting|the security)|industry[- ]leading|best[- ]in[- ]class|robust security)\b/i,
    says: 'This says nothing a reader can use.',
    instead: 'Say what you do: "[Who] is doing [what] until [time]."',
  },
  {
    rule: 'passive',
    pattern:
      /\b(?:mistakes were made|it was decided|steps (?:were|have been|are being) taken|measures (?:were|have been|are being) (?:taken|implemented|put in place)|action (?:was|has been|is being) taken|an investigation (?:was|has been) (?:launched|started|opened))\b/i,
    says: 'Nobody acts in this sentence.',
    instead: 'Name who did what: "We switched [what] off at [time]."',
  },
  {
    rule: 'hedge',
    pattern:
      /\b(?:it (?:appears|seems) (?:that)?|we have no reason|to the best of our knowledge|at this (?:time|stage|point)(?:,)? we (?:believe|have no)|as far as we (?:know|are aware|can tell)|we (?:do not|don't) believe|should not (?:have|be) (?:affected|impacted)|is not believed|we are confident|more or less|arguably|in some (?:cases|instances)|certain (?:information|data|systems|individuals|customers)|some (?:information|data) may|may or may not|might possibly|could potentially|may potentially)\b/i,
    says: 'This hedge tells the reader nothing.',
    instead:
      'Say what is known, what is not, and what is being checked: "We do not know yet. We are checking [A] and [B]. You will hear by [time]."',
  },
  {
    rule: 'unlikely',
    pattern:
      /\b(?:highly |very |extremely )?unlikely\b|\blow risk\b|\bminimal (?:risk|impact)\b|\bnegligible\b|\bno (?:material )?impact\b/i,
    says: 'This is a forecast the record does not carry.',
    instead: 'Say what was checked and found.',
  },
];

/** Known traps of wording; a person may overrule each with a reason. */
export const wording: Check = (it) => {
  if (it.type === 'fixed') return [];
  return TRAPS.flatMap(({ rule, pattern, says, instead, unless }) => {
    const hit = pattern.exec(it.reading.text);
    if (hit === null || unless?.(it, it.reading.text.slice(hit.index + hit[0].length)) === true) return [];
    return [problem(it, 'wording', `wording.${rule}`, `"${hit[0].trim()}": ${says}`, instead)];
  });
};

/** "May have", "might", "could" in a fact that a confirmed entry carries is told by the status check; here the rest. */
export const modalHedge: Check = (it) => {
  if (it.type !== 'fact' || !/\b(?:may|might|could) (?:have|be|possibly|potentially)\b/i.test(it.reading.text)) return [];
  const doubtful = it.evidence.some(({ entry }) => entry.status === 'suspected' || entry.status === 'unknown');
  return doubtful || it.evidence.length === 0
    ? []
    : [
        problem(
          it,
          'wording',
          'wording.hypothetical',
          'This makes a known fact sound hypothetical.',
          'State it as the fact it is, with its as-of time.',
        ),
      ];
};
