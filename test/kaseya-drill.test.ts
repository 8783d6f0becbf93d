import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { clauseHolds } from '../src/runbook/clauses.ts';
import { type Step, stepsOf } from '../src/runbook/runbook.ts';
import { type Facts, LIBRARY, library } from './walk.ts';

type Line = Readonly<Record<string, unknown>> & { at: string; by: string; do: string; step?: string };
type Promised = { id: string; due?: string; kept?: string };
type Drill = {
  id: string;
  title: string;
  date: string;
  runbook: string;
  about: string;
  fiction: string;
  people: { id: string; name: string; roles: string[] }[];
  timeline: { at: string; precision: string; actor: string; text: string; kind: string; source: string; confidence: string }[];
  script: Line[];
};

const drill = parse(readFileSync(join(LIBRARY, 'drills', 'kaseya.yaml'), 'utf8')) as Drill;
const runbook = library.get(`${drill.runbook}.md`)?.runbook;
if (runbook === undefined) throw new Error(`no runbook ${drill.runbook}`);
const steps = stepsOf(runbook);
const byId = new Map(steps.map((step) => [step.id, step]));
const lines = (...verbs: string[]) => drill.script.filter((line) => verbs.includes(line.do));
const instant = (at: string) => Temporal.Instant.from(at).epochMilliseconds;

/** The fields that each verb needs, as the head of the file documents them. */
const FIELDS: Record<string, string[]> = {
  declare: ['title', 'runbook', 'still_happening', 'reaches_clients', 'talking_over_it', 'saw'],
  answer: ['fact', 'value', 'source'],
  complete: ['step'],
  skip: ['step', 'reason'],
  block: ['step', 'reason'],
  decide: ['step', 'choice', 'reason', 'authority', 'reversible'],
  note: ['text'],
  finding: ['id', 'about', 'status', 'text', 'source'],
  evidence: ['step', 'text'],
  ask: ['id', 'text', 'owner', 'due'],
  'answer-ask': ['ask', 'text'],
  'hand-over': ['role', 'to'],
  accept: ['role', 'to'],
  close: ['as', 'reason'],
};

/** The thirty-two things a provider does when the tool it manages clients with is compromised, and the step that holds each. */
const THIRTY_TWO = [
  'confirm-the-alarm-at-a-second-point',
  'cut-the-tool-off',
  'block-the-tool-at-the-client',
  'phone-the-clients-that-are-hit',
  'sort-every-client',
  'move-our-own-work-to-a-clean-machine',
  'send-the-first-word-to-every-client',
  'call-the-insurer',
  'put-the-backups-out-of-reach',
  'bring-in-counsel',
  'run-the-detection-tool',
  'agree-the-tiers-and-publish-the-rule',
  'send-each-client-its-status',
  'report-to-the-police-and-the-national-cyber-team',
  'secure-images-before-anything-is-repaired',
  'look-for-data-that-left',
  'work-out-what-is-owed-for-each-client',
  'do-we-pay',
  'write-to-the-vendor',
  'change-every-credential-the-tool-could-reach',
  'restore-one-client-as-a-pilot',
  'look-after-clients-without-the-tool',
  'plan-the-shifts',
  'warn-of-scams-and-ready-the-press-line',
  'give-clients-the-facts-for-their-own-notices',
  'check-the-gates-before-the-tool-comes-back',
  'turn-it-on-in-waves',
  'correct-what-we-said',
  'keep-the-authorities-informed',
  'add-up-the-costs',
  'send-the-closing-notice',
  'hold-the-review',
];

describe('the timeline', () => {
  test('is sorted, and every fact has its source, kind, precision and confidence', () => {
    expect(drill.timeline.length).toBeGreaterThan(25);
    const days = drill.timeline.map(({ at }) => at.slice(0, 10));
    expect(days).toEqual([...days].sort());
    for (const { at, precision, actor, text, kind, source, confidence } of drill.timeline) {
      expect(at).toMatch(/^\d{4}-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2}Z)?)?$/);
      expect(['minute', 'hour', 'day', 'month', 'year']).toContain(precision);
      expect(['event', 'notice', 'advice', 'decision', 'outcome']).toContain(kind);
      expect(['high', 'medium', 'low']).toContain(confidence);
      expect(source).toMatch(/^https:\/\//);
      expect(actor !== '' && text.length > 20).toBe(true);
    }
  });
});

