import { GROUPS, type Group, groupOf } from './group.ts';
import { escapeHtml } from './markup.ts';
import { type TimeScale, timeScaleOf } from './time-scale.ts';
import { instantOf, inUtc, type Row, type Timeline } from './timeline.ts';

const LEFT = 190;
const WIDTH = 1000;
const RIGHT = WIDTH - 10;
const LANE = 22;

/** The incident at a glance: one line per group, a mark where something happened. Drawn once, read without a script. */
export function stripOf(timeline: Timeline): string {
  const rows = timeline.places.flatMap((place) =>
    'row' in place && instantOf(place.row.occurred) !== undefined ? [place.row] : [],
  );
  if (rows.length === 0) return '';
  const scale = timeScaleOf(rows.map(({ occurred }) => milliseconds(occurred)));
  const groups = (Object.keys(GROUPS) as Group[]).filter((group) => rows.some(({ kind }) => groupOf(kind) === group));
  const height = groups.length * LANE + 30;
  return [
    `<figure id="strip" tabindex="0" aria-label="Time strip of the record"><svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="strip-title strip-about">`,
    '<title id="strip-title">When things happened</title>',
    `<desc id="strip-about">${escapeHtml(described(rows, groups, scale))}</desc>`,
    ...scale.breaks.map((place) => breakAt(place, height)),
    ...groups.map((group, i) => lane(group, i * LANE + LANE / 2, marks(rows, group, scale))),
    axis(scale, height),
    `</svg>${scale.breaks.length === 0 ? '' : '<figcaption class="soft">Dashed: a longer time in which nothing was recorded, drawn shorter than it was.</figcaption>'}</figure>`,
  ].join('\n');
}

const milliseconds = (at: string): number => instantOf(at)?.epochMilliseconds ?? Number.NaN;
const utc = (ms: number): string => `${inUtc(Temporal.Instant.fromEpochMilliseconds(ms).toString()).slice(0, 16)} UTC`;
const x = (place: number): number => LEFT + 5 + Math.round(place * (RIGHT - LEFT - 10));

/** Whole pixels, each once: ten thousand entries draw no more marks than the strip is wide. */
function marks(rows: Row[], group: Group, scale: TimeScale): number[] {
  const own = rows.filter(({ kind }) => groupOf(kind) === group);
  return [...new Set(own.map(({ occurred }) => x(scale.at(milliseconds(occurred)))))];
}

function lane(group: Group, y: number, xs: number[]): string {
  const dots = xs.map((cx) => `<circle cx="${cx}" cy="${y}" r="4"/>`).join('');
  return `<g class="${group}"><text x="0" y="${y + 4}">${GROUPS[group]}</text><line x1="${LEFT}" y1="${y}" x2="${RIGHT}" y2="${y}"/>${dots}</g>`;
}

const breakAt = (place: number, height: number): string =>
  `<line x1="${x(place)}" y1="0" x2="${x(place)}" y2="${height - 24}" stroke-dasharray="3 4"/>`;

function axis({ ticks, at }: TimeScale, height: number): string {
  const anchors = (place: number): string => (place === 0 ? 'start' : place > 0.85 ? 'end' : 'middle');
  const texts = ticks.map(
    (tick) => `<text x="${x(at(tick))}" y="${height - 8}" text-anchor="${anchors(at(tick))}">${utc(tick)}</text>`,
  );
  return `<g class="axis">${texts.join('')}</g>`;
}

function described(rows: Row[], groups: Group[], { ticks }: TimeScale): string {
  const counts = groups.map((group) => `${GROUPS[group]}: ${rows.filter(({ kind }) => groupOf(kind) === group).length}`);
  const [first = 0, last = first] = [ticks[0], ticks.at(-1)];
  return `From ${utc(first)} to ${utc(last)}. ${counts.join('. ')}.`;
}
