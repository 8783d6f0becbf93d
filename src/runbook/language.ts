const ENGLISH = /\b(the|and|of|to|for|is|are|in|on|or|with|if|from|all|any|not|by|be|as|it|this|that|you|your)\b/gi;
const WORD = /\p{L}{2,}/gu;
/** Below this a text is too short to tell, and read as English unless its letters say otherwise. */
const TELLING = 60;

/** Whether a text is in English, by its small words: elsewhere the rules about verbs and examples do not hold. */
export function isEnglish(text: string): boolean {
  const prose = text.slice(0, 6_000).replace(/```[\s\S]*?```|`[^`]*`|https?:\/\/\S+|data:\S+/g, ' ');
  const words = prose.match(WORD) ?? [];
  const foreign = words.filter((word) => /[^\p{ASCII}]/u.test(word)).length;
  if (words.length < TELLING) return foreign * 8 < Math.max(words.length, 1);
  return (prose.match(ENGLISH)?.length ?? 0) / words.length > 0.05;
}
