import { type Answer, factOf } from './clauses.ts';
import type { Option, Question } from './runbook.ts';

/** An answer to a question of the front matter that follows from choosing an option. */
export type OfferedAnswer = { fact: string; answer: Answer };

const OFFER = /\banswer\s+["“”']([^"“”']{1,120})["“”']\s+with\s+(yes|no|not sure|unknown)\b/gi;

/** `Answer "data theft" with yes` in what follows from an option. What names no question of the runbook offers nothing. */
export function offeredAnswers({ consequence = '', text = '' }: Option, questions: Question[]): OfferedAnswer[] {
  return [...`${text} ${consequence}`.matchAll(OFFER)].flatMap(([, words = '', said = '']) => {
    const fact = factOf(words, questions);
    if (!questions.some((question) => question.fact === fact)) return [];
    const answer = said.toLowerCase();
    return [{ fact, answer: answer === 'yes' || answer === 'no' ? answer : 'unknown' }];
  });
}

/** The question that somebody's words mean: by its key, or by the sentence that asks it. */
export function questionOf(words: string, questions: Question[]): Question | undefined {
  const said = plain(words);
  const fact = factOf(words, questions);
  return questions.find((one) => one.fact === fact || plain(one.question) === said);
}

const plain = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
