import { agentId, EXTENSION, type Json, playbookId, variableName } from './cacao-id.ts';
import { type Check, type Option, type Runbook, type Step, stepsOf, type Timing } from './runbook.ts';
import { uuid5 } from './uuid5.ts';

type Nodes = { [id: string]: Json };
export type Workflow = { start: string; steps: Nodes; variables: Nodes; activities: string[] };

type Building = {
  runbook: Runbook;
  nodes: Nodes;
  variables: Nodes;
  activities: Set<string>;
  entries: Map<string, string>;
  end: string;
};

/** The runbook's way through as CACAO steps: in order, with conditions, decisions and parallel groups as CACAO has them. */
export function workflowOf(runbook: Runbook): Workflow {
  const end = id(runbook, 'end', 'end');
  const building: Building = {
    runbook,
    nodes: { [end]: { type: 'end', name: 'End' } },
    variables: {},
    activities: new Set(),
    entries: new Map(),
    end,
  };
  const groups = groupsOf(stepsOf(runbook));
  for (const [index, group] of groups.entries())
    for (const step of group) building.entries.set(step.id, entryOf(building, group, step, index));
  for (const [index, group] of groups.entries()) {
    const following = groups[index + 1];
    const next = following === undefined ? end : groupEntry(building, following, index + 1);
    if (group.length > 1) addParallel(building, group, index, next);
    else for (const step of group) addStep(building, step, next);
  }
  const start = id(runbook, 'start', 'start');
  const first = groups[0];
  building.nodes[start] = {
    type: 'start',
    name: runbook.title,
    on_completion: first === undefined ? end : groupEntry(building, first, 0),
  };
  return { start, steps: building.nodes, variables: building.variables, activities: [...building.activities] };
}

