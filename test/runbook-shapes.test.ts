import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compile } from '../src/runbook/compile.ts';
import { type Check, type Runbook, stepsOf } from '../src/runbook/runbook.ts';

/** Shapes that public runbooks take, each in words of our own. */
const FOLDER = join(import.meta.dirname, 'fixtures', 'runbooks');
const open = (name: string): Runbook => compile(readFileSync(join(FOLDER, `${name}.md`), 'utf8'), { file: `${name}.md` });

const texts = (checks: Check[]): string[] => checks.flatMap((check) => [check.text, ...texts(check.checks)]);
/** What a reader could tick, in order: titles of steps and the lines under them. */
const ticks = (runbook: Runbook): string[] => stepsOf(runbook).flatMap((step) => [step.title, ...texts(step.checks)]);
const phases = (runbook: Runbook): string[] => runbook.phases.map(({ title }) => title);

describe('unedited runbooks of the public shapes', () => {
  test('phases below a heading of their own, with bold labels over their lists', () => {
    const runbook = open('phases-with-bold-labels');
    expect(phases(runbook)).toEqual([
      'Detection & Triage (0-15 min)',
      'Containment (15 min - 2 hours)',
      'Recovery (2 days - 1 week)',
    ]);
    expect(ticks(runbook)).toEqual([
      'Receive the alert and open a ticket',
      'Name a commander',
      'Start the call',
      'Ticket opened',
      'Commander named',
      'Isolate the affected servers',
      'Revoke stolen credentials',
      'Stolen account',
      'Disable the account',
      'Servers isolated',
      'Credentials revoked',
      'Restore from a clean backup',
      'Watch for a second attack',
    ]);
  });

  test('tables with a column of boxes are check lists; pictures and look-up tables are not', () => {
    const runbook = open('tables-with-boxes');
    expect(phases(runbook)).toEqual(['Analysis', 'Containment', 'Recovery']);
    expect(stepsOf(runbook).map(({ title, checks }) => [title, checks.map(({ text }) => text)])).toEqual([
      ['Sign-in review', ['Address of the sign-in', 'Device used']],
      ['Scope', ['Is it one account or several?']],
      ['Immediate Actions', ['Disable the account in the directory', 'End all sessions']],
      ['Recovery', ['Give the account back', 'Watch it for two days']],
    ]);
    expect(stepsOf(runbook)[2]?.within?.minutes).toBe(10);
    expect(stepsOf(runbook)[2]?.checks[0]?.note).toBe('Tool: Directory');
  });

  test('folds that only say "expand" are no headings, and lists of sources are no steps', () => {
    const runbook = open('folds');
    expect(phases(runbook)).toEqual(['Preparation', 'Contain / Eradicate']);
    expect(ticks(runbook)).toEqual([
      'Keep a list of',
      'our domains',
      'who may register one',
      'Review the reports of the month',
      'Block',
      'Update the mail filter',
      'Submit to others',
      'Was malware opened?',
    ]);
  });

  test('items tagged with their phase are the runbook, in the order of the list', () => {
    const runbook = open('tagged');
    expect(phases(runbook)).toEqual(['Preparation', 'Detection and Analysis', 'Containment', 'Recovery', 'Containment']);
    expect(ticks(runbook).slice(0, 5)).toEqual([
      'Make an inventory',
      'Train the team',
      'Review the audit log',
      'Switch off the key',
      'Issue a new key',
    ]);
  });

  test('without phases the headings are the steps, and "Delegate to" is a role', () => {
    const runbook = open('no-phases');
    expect(phases(runbook)).toEqual(['Response']);
    expect(stepsOf(runbook).map(({ title }) => title)).toEqual([
      'Checklist',
      'Attack Mitigation',
      'Cut Off the Way In',
      'Gather the Team',
      'Isolate Machines',
      'Compromised Data',
      'Assess Risk',
      'External Communication',
    ]);
    expect(stepsOf(runbook).at(-1)?.role).toBe('Marketing Team');
  });

  test('an alert told in prose gives its orders as checks and keeps its words', () => {
    const runbook = open('alert');
    expect(phases(runbook)).toEqual(['Diagnosis', 'Mitigation']);
    expect(ticks(runbook)).toEqual([
      'Diagnosis',
      'Log in to the node',
      'Check which folder grew',
      'Rotation',
      'Validate that the timer runs',
      'Mitigation',
      'If the rotation stopped, start it again',
    ]);
    expect(stepsOf(runbook)[0]?.body).toContain('The log rotation may have stopped.');
    expect(runbook.context.map(({ title }) => title)).toEqual(['Meaning', 'Impact']);
  });

  test('comments over commands say what to do', () => {
    expect(ticks(open('commented-commands'))).toEqual([
      'Initial Triage',
      'Check the load balancer',
      'Check the error rate of the last hour',
      'Configuration is missing',
      'Clear the cache',
      'Rollback',
      'Restore the version before',
    ]);
  });

  test('a phase inside a fence is read, and a reference list is not', () => {
    const runbook = open('fenced-preparation');
    expect(phases(runbook)).toEqual(['Preparation', 'Investigate', 'Remediate', 'Contain']);
    expect(ticks(runbook)).toEqual([
      'Patch browsers',
      'Log network traffic',
      'Monitor for',
      'Odd name look-ups',
      'Alerts of the scanner',
      'Plan remediation events with the teams.',
      'Take the machines off the network',
    ]);
  });

  test('groups of a phase open into steps, and objectives, inputs and overviews of the phases are no steps', () => {
    const runbook = open('objectives-and-groups');
    expect(phases(runbook)).toEqual(['Preparation (Ongoing)', 'Identification', 'Containment']);
    expect(ticks(runbook)).toEqual([
      'Verify that the tools connect.',
      'Maintain lists',
      'All domains of ours.',
      'Receive the report',
      'Categorize the mail',
      'Decide which kind it is.',
      'Containment',
      'Purge it from all mailboxes',
      'Reset the password',
    ]);
  });

  test('plain lines over lists name the phases where no heading does', () => {
    const runbook = open('plain-labels');
    expect(phases(runbook)).toEqual(['Diagnosis', 'Mitigations', 'Verification']);
    expect(ticks(runbook)).toContain('Restart the receiver.');
  });

  test('a heading such as "Actions" or "Checklist" inside a phase only groups its list, HTML lists included', () => {
    const runbook = open('generic-headings');
    expect(ticks(runbook)).toEqual([
      'Isolate the hosts',
      'Block the addresses',
      'Backups checked',
      'Systems rebuilt',
      'Tell the owner',
      'Close the case',
    ]);
    expect(stepsOf(runbook).map(({ group }) => group)).toEqual([
      'Actions',
      'Actions',
      'Checklist',
      'Checklist',
      'Checklist',
      'Checklist',
    ]);
  });

  test('in another language every list is work, and unknown headings are phases beside known ones', () => {
    const runbook = open('deutsch');
    expect(phases(runbook)).toEqual(['Sofortmaßnahmen', 'Eindämmung', 'Nachbereitung']);
    expect(ticks(runbook)).toHaveLength(5);
  });

  test('phases are known in Spanish too', () => {
    expect(phases(open('espanol'))).toEqual(['Contención', 'Erradicación', 'Lecciones Aprendidas']);
  });

  test('a title and one list is a runbook', () => {
    expect(ticks(open('short-list'))).toEqual(['Keep the mail.', 'Find everybody who got it.', 'Reset the password where needed.']);
  });

  test('examples, measures and letters in a report-like playbook are context', () => {
    const runbook = open('report-like');
    expect(phases(runbook)).toEqual(['Detection', 'Containment', 'Recovery (Expanded Validation)', 'Lessons Learned (Actionable)']);
    expect(runbook.context.map(({ title }) => title)).toEqual([
      'Purpose',
      'Scope',
      'Primary Indicators',
      'Timeline & Escalation (Example from this incident)',
      'User Communication (Copy-Paste Template)',
      'Metrics (Track Every Time)',
    ]);
  });
});
