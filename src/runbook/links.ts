import { slug } from './markdown.ts';
import type { Problem, Source, Step } from './runbook.ts';
import type { RawStep } from './step.ts';

/** Where links may lead: every name of every step, and of every phase (which opens at its first step). */
export type Anchors = Map<string, string>;

/** Gives every step its id: the slug of its title, made unique by a number. */
export function nameSteps(raw: RawStep[]): void {
  const used = new Set<string>();
  for (const { step } of raw) {
    const base = shorten(slug(step.title)) || 'step';
    let id = base;
    for (let count = 2; used.has(id); count += 1) id = `${base}-${count}`;
    used.add(id);
    step.id = id;
  }
}

/** At most 60 characters, cut between words. */
function shorten(text: string): string {
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
  return raw.flatMap(({ step }) => [...resolveOptions(step, anchors), ...resolveAfter(step, anchors)]);
}

function resolveOptions(step: Step, anchors: Anchors): Problem[] {
  const problems: Problem[] = [];
  for (const option of step.options) {
    if (option.to === undefined) continue;
    const id = anchors.get(normalAnchor(option.to));
    if (id === undefined) problems.push(lost('Option', option.to, option.source, anchors));
    else option.to = id;
  }
  return problems;
}

function resolveAfter(step: Step, anchors: Anchors): Problem[] {
  const problems: Problem[] = [];
  for (const before of step.after) {
    const id =
      anchors.get(normalAnchor(before.step ?? before.text.replace(/\s+(for|on|of|per)\s+(each|every|this|that)?\s*\w+$/i, ''))) ??
      anchors.get(normalAnchor(before.text));
    if (id !== undefined) before.step = id;
    else if (before.step !== undefined) {
      problems.push(lost('Precondition', before.step, before.source, anchors));
      delete before.step;
    }
  }
  return problems;
}

function lost(what: string, anchor: string, source: Source, anchors: Anchors): Problem {
  const near = nearest(normalAnchor(anchor), [...anchors.keys()]);
  return {
    line: source.line,
    column: source.column,
    level: 'error',
    rule: 'branch-target',
    message: `${what} points to \`${anchor}\`, but no step has that heading`,
    hint: near === undefined ? 'Link to a heading of this file' : `Did you mean \`#${near}\`?`,
  };
}

/** The known name most like a misspelt one, by shared words first, then by edits. */
export function nearest(name: string, known: string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, score: likeness(name, candidate) }))
    .filter(({ score }) => score >= 0.4)
    .sort((a, b) => b.score - a.score);
  return best?.candidate;
}

function likeness(a: string, b: string): number {
  const [left, right] = [new Set(pairs(a)), new Set(pairs(b))];
  const shared = [...left].filter((pair) => right.has(pair)).length;
  return left.size + right.size === 0 ? 0 : (2 * shared) / (left.size + right.size);
}

function pairs(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, index) => text.slice(index, index + 2));
}
