import type { Command, Source } from './runbook.ts';
import { isImperative } from './verbs.ts';

/** A line found in prose or in a command's comment. */
export type Derived = { text: string; source: Source };

/** Words that look like a verb but only point elsewhere. */
const POINTER =
  /^(?:note|see|refer|read|remember|keep in mind|for (?:more|further)|please (?:see|refer|note)|access to|support for|process(?:es)? (?:is|are)|change[sd]? (?:is|are|in))\b/i;

/** The sentences of a paragraph that tell somebody to do something: what a reader of a prose runbook would tick. */
export function sentencesToTick(paragraph: string, source: Source): Derived[] {
  return paragraph
    .split(/(?<=[.!?:])\s+(?=[\p{Lu}`"“])/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length >= 8 && sentence.length <= 300 && !POINTER.test(sentence) && isImperative(sentence))
    .map((sentence) => ({ text: sentence.replace(/[:.]$/, ''), source }));
}

/** `# 2. Check the error rate` over a command: the comment is the step, the command its means. */
export function commentsToTick(command: Command): Derived[] {
  return command.text.split('\n').flatMap((line, index) => {
    const text = /^\s*(?:#+|\/\/|--|::|REM)\s+(?:\d+[.)]\s*)?(.{6,120})$/i.exec(line)?.[1]?.trim();
    const at = command.source.line + 1 + index;
    return text === undefined || !isImperative(text)
      ? []
      : [{ text: text.replace(/[:.]$/, ''), source: { line: at, column: 1, endLine: at } }];
  });
}
