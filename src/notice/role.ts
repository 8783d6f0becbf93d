import type { Case } from './case.ts';
import type { Evidence, Place } from './evidence.ts';
import { sameValue } from './evidence.ts';
import type { Owned } from './neighbourhood.ts';
import { against, comparable, deedLikeness, groupOf, likeness, owned, ownedAt, placeOf } from './neighbourhood.ts';
import { crossPaired, paired, partnered } from './partner.ts';
import { countsSame, headOf } from './quantity.ts';
import type { Reading } from './reading.ts';
import { otherEnd } from './span-end.ts';
import type { Mention } from './values/mention.ts';

/** "12 of 60": the second is the whole. A part is no rival for a whole, nor the other way round. */
function isWhole(mention: Mention, reading: Reading): boolean {
  return (
    /\bof (?:the |our |your |all |a total of |its )*$/i.test(reading.text.slice(0, mention.start)) ||
    /^\s*(?:\S+\s){0,3}(?:in all|in total|altogether|overall)\b/i.test(reading.text.slice(mention.end))
  );
}

/** "11 of our 48 clients were reachable" says nothing of 48 that are. */
function partTaken(ours: Mention, it: Case, places: Place[]): boolean {
  if (
    ours.type !== 'number' ||
    isWhole(ours, it.reading) ||
    /^\s*(?:in all|in total|altogether)/i.test(it.reading.text.slice(ours.end))
  )
    return false;
  const ofPart = (place: Place) =>
    place.reading !== undefined &&
    /\b\d[\d,.]*\s+of\s+(?:the |our |your |its )*$|^Of (?:the |our |your )*$/i.test(
      place.reading.text.slice(0, place.mention.start),
    );
  const said = it.reading.tokens.some((token) =>
    /^(?:have|has|had|manage|manages|serve|serves|altogether|among|total|examined|checked|scanned|reviewed)$/.test(token.lower),
  );
  return (
    places.length > 0 &&
    places.every(ofPart) &&
    !said &&
    !it.reading.mentions.some((other) => other !== ours && other.type === 'number')
  );
}

/** The same value, or the day of the same moment: nothing that could stand in its place. */
function agreeing(ours: Mention, theirs: Mention, { around }: Evidence): boolean {
  if (sameValue(ours, theirs, around)) return true;
  const [a, b] = [ours.time, theirs.time];
  return (
    a !== undefined &&
    b !== undefined &&
    (a.hour === undefined) !== (b.hour === undefined) &&
    a.day === b.day &&
    a.month === b.month
  );
}

/** Values of the same type in the cited entries that are not this one. */
function rivals(ours: Mention, it: Case): Place[] {
  const all = it.evidence.flatMap((evidence) =>
    evidence.readings.flatMap((reading) =>
      reading.mentions
        .filter((mention) => comparable(ours, mention) && !agreeing(ours, mention, evidence))
        .map((mention) => ({ evidence, reading, mention })),
    ),
  );
  return all.filter((place) => ours.type !== 'number' || countsSame(ours, it.reading, place));
}

/** Says so where the value stands with words that belong to another value of the entry, or to none of it. */
export function misplaced(ours: Mention, it: Case, places: Place[]): string[] {
  const words = owned(ours, it.reading);
  const whole = isWhole(ours, it.reading);
  const fitness = (place: Place) =>
    likeness(words, ownedAt(place)) *
    (place.reading === undefined || isWhole(place.mention, place.reading) === whole ? 1 : 0.4) *
    (place.mention.bound === ours.bound ? 1 : 0.7);
  const own = Math.max(...places.map(fitness));
  const elsewhere = (place: Place) =>
    it.reading.mentions.some((other) => other !== ours && sameValue(other, place.mention, place.evidence.around));
  const others = rivals(ours, it)
    .filter((place) => !elsewhere(place))
    .map((place) => ({ place, score: fitness(place) }));
  const best = others.sort((a, b) => b.score - a.score)[0];
  if (contrary(words, it, ours, places) || otherEnd(ours, it, places))
    return [`"${ours.raw}" is the other end, or the other one, of what the entry gives.`];
  if (partTaken(ours, it, places)) return [`"${ours.raw}" is the whole of which the entry counts a part.`];
  if (deedsElsewhere(ours, it, places)) return [`The entry says of "${ours.raw}" that something else happened.`];
  if (best !== undefined && best.score > own * 1.35 + 0.1)
    return [`"${ours.raw}" stands where the entry has "${best.place.mention.raw}".`];
  if (crossPaired(ours, it, places)) return [`"${ours.raw}" has changed places with another value of the entry.`];
  if (paired(ours, it) || partnered(ours, it, places)) return [];
  if (swapped(ours, it, places) || mispaired(ours, it, places) || disordered(ours, it, places) || reversed(ours, it, places))
    return [`"${ours.raw}" has changed places with another value of the entry.`];
  if (again(ours, it.reading)) return [];
  const heavy = words.filter(({ token, share }) => share > 0.3 && !token.empty).length;
  const weighed = /^(?:time|number|percent|duration|size|money)$/.test(ours.type);
  const anywhere = Math.max(...places.map((place) => likeness(words, ownedAt({ ...place, reading: undefined }))));
  return weighed && heavy >= 2 && own < 0.08 && anywhere < 0.15 ? [`The entry gives "${ours.raw}" to something else.`] : [];
}

