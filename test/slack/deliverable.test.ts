import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/record/command.ts';
import type { Json } from '../../src/room/json.ts';
import { checkBlocks, checkView, enforce } from '../../src/room/validation.ts';
import type { Card } from '../../src/slack/card.ts';
import { entryCard } from '../../src/slack/entry-card.ts';
import { fitting } from '../../src/slack/fitting.ts';
import {
  answerForm,
  assignForm,
  decisionForm,
  declareForm,
  evidenceForm,
  findingForm,
  overrideForm,
  reasonForm,
  rolesForm,
  stepsForm,
} from '../../src/slack/forms.ts';
import { homeView } from '../../src/slack/home.ts';
import { keepingForm, REASON_MAX } from '../../src/slack/keeping/forms.ts';
import { secondCard } from '../../src/slack/keeping/second-card.ts';
import { clip } from '../../src/slack/mrkdwn.ts';
import { statusCard } from '../../src/slack/status-card.ts';
import { stepCard } from '../../src/slack/steps/card.ts';
import { ADA, DECLARE, Play } from '../play.ts';

/** A card that Slack refuses is a lost step: whatever a runbook, a vendor or a tired person wrote, every card and form arrives. */
const NASTY = [
  '<!channel> <@U66> <https://evil.example|click>',
  '\u202egnp.exe\u202c',
  '\u200b\u200b',
  '&'.repeat(900),
  '<'.repeat(3000),
  'x'.repeat(3000),
  '👩‍💻'.repeat(300),
  'שלום עולם '.repeat(40),
  '*_~`',
  '&amp;&lt;',
];
const words = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 120 }),
  fc.lorem({ maxCount: 9 }),
);
const line = words.map((text) => text.replace(/\s+/g, ' '));
const many = (max: number) => fc.array(line, { maxLength: max });

const step = fc
  .record({
    title: line,
    role: fc.option(line),
    body: fc.constantFrom('', 'Why. '.repeat(8000), '&'.repeat(4000), 'Because it spreads.'),
    checks: many(70),
    options: many(30),
    evidence: many(12),
    after: many(9),
    warnings: many(5),
    commands: many(3),
  })
  .map((one) =>
    [
      `### ${one.title}`,
      '',
      ...(one.role === null ? [] : [`Role: ${one.role}`]),
      ...one.after.map((text) => `After: ${text}`),
      '',
      one.body,
      '',
      ...one.warnings.map((text) => `> [!WARNING]\n> ${text}\n`),
      ...one.commands.map((text) => `\`\`\`sh\n${text}\n\`\`\`\n`),
      ...one.checks.map((text) => `- [ ] ${text}`),
      '',
      'Evidence:',
      '',
      ...one.evidence.map((text) => `- [ ] ${text}`),
      '',
      ...(one.options.length === 0 ? [] : ['Options:', '']),
      ...one.options.map((text) => `- **${text}** → it follows`),
    ].join('\n'),
  );

const runbook = fc
  .record({ title: line, steps: fc.array(step, { minLength: 1, maxLength: 3 }), more: fc.constantFrom(0, 0, 0, 120) })
  .map(({ title, steps, more }) =>
    [
      `# ${title}`,
      '',
      '## Contain',
      '',
      ...steps,
      ...Array.from({ length: more }, (_, i) => `### Another step ${i}\n\nParallel: yes\n\n- [ ] it\n`),
    ].join('\n\n'),
  );

const happened = fc.record({ title: line, name: line, texts: fc.array(words, { minLength: 1, maxLength: 12 }), step: fc.nat(4) });

/** A record in which everything that people write is nasty. */
function played(
  source: string,
  { title, name, texts, step: at }: { title: string; name: string; texts: string[]; step: number },
): Play {
  const play = new Play(source);
  const person = { account: 'slack/T1/U9', name };
  const steps = () => play.view().guide?.steps.map((guided) => guided.step.id) ?? [];
  play.do({ ...DECLARE, title: title.trim() === '' ? 'x' : title });
  for (const text of texts) {
    const id = steps()[at % Math.max(1, steps().length)] ?? '';
    const commands: Command[] = [
      { do: 'recordNote', text },
      { do: 'recordFinding', about: text, status: 'suspected', text, source: text },
      { do: 'openAsk', question: text, to: person, due: '2026-01-05T12:00:00Z' },
      {
        do: 'takeDecision',
        question: text,
        choice: text,
        reason: text,
        outcome: 'deferred',
        review: '2026-01-05T12:00:00Z',
        authority: text,
        dissent: text,
        reversible: 'no',
        cites: [1],
      },
      { do: 'offerHandover', role: 'lead', to: person, brief: text },
      { do: 'assignRole', role: 'technical-lead', to: person },
      { do: 'describeEvidence', evidence: 'words', step: id, text },
      { do: 'assignStep', step: id, to: person },
      { do: 'blockStep', step: id, reason: text },
      { do: 'skipStep', step: steps()[1] ?? id, reason: text },
      { do: 'completeStep', step: steps()[2] ?? id, note: text, override: text },
    ];
    for (const command of commands) play.do(command, ADA);
  }
  return play;
}

