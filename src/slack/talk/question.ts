/** What people ask when they ask: what comes next, a brief, who does what, what is due, or what is known about something. */
export type Question =
  | { asks: Plain; rest: string }
  /** `about` is empty where everything is asked for. */
  | { asks: 'known' | 'told' | 'decided'; about: string; rest: string };

type Plain = 'next' | 'brief' | 'who' | 'due' | 'open' | 'findings' | 'vendor' | 'log';

type Rule = { asks: Plain | 'told' | 'decided'; pattern: RegExp };

const WE = '(?:we|i|you|they|he|she|any(?:body|one)|some(?:body|one))';
const TELL =
  '(?:tell|told|call(?:ed)?|phoned?|r[aiu]ng|notif(?:y|ied)|inform(?:ed)?|reach(?:ed)?|e?-?mail(?:ed)?|contact(?:ed)?|warn(?:ed)?|talk(?:ed)? to|sp(?:eak|oken?) (?:to|with)|hear(?:d)?(?: back)? from)';

const RULES: Rule[] = [
  {
    asks: 'brief',
    pattern:
      /\b(?:(?:give me |show |write )?(?:a |the )?(?:hand-?over (?:brief|notes?)|brief(?: me)?)(?: for \w+)?|hand ?-?over to (?:the )?\w+ shift|catch me up|sum(?:marise|marize| up)(?: so far)?|(?:a )?summary|what did i miss|what (?:has )?happened(?: so far)?(?=\s*(?:[?.!,]|$)))/i,
  },
  {
    asks: 'told',
    pattern: new RegExp(
      `\\b(?:did|has|have) ${WE} (?:already |even |actually )?${TELL} (?<about>[^?,;\\n]+)|\\bwho (?:did we tell|have we told|has been told|was told|knows about this|did we (?:call|notify))\\b|\\b(?:was|were|has|have|is) (?<whom>[^?,;\\n]{2,60}?) (?:been )?(?:told|called|notified|informed|warned)\\b`,
      'i',
    ),
  },
  {
    asks: 'decided',
    pattern:
      /\bwhat (?:did|have|has) (?:we|he|she|they) decided?(?: (?:about|on|for|to do (?:about|with)) (?<about>[^?,;\n]+))?|^(?:(?:all|list|show)(?: me)?(?: the)? )?decisions\b/i,
  },
  {
    asks: 'open',
    pattern:
      /\bwhat(?:'?s| is| are)?(?: all)?(?: still)? (?:blocked|open|missing|pending|outstanding|(?:we )?waiting (?:for|on))\b|\bwhat are we (?:still )?waiting (?:for|on)\b|\bopen (?:questions|asks|issues|points|decisions)\b|^blocked\?/i,
  },
  {
    asks: 'vendor',
    pattern:
      /\b(?:latest|news|update|word) from (?:the )?vendor\b|\b(?:did|does|has) the vendor (?:say|said)\b|\bwhat(?:'?s| is) the vendor saying\b|\bany(?:thing)? (?:news |new )?from the vendor\b/i,
  },
  {
    asks: 'findings',
    pattern:
      /\b(?:wh(?:o|ich|at)(?: of our)?(?: clients| customers| machines| servers| systems)?|how many(?: clients| customers| machines| servers| systems)?) (?:is|are|was|were|got|has been|have been) (?:affected|hit|impacted|compromised|encrypted|infected)\b|\bwhat do we (?:actually |really )?know(?: so far| for sure| by now| yet)?(?=\s*(?:[?.!]|$))|^findings\b/i,
  },
  {
    asks: 'log',
    pattern: /^any(?:thing)? (?:news|new)(?! from)\b|^(?:(?:show|see)(?: me)? )?(?:the )?(?:timeline|log|last entries|record)\b/i,
  },
  {
    asks: 'next',
    pattern:
      /\b(?:so )?what(?:'?s| is)? (?:now|next)\b|\bwhat (?:do|should|must|can) (?:i|we) do(?: now| next| first)?(?=\s*(?:[?.!]|$))|\b(?:the )?next step\b/i,
  },
  {
    asks: 'due',
    pattern:
      /\b(?:what(?:'?s| is) due|when (?:is|are) (?:[\w\s-]{2,40}) due|which (?:deadlines|clocks)|(?:the )?deadlines|what(?:'?s| is) late|when is what due)\b/i,
  },
  {
    asks: 'who',
    pattern:
      /\b(?:who(?:'?s| is) (?:(?:the |our )?(?:incident |tech(?:nical)? )?(?:lead|scribe|in charge|on call|counsel|owner|comms)|on this|here|running this|doing what)|who has what|who holds|who leads|who does what|who has the)\b|^roles\??$/i,
  },
];

const OPENS =
  /^(?:what|whats|what's|when|where|who|who'?s|why|how|how'?s|where'?s|which|whose|is|are|am|do|did|does|has|have|had|can|could|was|were|will|would|should|any(?:body|thing|one)?|tell me|show me|find|search|do we know)\b/i;

/** The question in somebody's words, and what they said beside it; undefined where nothing is asked. */
export function questionIn(words: string): Question | undefined {
  for (const { asks, pattern } of RULES) {
    const match = pattern.exec(words);
    if (match === null) continue;
    const rest = besides(words, match[0]);
    if (asks !== 'told' && asks !== 'decided') return { asks, rest };
    return { asks, about: (match.groups?.about ?? match.groups?.whom ?? '').trim(), rest };
  }
  const [asked, rest] = asking(words);
  return asked === undefined ? undefined : { asks: 'known', about: asked, rest };
}

/** What is left when the question is taken out, if it says anything. */
function besides(words: string, question: string): string {
  const rest = words
    .replace(question, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:.!?–—-]+|[\s,;:!?–—-]+$/g, '');
  return rest.split(' ').length < 3 ? '' : rest;
}

function asking(words: string): [string | undefined, string] {
  const sentences = words.split(/(?<=[.!?])\s+/).map((sentence) => sentence.trim());
  const at = sentences.findIndex((sentence) => sentence.endsWith('?') || OPENS.test(sentence));
  if (at < 0) return [undefined, ''];
  return [sentences[at], besides(words, sentences[at] ?? '')];
}
