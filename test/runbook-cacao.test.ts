import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCacao } from '../src/runbook/cacao.ts';
import type { Json } from '../src/runbook/cacao-id.ts';
import { compile } from '../src/runbook/compile.ts';
import { skeleton } from '../src/runbook/skeleton.ts';
import { sha1, uuid5 } from '../src/runbook/uuid5.ts';
import { library } from './walk.ts';

const NOW = '2026-10-24T09:00:00.000Z';
type Node = {
  type: string;
  on_completion?: string;
  on_true?: string;
  on_false?: string;
  next_steps?: string[];
  cases?: Record<string, string>;
  agent?: string;
  commands?: { command_b64: string }[];
};
type Playbook = {
  id: string;
  workflow_start: string;
  workflow: Record<string, Node>;
  agent_definitions: Record<string, Json>;
  playbook_variables?: Record<string, Json>;
};

const playbook = (text: string): Playbook => JSON.parse(JSON.stringify(toCacao(compile(text, { file: 'one.md' }), NOW)));
const pointers = (node: Node): string[] =>
  [node.on_completion, node.on_true, node.on_false, ...(node.next_steps ?? []), ...Object.values(node.cases ?? {})].filter(
    (id) => id !== undefined,
  );

/** What CACAO's own schema does not look at: every pointer leads somewhere, everything is reached, and every way ends. */
function faults({ workflow, workflow_start, agent_definitions }: Playbook): string[] {
  const found = Object.entries(workflow).flatMap(([id, node]) => [
    ...pointers(node)
      .filter((to) => workflow[to] === undefined)
      .map((to) => `${id} points to ${to}`),
    ...(node.type === 'end' || pointers(node).length > 0 ? [] : [`${id} leads nowhere`]),
    ...(node.agent === undefined || node.agent in agent_definitions ? [] : [`${id} has an unknown agent`]),
    ...(id.startsWith(`${node.type}--`) ? [] : [`${id} is a ${node.type}`]),
  ]);
  const reached = new Set<string>();
  for (const open = [workflow_start]; open.length > 0; ) {
    const id = open.pop() ?? '';
    if (reached.has(id)) continue;
    reached.add(id);
    open.push(...pointers(workflow[id] ?? { type: 'end' }));
  }
  const ends = new Set(Object.keys(workflow).filter((id) => workflow[id]?.type === 'end'));
  for (let size = -1; size !== ends.size; ) {
    size = ends.size;
    for (const [id, node] of Object.entries(workflow)) if (pointers(node).some((to) => ends.has(to))) ends.add(id);
  }
  return [
    ...found,
    ...Object.keys(workflow)
      .filter((id) => !ends.has(id))
      .map((id) => `${id} never ends`),
    ...[...reached].filter((id) => workflow[id] === undefined),
  ];
}

describe('a runbook as a CACAO playbook', () => {
  test.each([...library.keys()])('%s: every pointer leads on and every branch ends', (name) => {
    const made: Playbook = JSON.parse(JSON.stringify(toCacao(library.get(name)?.runbook ?? compile('', { file: name }), NOW)));
    expect(faults(made)).toEqual([]);
    expect(Object.keys(made.workflow).length).toBeGreaterThan(10);
  });

  test('two options are an if, three a switch with its default, a condition comes back, a notice is composed and delivered', () => {
    const made = playbook(skeleton('Something broke', 'something-broke', '2027-01-01'));
    expect(faults(made)).toEqual([]);
    const kinds = Object.values(made.workflow).map(({ type }) => type);
    expect(kinds).toContain('switch-condition');
    expect(kinds).toContain('if-condition');
    const choice = Object.values(made.workflow).find(({ type }) => type === 'switch-condition');
    expect(Object.keys(choice?.cases ?? {})).toEqual(['1-yes', '2-no', '3-we-cannot-say', 'default']);
    expect(choice?.cases?.default).toBe(choice?.cases?.['2-no']);
    expect(Object.keys(made.playbook_variables ?? {})).toContain('__personal_data__');
    expect(Object.values(made.workflow).find(({ commands }) => commands?.length === 2)).toBeDefined();
  });

  test('neighbours that may be open together are branches with an end each', () => {
    const made = playbook('## Contain\n\n### A (parallel)\n\n- Do\n\n### B (parallel)\n\n- Do\n\n### C\n\n- Do\n');
    const fork = Object.values(made.workflow).find(({ type }) => type === 'parallel');
    expect(fork?.next_steps).toHaveLength(2);
    expect(new Set(fork?.next_steps?.map((id) => made.workflow[id]?.on_completion)).size).toBe(2);
    expect(faults(made)).toEqual([]);
  });

  test('ids come from the runbook alone: a second export differs in its date only', () => {
    const runbook = compile(skeleton('One', 'one', '2027-01-01'), { file: 'one.md' });
    const [first, second] = [toCacao(runbook, NOW), toCacao(runbook, '2026-11-01T00:00:00.000Z')];
    expect(second).toEqual({ ...first, created: '2026-11-01T00:00:00.000Z', modified: '2026-11-01T00:00:00.000Z' });
  });

  test('instructions survive as UTF-8 in base64', () => {
    const made = playbook('## Contain\n\n### Sperre das Konto für Müller\n\n- [ ] Prüfen ✓\n');
    const [command] = Object.values(made.workflow).find(({ type }) => type === 'action')?.commands ?? [];
    expect(Buffer.from(command?.command_b64 ?? '', 'base64').toString('utf8')).toContain('Prüfen ✓');
  });

  test('any set of steps and options gives whole pointers and branches that end', () => {
    const step = fc.record({
      parallel: fc.boolean(),
      fact: fc.boolean(),
      options: fc.array(fc.tuple(fc.nat(5), fc.constantFrom('to', 'text', 'again', 'file')), { maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
        const option = ([to, kind]: [number, string]) =>
          ({ to: `[x](#step-${to % steps.length})`, text: 'go on', again: 'wait; ask again in 1 hour', file: '[x](other.md)' })[
            kind
          ] ?? '';
        const text = steps.map(
          ({ parallel, fact, options }, index) =>
            `### Step ${index}${options.length > 0 ? '?' : ''}${fact ? ' (if data)' : ''}${parallel ? ' (parallel)' : ''}\n\n${options.map((one, at) => `- **O${at}** → ${option(one)}`).join('\n') || '- Do'}\n`,
        );
        const made = playbook(`## Contain\n\n${text.join('\n')}`);
        expect(faults(made).filter((fault) => !fault.includes('never ends'))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('name-based ids', () => {
  test('SHA-1 and version 5 agree with their published examples', () => {
    const hex = (text: string) => Buffer.from(sha1(new TextEncoder().encode(text))).toString('hex');
    expect(hex('abc')).toBe('a9993e364706816aba3e25717850c26c9cd0d89d');
    expect(hex('')).toBe('da39a3ee5e6b4b0d3255bfef95601890afd80709');
    expect(hex('a'.repeat(1000))).toBe('291e9a6c66994949b57ba5e650361e98fc36b1ba');
    expect(uuid5('http://www.example.com/')).toBe('fcde3c85-2270-590f-9e7c-ee003d65e0e2');
  });
});