function deliverable(card: Card): void {
  const { text, blocks } = fitting(card);
  checkBlocks(blocks as unknown as Json);
  enforce('chat.update', { text });
  expect(text.trim(), 'a notification and a screen reader have something to say').not.toBe('');
  expect(JSON.stringify([text, textsOf(blocks)]), 'no link and no call that somebody typed').not.toMatch(
    /<!channel|<@U66>|<https:\/\/evil/,
  );
  expect(JSON.stringify([text, blocks]), 'nothing turns the text around or hides it').not.toMatch(
    /[\u202a-\u202e\u2066-\u2069\u200b]/,
  );
}

/** The texts in which Slack reads markup. */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && value.type === 'mrkdwn' && 'text' in value ? [String(value.text)] : [];
  return [...own, ...Object.values(value).flatMap(textsOf)];
}

describe('whatever was written, Slack takes it', () => {
  test('every card', () => {
    fc.assert(
      fc.property(runbook, happened, (source, what) => {
        const view = played(source, what).view();
        deliverable(statusCard(view));
        for (const guided of view.guide?.steps.slice(0, 12) ?? []) deliverable(stepCard(view, guided));
        for (const entry of view.entries) deliverable(entryCard(view, entry));
        const reason = clip(what.texts[0] ?? '', REASON_MAX);
        deliverable(
          secondCard(view, { id: 'a', by: { ...ADA, name: clip(what.name, 80) }, wish: { do: 'placeHold', hold: 'h', reason } }),
        );
      }),
      { numRuns: 150, endOnFailure: true, interruptAfterTimeLimit: 20_000 },
    );
  });

  test('every form, and the Home tab', () => {
    fc.assert(
      fc.property(runbook, happened, (source, what) => {
        const view = played(source, what).view();
        const about = { record: view.incident.record, step: view.guide?.steps[0]?.step.id ?? '' };
        const kinds = Array.from({ length: 130 }, (_, i) => ({ value: `runbook-${i}`, text: what.title }));
        const forms = [
          stepsForm(view),
          findingForm(view),
          rolesForm(view),
          decisionForm(view, undefined, { question: what.title, choice: what.title, reason: what.title }),
          evidenceForm(about, what.title),
          assignForm(about, what.title),
          answerForm(about, what.title),
          reasonForm('step.skip', 'Skip a step', 'Skip', `Why is "${what.title}" skipped?`, about),
          declareForm(kinds, 'C1'),
          ...['correct', 'label', 'erase', 'hold', 'rename'].flatMap((what) => keepingForm(what, view.incident) ?? []),
          ...(view.guide?.steps.slice(0, 6) ?? []).flatMap((guided) => [decisionForm(view, guided), overrideForm(guided, about)]),
        ];
        for (const form of forms) checkView(form as unknown as Json, 'modal');
        checkView(
          homeView(
            Array.from({ length: 30 }, () => view),
            'T1',
          ) as unknown as Json,
          'home',
        );
      }),
      { numRuns: 150, endOnFailure: true, interruptAfterTimeLimit: 20_000 },
    );
  });
});

test('of a runbook of 220 steps each one can be chosen, and of a step of 70 lines each one can be read', () => {
  const steps = Array.from({ length: 220 }, (_, i) => `### Step number ${i}\n\n- [ ] it`).join('\n\n');
  const lines = Array.from({ length: 70 }, (_, i) => `- [ ] line ${i} of it`).join('\n');
  const view = new Play(`# Long\n\n## Contain\n\n### First\n\n${lines}\n\n${steps}`).given(DECLARE).view();
  const form = JSON.stringify(stepsForm(view));
  expect((view.guide?.steps ?? []).filter(({ step }) => !form.includes(`"value":"${step.id}"`))).toEqual([]);
  expect((view.guide?.steps ?? []).filter(({ step }) => !form.includes(`. ${step.title}`))).toEqual([]);
  const first = view.guide?.steps[0];
  const card = JSON.stringify(first === undefined ? '' : fitting(stepCard(view, first)));
  for (let i = 0; i < 70; i++) expect(card).toContain(`line ${i} of it`);
});
