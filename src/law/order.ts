/** Times of findings: how they are written, and the orders in which they cannot have happened. */

import { dayOf } from './calendar.ts';
import type { Refusal } from './duty.ts';
import { Clock, type Moment, toMinute } from './moment.ts';

/** Reads ISO 8601 with an offset, or a bare date (00:00 local of that day). Undefined = neither. */
export function momentOf(text: string, zone: string): Moment | undefined {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
      const date = Temporal.PlainDate.from(text);
      return { at: date.toZonedDateTime(zone).epochMilliseconds, bareDay: dayOf(text) };
    }
    return { at: toMinute(Temporal.Instant.from(text).epochMilliseconds) };
  } catch {
    return undefined;
  }
}

/** May lie in the future, or before the incident. */
const FREE = new Set(['hold_start', 'hold_end', 'policy_end', 'fix_available']);
const DETERMINED = ['determined', 'determined_likely_harm', 'determined_no_harm'];

/** Anchors in the future, before the incident occurred, or determined before they were discovered or detected. */
export function orderProblems(anchors: ReadonlyMap<string, Moment>, now: number, zone: string): Refusal[] {
  const clock = new Clock();
  const problems: Refusal[] = [];
  const before = (a: Moment, b: Moment) =>
    a.bareDay === undefined && b.bareDay === undefined ? a.at < b.at : clock.dayOfMoment(a, zone) < clock.dayOfMoment(b, zone);
  const occurred = anchors.get('occurred');
  for (const [name, moment] of anchors) {
    const field = `anchors.${name}`;
    if (moment.at > now && name !== 'hold_end' && name !== 'policy_end') {
      problems.push({ field, message: `${name} is in the future: only what has happened is a finding.` });
    }
    if (occurred !== undefined && !FREE.has(name) && before(moment, occurred)) {
      problems.push({ field, message: `${name} is before the incident occurred.` });
    }
  }
  for (const name of DETERMINED) {
    const moment = anchors.get(name);
    const early = ['discovered', 'detected'].filter((other) => {
      const first = anchors.get(other);
      return moment !== undefined && first !== undefined && before(moment, first);
    });
    if (early.length > 0) problems.push({ field: `anchors.${name}`, message: `${name} is before ${early.join(' and ')}.` });
  }
  return problems;
}
