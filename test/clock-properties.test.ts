import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openLaw } from '../src/cli/law-shelf.ts';
import { clockEvents } from '../src/desk/clock-events.ts';
import { clocksOf } from '../src/desk/clocks.ts';
import type { Command } from '../src/record/command.ts';
import { decide } from '../src/record/decide.ts';
import type { Entry } from '../src/record/entry.ts';
import type { Event } from '../src/record/event.ts';
import { evolve } from '../src/record/fold.ts';
import { emptyIncident, type Incident } from '../src/record/incident.ts';
import { ADA, BEN, DECLARE } from './play.ts';

/** Whatever is said in whatever order: what was sealed is what the clocks say, and looking again seals nothing. */
const law = openLaw();
const DAY = 86_400_000;
const START = Date.parse('2026-11-24T10:00:00Z');

function apply(incident: Incident, event: Event, now: number, actor: string): void {
  const head = { record: 'r', of: 'incident', seq: incident.size + 1, at: new Date(now).toISOString(), actor, via: 'bot' } as const;
  const entry: Entry = Object.assign({ ...head, label: 'internal' as const, drill: false }, structuredClone(event));
  evolve(incident, entry);
}

function say(incident: Incident, command: Command, now: number): void {
  const context = { now: new Date(now).toISOString(), person: ADA, runbook: undefined, newId: () => 'id' };
  const decision = decide(incident, command, context);
  if ('refused' in decision) return;
  for (const { event } of decision.events) apply(incident, event, now, decision.actor);
}

function reckon(incident: Incident, now: number): Event[] {
  const events = clockEvents(incident, clocksOf(incident, law, now), incident.owed.because);
  for (const event of events) apply(incident, event, now, 'bot');
  return events;
}

const place = fc.constantFrom('DE', 'US-TX', 'US-CA', 'US-NY', 'US-LA', 'GB', 'US-VT', 'FR');
const count = fc.constantFrom<number | 'unknown'>(0, 3, 400, 1200, 'unknown');
const ago = fc.integer({ min: 0, max: 40 * 24 });
type Step = { later: number; make: (incident: Incident, now: number) => Command };
const at = (hours: number, now: number) => new Date(now - hours * 3_600_000).toISOString();
const setFact = (fact: string, value: string | number | boolean | string[]): Command => ({
  do: 'setFacts',
  facts: [{ fact, value }],
});

const command: fc.Arbitrary<Step['make']> = fc.oneof(
  fc.tuple(place, count).map(
    ([where, many]) =>
      () =>
        setFact(`residents.${where}`, many),
  ),
  fc
    .tuple(fc.constantFrom('aware', 'discovered', 'determined', 'vendor_notified_us', 'classified'), ago)
    .map(([anchor, hours]) => (incident: Incident, now: number): Command => {
      const current = incident.owed.anchors.get(anchor);
      return {
        do: 'setAnchor',
        anchor,
        at: at(hours, now),
        reason: 'looked up',
        ...(current === undefined ? {} : { supersedes: current.seq }),
      };
    }),
  fc.constantFrom('owner', 'service-provider', 'both').map((role) => () => setFact('entity.role', role)),
  fc.constantFrom('unlikely', 'likely', 'high', 'unknown').map((risk) => () => setFact('risk', risk)),
  fc.boolean().map((encrypted) => () => setFact('encrypted', encrypted)),
  fc
    .constantFrom('financial_entity', 'essential_entity', 'insured', 'merchant')
    .map((mark) => () => setFact(`entity.${mark}`, true)),
  fc.tuple(fc.nat(), fc.nat(48)).map(([which, hours]) => (incident: Incident, now: number): Command => {
    const duties = [...incident.owed.duties.values()];
    const { duty = 'us-tx-ag', instance } = duties[which % Math.max(1, duties.length)] ?? {};
    return { do: 'fileDuty', duty, ...(instance === undefined ? {} : { instance }), at: at(hours, now), evidence: [] };
  }),
  fc.nat().map((which) => (incident: Incident): Command => {
    const duties = [...incident.owed.duties.values()];
    const { duty = 'us-tx-ag', instance } = duties[which % Math.max(1, duties.length)] ?? {};
    return { do: 'waiveDuty', duty, ...(instance === undefined ? {} : { instance }), reason: 'none affected', approver: BEN };
  }),
  fc
    .constantFrom('us-tx-ag', 'eu-gdpr-33-authority')
    .map((duty) => (): Command => ({ do: 'reopenDuty', duty, reason: 'a mistake' })),
  fc.tuple(fc.constantFrom('Tulip BV', 'Rose Ltd'), fc.constantFrom(24, 48, 96)).map(
    ([party, hours]) =>
      (incident: Incident): Command => ({
        do: 'setFacts',
        facts: [{ fact: `contracts.c${incident.owed.facts.size}`, value: { kind: 'dpa', hours, anchor: 'aware' }, party }],
      }),
  ),
);
const steps = fc.array(fc.record({ later: fc.constantFrom(0, 3_600_000, DAY, 9 * DAY), make: command }), {
  minLength: 1,
  maxLength: 15,
});

describe('whatever is said, in whatever order', () => {
  test('looking again at once seals nothing, and every sealed date is the one that the clocks say', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const incident = emptyIncident('r', 'incident');
        let now = START;
        say(incident, DECLARE, now);
        say(incident, setFact('entity.jurisdiction', 'DE'), now);
        for (const { later, make } of all) {
          now += later;
          say(incident, make(incident, now), now);
          reckon(incident, now);
          expect(reckon(incident, now)).toEqual([]);
          for (const { current, record } of clocksOf(incident, law, now).duties) {
            if (record?.sealed?.due !== undefined && current !== undefined && current.state !== 'waived') {
              expect(record.sealed.due).toBe(current.due);
            }
          }
        }
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  test('time alone moves no date of a rule that is in force', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 60 }), (all, days) => {
        const incident = emptyIncident('r', 'incident');
        say(incident, DECLARE, START);
        say(incident, setFact('entity.jurisdiction', 'DE'), START);
        for (const { make } of all) say(incident, make(incident, START), START);
        reckon(incident, START);
        const moved = clockEvents(incident, clocksOf(incident, law, START + days * DAY), undefined);
        expect(moved.filter(({ kind }) => kind === 'duty.rule-changed')).toEqual([]);
        expect(moved.map(({ body }) => body)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
