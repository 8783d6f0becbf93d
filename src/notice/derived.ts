import type { Case } from './case.ts';
import { groupOf, likeness, owned, placeOf } from './neighbourhood.ts';
import { headOf } from './quantity.ts';
import type { Token } from './reading.ts';
import { atDate, instants } from './values/instant.ts';
import type { Mention } from './values/mention.ts';
import { concept, withParents } from './words/lexicon.ts';

/** Every instant that the cited entries give; the as-of time of an entry that gives none. */
function moments(it: Case): Temporal.Instant[] {
  return it.evidence.flatMap(({ readings, asOf, around }) => {
    const own = readings.flatMap(({ mentions }) =>
      mentions.flatMap(({ time }) => (time === undefined ? [] : instants(time, around))),
    );
    return own.length > 0 || asOf?.time?.asOf === undefined ? own : [asOf.time.asOf];
  });
}

/** "95 minutes later", "within 20 minutes", "two days after": agrees with the difference of two times of the cited entries. */
export function derivedDuration(ours: Mention, it: Case): boolean {
  const named = between(ours, it);
  const all = named ?? moments(it);
  const gaps = all
    .flatMap((a, at) => all.slice(at + 1).map((b) => Math.abs(a.epochMilliseconds - b.epochMilliseconds) / 1000))
    .filter((gap) => gap > 0);
  const spans = ours.keys.filter((key) => key.startsWith('duration:')).map((key) => Number(key.slice(9)));
  const within = /\b(?:within|in under|less than|under|no more than|at most)\s*(?:the\s)?$/i.test(
    it.reading.text.slice(Math.max(0, ours.start - 16), ours.start),
  );
  const days = named === undefined ? dayGaps(it) : [];
  return spans.some((span) => days.includes(span) || gaps.some((gap) => (within ? roundedUp(gap, span) : near(gap, span, ours))));
}

/** Whole days between any two days that the cited entries name, in seconds. */
function dayGaps(it: Case): number[] {
  const days = it.evidence.flatMap(({ entry, readings }) =>
    readings.flatMap(({ mentions }) =>
      mentions.flatMap(({ time }) =>
        time?.day === undefined || time.month === undefined ? [] : dayOf(time.year ?? atDate(entry.at)?.year, time.month, time.day),
      ),
    ),
  );
  return days
    .flatMap((a, at) => days.slice(at + 1).map((b) => Math.abs(a.until(b, { largestUnit: 'days' }).days) * 86_400))
    .filter((gap) => gap > 0);
}

function dayOf(year: number | undefined, month: number, day: number): Temporal.PlainDate[] {
  return year === undefined ? [] : [Temporal.PlainDate.from({ year, month, day })];
}

/** The two moments that the words around "12 minutes after" speak of, where the entries tell them apart. */
function between(ours: Mention, it: Case): Temporal.Instant[] | undefined {
  const { tokens } = it.reading;
  const at = placeOf(ours, it.reading);
  const order = tokens.findIndex((token, index) => index > at && /^(?:after|before|later|following)$/.test(token.lower));
  if (order < 0 || tokens[order]?.lower === 'later') return undefined;
  const sides = [momentOf(tokens.slice(0, at), it), momentOf(tokens.slice(order + 1), it)];
  const [one, other] = sides;
  return one === undefined || other === undefined || one.equals(other) ? undefined : [one, other];
}

/** The moment of an entry whose words one side has, if it is clearly that one. */
function momentOf(side: Token[], it: Case): Temporal.Instant | undefined {
  const words = side.filter((token) => !token.broken && token.mention === undefined).map((token) => ({ token, share: 1 }));
  const scored = it.evidence.flatMap(({ readings, around }) =>
    readings.flatMap((reading) =>
      reading.mentions.flatMap((mention) => {
        const moment = mention.time === undefined ? undefined : instants(mention.time, around)[0];
        return moment === undefined ? [] : [{ moment, score: likeness(words, owned(mention, reading)) }];
      }),
    ),
  );
  const [best, second] = scored.sort((a, b) => b.score - a.score);
  return best !== undefined && best.score > 0.4 && best.score > (second?.score ?? 0) * 1.25 ? best.moment : undefined;
}

