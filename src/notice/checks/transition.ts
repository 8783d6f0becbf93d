import type { Case, Check } from '../case.ts';
import { cited, problem } from '../case.ts';
import type { Mention } from '../values/mention.ts';

const EARLIER =
  /\b(?:before (?:the|this|that|our) (?:update|upgrade|patch|change|move|fix)|previously|until then|prior (?:version|release)|old (?:version|release)|formerly|used to)\b/i;
const LATER =
  /\b(?:after (?:the|this|that|our) (?:update|upgrade|patch|change|move|fix)|since then|nowadays|is now|are now|now (?:on|at|run|runs|running)|new (?:version|release))\b/i;

/** "It ran 23.9.8 before the update" for "updated from 23.9.5 to 23.9.8": what a thing was and what it became change places. */
export const transition: Check = (it) => {
  if (it.type !== 'fact') return [];
  const wrong = it.evidence.flatMap(changes).find(({ from, to }) => {
    const [was, is] = [has(it, from), has(it, to)];
    return was !== is && ((is && EARLIER.test(it.reading.text)) || (was && LATER.test(it.reading.text)));
  });
  if (wrong === undefined) return [];
  const message = `${cited(it)} goes from ${wrong.from.raw} to ${wrong.to.raw}, and this has them the other way round.`;
  return [problem(it, 'truth', 'value.role', message, 'Say what it was before and what it is since, as the entry does.')];
};

function changes({ readings }: Case['evidence'][number]): { from: Mention; to: Mention }[] {
  return readings.flatMap(({ mentions, text }) =>
    mentions.slice(1).flatMap((to, at) => {
      const from = mentions[at];
      const pair = from !== undefined && from.type === to.type && /\bfrom\s+(?:version\s+)?$/i.test(text.slice(0, from.start));
      return pair && /^\s*to\s+(?:version\s+)?$/i.test(text.slice(from.end, to.start)) ? [{ from, to }] : [];
    }),
  );
}

const has = (it: Case, { keys }: Mention): boolean =>
  it.reading.mentions.some((ours) => ours.keys.some((key) => key !== '' && keys.includes(key)));
