/** Times as people say them: "19:35", "7.35 pm", "half past seven", "20 minutes ago", "tomorrow at 13:00 UTC". Pure. */
export type Saying = {
  /** When it was said, ISO 8601: what "ago" and "tomorrow" are counted from. */
  at: string;
  /** Where the person is who said it, IANA. */
  zone: string;
  /** What happened lies behind, what is promised lies ahead. */
  toward: 'past' | 'next';
};

const NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const NUMBER = `\\d{1,2}|${NUMBERS.slice(1).join('|')}`;

const AGO = new RegExp(`\\b(?<many>${NUMBER}|an?|half an|\\d{3})\\s?(?<unit>min(?:ute)?s?|h(?:ou)?rs?|hrs?)\\s+ago\\b`, 'i');
const AHEAD = new RegExp(
  `\\b(?:in|within)\\s+(?<many>${NUMBER}|an?|half an|\\d{3})\\s?(?<unit>min(?:ute)?s?|h(?:ou)?rs?|hrs?)\\b`,
  'i',
);
const CLOCK =
  /(?<![\d.:/-])(?<hour>[01]?\d|2[0-3])(?::|h(?=\d\d))(?<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:.-]\d)\s?(?<half>[ap]\.?m\b\.?)?\s?(?<utc>utc|gmt|z)?\b/i;
const WHOLE = /(?<![\d.:/-])(?<hour>1[0-2]|[1-9])\s?(?<half>[ap]\.?m)\b\.?\s?(?<utc>utc|gmt)?/i;
const SPOKEN = new RegExp(`\\b(?<part>half|quarter|ten|twenty|five)\\s+(?<side>past|to)\\s+(?<hour>${NUMBER})\\b`, 'i');
const NAMED = /\b(?<name>noon|midday|midnight)\b/i;
const PARTS: Record<string, number> = { half: 30, quarter: 15, ten: 10, twenty: 20, five: 5 };

/** The first time in the words, as an instant; undefined where there is none. */
export function timeIn(text: string, saying: Saying): string | undefined {
  return relative(text, saying) ?? ofDay(text, saying);
}

function relative(text: string, { at }: Saying): string | undefined {
  const ago = AGO.exec(text);
  const found = ago ?? AHEAD.exec(text);
  if (found === null) return undefined;
  const { many = '', unit = '' } = found.groups ?? {};
  const minutes = amount(many) * (unit.toLowerCase().startsWith('h') ? 60 : 1);
  return Temporal.Instant.from(at)
    .add({ minutes: Math.round(ago === null ? minutes : -minutes) })
    .toString();
}

function amount(words: string): number {
  const word = words.toLowerCase();
  if (word === 'a' || word === 'an') return 1;
  return word === 'half an' ? 0.5 : numberOf(word);
}

const numberOf = (word: string): number => (/^\d+$/.test(word) ? Number(word) : NUMBERS.indexOf(word.toLowerCase()));

type Found = { hour: number; minute: number /** Morning or evening was not said. */; open: boolean; utc: boolean };

function clockIn(text: string): Found | undefined {
  const clock = CLOCK.exec(text)?.groups;
  if (clock !== undefined) return read(clock, Number(clock.minute));
  const whole = WHOLE.exec(text)?.groups;
  if (whole !== undefined) return read(whole, 0);
  const spoken = SPOKEN.exec(text)?.groups;
  if (spoken !== undefined) return said(spoken);
  const name = NAMED.exec(text)?.groups?.name?.toLowerCase();
  return name === undefined ? undefined : { hour: name === 'midnight' ? 0 : 12, minute: 0, open: false, utc: false };
}

function read({ hour: digits = '', half, utc }: Record<string, string | undefined>, minute: number): Found {
  const hour = Number(digits);
  const isEvening = half?.toLowerCase().startsWith('p') === true;
  const whole = half === undefined ? hour : (hour % 12) + (isEvening ? 12 : 0);
  return {
    hour: whole,
    minute,
    open: half === undefined && utc === undefined && hour < 12 && !digits.startsWith('0'),
    utc: utc !== undefined,
  };
}

function said({ part = '', side, hour: word = '' }: Record<string, string | undefined>): Found {
  const minutes = (numberOf(word) % 12) * 60 + (side?.toLowerCase() === 'to' ? -1 : 1) * (PARTS[part.toLowerCase()] ?? 0);
  const of = (minutes + 12 * 60) % (12 * 60);
  return { hour: Math.floor(of / 60), minute: of % 60, open: true, utc: false };
}

/** A few minutes of slack: clocks differ, and people round. */
const SLACK = { minutes: 5 };

function ofDay(text: string, { at, zone, toward }: Saying): string | undefined {
  const found = clockIn(text);
  if (found === undefined) return undefined;
  const here = Temporal.Instant.from(at).toZonedDateTimeISO(found.utc ? 'UTC' : zone);
  const day = here.add({ days: /\byesterday\b/i.test(text) ? -1 : /\btomorrow\b/i.test(text) ? 1 : 0 });
  const hours = found.open ? [found.hour, found.hour + 12] : [found.hour];
  const named = /\b(?:yesterday|tomorrow)\b/i.test(text);
  const days = named ? [day] : [day.subtract({ days: 1 }), day, day.add({ days: 1 })];
  const times = days.flatMap((one) => hours.map((hour) => one.withPlainTime({ hour, minute: found.minute })));
  const instants = times.map((one) => one.toInstant()).sort(Temporal.Instant.compare);
  const now = here.toInstant();
  const chosen =
    toward === 'past'
      ? instants.findLast((one) => Temporal.Instant.compare(one, now.add(SLACK)) <= 0)
      : instants.find((one) => Temporal.Instant.compare(one, now) > 0);
  return (chosen ?? (named ? instants[0] : undefined))?.toString();
}

export function isZone(zone: string): boolean {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId !== '';
  } catch {
    return false;
  }
}
