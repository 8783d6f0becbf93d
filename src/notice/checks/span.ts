import type { Case } from '../case.ts';
import { problem } from '../case.ts';
import { groupOf } from '../neighbourhood.ts';
import type { Problem } from '../problem.ts';
import type { TimeParts } from '../values/mention.ts';

/** "Versions 3.4.2 and 3.4.2": one of two values side by side has been put for the other. */
export function repeated(it: Case): Problem[] {
  const twice = it.reading.mentions.find((ours) => {
    const group = groupOf(ours, it.reading).map((at) => it.reading.tokens[at]?.mention);
    return group.some(
      (other) => other !== undefined && other.start !== ours.start && ours.keys.some((key) => other.keys.includes(key)),
    );
  });
  return twice === undefined
    ? []
    : [problem(it, 'truth', `value.${twice.type}`, `"${twice.raw}" stands here twice.`, 'Give each value of the entry once.')];
}

/** "Between 10:15 and 08:00": a span that ends before it starts. */
export function backwards(it: Case): Problem[] {
  const { mentions, text } = it.reading;
  const wrong = mentions.find((from, at) => {
    const to = mentions[at + 1];
    if (to?.time === undefined || from.time === undefined || !/\b(?:between|from)\s+(?:about\s)?$/i.test(text.slice(0, from.start)))
      return false;
    if (!/^\s*(?:to|and|until|till|through|-)\s*$/i.test(text.slice(from.end, to.start))) return false;
    return (
      spanOf(from.time) !== undefined &&
      spanOf(to.time) !== undefined &&
      (spanOf(from.time) ?? 0) > (spanOf(to.time) ?? 0) &&
      sameDayGiven(from.time, to.time)
    );
  });
  return wrong === undefined
    ? []
    : [
        problem(
          it,
          'truth',
          'value.time',
          `The span that starts at "${wrong.raw}" ends before it starts.`,
          'Give start and end as the entry has them.',
        ),
      ];
}

/** "From 7.2.11 to 7.2.8": the wrong way round, unless the entry says so. */
export function downgraded(it: Case): Problem[] {
  const { mentions, text } = it.reading;
  const wrong = mentions.find((from, at) => {
    const to = mentions[at + 1];
    const span =
      to !== undefined &&
      from.type === 'version' &&
      to.type === 'version' &&
      /^\s*to\s+(?:version\s+)?v?$/i.test(text.slice(from.end, to.start));
    return span && later(from.keys[0] ?? '', to?.keys[0] ?? '');
  });
  if (
    wrong === undefined ||
    it.evidence.some(
      ({ entry }) =>
        /\b(?:downgrad|roll\w* back|revert)/i.test(entry.text) || entry.text.includes(text.slice(wrong.start, wrong.end + 8)),
    )
  )
    return [];
  return [
    problem(
      it,
      'truth',
      'value.version',
      `From "${wrong.raw}" is the wrong way round.`,
      'Give the old and the new version as the entry has them.',
    ),
  ];
}

function later(a: string, b: string): boolean {
  const [one, two] = [a, b].map((key) => key.slice(1).split(/[.-]/).map(Number));
  const at = (one ?? []).findIndex((part, index) => part !== two?.[index]);
  return at >= 0 && (one?.[at] ?? 0) > (two?.[at] ?? 0);
}

const spanOf = ({ month, day, hour, minute }: TimeParts) =>
  hour === undefined && day === undefined ? undefined : (((month ?? 0) * 31 + (day ?? 0)) * 24 + (hour ?? 0)) * 60 + (minute ?? 0);
const sameDayGiven = (a: TimeParts, b: TimeParts) => (a.day === undefined) === (b.day === undefined);