/** Both are days, or both are clocks: a day is no rival for the clock it belongs to. */
const rivalling = (a: Mention, b: Mention) => comparable(a, b) && (a.time?.hour === undefined) === (b.time?.hour === undefined);

const COMPLEMENT =
  /\b(?:in|on|at|from|of|across|within|by|to|for|with|under|against|into)\s+(?:the |our |your |about |some |all )*$/i;

/** What the sentence says happened to this many, the entry says of another number. */
function deedsElsewhere(ours: Mention, it: Case, places: Place[]): boolean {
  if (!/^(?:number|size|money|percent)$/.test(ours.type) || COMPLEMENT.test(it.reading.text.slice(0, ours.start))) return false;
  const quoted = (it.reading.text.slice(0, ours.start).split('"').length - 1) % 2 === 1;
  if (quoted || (ours.type === 'number' && headOf(ours, it.reading) === undefined)) return false;
  if (
    places.some(({ reading, mention }) =>
      /^[^.;]{0,50}\b(?:followed|follow|likewise|too|as well)\b/i.test(reading?.text.slice(mention.end) ?? ''),
    )
  )
    return false;
  const words = owned(ours, it.reading);
  const own = Math.max(...places.map((place) => deedLikeness(words, ownedAt(place))));
  const others = it.evidence.flatMap((evidence) =>
    evidence.readings.flatMap((reading) =>
      reading.mentions
        .filter(
          (mention) =>
            mention.type === ours.type &&
            !sameValue(ours, mention, evidence.around) &&
            isWhole(mention, reading) === isWhole(ours, it.reading),
        )
        .map((mention) => ({ evidence, reading, mention })),
    ),
  );
  const best = Math.max(
    0,
    ...others
      .filter((other) => !places.some((place) => coordinated(place, other)))
      .map((place) => deedLikeness(words, ownedAt(place))),
  );
  return best > own * 1.6 + 0.25;
}

/** "43 fields and 2,000 records were read": nothing happens between the two, so what follows happens to both. */
function coordinated(a: Place, b: Place): boolean {
  if (a.reading === undefined || a.reading !== b.reading) return false;
  const [from, to] = [a.mention, b.mention].sort((x, y) => x.start - y.start);
  const between = a.reading.tokens.filter(({ start }) => start > (from?.start ?? 0) && start < (to?.start ?? 0));
  return (
    between.some(({ lower }) => lower === 'and') &&
    !between.some(({ text, lower, concepts }) => /^[,;:.]$/.test(text) || (/ed$/.test(lower) && concepts.size > 0))
  );
}

/** "The oldest backup" with the date of the last one, while the entry has an oldest of its own. */
function contrary(words: Owned[], it: Case, ours: Mention, places: Place[]): boolean {
  const others = rivals(ours, it).map(ownedAt);
  const owns = (list: Owned[], lower: string, share: number) => list.some((b) => b.share > share && b.token.lower === lower);
  return words.some(({ token, share }) => {
    if (share <= 0.3 || !others.some((list) => owns(list, token.lower, 0.4))) return false;
    const turned = places.every((place) => against({ token, share }, ownedAt(place)) > 0);
    return turned || (WHICH.test(token.lower) && !places.some((place) => owns(ownedAt(place), token.lower, 0.25)));
  });
}

/** Words that single one out of several. */
const WHICH = /^(?:newest|oldest|latest|earliest|last|first|final|largest|smallest|biggest|highest|lowest|second|third|only)$/;

/** Two values of one sentence whose surroundings fit better crosswise. */
function swapped(ours: Mention, it: Case, places: Place[]): boolean {
  const mine = owned(ours, it.reading);
  const best = (words: Owned[], at: Place[]) => Math.max(...at.map((place) => likeness(words, ownedAt(place))));
  return it.reading.mentions
    .filter((other) => other !== ours && rivalling(ours, other) && !groupOf(ours, it.reading).includes(placeOf(other, it.reading)))
    .some((other) => {
      const theirs = rivals(ours, it).filter((place) => sameValue(other, place.mention, place.evidence.around));
      if (theirs.length === 0) return false;
      const parts = (one: Mention, at: Place[]) =>
        at.some((place) => place.reading !== undefined && isWhole(place.mention, place.reading) === isWhole(one, it.reading));
      if (isWhole(ours, it.reading) !== isWhole(other, it.reading) && parts(ours, places) && parts(other, theirs)) return false;
      const yours = owned(other, it.reading);
      const straight = best(mine, places) + best(yours, theirs);
      const crossed = best(mine, theirs) + best(yours, places);
      return crossed > straight * 1.15 + 0.05;
    });
}

