/**
 * States of which one excludes the other, each side as a pattern of the words that say it. A denial turns one side into the other,
 * so that "not online" agrees with "offline". Only states that a sentence says of what it is about: no words of degree.
 */
export const CONTRARIES: readonly (readonly [RegExp, RegExp])[] = [
  [
    /(?:is|are|was|were|been|being|stays?|stayed|remains?|remained|keeps?|kept|left|still|back) on(?=[.,;]|$| since| again| from| until| at)|(?:switch|power|turn|leav|keep)(?:ed|s|ing|e)? (?:\S+ ){0,4}on(?=[.,;]|$)|(?:is|are|was|were|been|still) (?:up|running|live)\b|turn(?:ed)? back on/,
    /(?:is|are|was|were|been|being|stays?|stayed|remains?|remained|keeps?|kept|left|still) off(?=[.,;]|$| since| again| from| until| at)|(?:switch|power|turn|shut)(?:ed|s|ing)? (?:\S+ ){0,4}(?:off|down)\b|shutdown/,
  ],
  [
    /(?<!\bno longer )(?:could be reached|online|reachable|(?:re)?connected(?: again)?(?: to (?:the|our|your) network| with)?|on the network)/,
    /offline|unreachable|disconnected|isolated|cut off|(?:taken|took|pulled) (?:\S+ ){0,4}off (?:the|our|your|its) network|off the network/,
  ],
  [/intact|undamaged|in (?:good )?order|usable|readable/, /damaged|corrupt(?:ed)?|defective|unusable|unreadable|in bad order/],
  [
    /(?:still|remained|stayed|is|was|are|were) (?:valid|active|alive|accepted|in force|good)|works|(?:was|is|were) (?:still )?working|keeps working/,
    /invalid(?:ated)?|expired|dead|void|(?:stopped|ceased) (?:working|to work)|(?:no longer|not any longer|not) (?:valid|active|alive|accepted|in force|working)/,
  ],
  [/(?<!un|im)(?:likely|probabl[ey])/, /unlikely|improbabl[ey]/],
  [
    /(?<!un)signed(?= \w+(?: \w+)? (?:app|application|file|driver|build|installer|package|binary|update|version)| (?:app|application|file|driver|build|installer|package|binary|update|version))/,
    /unsigned/,
  ],
  [
    /(?:the |a |is |are |was |were )(?:clean|harmless|legitimate|genuine|benign)\b/,
    /(?:the |a |is |are |was |were )(?:bad|malicious|poisoned|trojani[sz]ed|infected|fake|tainted|rogue)\b/,
  ],
  [/includ(?:ing|ed|es?)|as well as/, /except(?: for| those)?|excluding|excluded|apart from|other than|but not|not counting/],
  [/shipped|handed over|sent out|went out/, /withheld|held back|kept back/],
  [/deliver(?:ed|able)/, /undeliver(?:able|ed)|came back|(?:was|were|been) returned/],
  [/(?:is|are|was|were|all) public/, /(?:is|are|was|were|all) private/],
  [/spared|untouched|unharmed|unaffected|left alone/, /(?:was|were|is|are) (?:also )?(?:hit|affected|touched|struck)/],
  [
    /(?:found|installed|present|appears?|shows?|shown|is|are) (?:\S+ ){0,3}(?:on|in) (?:all|each|every|any|your|our|the|\d+)/,
    /(?:on|in) (?:none|neither)/,
  ],
  [/\b(?:still |is |are |remains? )open\b|pending|unanswered/, /\b(?:is|are|was|were|been|now) (?:closed|answered|settled)\b/],
  [
    /recommend(?:s|ed|ation)?|advis(?:e[sd]?|ing)(?! against| not)|urg(?:e[sd]?|ing)/,
    /advis(?:e[sd]?|ing) against|warn(?:s|ed|ing)? against|discourag(?:e[sd]?|ing)|advis(?:e[sd]?|ing) not/,
  ],
  [/compulsory|mandatory|enforced|required|obligatory/, /optional|voluntary|not required/],
  [/possible|suspected|potential|alleged/, /proven|certain|established beyond/],
  [
    /(?:took|taken|taking|gone|removed|deleted|pulled|vanished|disappeared) (?:\S+ ){0,6}?(?:off|from|out of)\b|removed|gone from/,
    /(?:is|are|was|were) still (?:on|in|there|available|listed)|remains? (?:on|in) (?:the|its)/,
  ],
  [
    /(?:arrived|came|was|were|hours?|minutes?|days?) (?:\w+ ){0,2}late(?:r than (?:promised|planned))?\b/,
    /(?:arrived|came|was|were|hours?|minutes?|days?) (?:\w+ ){0,2}early\b/,
  ],
  [
    /accept(?:ed|s)|agreed|granted|allowed|gave (?:it|them|him|her|access)|let (?:them|him|her) in/,
    /refused|declined|turned (?:\w+ )?(?:down|away)|rejected|denied|would not/,
  ],
  [
    /\bleft (?:\w+ ){0,3}(?:unchanged|as (?:it was|they were))|unchanged|kept the same/,
    /changed|replaced|renewed|rotated|reset|new (?:passwords?|keys?|tokens?|ones?)/,
  ],
  [
    /(?:is|are|was|were) (?:\w+ly )?logged|(?:sends?|sent|delivers?) (?:\w+ )?(?:telemetry|logs)/,
    /(?:there (?:is|are|was|were)|sends?|sent|has|have|without|with) no (?:\w+ )?(?:telemetry|logs?)|without (?:\w+ )?(?:telemetry|logs?)/,
  ],
  [
    /(?:we|they|was|were|been) (?:found|located)(?! (?:no|none|nothing|not|any)\b)/,
    /cannot be found|could not be found|not to be found|untraceable|(?:cannot|could not|did not|do not|can't) find/,
  ],
];

const NO =
  /\b(?:not|no|never|none|nor|neither|cannot|without|nobody|nothing|hardly|\w+n't|no longer|fail(?:s|ed)? to|unable to|instead of|rather than)\b(?:\s+(?!(?:but|and|that|because|while)\b)[\w'-]+){0,4}\s*$/i;
/** "Not only", "no later than": no denial. */
const IDLE = /\b(?:not only|not just|no later|not later|no more|no fewer|no less|not yet)\b(?:\s+[\w'-]+){0,4}\s*$/i;

const compiled = new Map<RegExp, RegExp>();

/** The pattern between the ends of words, made once. */
function whole(pattern: RegExp): RegExp {
  const made = compiled.get(pattern) ?? new RegExp(String.raw`(?<![\w-])(?:${pattern.source})(?![\w-])`, 'gi');
  compiled.set(pattern, made);
  return made;
}

/** Which sides of a pair the text says: 0 and 1, denials turned round. */
export function sidesOf(text: string, pair: readonly [RegExp, RegExp]): Set<0 | 1> {
  const sides = new Set<0 | 1>();
  for (const side of [0, 1] as const) {
    for (const m of text.matchAll(whole(pair[side]))) {
      const before =
        text
          .slice(Math.max(0, m.index - 60), m.index)
          .split(/[.;:,](?=\s)/)
          .at(-1) ?? '';
      const denied = NO.test(before) && !IDLE.test(before);
      sides.add(denied ? (side === 0 ? 1 : 0) : side);
    }
  }
  return sides;
}