/** Neighbours marked parallel open together. A decision, or a step that one points to, stands alone: it is entered by itself. */
function groupsOf(steps: Step[]): Step[][] {
  const targets = new Set(steps.flatMap((step) => step.options.map(({ to }) => to)));
  const groups: Step[][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    const together = step.parallel && step.options.length === 0 && !targets.has(step.id);
    const lastTogether = last?.every((other) => other.parallel && other.options.length === 0 && !targets.has(other.id)) ?? false;
    if (together && lastTogether && last !== undefined && last[0]?.phase === step.phase) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

function id(runbook: Runbook, type: string, name: string): string {
  return `${type}--${uuid5(`firebreak:runbook:${runbook.id}:${type}:${name}`)}`;
}

function entryOf(building: Building, group: Step[], step: Step, index: number): string {
  return group.length > 1 ? groupEntry(building, group, index) : stepEntry(building.runbook, step);
}

function groupEntry(building: Building, group: Step[], index: number): string {
  const [only] = group;
  return group.length === 1 && only !== undefined
    ? stepEntry(building.runbook, only)
    : id(building.runbook, 'parallel', String(index));
}

function stepEntry(runbook: Runbook, step: Step): string {
  return step.if === undefined ? bodyId(runbook, step) : id(runbook, 'if-condition', `${step.id}:fact`);
}

function bodyId(runbook: Runbook, step: Step): string {
  return id(runbook, step.kind === 'handover' ? 'playbook-action' : 'action', step.id);
}

/** Each branch has an end of its own, so that a reader knows when to come back to the parallel step. */
function addParallel(building: Building, group: Step[], index: number, next: string): void {
  const { runbook, nodes } = building;
  const branches = group.map((step) => {
    addStep(building, step, branchEnd(building, step));
    return stepEntry(runbook, step);
  });
  nodes[id(runbook, 'parallel', String(index))] = {
    type: 'parallel',
    name: group[0]?.phase ?? 'Parallel',
    next_steps: branches,
    on_completion: next,
  };
}

function branchEnd({ runbook, nodes }: Building, step: Step): string {
  const end = id(runbook, 'end', step.id);
  nodes[end] = { type: 'end', name: `End of ${step.title}` };
  return end;
}

/** `(if fact)` wraps the step in a condition whose branch ends and comes back, so what follows is reached either way. */
function addStep(building: Building, step: Step, next: string): void {
  const { runbook, nodes } = building;
  if (step.if === undefined) {
    addBody(building, step, next);
    return;
  }
  const { fact, negated } = step.if;
  const end = id(runbook, 'end', `${step.id}:fact`);
  nodes[end] = { type: 'end', name: `End of ${step.title}` };
  nodes[stepEntry(runbook, step)] = {
    type: 'if-condition',
    name: `${negated ? 'Unless' : 'If'} ${fact}`,
    condition: `${variableName(fact)}:value = '${negated ? 'false' : 'true'}'`,
    on_true: bodyId(runbook, step),
    on_completion: next,
  };
  addBody(building, step, end);
}

function addBody(building: Building, step: Step, next: string): void {
  const { runbook, nodes } = building;
  const name = { name: step.title, ...description(step), step_extensions: { [EXTENSION]: extension(step) } };
  if (step.kind === 'handover') {
    nodes[bodyId(runbook, step)] = {
      type: 'playbook-action',
      ...name,
      playbook_id: playbookId(runbookName(step.handover ?? step.id)),
      on_completion: next,
    };
    return;
  }
  const outs = step.evidence.map(
    (evidence, index) =>
      [
        `__${step.id.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 120)}_evidence_${index + 1}__`,
        { type: evidence.kind === 'link' ? 'uri' : 'string', description: evidence.what },
      ] as const,
  );
  const decision = step.options.length > 0 ? variableName(`decision ${step.id}`) : undefined;
  if (decision !== undefined)
    building.variables[decision] = { type: 'string', description: step.title, external: false, constant: false };
  const args = [...outs.map(([variable]) => variable), ...(decision === undefined ? [] : [decision])];
  nodes[bodyId(runbook, step)] = {
    type: 'action',
    ...name,
    commands: commandsOf(building, step),
    agent: agentId(step.role),
    ...(outs.length === 0 ? {} : { step_variables: Object.fromEntries(outs) }),
    ...(args.length === 0 ? {} : { out_args: args }),
    on_completion: decision === undefined ? next : addDecision(building, step, decision, next),
  };
}

/** Two options are an if, more are a switch. `ask again` comes back to the question; another runbook is a hand-over. */
function addDecision(building: Building, step: Step, variable: string, next: string): string {
  const { runbook, nodes } = building;
  const cases = step.options.map(
    (option, index) => [caseName(option, index), target(building, step, option, index, next)] as const,
  );
  const [yes, no] = cases;
  if (cases.length === 2 && yes !== undefined && no !== undefined) {
    const made = id(runbook, 'if-condition', `${step.id}:decision`);
    nodes[made] = {
      type: 'if-condition',
      name: step.title,
      condition: `${variable}:value = '${yes[0]}'`,
      on_true: yes[1],
      on_false: no[1],
    };
    return made;
  }
  const made = id(runbook, 'switch-condition', step.id);
  const usual = cases.find((_, index) => step.options[index]?.isDefault === true)?.[1];
  nodes[made] = {
    type: 'switch-condition',
    name: step.title,
    switch: variable,
    cases: { ...Object.fromEntries(cases), ...(usual === undefined ? {} : { default: usual }) },
  };
  return made;
}

function caseName(option: Option, index: number): string {
  const name = option.label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${index + 1}-${name || 'option'}`;
}

function target(building: Building, step: Step, option: Option, index: number, next: string): string {
  const { runbook, nodes } = building;
  if (option.to !== undefined) return building.entries.get(option.to) ?? next;
  if (option.runbook !== undefined) {
    const made = id(runbook, 'playbook-action', `${step.id}:${index}`);
    nodes[made] = {
      type: 'playbook-action',
      name: option.label,
      playbook_id: playbookId(runbookName(option.runbook)),
      on_completion: building.end,
    };
    return made;
  }
  return option.askAgainMinutes === undefined ? next : bodyId(runbook, step);
}

/** The id another runbook most likely has: its file's name. */
function runbookName(file: string): string {
  return (file.split('/').at(-1) ?? file).replace(/#.*$/, '').replace(/\.[a-z]+$/i, '');
}

function commandsOf(building: Building, step: Step): Json {
  const manual = (words: string, activity: string): Json => {
    building.activities.add(activity);
    return {
      type: 'manual',
      command: words.split('\n')[0] ?? words,
      command_b64: new TextEncoder().encode(words).toBase64(),
      playbook_activity: activity,
    };
  };
  const notices = step.notices.map(
    (notice) => `Send to ${notice.to}${notice.subject === undefined ? '' : `: ${notice.subject}`}\n\n${notice.body}`,
  );
  if (notices.length === 0) return [manual(instructions(step), 'step-sequence')];
  return [manual(instructions(step), 'compose-content'), ...notices.map((notice) => manual(notice, 'deliver-content'))];
}

/** What a person reads: title, warnings, lines to tick, commands, and the step's own words. */
function instructions(step: Step): string {
  const commands = step.commands.map(({ language, text }) => `\`\`\`${language}\n${text}\n\`\`\``);
  const options = step.options.map(
    (option, index) =>
      `${caseName(option, index)}: ${[option.label, option.text, option.consequence].filter((part) => part !== undefined).join(' - ')}`,
  );
  return [
    step.title,
    step.body,
    ...step.warnings.map((warning) => `Warning: ${warning}`),
    ...checkLines(step.checks, ''),
    ...options,
    ...commands,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function checkLines(checks: Check[], indent: string): string[] {
  const lines = checks.flatMap(({ text, checks: below }) => [`${indent}- [ ] ${text}`, ...checkLines(below, `${indent}  `)]);
  return indent === '' && lines.length > 0 ? [lines.join('\n')] : lines;
}

function description(step: Step): { [key: string]: Json } {
  const words = [step.body, ...step.warnings].filter((part) => part !== '').join('\n\n');
  return words === '' ? {} : { description: words };
}

function extension(step: Step): { [key: string]: Json } {
  const time = (timing: Timing | undefined): Json | undefined =>
    timing === undefined ? undefined : { text: timing.text, minutes: timing.minutes, from: timing.from };
  const given: [string, Json | undefined][] = [
    ['phase', step.phase],
    ['scope', step.scope],
    ['within', time(step.within)],
    ['due', time(step.due)],
    ['repeat', time(step.repeat)],
    [
      'after',
      step.after.length === 0
        ? undefined
        : step.after.map(({ text, perRow }) => (perRow === undefined ? text : `${text} (for each ${perRow})`)),
    ],
    [
      'evidence',
      step.evidence.length === 0
        ? undefined
        : step.evidence.map(({ what, how, where }) => [what, how, where].filter((part) => part !== undefined).join(' - ')),
    ],
    ['source', `${step.source.line}:${step.source.column}`],
  ];
  return Object.fromEntries(given.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}
