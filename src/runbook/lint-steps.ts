import { isTickTable } from './content.ts';
import { isGroup } from './drafts.ts';
import { nearest } from './links.ts';
import { at } from './lint-source.ts';
import type { Linted } from './linted.ts';
import { type Check, type Problem, type Step, stepsOf } from './runbook.ts';

const PLACEHOLDER =
  /^[\s`*_("']*(?:(?:todo|tbd|fixme|xxx|n\/a|tba)\b.*|\.{3}|…|\[[A-Z][A-Z _/-]*\]|\{\{[^}]*\}\}|<[^>]+>|step title|add (?:scenario|your|more)\b.*)[\s`*_)"'.]*$/i;
const DEADLINE =
  /\b(?:within|no later than|at most|in under|not later than|(?:with)?in the (?:first|next))\s+(?:the\s+(?:first|next)\s+)?(\d+(?:\s*[-–]\s*\d+)?\s*(?:minutes?|mins?|hours?|hrs?|business days?|days?|weeks?))\b|\b(72[- ]hours?|24[- ]hours?|30[- ]days?|60[- ]days?)\b/i;
const MANY = 60;

/** What can be seen on the steps. */
export function stepProblems(made: Linted): Problem[] {
  const steps = stepsOf(made.runbook);
  if (steps.length === 0)
    return [
      at(
        { line: 1, column: 1 },
        'error',
        'no-steps',
        'No steps found in this file',
        'Add a heading per phase with a list under it',
      ),
    ];
  return [
    ...(steps.length > MANY
      ? [at({ line: 1, column: 1 }, 'info', 'too-many-steps', `${steps.length} steps`, 'Split into several runbooks')]
      : []),
    ...roleProblems(made, steps),
    ...steps.flatMap((step) => ownProblems(made, step)),
    ...made.raw.flatMap(({ unreadable }) => unreadable.map(({ key, value, source }) => unread(key, value, source))),
    ...repeated(steps),
    ...duplicateLists(made),
    ...proseOnly(made),
    ...labels(made),
  ];
}

function unread(key: string, value: string, source: Step['source']): Problem {
  if (key === 'scope')
    return at(source, 'error', 'scope', `Cannot read "${value}" as a scope`, 'Write `Scope: once` or `Scope: each client`');
  const example = {
    within: 'Within: 30 minutes',
    due: 'Due: 72 hours after becoming aware',
    repeat: 'Repeat: every 24 hours until closed',
  }[key];
  return at(source, 'error', 'duration', `Cannot read "${value}" as a time`, `Write \`${example ?? 'Within: 30 minutes'}\``);
}

/** A file in which nobody is named gets one line; a file that names some gets one for each step left out. */
function roleProblems({ runbook }: Linted, steps: Step[]): Problem[] {
  const without = steps.filter((step) => step.role === undefined && step.kind !== 'reference');
  const hint = 'Add `Role: ...` under the heading, or `default-role` in the front matter';
  if (without.length === steps.length) return [at({ line: 1, column: 1 }, 'warn', 'step-role', 'No step has a role', hint)];
  const known = new Set(runbook.roles.map((role) => role.toLowerCase()));
  const strangers = known.size === 0 ? [] : steps.filter((step) => step.role !== undefined && !known.has(step.role.toLowerCase()));
  return [
    ...without.map((step) => at(step.source, 'warn', 'step-role', 'Step has no role', hint)),
    ...strangers.map((step) => {
      const near = nearest((step.role ?? '').toLowerCase(), [...known]);
      return at(
        step.source,
        'warn',
        'role-unknown',
        `Role "${step.role ?? ''}" is not listed under \`roles\``,
        near === undefined
          ? 'Add it to `roles`'
          : `Add it, or use "${runbook.roles.find((role) => role.toLowerCase() === near) ?? near}"`,
      );
    }),
  ];
}

function ownProblems(made: Linted, step: Step): Problem[] {
  const problems: Problem[] = [];
  if (PLACEHOLDER.test(step.title)) problems.push(placeholder('Step', step.title, step.source));
  problems.push(
    ...allChecks(step.checks).flatMap((check) =>
      PLACEHOLDER.test(check.text) ? [placeholder('Line', check.text, check.source)] : [],
    ),
  );
  if (/\?$/.test(step.title) && step.options.length === 0 && !/^(how|what|why|where|who|when|which)\b/i.test(step.title))
    problems.push(
      at(
        step.source,
        'warn',
        'decision-no-options',
        `"${step.title}" looks like a decision but has no options`,
        'Add `- **Yes** → [Step](#...)`',
      ),
    );
  if (/^decide\b/i.test(step.title) && step.options.length === 0 && !/\?$/.test(step.title))
    problems.push(
      at(step.source, 'warn', 'decision-no-options', `"${step.title}" has no options`, 'Add `- **Yes** → [Step](#...)`'),
    );
  for (const notice of step.notices)
    if (notice.to === 'unnamed')
      problems.push(at(notice.source, 'warn', 'notice-to', 'Notice does not say who it goes to', 'Write ```notice to=customers'));
  return [...problems, ...factProblems(made, step), ...deadline(step)];
}

