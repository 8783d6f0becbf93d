import { GROUPS, type Group, groupOf } from './group.ts';
import { escapeHtml } from './markup.ts';
import { inZone, type Row, type Timeline } from './timeline.ts';

const LEFT = 190;
const WIDTH = 1000;
const LANE = 22;

/** The incident at a glance: one line per group, a mark where something happened. Drawn once, read without a script. */
export function stripOf(timeline: Timeline): string {
  const rows = timeline.places.flatMap((place) => ('row' in place ? [place.row] : []));
  const times = rows.map(({ occurred }) => milliseconds(occurred));
  if (times.length === 0) return '';
  const span = { from: times.reduce((a, b) => Math.min(a, b)), to: times.reduce((a, b) => Math.max(a, b)) };
  const groups = (Object.keys(GROUPS) as Group[]).filter((group) => rows.some(({ kind }) => groupOf(kind) === group));
  const height = groups.length * LANE + 30;
  const lanes = groups.map((group, i) => lane(group, i * LANE + LANE / 2, marks(rows, group, span)));
  return [
    `<figure id="strip" tabindex="0" aria-label="Time strip of the record"><svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="strip-title strip-about">`,
    '<title id="strip-title">When things happened</title>',
    `<desc id="strip-about">${escapeHtml(described(rows, groups, span, timeline.zone))}</desc>`,
    ...lanes,
    axis(span, timeline.zone, height),
    '</svg></figure>',
  ].join('\n');
}

type Span = { from: number; to: number };

const milliseconds = (at: string): number => Temporal.Instant.from(at).epochMilliseconds;
const instant = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

/** Whole pixels, each once: ten thousand entries draw no more marks than the strip is wide. */
function marks(rows: Row[], group: Group, { from, to }: Span): number[] {
  const width = WIDTH - LEFT - 20;
  const at = rows
    .filter(({ kind }) => groupOf(kind) === group)
    .map(({ occurred }) => LEFT + Math.round(to === from ? 0 : ((milliseconds(occurred) - from) / (to - from)) * width));
  return [...new Set(at)];
}

function lane(group: Group, y: number, xs: number[]): string {
  const dots = xs.map((x) => `<circle cx="${x + 5}" cy="${y}" r="4"/>`).join('');
  return `<g class="${group}"><text x="0" y="${y + 4}">${GROUPS[group]}</text><line x1="${LEFT}" y1="${y}" x2="${WIDTH - 10}" y2="${y}"/>${dots}</g>`;
}

function axis({ from, to }: Span, zone: string, height: number): string {
  const y = height - 8;
  const [start, end] = [inZone(instant(from), zone), inZone(instant(to), zone)];
  return `<g class="axis"><text x="${LEFT}" y="${y}">${start.utc} UTC</text><text x="${WIDTH - 10}" y="${y}" text-anchor="end">${end.utc} UTC</text></g>`;
}

function described(rows: Row[], groups: Group[], { from, to }: Span, zone: string): string {
  const counts = groups.map((group) => `${GROUPS[group]}: ${rows.filter(({ kind }) => groupOf(kind) === group).length}`);
  return `From ${inZone(instant(from), zone).local} to ${inZone(instant(to), zone).local}. ${counts.join('. ')}.`;
}
