import type { TimeParts } from './mention.ts';

/** Hours as people say them: "half past seven in the evening", "a quarter to one", "1:20 to 3:05 in the afternoon". */
const HOURS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const HOUR = String.raw`(\d{1,2}|${HOURS.join('|')})`;
const MINUTES = String.raw`(?:[:.](\d{2}))?`;
const PART = String.raw`(?:\s?([ap])\.?m\b\.?|\s(?:in the|this|that)\s(morning|afternoon|evening)|\s(at night))`;
const TO = String.raw`\s?(?:-|to|and|until|till)\s?`;
const PAST = String.raw`(half past|(?:a\s)?quarter past|(?:a\s)?quarter to|(?:\d{1,2} minutes|(?:five|ten|twenty|twenty-five)(?: minutes)?) (?:past|to))`;

const SAID: Record<string, number> = { five: 5, ten: 10, twenty: 20, 'twenty-five': 25 };

const hourOf = (word: string | undefined): number => {
  const at = HOURS.indexOf((word ?? '').toLowerCase());
  return at >= 0 ? at + 1 : Number(word);
};

/** The hour of the day, 0 to 23, or undefined where the part of the day cannot be meant with it. */
function dayHour(hour: number, half: string | undefined, part: string | undefined, night: string | undefined): number | undefined {
  if (hour > 24) return undefined;
  if (half === undefined && part === undefined && night === undefined) return hour % 24;
  if (hour > 12) return part === 'morning' || half?.toLowerCase() === 'a' ? undefined : hour % 24;
  const late =
    half?.toLowerCase() === 'p' || part === 'afternoon' || part === 'evening' || (night !== undefined && hour > 5 && hour < 12);
  return (hour % 12) + (late ? 12 : 0);
}

/** How to find one, and what it says: one clock, or the two ends of a span. */
export type Spoken = { source: string; read: (groups: (string | undefined)[]) => TimeParts[] | undefined };

/** "Half past seven in the evening": the minutes before or after the hour. */
const past: Spoken = {
  source: String.raw`\b${PAST}\s${HOUR}(?:\so'clock)?${PART}?`,
  read: ([said = '', hour, half, part, night]) => {
    const base = dayHour(hourOf(hour), half, part, night);
    return base === undefined ? undefined : [shifted(base, said.toLowerCase())];
  },
};

function shifted(hour: number, said: string): TimeParts {
  const word = /^(?:a )?(\S+)/.exec(said)?.[1] ?? '';
  const minutes = word === 'half' ? 30 : word === 'quarter' ? 15 : (SAID[word] ?? Number(word));
  const total = (hour * 60 + (/to$/.test(said) ? -minutes : minutes) + 1440) % 1440;
  return { hour: Math.floor(total / 60), minute: total % 60 };
}

/** "1:20 to 3:05 in the afternoon", "between 8 and 11:30 pm": the part of the day is said once. */
const span: Spoken = {
  source: String.raw`(?<![\w:.,-])${HOUR}${MINUTES}${TO}${HOUR}${MINUTES}${PART}`,
  read: ([h1, m1, h2, m2, half, part, night]) => {
    const end = dayHour(hourOf(h2), half, part, night);
    if (end === undefined || hourOf(h1) > 24) return undefined;
    const same = dayHour(hourOf(h1), half, part, night);
    const start = same !== undefined && same * 60 + Number(m1 ?? 0) <= end * 60 + Number(m2 ?? 0) ? same : hourOf(h1) % 24;
    return [
      { hour: start, minute: Number(m1 ?? 0) },
      { hour: end, minute: Number(m2 ?? 0) },
    ];
  },
};

/** "Between 8 and 11:30": an hour alone beside a clock. */
const bare: Spoken = {
  source: String.raw`(?<=\b(?:between|from)\s)(\d{1,2})${TO}(\d{1,2})[:.](\d{2})(?![\d:])`,
  read: ([h1, h2, m2]) =>
    Number(h1) > 24 || Number(h2) > 24
      ? undefined
      : [
          { hour: Number(h1) % 24, minute: 0 },
          { hour: Number(h2) % 24, minute: Number(m2) },
        ],
};

/** "Seven in the morning", "9:40 in the evening". */
const day: Spoken = {
  source: String.raw`(?<![\w:.,-])${HOUR}${MINUTES}(?:\so'clock)?\s(?:(?:in the|this|that)\s(morning|afternoon|evening)|(at night))`,
  read: ([h, m, part, night]) => {
    const hour = dayHour(hourOf(h), undefined, part, night);
    return hour === undefined ? undefined : [{ hour, minute: Number(m ?? 0) }];
  },
};

export const SPOKEN: Spoken[] = [span, past, day, bare];
