/** Where an instant stands on a strip of unit length; `breaks` are places where quiet time was drawn shorter than it was. */
export type TimeScale = { at: (ms: number) => number; breaks: number[]; ticks: number[] };

/** No quiet time may take more of the strip than this: one late note must not squeeze a whole night into a dot. */
const SHARE = 0.1;

/** A scale over instants in milliseconds, in any order, of which there is at least one. */
export function timeScaleOf(instants: number[]): TimeScale {
  const times = [...new Set(instants)].sort((a, b) => a - b);
  const gaps = times.slice(1).map((time, i) => time - (times[i] ?? time));
  const cap = capOf(gaps);
  const drawn = gaps.map((gap) => Math.min(gap, cap));
  const total = drawn.reduce((sum, gap) => sum + gap, 0) || 1;
  const places = new Map<number, number>();
  let sum = 0;
  times.forEach((time, i) => {
    sum += drawn[i - 1] ?? 0;
    places.set(time, sum / total);
  });
  const place = (time: number | undefined): number => places.get(time ?? Number.NaN) ?? 0;
  const breaks = gaps.flatMap((gap, i) => (gap > cap ? [(place(times[i]) + place(times[i + 1])) / 2] : []));
  return { at: place, breaks, ticks: ticksOf(times, place) };
}

/** The longest gap that is drawn in full. Shortening long gaps shortens the whole, so it is sought step by step. */
function capOf(gaps: number[]): number {
  const share = Math.max(SHARE, 1.5 / gaps.length);
  let cap = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 100; i++) {
    const next = share * gaps.reduce((sum, gap) => sum + Math.min(gap, cap), 0);
    if (next >= cap * 0.999) break;
    cap = next;
  }
  return cap;
}

/** Instants to write under the strip: the first and the last, and between them those nearest to the thirds. */
function ticksOf(times: number[], place: (time: number) => number): number[] {
  const nearest = (target: number): number | undefined =>
    times.reduce<number | undefined>(
      (best, time) => (best === undefined || Math.abs(place(time) - target) < Math.abs(place(best) - target) ? time : best),
      undefined,
    );
  const ticks = [0, 1 / 3, 2 / 3, 1].flatMap((target) => nearest(target) ?? []);
  return ticks.filter((time, i) => i === 0 || place(time) - place(ticks[i - 1] ?? time) > 0.2);
}
