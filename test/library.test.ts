import { describe, expect, test } from 'vitest';
import { clauseHolds } from '../src/runbook/clauses.ts';
import { type Runbook, type Step, stepsOf } from '../src/runbook/runbook.ts';
import { answers, library, walk } from './walk.ts';

const names = [...library.keys()];

function runbookOf(name: string): Runbook {
  const found = library.get(name);
  if (found === undefined) throw new Error(`no runbook ${name}`);
  return found.runbook;
}

function stepOf(name: string, id: string): Step {
  const found = stepsOf(runbookOf(name)).find((step) => step.id === id);
  if (found === undefined) throw new Error(`${name} has no step ${id}`);
  return found;
}

/** Ids of the steps, and sentences, that a step waits for. */
function waitsFor(name: string, id: string): string[] {
  return stepOf(name, id).after.map((before) => before.step ?? before.text);
}

test('the library holds the nine cases a small team meets', () => {
  expect(names).toEqual([
    'breach-letter.md',
    'build-system.md',
    'compromised-update.md',
    'mass-exploitation.md',
    'msp-tool-compromise.md',
    'open-source-worm.md',
    'our-provider-was-hit.md',
    'saas-data-theft.md',
    'vendor-outage.md',
  ]);
});

describe.each(names)('%s', (name) => {
  const runbook = runbookOf(name);
  const steps = stepsOf(runbook);

  test('compiles without a problem, under its own file name', () => {
    expect(runbook.problems).toEqual([]);
    expect(`${runbook.id}.md`).toBe(name);
    expect(runbook.review).toBe('2027-05-01');
    expect(runbook.language).toBe('en');
  });

  test('every step has a role that the runbook names, and a time', () => {
    expect(steps.filter(({ role }) => role === undefined || !runbook.roles.includes(role)).map(({ id }) => id)).toEqual([]);
    expect(steps.filter(({ within, due }) => within === undefined && due === undefined).map(({ id }) => id)).toEqual([]);
  });

  test('every step says why in a sentence, and what to do in ticks or options', () => {
    expect(steps.filter(({ body }) => !/^\p{Lu}.*[.?]/u.test(body.trim())).map(({ id }) => id)).toEqual([]);
    expect(steps.filter(({ checks, options }) => checks.length + options.length < 2).map(({ id }) => id)).toEqual([]);
  });

  test('no sentence runs over twenty-four words', () => {
    const long = steps
      .flatMap(({ body, checks, warnings }) => [body.replace(/^Source:.*$/gm, ''), ...checks.map(({ text }) => text), ...warnings])
      .flatMap((text) => text.split(/[.?!:;\n]+/))
      .filter((sentence) => sentence.trim().split(/\s+/).length > 24);
    expect(long).toEqual([]);
  });

  test('every decision has two options or more, one default, a consequence for each, and a way out', () => {
    const decisions = steps.filter(({ kind }) => kind === 'decision');
    expect(decisions.length).toBeGreaterThan(0);
    for (const { id, options } of decisions) {
      expect(options.length, id).toBeGreaterThan(1);
      expect(options.filter(({ isDefault }) => isDefault === true).length, id).toBe(1);
      for (const option of options) {
        expect(option.consequence, `${id}: ${option.label}`).toMatch(/\w/);
        const leads = option.to !== undefined || option.askAgainMinutes !== undefined || library.has(option.runbook ?? '');
        expect(leads, `${id}: ${option.label}`).toBe(true);
      }
    }
  });

  test('every path through its decisions reaches the end, under all answers to its questions', () => {
    const passed = new Set<string>();
    for (const facts of answers(runbook)) {
      const walked = walk(runbook, facts);
      expect(walked.stuck).toEqual([]);
      expect(walked.backward).toEqual([]);
      for (const id of walked.passed) passed.add(id);
    }
    expect(steps.map(({ id }) => id).filter((id) => !passed.has(id))).toEqual([]);
  });

  test('no path meets a precondition that it has jumped over', () => {
    const ids = new Set(steps.map(({ id }) => id));
    for (const facts of answers(runbook)) {
      const { passed, before } = walk(runbook, facts);
      for (const step of steps.filter(({ id }) => passed.has(id))) {
        for (const { step: wanted } of step.after.filter((after) => after.step !== undefined)) {
          const target = steps.find(({ id }) => id === wanted);
          const closed = target?.if !== undefined && !clauseHolds(target.if, facts);
          expect(ids.has(wanted ?? ''), `${step.id} waits for ${wanted}`).toBe(true);
          expect(closed || before.get(step.id)?.has(wanted ?? ''), `${step.id} waits for ${wanted}`).toBe(true);
        }
      }
    }
  });

  test('every question of the front matter opens or closes something', () => {
    const used = new Set(steps.flatMap((step) => [step.if?.fact, ...step.clauses.map(({ fact }) => fact)]));
    expect(runbook.questions.map(({ fact }) => fact).filter((fact) => !used.has(fact))).toEqual([]);
  });

  test('links lead to headings on GitHub too', () => {
    const source = library.get(name)?.source ?? '';
    const anchors = new Set(
      [...source.matchAll(/^#+ (.*)$/gm)].map(([, text]) =>
        (text ?? '')
          .toLowerCase()
          .replace(/[^\p{L}\p{N}\s-]/gu, '')
          .replace(/ /g, '-'),
      ),
    );
    const links = [...source.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor ?? '');
    expect(links.filter((anchor) => !anchors.has(anchor))).toEqual([]);
    const files = [...source.matchAll(/\]\(([^#)]+\.md)\)/g)].map(([, file]) => file ?? '');
    expect(files.filter((file) => !library.has(file))).toEqual([]);
  });

  test('says what one person alone does, where its claims come from, and that it is no legal advice', () => {
    const context = runbook.context.map(({ title, body }) => `${title}\n${body}`).join('\n');
    expect(context).toMatch(/If you are alone[\s\S]*\w/);
    expect(context).toMatch(/no legal advice/);
    expect(steps.filter(({ body }) => /^Source: \w/m.test(body)).length).toBeGreaterThanOrEqual(3);
  });

  test('every notice says as of when it is true, and uses none of the words that backfire', () => {
    const notices = steps.flatMap((step) => step.notices).filter(({ to }) => to !== 'client-phone');
    expect(notices.length).toBeGreaterThan(3);
    expect(notices.filter(({ vars }) => !vars.includes('as_of')).map(({ subject }) => subject)).toEqual([]);
    const traps =
      /\b(no evidence|abundance of caution|sophisticated|limited number|isolated|promptly|immediately|secure|safe|fully resolved|guarantee|never|negligent|our fault)\b/i;
    expect(
      notices.filter(({ body }) => traps.test(body)).map(({ subject, body }) => `${subject}: ${traps.exec(body)?.[0]}`),
    ).toEqual([]);
  });
});

describe('preconditions that prevent harm', () => {
  test('a key to the code is revoked only after its machines are cut off and the watcher is gone', () => {
    expect(waitsFor('open-source-worm.md', 'remove-the-watcher-and-what-else-was-left')).toContain(
      'isolate-every-machine-in-the-window',
    );
    const waits = waitsFor('open-source-worm.md', 'revoke-the-keys-to-the-code');
    expect(waits).toContain('remove-the-watcher-and-what-else-was-left');
    const perKey = stepOf('open-source-worm.md', 'revoke-the-keys-to-the-code').after.find(({ perRow }) => perRow !== undefined);
    expect(perKey?.text).toMatch(/off the network and its watcher is removed/);
  });

  test('leaked secrets are listed before any log is hidden', () => {
    expect(waitsFor('build-system.md', 'hide-the-leaked-logs')).toContain('list-the-secrets-of-each-build');
    expect(waitsFor('open-source-worm.md', 'revoke-the-keys-that-publish')).toContain('record-what-leaked-then-hide-it');
  });

  test('nothing is restored or removed before its copy is taken', () => {
    expect(waitsFor('msp-tool-compromise.md', 'restore-one-client-as-a-pilot')).toContain(
      'secure-images-before-anything-is-repaired',
    );
    expect(waitsFor('compromised-update.md', 'remove-it-and-keep-it-out')).toContain('copy-the-evidence-before-removing-anything');
    expect(waitsFor('mass-exploitation.md', 'patch-and-prove-the-version')).toContain('save-records-before-the-patch');
    expect(waitsFor('mass-exploitation.md', 'build-it-new-and-change-its-keys')).toContain('cut-off-and-copy-what-was-broken-into');
    expect(waitsFor('saas-data-theft.md', 'install-the-fix-on-our-own-server')).toContain('take-a-snapshot-of-our-own-server');
    expect(waitsFor('build-system.md', 'build-our-build-machines-new').join()).toMatch(/copy of the disk exists/);
    expect(waitsFor('open-source-worm.md', 'set-up-machines-and-build-again').join()).toMatch(/copy of the disk exists/);
    expect(waitsFor('our-provider-was-hit.md', 'have-your-computers-checked').join()).toMatch(/full copy/);
  });

  test('the insurer is called before lawyers and investigators are hired', () => {
    expect(waitsFor('msp-tool-compromise.md', 'bring-in-counsel')).toContain('call-the-insurer');
    expect(waitsFor('msp-tool-compromise.md', 'secure-images-before-anything-is-repaired')).toContain('call-the-insurer');
    expect(waitsFor('our-provider-was-hit.md', 'find-somebody-who-can-come')).toContain('call-your-insurer');
    expect(waitsFor('breach-letter.md', 'bring-in-counsel')).toContain('call-insurer');
  });

  test('the compromised tool is not used to contain itself, and passwords are changed from clean machines', () => {
    expect(waitsFor('msp-tool-compromise.md', 'block-the-tool-at-the-client').join()).toMatch(
      /not done through the compromised tool/,
    );
    expect(waitsFor('msp-tool-compromise.md', 'change-every-credential-the-tool-could-reach')).toContain(
      'move-our-own-work-to-a-clean-machine',
    );
    expect(waitsFor('our-provider-was-hit.md', 'shut-the-door-to-your-mail-and-files').join()).toMatch(
      /which my provider never set up/,
    );
  });
});

describe('our provider was hit', () => {
  const name = 'our-provider-was-hit.md';
  const source = library.get(name)?.source ?? '';

  test('uses no word that a shop owner would have to look up', () => {
    const jargon =
      /\b(RMM|MSP|SaaS|EDR|XDR|SIEM|SOC|IOCs?|IR|C2|DNS|VPN|MFA|2FA|SSO|API|OAuth|token|tenant|endpoints?|firewall|exfiltrat\w*|lateral|malware|ransomware|phishing|credentials?|forensics?|triage|contain(ment)?|eradicat\w*|remediat\w*|mitigat\w*|artifacts?|hash(es)?|snapshot|log(s|ging)|admin(istrator)?s?|privileg\w*|persistence|payload|vector|vulnerabilit\w*|exploit\w*|zero-day|patch\w*|stakeholders?|breach coach|FNOL|subrogation|indemnity|controller|processor|data subject|regulator|counsel|CISA|NIST|ENISA|CSIRT|playbook|runbook|incident|agent|server|remote access|backdoor|encrypt\w*|decrypt\w*|authenticat\w*|domain|script|update ring|cloud|image|out-of-band|escalat\w*|waiver|liabilit\w*|compromis\w*|breach\w*|browser|protocol|URL|SMS|router|affected party|pursuant)\b/i;
    const read = source
      .replace(/^---[\s\S]*?\n---\n/, '')
      .replace(/^```notice to=\S+/gm, '')
      .replace(/^## References[\s\S]*$/m, '');
    const hits = [...read.matchAll(new RegExp(jargon, 'gi'))].map(([word]) => word);
    expect(hits).toEqual([]);
  });

  test('is written in short sentences of short words', () => {
    const text = stepsOf(runbookOf(name))
      .flatMap((step) => [step.body.replace(/^Source:.*$/gm, ''), ...step.checks.map((check) => check.text), ...step.warnings])
      .join('\n');
    const sentences = text.split(/[.?!\n:]+/).filter((part) => part.trim() !== '');
    const words = text.split(/\s+/).filter((word) => /\w/.test(word));
    expect(words.length / sentences.length).toBeLessThan(12);
    expect(words.join('').length / words.length).toBeLessThan(5);
  });

  test('from nothing to the door shut, the insurer called and the first notice held ready takes no path around them', () => {
    for (const facts of answers(runbookOf(name))) {
      const before = walk(runbookOf(name), facts).before.get('when-do-we-send-it');
      for (const id of [
        'shut-the-door-to-your-computers',
        'shut-the-door-to-your-mail-and-files',
        'call-your-insurer',
        'have-the-first-notice-ready',
      ])
        expect(before?.has(id) || (id === 'shut-the-door-to-your-computers' && before?.has('pull-the-internet-plug')), id).toBe(
          true,
        );
    }
  });

  test('the first hour asks for nothing but the owner, and ends with the insurer called', () => {
    const hour = stepsOf(runbookOf(name)).filter(({ within }) => (within?.minutes ?? 9999) <= 60);
    expect(hour.map(({ role }) => role).every((role) => role === 'Owner')).toBe(true);
    expect(hour.at(-1)?.id).toBe('call-your-insurer');
  });
});