describe('the script', () => {
  test('says what is invented, and runs forward in time from declaring to closing', () => {
    expect(drill.fiction).toMatch(/invented/);
    expect(drill.script[0]?.do).toBe('declare');
    expect(drill.script.at(-1)?.do).toBe('close');
    const times = drill.script.map(({ at }) => instant(at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  test('every line carries what its verb needs, and is spoken by somebody on the team', () => {
    const people = new Set(drill.people.map(({ id }) => id));
    for (const line of drill.script) {
      expect(FIELDS[line.do], line.do).toBeDefined();
      for (const field of FIELDS[line.do] ?? []) expect(line[field], `${line.at} ${line.do} ${field}`).toBeDefined();
      expect(people.has(line.by), line.by).toBe(true);
      if (line.step !== undefined) expect(byId.has(line.step), line.step).toBe(true);
    }
    expect(drill.people.flatMap(({ roles }) => roles).toSorted()).toEqual(runbook.roles.toSorted());
  });

  test('plays all thirty-two things a provider has to do', () => {
    expect(new Set(THIRTY_TWO).size).toBe(32);
    const played = new Set(lines('complete', 'skip', 'decide').map(({ step }) => step));
    expect(THIRTY_TWO.filter((id) => !played.has(id))).toEqual([]);
  });

  test('plays every step of the path that its own decisions choose, and no other', () => {
    const played = lines('complete', 'skip', 'decide').map(({ step }) => step ?? '');
    expect(new Set(played)).toEqual(new Set(chosenPath().map(({ id }) => id)));
    const settled = lines('complete', 'skip').map(({ step }) => step ?? '');
    expect(settled.length).toBe(new Set(settled).size);
  });

  test('keeps every precondition: the step is done before, or somebody ticks the sentence', () => {
    const done = new Set<string>();
    for (const line of lines('complete', 'decide', 'skip')) {
      for (const before of byId.get(line.step ?? '')?.after ?? []) {
        if (before.step !== undefined) expect(done.has(before.step), `${line.step} waits for ${before.step}`).toBe(true);
        else expect(line.confirm, line.step).toBe(before.text);
      }
      done.add(line.step ?? '');
    }
  });

  test('chooses only what the runbook offers, and completes with evidence where the runbook asks for it', () => {
    for (const { step, choice } of lines('decide')) {
      expect(
        byId.get(step ?? '')?.options.map(({ label }) => label),
        step,
      ).toContain(choice);
    }
    const bare = lines('complete').filter(
      (line) => (byId.get(line.step ?? '')?.evidence.length ?? 0) > 0 && line.evidence === undefined,
    );
    expect(bare.map(({ step }) => step)).toEqual([]);
  });

  test('answers only questions that the runbook asks, each ask once, and every hand-over is accepted', () => {
    const facts = runbook.questions.map(({ fact }) => fact);
    expect(lines('answer').filter(({ fact }) => !facts.includes(String(fact)))).toEqual([]);
    expect(lines('answer-ask').map(({ ask }) => ask)).toEqual(lines('ask').map(({ id }) => id));
    expect(lines('accept').map(({ role, to }) => [role, to])).toEqual(lines('hand-over').map(({ role, to }) => [role, to]));
  });

  test('rows go into tables that their step has', () => {
    const rows = drill.script.filter(({ row }) => row !== undefined);
    expect(rows.length).toBeGreaterThan(5);
    for (const { step, row } of rows) {
      const { table, cells } = row as { table: string; cells: Record<string, string> };
      const found = byId.get(step ?? '')?.tables.find(({ columns }) => columns[0] === table);
      expect(found, `${step} ${table}`).toBeDefined();
      expect(Object.keys(cells).filter((column) => !found?.columns.includes(column))).toEqual([]);
    }
  });

  test('lets the vendor’s promises slip as they did: each one recorded with its date, and none kept', () => {
    const promises = drill.script.flatMap(({ at, promise }) => (promise === undefined ? [] : [{ at, ...(promise as Promised) }]));
    const made = promises.filter(({ due }) => due !== undefined);
    const ended = promises.filter(({ kept }) => kept !== undefined);
    expect(made.map(({ id }) => id)).toEqual(['p-update', 'p-restart', 'p-sunday']);
    expect(ended.map(({ id, kept }) => [id, kept])).toEqual(made.map(({ id }) => [id, 'no']));
    for (const [place, { due }] of made.entries()) {
      expect(instant(due ?? '')).toBeLessThan(instant(ended[place]?.at ?? ''));
    }
  });
});

/** The steps from the first to the last along the choices and answers of the script. */
function chosenPath(): Step[] {
  const facts: Facts = Object.fromEntries(
    lines('answer').map(({ fact, value }) => [String(fact), value as 'yes' | 'no' | 'unknown']),
  );
  const path: Step[] = [];
  for (let index = 0; index < steps.length; ) {
    const step = steps[index] as Step;
    if (step.if === undefined || clauseHolds(step.if, facts)) path.push(step);
    const choice = lines('decide').findLast((line) => line.step === step.id)?.choice;
    const to = step.options.find(({ label }) => label === choice)?.to;
    index = to === undefined ? index + 1 : steps.findIndex(({ id }) => id === to);
  }
  return path;
}
