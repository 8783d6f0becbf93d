/** What people ask when they ask: what comes next, a brief, who does what, what is due, or what is known about something. */
export type Question = { asks: 'next' | 'brief' | 'who' | 'due'; rest: string } | { asks: 'known'; about: string; rest: string };

type Rule = { asks: 'next' | 'brief' | 'who' | 'due'; pattern: RegExp };

const RULES: Rule[] = [
  {
    asks: 'brief',
    pattern:
      /\b(?:(?:give me |show |write )?(?:a |the )?(?:hand-?over (?:brief|notes?)|brief(?: me)?)(?: for \w+)?|hand ?-?over to (?:the )?\w+ shift|catch me up|sum(?:marise|marize| up)(?: so far)?|(?:a )?summary|what did i miss|what (?:has )?happened(?: so far)?)\b/i,
  },
  {
    asks: 'next',
    pattern:
      /\b(?:so )?what(?:'s| is)? (?:now|next)\b|\bwhat (?:do|should|must|can) (?:i|we) do(?: now| next| first)?(?=\s*(?:[?.!]|$))|\b(?:the )?next step\b/i,
  },
  {
    asks: 'due',
    pattern: /\b(?:what(?:'s| is) due|which (?:deadlines|clocks)|(?:the )?deadlines|what(?:'s| is) late|when is what due)\b/i,
  },
  {
    asks: 'who',
    pattern:
      /\bwho (?:is (?:the )?(?:lead|scribe|in charge|on call|counsel)|has what|holds|leads|does what|is doing what|has the)\b/i,
  },
];

const OPENS =
  /^(?:what|whats|what's|when|where|who|why|how|which|whose|is|are|am|do|did|does|has|have|had|can|could|was|were|will|would|should|any(?:body|thing|one)?|tell me|show me|find|search|do we know)\b/i;

/** The question in somebody's words, and what they said beside it; undefined where nothing is asked. */
export function questionIn(words: string): Question | undefined {
  for (const { asks, pattern } of RULES) {
    const match = pattern.exec(words);
    if (match !== null) return { asks, rest: besides(words, match[0]) };
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
  const sentences = words.match(/[^.!?]+[.!?]*/g)?.map((sentence) => sentence.trim()) ?? [];
  const at = sentences.findIndex((sentence) => sentence.endsWith('?') || OPENS.test(sentence));
  if (at < 0) return [undefined, ''];
  return [sentences[at], besides(words, sentences[at] ?? '')];
}
