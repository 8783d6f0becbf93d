import { slug } from './markdown.ts';
import type { Problem, Source, Step } from './runbook.ts';
import type { RawStep } from './step.ts';

/** Where links may lead: every name of every step, and of every phase (which opens at its first step). */
export type Anchors = Map<string, string>;

/** Gives every step its id: the slug of its title, made unique by a number. */
export function nameSteps(raw: RawStep[]): void {
  const used = new Set<string>();
  const counts = new Map<string, number>();
  for (const { step } of raw) {
    const base = shorten(slug(step.title)) || 'step';
    let count = counts.get(base) ?? 1;
    let id = count === 1 ? base : numbered(base, count);
    while (used.has(id)) id = numbered(base, ++count);
    counts.set(base, count + 1);
    used.add(id);
    step.id = id;
  }
}

/** A chat takes 75 characters for what stands behind a choice, and the id of the record is one part of them. */
const numbered = (base: string, count: number): string => `${base.slice(0, 59 - String(count).length)}-${count}`;

/** At most 60 characters, cut between words. */
export function shorten(text: string): string {
  const trimmed = text.replace(/-{2,}/g, '-').replace(/^-+|-+$/g, '');
  if (trimmed.length <= 60) return trimmed;
  const cut = trimmed.slice(0, 60);
  return cut.slice(0, cut.lastIndexOf('-') > 20 ? cut.lastIndexOf('-') : 60);
}

export function anchorsOf(raw: RawStep[], phases: { title: string; raw: string; first?: Step }[]): Anchors {
  const anchors: Anchors = new Map();
  const add = (name: string, id: string) => {
    const key = normalAnchor(name);
    if (key !== '' && !anchors.has(key)) anchors.set(key, id);
  };
  for (const { step } of raw) add(step.id, step.id);
  for (const { step, anchors: names } of raw) for (const name of names) add(name, step.id);
  for (const phase of phases) if (phase.first !== undefined) for (const name of [phase.raw, phase.title]) add(name, phase.first.id);
  return anchors;
}

/** GitHub keeps the hyphens of dropped signs, people do not: both spellings meet here. */
export function normalAnchor(name: string): string {
  return slug(name.replace(/^#/, '').replace(/-/g, ' '))
    .replace(/-{2,}/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** Turns anchors into ids. What leads nowhere is reported with the nearest heading. */
export function resolveLinks(raw: RawStep[], anchors: Anchors): Problem[] {
  const lines = new Map(raw.map(({ step }) => [step.id, step.source.line]));
  return raw.flatMap(({ step }) => [...resolveOptions(step, anchors, lines), ...resolveAfter(step, anchors, lines)]);
}

function resolveOptions(step: Step, anchors: Anchors, lines: Lines): Problem[] {
  const problems: Problem[] = [];
  for (const option of step.options) {
    if (option.to === undefined) continue;
    const id = anchors.get(normalAnchor(option.to));
    if (id === undefined) problems.push(lost('Option', option.to, option.source, anchors, lines));
    else option.to = id;
  }
  return problems;
}

function resolveAfter(step: Step, anchors: Anchors, lines: Lines): Problem[] {
  const problems: Problem[] = [];
  for (const before of step.after) {
    const id =
      anchors.get(normalAnchor(before.step ?? before.text.replace(/\s+(for|on|of|per)\s+(each|every|this|that)?\s*\w+$/i, ''))) ??
      anchors.get(normalAnchor(before.text));
    if (id !== undefined) before.step = id;
    else if (before.step !== undefined) {
      problems.push(lost('Precondition', before.step, before.source, anchors, lines));
      delete before.step;
    }
  }
  return problems;
}

type Lines = ReadonlyMap<string, number>;

function lost(what: string, anchor: string, source: Source, anchors: Anchors, lines: Lines): Problem {
  const near = nearest(normalAnchor(anchor), [...anchors.keys()]);
  return {
    line: source.line,
    column: source.column,
    level: 'error',
    rule: 'branch-target',
    message: `${what} points to \`${anchor}\`, but no step has that heading`,
    hint:
      near === undefined
        ? 'Link to a heading of this file'
        : `Did you mean \`#${near}\` (line ${lines.get(anchors.get(near) ?? '') ?? 1})?`,
  };
}

/** The known name most like a misspelt one, by shared words first, then by edits. */
export function nearest(name: string, known: string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, score: likeness(name, candidate) }))
    .filter(({ score }) => score >= 0.5)
    .sort((a, b) => b.score - a.score);
  return best?.candidate;
}

/** Shared pairs of letters find a name with a word left out, edits find a slip of the finger. */
function likeness(a: string, b: string): number {
  const [left, right] = [new Set(pairs(a)), new Set(pairs(b))];
  const shared = [...left].filter((pair) => right.has(pair)).length;
  const alike = left.size + right.size === 0 ? 0 : (2 * shared) / (left.size + right.size);
  return Math.max(alike, a.length > 80 || b.length > 80 ? 0 : 1 - edits(a, b) / Math.max(a.length, b.length, 1));
}

function pairs(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, index) => text.slice(index, index + 2));
}

/** Levenshtein's distance, row by row. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, sign] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries())
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (sign === other ? 0 : 1)));
    row = next;
  }
  return row.at(-1) ?? 0;
}