/** "Within two hours" for 113 minutes, "within 20 minutes" for 18: the next round figure, no looser. */
function roundedUp(gap: number, span: number): boolean {
  const unit = span >= 86400 ? 86400 : span >= 3600 ? 3600 : 300;
  return gap <= span && Math.ceil(gap / unit) * unit >= span;
}

/** Half of the unit in which a span is told: "about 11 hours" for 10:53, and not "about 12". */
const halfUnit = (span: number): number => (span >= 86_400 ? 43_200 : span >= 3600 ? 1800 : 300);

function near(gap: number, span: number, ours: Mention): boolean {
  if (ours.bound === 'more' || ours.bound === 'at_least') return gap >= span && gap <= span * 1.25;
  if (ours.bound === 'less' || ours.bound === 'at_most') return gap <= span && gap >= span * 0.8;
  if (ours.bound === 'about') return Math.abs(gap - span) <= Math.min(span * 0.1, halfUnit(span));
  if (span % 86400 === 0 && gap >= 43200) return Math.round(gap / 86400) === span / 86400 || Math.abs(gap - span) < 60;
  return Math.abs(gap - span) < 60;
}

/** "Two keys" where the entry lists a token and a key; "two runs, 8841 and 8846" where the sentence lists them itself. */
export function listed(ours: Mention, it: Case): boolean {
  if (ours.amount < 2 || ours.amount > 9) return false;
  const head = headOf(ours, it.reading);
  const own = it.reading.mentions
    .filter((other) => other.start > ours.end && other.type !== 'time')
    .map((other) => groupOf(other, it.reading).length);
  const lists = it.evidence.flatMap(({ readings }) =>
    readings.flatMap((reading) =>
      reading.mentions.filter(({ type }) => type !== 'number' && type !== 'time').map((other) => groupOf(other, reading).length),
    ),
  );
  if (own.includes(ours.amount) || listedBehind(ours, it) === ours.amount || lists.includes(ours.amount)) return true;
  if (head === undefined) return false;
  const family = new Set([...head.concepts].flatMap((id) => [id, concept(id)?.parent ?? id]));
  const kinds = it.evidence
    .flatMap(({ readings }) => readings.flatMap(({ tokens }) => tokens))
    .filter((token) => [...token.concepts].some((id) => withParents(id).some((one) => family.has(one))));
  return new Set(kinds.map(({ stem }) => stem)).size === ours.amount;
}

/** "Two of them: NPM_TOKEN at 14:12 and AWS_KEY at 14:31": how many things of one kind stand behind, up to the next strong mark. */
function listedBehind(ours: Mention, it: Case): number {
  const behind = it.reading.text.slice(ours.end);
  const colon = /^[^,:;.]{0,40}[,:]/.exec(behind)?.[0].length ?? behind.indexOf(':');
  if (colon < 0) return 0;
  const end = behind.slice(colon).search(/[;.](?:\s|$)/);
  const until = end < 0 ? Number.POSITIVE_INFINITY : ours.end + colon + end;
  const kinds = it.reading.mentions.filter(
    ({ type, start }) => /^(?:id|version|hash|file|address)$/.test(type) && start > ours.end + colon && start < until,
  );
  return new Set(kinds.map(({ keys }) => keys[0])).size;
}

/** "The remaining 48" of "12 of 60": a whole less a part of one entry. */
export function remaining(ours: Mention, it: Case): boolean {
  if (!/\b(?:remaining|others?|rest|still|have not|has not|were not|one of (?:them|these|those|the))\b/i.test(it.reading.text))
    return false;
  return it.evidence.some(({ readings }) =>
    readings.some(({ mentions }) => {
      const counts = mentions.filter(({ type }) => type === 'number').map(({ amount }) => amount);
      return counts.some((whole) => counts.some((part) => part < whole && whole - part === ours.amount));
    }),
  );
}
