import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance, backsNotAffected, type ExposureState, movesFrom } from '../src/inventory/investigation.ts';
import { mostUrgent, tierOf } from '../src/inventory/tier.ts';

const evidence = { id: 'E-7', who: 'U123', asOf: '2026-03-31T10:00Z', how: 'EDR query over all hosts, 30 days' };

const STATES: ExposureState[] = [
  'unknown',
  'not_present',
  'present_outside_window',
  'present_in_window',
  'iocs_absent',
  'iocs_found',
  'data_access_unknown',
  'data_access_ruled_out',
  'data_taken',
];

describe('moving a client on', () => {
  test.each<[ExposureState, ExposureState, boolean]>([
    ['unknown', 'not_present', true],
    ['unknown', 'present_outside_window', true],
    ['unknown', 'present_in_window', true],
    ['unknown', 'iocs_found', false],
    ['present_in_window', 'iocs_absent', true],
    ['present_in_window', 'iocs_found', true],
    ['present_in_window', 'data_taken', false],
    ['not_present', 'iocs_absent', false],
    ['iocs_found', 'data_access_unknown', true],
    ['iocs_found', 'data_access_ruled_out', true],
    ['iocs_found', 'data_taken', true],
    ['iocs_found', 'iocs_absent', false],
    ['iocs_found', 'not_present', false],
    ['data_access_unknown', 'data_taken', true],
    ['data_taken', 'data_access_ruled_out', false],
  ])('%s to %s: %s', (from, to, allowed) => {
    expect(advance(from, to, evidence).ok).toBe(allowed);
  });

  test('what takes back an earlier word is a correction', () => {
    expect(advance('not_present', 'present_in_window', evidence)).toMatchObject({ ok: true, correction: true });
    expect(advance('iocs_absent', 'iocs_found', evidence)).toMatchObject({ ok: true, correction: true });
    expect(advance('unknown', 'not_present', evidence)).toMatchObject({ ok: true, correction: false });
  });

  test('every move needs evidence, a person and an as-of time; an absence also how it was checked', () => {
    expect(advance('unknown', 'not_present', { ...evidence, id: ' ' })).toEqual({
      ok: false,
      refusal: 'To move to not_present, name the evidence (its id).',
    });
    expect(advance('unknown', 'not_present', { ...evidence, who: '' }).ok).toBe(false);
    expect(advance('unknown', 'not_present', { ...evidence, asOf: 'recently' }).ok).toBe(false);
    expect(advance('present_in_window', 'iocs_absent', { ...evidence, how: '' })).toEqual({
      ok: false,
      refusal: 'To move to iocs_absent, say how that was checked.',
    });
  });

  test('a refusal says which moves there are', () => {
    expect(advance('data_taken', 'unknown', evidence)).toEqual({
      ok: false,
      refusal: 'From data_taken the next state is none: it is final, not unknown.',
    });
  });

  test('once an indicator was found, no way leads back to a state that backs "not affected"', () => {
    const reached = new Set<ExposureState>(['iocs_found']);
    for (const state of reached) for (const next of movesFrom(state)) reached.add(next);
    expect([...reached].filter(backsNotAffected)).toEqual([]);
  });

  test('only two states back a "not affected" notice', () => {
    expect(STATES.filter(backsNotAffected)).toEqual(['not_present', 'present_outside_window']);
  });
});

describe('tiers', () => {
  test.each<[Parameters<typeof tierOf>[0], string]>([
    [{ state: 'present_in_window', encryptingNow: true }, 'T0'],
    [{ state: 'unknown', lifeSafety: true }, 'T0'],
    [{ state: 'not_present', lifeSafety: true }, 'T4'],
    [{ state: 'iocs_found' }, 'T1'],
    [{ state: 'data_taken' }, 'T1'],
    [{ state: 'present_in_window', sensitiveDataReachable: true }, 'T1'],
    [{ state: 'present_in_window' }, 'T2'],
    [{ state: 'iocs_absent' }, 'T2'],
    [{ state: 'present_outside_window', sensitiveDataReachable: true }, 'T3'],
    [{ state: 'not_present' }, 'T4'],
    [{ state: 'unknown' }, 'U'],
    [{ state: 'unknown', sensitiveDataReachable: true }, 'U'],
  ])('%j: %s', (facts, tier) => {
    expect(tierOf(facts).tier).toBe(tier);
    expect(tierOf(facts).reason).toMatch(/\.$/);
  });

  test('unknown is never as green as what is known to be harmless', () => {
    expect(mostUrgent(['T4', 'U', 'T3'])).toBe('U');
    expect(mostUrgent(['U', 'T2'])).toBe('T2');
    expect(mostUrgent([])).toBe('U');
  });

  test('no fact makes a client less urgent', () => {
    const order = ['T0', 'T1', 'T2', 'U', 'T3', 'T4'];
    fc.assert(
      fc.property(
        fc.constantFrom(...STATES),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (state, encryptingNow, lifeSafety, sensitiveDataReachable) => {
          const plain = order.indexOf(tierOf({ state }).tier);
          expect(order.indexOf(tierOf({ state, encryptingNow, lifeSafety, sensitiveDataReachable }).tier)).toBeLessThanOrEqual(
            plain,
          );
        },
      ),
    );
  });
});
