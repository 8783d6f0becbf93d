import { ANYBODY, agentId, EXTENSION, type Json, playbookId, variableName } from './cacao-id.ts';
import { workflowOf } from './cacao-workflow.ts';
import { type Runbook, stepsOf } from './runbook.ts';
import { uuid5 } from './uuid5.ts';

const AUTHOR = `identity--${uuid5('firebreak:author')}`;

/**
 * A runbook as a CACAO 2.0 playbook: every step is manual, because people do it. All ids come from the runbook's id, so
 * two exports differ in `modified` alone. `now` is RFC 3339 with milliseconds, as section 3.1 of CACAO demands.
 */
export function toCacao(runbook: Runbook, now: string): { [key: string]: Json } {
  const steps = stepsOf(runbook);
  const flow = workflowOf(runbook);
  const facts = [...new Set(steps.flatMap((step) => (step.if === undefined ? [] : [step.if.fact])))];
  const variables = {
    ...flow.variables,
    ...Object.fromEntries(facts.map((fact) => [variableName(fact), factVariable(runbook, fact)])),
  };
  return {
    type: 'playbook',
    spec_version: 'cacao-2.0',
    id: playbookId(runbook.id),
    name: runbook.title,
    description: runbook.context.map(({ body }) => body).find((body) => body !== '') ?? runbook.title,
    playbook_types: ['mitigation', ...(steps.some((step) => step.notices.length > 0) ? ['notification'] : [])],
    playbook_activities: [...new Set(['step-sequence', ...flow.activities])],
    created_by: AUTHOR,
    created: now,
    modified: now,
    ...(runbook.appliesTo.length === 0 ? {} : { labels: runbook.appliesTo }),
    ...(Object.keys(variables).length === 0 ? {} : { playbook_variables: variables }),
    workflow_start: flow.start,
    workflow: flow.steps,
    agent_definitions: Object.fromEntries(
      [...new Set([...steps.map((step) => step.role ?? ANYBODY), ANYBODY])].map((role) => [
        agentId(role),
        { type: 'group', name: role },
      ]),
    ),
    extension_definitions: {
      [EXTENSION]: {
        type: 'extension-definition',
        name: 'Firebreak runbook step',
        description:
          'Phase, scope, soft deadlines in minutes, preconditions, evidence and the check list of a step. CACAO timeouts fail a step; these only remind.',
        created_by: AUTHOR,
        schema: 'phase, scope, within, due, repeat, after, evidence, checks, warnings, options',
        version: '1',
      },
    },
  };
}

function factVariable(runbook: Runbook, fact: string): Json {
  const question = runbook.questions.find((one) => one.fact === fact)?.question;
  return { type: 'bool', description: question ?? fact, external: true, constant: false };
}
