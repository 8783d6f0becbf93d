import type { webApi } from '@slack/bolt';

/**
 * "by 14:30" means half past two where the person who wrote it is: today, or tomorrow where that has passed. Where the chat does not
 * say where that is, it means UTC; the card shows every reader the time of their own zone.
 * @returns ISO 8601, or undefined where it is no time of day.
 */
export async function dueAt(client: webApi.WebClient, user: string, time: string, now: number): Promise<string | undefined> {
  const at = timeOf(time);
  if (at === undefined) return undefined;
  const zone = await client.users.info({ user }).then(
    ({ user: found }) => found?.tz ?? 'UTC',
    () => 'UTC',
  );
  return nextAt(at, zone, now);
}

function timeOf(time: string): Temporal.PlainTime | undefined {
  const [hour = NaN, minute = NaN] = time.split(':').map(Number);
  return hour < 24 && minute < 60 ? new Temporal.PlainTime(hour, minute) : undefined;
}

function nextAt(at: Temporal.PlainTime, zone: string, now: number): string {
  const instant = Temporal.Instant.fromEpochMilliseconds(now);
  const here = instant.toZonedDateTimeISO(isZone(zone) ? zone : 'UTC');
  const due = here.withPlainTime(at);
  return (Temporal.ZonedDateTime.compare(due, here) < 0 ? due.add({ days: 1 }) : due).toInstant().toString();
}

function isZone(zone: string): boolean {
  try {
    return Temporal.Now.zonedDateTimeISO(zone).timeZoneId !== '';
  } catch {
    return false;
  }
}
