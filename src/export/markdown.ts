import { inUtc, inZone, isUtc, type Place, type Timeline } from './timeline.ts';

/** Text of people inside Markdown: every character that could mean something is escaped, line ends become spaces. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/\s*[\r\n\u2028\u2029]+\s*/g, ' / ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_{}[\]()#+\-.!|~@:"'=$^%]/g, '\\$&');
}

/** The timeline as Markdown: one list item per entry, oldest first. */
export function markdownOf(timeline: Timeline): string {
  const { title, record, zone, places, exported } = timeline;
  const drill = timeline.drill ? ['**DRILL: an exercise, no real incident.**', ''] : [];
  const head = [
    `# ${timeline.drill ? 'DRILL: ' : ''}${escapeMarkdown(title)}`,
    '',
    ...drill,
    `Record \`${record.replaceAll('`', '')}\`, ${places.length} entries. Times are UTC${isUtc(zone) ? '' : `, then ${escapeMarkdown(zone)}`}. What verifies is \`record.jsonl\`; this page is a view of it.`,
    ...(exported === undefined ? [] : ['', `Exported ${inUtc(exported.at)} UTC by ${escapeMarkdown(exported.by)}.`]),
    '',
  ];
  return `${[...head, ...places.map((place) => item(place, timeline))].join('\n')}\n`;
}

const timeOf = (at: string, zone: string): string => `${inUtc(at)} UTC${isUtc(zone) ? '' : ` · ${inZone(at, zone).local}`}`;

function item(place: Place, { zone, drill }: Timeline): string {
  const mark = drill ? 'DRILL · ' : '';
  if ('withheld' in place) return `- ${mark}**${place.seq}** · withheld: ${escapeMarkdown(place.withheld)}`;
  const { row } = place;
  const late = row.occurred === row.at ? '' : ` (recorded ${timeOf(row.at, zone)})`;
  const label = row.label === 'open' ? '' : ` · ${row.label}`;
  const line = `- ${mark}**${row.seq}** · ${timeOf(row.occurred, zone)}${late} · **${escapeMarkdown(row.who)}** (${escapeMarkdown(row.how)})${label}: ${escapeMarkdown(row.sentence)}`;
  return [line, ...row.remarks.map((remark) => `  - ${escapeMarkdown(remark)}`)].join('\n');
}
