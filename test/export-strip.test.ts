import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timeScaleOf } from '../src/export/time-scale.ts';

const minute = 60_000;

describe('the time strip', () => {
  test('keeps the order of time, from one end to the other', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4e12 }), { minLength: 1, maxLength: 60 }), (instants) => {
        const { at } = timeScaleOf(instants);
        const times = [...new Set(instants)].sort((a, b) => a - b);
        const places = times.map(at);
        expect(places[0]).toBe(0);
        if (times.length > 1) expect(places.at(-1)).toBeCloseTo(1);
        expect(places.every((place, i) => i === 0 || place > places[i - 1]!)).toBe(true);
      }),
    );
  });

  test('draws an even night as it was', () => {
    const { at, breaks } = timeScaleOf([0, 1, 2, 3, 4].map((n) => n * minute));
    expect(breaks).toEqual([]);
    expect(at(minute)).toBeCloseTo(0.25);
  });

  test('does not squeeze a night into a dot because of one note three years later', () => {
    const night = Array.from({ length: 60 }, (_, n) => n * minute);
    const { at, breaks } = timeScaleOf([...night, 3 * 365 * 1440 * minute]);
    expect(breaks).toHaveLength(1);
    expect(at(59 * minute)).toBeGreaterThan(0.85);
  });
});