/** "Runs 8841 and 8846 at 22:14 and 23:02": the second run is the one at 23:02. */
function mispaired(ours: Mention, it: Case, places: Place[]): boolean {
  return places.some(({ reading, mention, evidence }) => {
    if (reading === undefined) return false;
    const group = inOrder(groupOf(mention, reading));
    const index = group.indexOf(placeOf(mention, reading));
    if (group.length < 2) return false;
    return it.reading.mentions.some((other) => {
      if (comparable(ours, other)) return false;
      const partner = reading.mentions.find((one) => sameValue(other, one, evidence.around));
      if (partner === undefined) return false;
      const others = inOrder(groupOf(partner, reading));
      const single = groupOf(other, it.reading).length === 1 && groupOf(ours, it.reading).length === 1;
      return (
        others.length === group.length && single && only(ours, other, it) && others.indexOf(placeOf(partner, reading)) !== index
      );
    });
  });
}

/** "Runs 8841 and 8846 ... at 23:02 and 22:14": both lists of the entry, and one of them turned round. */
function disordered(ours: Mention, it: Case, places: Place[]): boolean {
  const listOf = (m: Mention, reading: Reading) => inOrder(groupOf(m, reading)).flatMap((at) => reading.tokens[at]?.mention ?? []);
  const mine = listOf(ours, it.reading);
  if (mine.length < 2 || mine[0] !== ours) return false;
  return places.some(({ reading, mention, evidence }) => {
    if (reading === undefined) return false;
    const order = (list: Mention[], theirs: Mention[]) =>
      list.map((one) => theirs.findIndex((other) => sameValue(one, other, evidence.around)));
    const firsts = order(mine, listOf(mention, reading));
    return it.reading.mentions.some((other) => {
      const partner = reading.mentions.find((one) => sameValue(other, one, evidence.around));
      const list = listOf(other, it.reading);
      if (comparable(ours, other) || partner === undefined || list.length !== mine.length || list[0] !== other) return false;
      const seconds = order(list, listOf(partner, reading));
      return !firsts.includes(-1) && !seconds.includes(-1) && firsts.join() !== seconds.join();
    });
  });
}

/** "04:00 to 02:00" where the entry has "02:00 to 04:00". */
function reversed(ours: Mention, it: Case, places: Place[]): boolean {
  const [from, to] = inOrder(groupOf(ours, it.reading)).flatMap((at) => it.reading.tokens[at]?.mention ?? []);
  if (
    from !== ours ||
    to === undefined ||
    !/^\s*(?:to|until|till|through|and|-)\s*$/i.test(it.reading.text.slice(from.end, to.start))
  )
    return false;
  return places.some(({ reading, mention, evidence }) => {
    if (reading === undefined) return false;
    const theirs = inOrder(groupOf(mention, reading)).flatMap((at) => reading.tokens[at]?.mention ?? []);
    const [mine, other] = [theirs.indexOf(mention), theirs.findIndex((one) => sameValue(to, one, evidence.around))];
    const span = /\b(?:between|from)\s+$|^\s*(?:to|until|till|through|-)/i;
    return (
      other >= 0 &&
      mine > other &&
      ours.type === 'time' &&
      (span.test(it.reading.text.slice(from.end, to.start)) || span.test(it.reading.text.slice(0, from.start)))
    );
  });
}

/** "For all nine": the number said before, once more. */
const again = (ours: Mention, { text, mentions }: Reading): boolean =>
  /\b(?:all|the|these|those|both) (?:of )?(?:the )?$/i.test(text.slice(0, ours.start)) &&
  mentions.some((other) => other.start < ours.start && other.type === ours.type && other.keys[0] === ours.keys[0]);

const inOrder = (places: number[]) => [...places].sort((a, b) => a - b);

/** The two stand in one clause, with no other values of their kinds. */
function only(a: Mention, b: Mention, it: Case): boolean {
  const clause = (m: Mention) => it.reading.tokens[placeOf(m, it.reading)]?.clause;
  const others = it.reading.mentions.filter(
    (m) => m !== a && m !== b && (comparable(a, m) || comparable(b, m)) && clause(m) === clause(a),
  );
  return clause(a) === clause(b) && others.length === 0;
}