function placeholder(what: string, text: string, source: Step['source']): Problem {
  return at(
    source,
    'warn',
    'placeholder',
    `${what} is only a placeholder: ${text.slice(0, 60)}`,
    'Fill in or delete; it will be skipped',
  );
}

/** A condition is a fact only where the author keeps questions: `(if ...)` always, `If ...:` when it is short. */
function factProblems({ runbook, lines }: Linted, step: Step): Problem[] {
  const known = runbook.questions.map(({ fact }) => fact);
  const short = step.clauses.filter(
    ({ fact, source }) =>
      known.length > 0 && fact.split(' ').length <= 4 && /\b(if|when|unless)\s+[^:,]+:/i.test(lines[source.line - 1] ?? ''),
  );
  return [...(step.if === undefined ? [] : [step.if]), ...short]
    .filter(({ fact }) => !known.includes(fact))
    .map(({ fact, source }) => {
      const near = nearest(fact.toLowerCase(), known) ?? known[0];
      return at(
        source,
        known.length > 0 ? 'error' : 'info',
        'fact-unknown',
        `Condition "${fact}" is not listed under \`questions\``,
        near === undefined ? 'Add `questions:` to the front matter' : `Add it, or use "${near}"`,
      );
    });
}

function deadline(step: Step): Problem[] {
  if (step.due !== undefined || step.within !== undefined || step.repeat !== undefined) return [];
  const places = [{ text: step.title, source: step.source }, ...allChecks(step.checks), { text: step.body, source: step.source }];
  const found = places.find(({ text }) => DEADLINE.test(text));
  const said = DEADLINE.exec(found?.text ?? '');
  return found === undefined || said === null
    ? []
    : [
        at(
          found.source,
          'info',
          'deadline-in-text',
          `"${said[1] ?? said[2] ?? ''}" in the text starts no timer`,
          'Add `Within:` or `Due:`',
        ),
      ];
}

export function allChecks(checks: Check[]): Check[] {
  return checks.flatMap((check) => [check, ...allChecks(check.checks)]);
}

function repeated(steps: Step[]): Problem[] {
  const seen = new Map<string, Step>();
  return steps.flatMap((step) => {
    const key = step.title.toLowerCase();
    const first = seen.get(key);
    if (first === undefined) seen.set(key, step);
    return first === undefined
      ? []
      : [
          at(
            step.source,
            'warn',
            'duplicate-heading',
            `Two steps are called "${step.title}" (the other is on line ${first.source.line})`,
            'Ids are made unique; a link may hit the first',
          ),
        ];
  });
}

/** A checklist that says again what the headings below say: work would be ticked twice. */
function duplicateLists({ runbook }: Linted): Problem[] {
  const steps = stepsOf(runbook);
  const lists = [
    ...steps
      .filter((step) => /checklist|summary|overview|at a glance/i.test(step.title))
      .map((step) => ({ title: step.title, source: step.source, own: [step], texts: step.checks.map(({ text }) => text) })),
    ...runbook.phases
      .filter((phase) => /checklist|summary|overview/i.test(phase.title))
      .map((phase) => ({
        title: phase.title,
        source: phase.source,
        own: phase.steps,
        texts: phase.steps.map(({ title }) => title),
      })),
  ];
  return lists.flatMap(({ title, source, own, texts }) => {
    const others = steps.filter((step) => !own.includes(step)).map((step) => words(step.title));
    const again = texts.filter((text) => others.some((other) => overlap(words(text), other) >= 0.6)).length;
    return texts.length >= 3 && again * 2 >= texts.length
      ? [
          at(
            source,
            'warn',
            'duplicate-list',
            `"${title}" repeats the section headings below`,
            'Mark it as reference: `Reference: ...`',
          ),
        ]
      : [];
  });
}

function words(text: string): Set<string> {
  return new Set(
    (text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []).filter((word) => !['the', 'and', 'for', 'any', 'all'].includes(word)),
  );
}

function overlap(a: Set<string>, b: Set<string>): number {
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / Math.max(1, Math.min(a.size, b.size));
}

function proseOnly({ drafts }: Linted): Problem[] {
  return drafts.flatMap(({ title, section, steps }) => {
    const [only] = steps;
    return steps.length === 1 &&
      only?.from === 'section' &&
      only.section === section &&
      !section.blocks.some((block) => block.kind === 'items' || isTickTable(block.node))
      ? [
          at(
            section.source,
            'info',
            'prose-only-phase',
            `"${title}" has no list or sub-heading; loaded as 1 step`,
            'Split it with headings',
          ),
        ]
      : [];
  });
}

function labels({ drafts }: Linted): Problem[] {
  const lists = drafts.flatMap(({ section }) => section.blocks.flatMap((block) => (block.kind === 'items' ? block.items : [])));
  return lists
    .filter(isGroup)
    .map((item) =>
      at(
        item.source,
        'info',
        'label-or-step',
        `"${item.text}" read as a group of ${item.items.length} steps`,
        'Remove the colon to make it one step',
      ),
    );
}
