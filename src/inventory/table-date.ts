/** Dates as tables write them, to ISO 8601. A date that can be read in two ways is not read at all. */

/** How a column writes dates with slashes or dashes. */
export type DayOrder = 'day first' | 'month first' | 'unknown';

/** Which way round a column writes `3/4/2023`, from its own rows: a 13 or more can only be a day. */
export function dayOrder(values: string[]): DayOrder {
  let order: DayOrder = 'unknown';
  for (const value of values) {
    const match = /^(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}\b/.exec(value.trim());
    const [first, second] = [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)];
    if (first > 12 && order !== 'month first') order = 'day first';
    else if (second > 12 && order !== 'day first') order = 'month first';
    else if (first > 12 || second > 12) return 'unknown';
  }
  return order;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const OTHER_MONTHS: Record<string, number> = {
  mrz: 3,
  maer: 3,
  mae: 3,
  mai: 5,
  okt: 10,
  dez: 12,
  janv: 1,
  fevr: 2,
  fev: 2,
  avr: 4,
  juin: 6,
  juil: 7,
  aou: 8,
  ene: 1,
  abr: 4,
  ago: 8,
  dic: 12,
  gen: 1,
  mag: 5,
  giu: 6,
  lug: 7,
  set: 9,
  ott: 10,
  mei: 5,
  mrt: 3,
};

/** The ISO date (with its time, where given), or undefined where the text is no date or an ambiguous one. */
export function tableDate(value: string, order: DayOrder): string | undefined {
  const trimmed = value.trim();
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?)\s*(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(trimmed);
  if (iso !== null) return checked(iso[1], iso[2], iso[3], iso[4] === undefined ? '' : `T${iso[4]}${iso[5] ?? ''}`);
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(trimmed) ?? /^(\d{4})[./](\d{1,2})[./](\d{1,2})(.*)$/.exec(trimmed);
  if (compact !== null) return checked(compact[1], compact[2], compact[3], timeOf(compact[4] ?? ''));
  if (/^\d{5}(?:\.\d+)?$/.test(trimmed))
    return Temporal.PlainDate.from('1899-12-30')
      .add({ days: Math.floor(Number(trimmed)) })
      .toString();
  if (/^\d{13}$/.test(trimmed)) return Temporal.Instant.fromEpochMilliseconds(Number(trimmed)).toString();
  return numeric(trimmed, order) ?? worded(trimmed);
}

function numeric(value: string, order: DayOrder): string | undefined {
  const match = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})\b(.*)$/.exec(value);
  if (match === null) return undefined;
  const [, first = '', separator, second = '', year = '', rest = ''] = match;
  const full = year.length === 2 ? `20${year}` : year;
  const dayFirst =
    separator === '.' || order === 'day first' || Number(first) > 12 || first.padStart(2, '0') === second.padStart(2, '0');
  const monthFirst = separator !== '.' && (order === 'month first' || Number(second) > 12);
  if (dayFirst === monthFirst) return undefined;
  return dayFirst ? checked(full, second, first, timeOf(rest)) : checked(full, first, second, timeOf(rest));
}

function worded(value: string): string | undefined {
  const plain = value
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  const day = /^(?:[a-z]+,? )?(\d{1,2})\.?[ -]([a-z]+)\.?[ -,]+(\d{4})(.*)$/.exec(plain);
  const american = /^(?:[a-z]+, )?([a-z]+)\.? (\d{1,2}),? (\d{4})(.*)$/.exec(plain);
  if (day !== null) return checked(day[3], month(day[2]), day[1], timeOf(day[4] ?? ''));
  return american === null ? undefined : checked(american[3], month(american[1]), american[2], timeOf(american[4] ?? ''));
}

function month(word = ''): string | undefined {
  const english = MONTHS.indexOf(word.slice(0, 3)) + 1;
  const number = english > 0 ? english : (OTHER_MONTHS[word.slice(0, 4)] ?? OTHER_MONTHS[word.slice(0, 3)]);
  return number === undefined ? undefined : String(number);
}

function timeOf(rest: string): string {
  const match = /^[,T ]*\s*(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap])?\.?m?\.?/i.exec(rest);
  if (match?.[1] === undefined) return '';
  const half = match[4]?.toLowerCase();
  const hour = half === undefined ? Number(match[1]) : (Number(match[1]) % 12) + (half === 'p' ? 12 : 0);
  return `T${String(hour).padStart(2, '0')}:${match[2]}:${match[3] ?? '00'}`;
}

function checked(year = '', monthText = '', day = '', time = ''): string | undefined {
  const date = `${year}-${monthText.padStart(2, '0')}-${day.padStart(2, '0')}`;
  try {
    return `${Temporal.PlainDate.from(date, { overflow: 'reject' }).toString()}${time}`;
  } catch {
    return undefined;
  }
}
