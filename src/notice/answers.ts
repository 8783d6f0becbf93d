import { z } from 'zod';
import type { Template } from './template.ts';

/** One question that clients ask again and again, as the template of answers holds it; `asked` are words by which it is known. */
export type BankAnswer = { id: string; question: string; asked: readonly string[] };

const Asked = z.record(z.string(), z.array(z.string()));

/** The questions of `runbooks/notices/client_answer.md`, in its order. */
export function bankOf(template: Template): BankAnswer[] {
  const parsed = Asked.safeParse(template.asked);
  const asked = parsed.success ? parsed.data : {};
  return template.lines.flatMap((line) =>
    line.type === 'heading' && line.regime !== undefined && line.regime in asked
      ? [{ id: line.regime, question: line.text, asked: asked[line.regime] ?? [] }]
      : [],
  );
}

/** The answers that fit what was asked, the best first: those whose words stand in it, longer ones counting more. */
export function matching(bank: readonly BankAnswer[], words: string, most = 3): BankAnswer[] {
  const said = ` ${plain(words)} `;
  const scored = bank.map((answer) => ({ answer, score: scoreOf(answer, said) }));
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ answer }) => answer);
}

const scoreOf = ({ asked }: BankAnswer, said: string): number =>
  asked.reduce((sum, phrase) => sum + (said.includes(` ${plain(phrase)} `) ? plain(phrase).split(' ').length : 0), 0);

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
