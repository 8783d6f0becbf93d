import { inZone, type Place, type Timeline } from './timeline.ts';

/** What a spreadsheet would run as a formula: these first characters, full-width ones too, even behind blanks. */
const FORMULA = /^[\s\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/** One cell, quoted; an apostrophe in front makes a spreadsheet read a formula as text. */
export function cell(text: string): string {
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

const COLUMNS = [
  'drill',
  'entry',
  'occurred (UTC)',
  'recorded (UTC)',
  'occurred',
  'recorded',
  'who',
  'identity',
  'label',
  'kind',
  'what',
  'later',
];

/** The timeline as CSV (RFC 4180), with a byte order mark: without it spreadsheets read UTF-8 as something else. */
export function csvOf(timeline: Timeline): string {
  const zone = `(${timeline.zone})`;
  const header = COLUMNS.map((name) => (name === 'occurred' || name === 'recorded' ? `${name} ${zone}` : name));
  const rows = [header, ...timeline.places.map((place) => cells(place, timeline))];
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cells(place: Place, { zone, drill }: Timeline): string[] {
  const mark = drill ? 'DRILL' : '';
  if ('withheld' in place)
    return [mark, String(place.seq), '', '', '', '', '', '', '', 'withheld', `Withheld: ${place.withheld}`, ''];
  const { row } = place;
  const [occurred, recorded] = [inZone(row.occurred, zone), inZone(row.at, zone)];
  const times = [occurred.utc, recorded.utc, occurred.local, recorded.local];
  return [mark, String(row.seq), ...times, row.who, row.how, row.label, row.kind, row.sentence, row.remarks.join('\n')];
}
