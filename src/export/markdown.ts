import { inUtc, inZone, type Place, type Timeline } from './timeline.ts';

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
  const drill = timeline.drill ? ['**DRILL. Nothing of this happened.**', ''] : [];
  const head = [
    `# ${timeline.drill ? 'DRILL: ' : ''}${escapeMarkdown(title)}`,
    '',
    ...drill,
    `Record \`${record.replaceAll('`', '')}\`, ${places.length} entries. Times are UTC, then ${escapeMarkdown(zone)}. What verifies is \`record.jsonl\`; this page is a view of it.`,
    ...(exported === undefined ? [] : ['', `Exported ${inUtc(exported.at)} UTC by ${escapeMarkdown(exported.by)}.`]),
    '',
  ];
  return `${[...head, ...places.map((place) => item(place, timeline))].join('\n')}\n`;
}

function item(place: Place, { zone, drill }: Timeline): string {
  const mark = drill ? 'DRILL · ' : '';
  if ('withheld' in place) return `- ${mark}**${place.seq}** · withheld: ${escapeMarkdown(place.withheld)}`;
  const { row } = place;
  const occurred = inZone(row.occurred, zone);
  const recorded = inZone(row.at, zone);
  const late = row.occurred === row.at ? '' : ` (recorded ${recorded.utc} UTC, ${recorded.local})`;
  const label = row.label === 'open' ? '' : ` · ${row.label}`;
  const line = `- ${mark}**${row.seq}** · ${occurred.utc} UTC · ${occurred.local}${late} · **${escapeMarkdown(row.who)}** (${escapeMarkdown(row.how)})${label}: ${escapeMarkdown(row.sentence)}`;
  return [line, ...row.remarks.map((remark) => `  - ${escapeMarkdown(remark)}`)].join('\n');
}
