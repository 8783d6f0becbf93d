import { describe, expect, test } from 'vitest';
import { loadForms } from '../src/cli/law-files.ts';
import { headingOf, type LegalForm } from '../src/law/form.ts';
import { KINDS } from '../src/notice/draft.ts';
import { check } from '../src/notice/gate.ts';
import { withForms } from '../src/notice/legal-parts.ts';
import { render } from '../src/notice/render.ts';
import { SELECTIONS } from '../src/notice/selection.ts';
import { fixedSentences, parseTemplate, regimesOf } from '../src/notice/template.ts';
import { sentenceOf } from '../src/notice/wording-of-entry.ts';
import { CASES, recordNamed, TEMPLATE_FILES, template } from './notice-cases.ts';

const facts = (name: string, client: string, values = {}, regimes: string[] = []) => ({
  id: 'n',
  record: recordNamed(name),
  client,
  values,
  regimes,
});

describe('the templates', () => {
  test('there is one for every kind', () => {
    expect(TEMPLATE_FILES.map((name) => name.replace('.md', '')).sort()).toEqual([...KINDS].sort());
  });

  test.each(KINDS)('%s names only selections that exist', (kind) => {
    for (const line of template(kind).lines) if (line.type === 'facts') expect(Object.keys(SELECTIONS)).toContain(line.selection);
  });

  test.each(KINDS)('%s renders from every record for every client, and its own gate finds nothing but what is unknown', (kind) => {
    for (const { record } of CASES) {
      for (const client of [...record.clients.map(({ id }) => id), 'shared']) {
        const draft = render(template(kind), { id: 'n', record, client, values: {}, regimes: regimesOf(template(kind)) });
        const found = check(draft, record, template(kind)).problems.filter(
          ({ level, rule }) => level === 'truth' && rule !== 'text.unknown',
        );
        expect(
          found.map(
            (it) => `${record.id} ${client}: ${it.message} | ${it.sentence === null ? '' : draft.sentences[it.sentence]?.text}`,
          ),
        ).toEqual([]);
      }
    }
  });

  test('facts cite, fixed lines stand as they are, the rest is an ask, a promise or a courtesy', () => {
    const draft = render(
      template('per_client_status'),
      facts('vsa', 'alder', { next_update: '10:00 UTC', do_now: 'Please leave all machines off' }),
    );
    const fixed = fixedSentences(template('per_client_status'));
    for (const { text, cites, type } of draft.sentences) {
      if (type === 'fact') expect(cites.length).toBeGreaterThan(0);
      if (type === 'fixed') expect(fixed.has(text)).toBe(true);
    }
    expect(draft.sentences.find(({ type }) => type === 'promise')?.text).toBe('Our next update comes by 10:00 UTC.');
  });

  test('a client reads of itself and of the vendor incident only', () => {
    const draft = render(template('facts_pack'), facts('vsa', 'alder'));
    const text = draft.sentences.map((it) => it.text).join(' ');
    expect(text).toContain('14 Windows workstations');
    expect(text).not.toMatch(/Brookfield|Cedar|minors/);
    expect(text).not.toMatch(/liability wording|9 Windows workstations|11 Windows workstations/);
  });

  test('what nobody knows is shown, never guessed', () => {
    const draft = render(template('holding'), facts('plain', 'moss'));
    expect(draft.sentences.map(({ text }) => text)).toContain(
      'Our next update comes by [[UNKNOWN: time of the next update, with its zone]].',
    );
  });

  test('a value from outside the record brings the entries that carry it', () => {
    const draft = render(
      template('closing'),
      facts('vsa', 'alder', { cause: { text: 'decided to rebuild the 2 servers', cites: ['20'] } }),
    );
    expect(draft.sentences.find(({ text }) => text.startsWith('The cause') || text.startsWith('decided'))).toMatchObject({
      type: 'fact',
      cites: ['20'],
    });
  });

  test('the parts of a regime come only when asked for', () => {
    const [without, hipaa] = [[], ['hipaa']].map((regimes) =>
      render(template('regulator_initial'), facts('transfer', 'C1', {}, regimes))
        .sentences.map(({ text }) => text)
        .join(' '),
    );
    expect(without).not.toContain('HHS');
    expect(without).toContain('Who reports');
    expect(hipaa).toContain('Notice of breach and actions taken (HHS portal, section 4)');
    expect(hipaa).not.toMatch(/Art\. 33|Who reports/);
  });

  test('the letter to individuals has the headings of California, in order', () => {
    const text = render(template('individual_letter'), facts('formal', 'L1')).sentences.map((it) => it.text);
    const places = [
      'Notice of Data Breach',
      'What Happened',
      'What Information Was Involved',
      'What We Are Doing',
      'What You Can Do',
      'For More Information',
    ].map((heading) => text.indexOf(heading));
    expect(places).not.toContain(-1);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  test('an entry speaks with its status and its time in the zone of the client', () => {
    const entry = recordNamed('vsa').entries.find(({ id }) => id === '4');
    expect(sentenceOf(entry!, 'Europe/Berlin', 'Kestrel Systems')).toBe(
      'As of 3 July 2026, 11:00 UTC+02:00: We suspect, but have not confirmed: the attackers entered through CVE-2026-30116 in Kestrel VSA.',
    );
  });

  test('indicators leave defanged', () => {
    const draft = render(template('law_enforcement'), facts('vsa', 'shared'));
    expect(draft.sentences.map(({ text }) => text).join(' ')).toContain('203[.]0[.]113[.]77');
  });
});

describe('what the laws ask for', () => {
  const forms = loadForms();
  const kindsOf = (form: LegalForm) => KINDS.filter((kind) => form.parts.some(({ kinds }) => kinds.includes(kind)));
  const each = forms.flatMap((form) => kindsOf(form).map((kind) => ({ form, id: form.id, kind })));

  test('every law named has its form, and every form a notice', () => {
    const ids = ['gdpr-33', 'gdpr-34', 'nis2', 'cra', 'hipaa', 'hipaa-individuals', 'us-ca', 'us-state-ag', 'sec-8-k', 'nydfs'];
    expect(forms.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    for (const form of forms) expect(kindsOf(form).length, form.id).toBeGreaterThan(0);
  });

  test.each(each)('$id renders whole in $kind, in the order of its form, and the gate asks for its parts', ({ form, kind }) => {
    const base = template(kind);
    const asking = withForms({ ...base, lines: base.lines.filter(({ regime }) => regime === undefined) }, forms, [form.id]);
    const draft = render(asking, facts('vsa', 'alder', {}, [form.id]));
    const said = draft.sentences.map(({ text }) => text);
    const places = form.parts.filter(({ kinds }) => kinds.includes(kind)).map((part) => said.indexOf(headingOf(form, part)));
    expect(places).not.toContain(-1);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    const [from = 0, to = said.length] = places;
    const partly = { ...draft, sentences: draft.sentences.toSpliced(from, to - from) };
    const missing = (one: typeof draft) =>
      check(one, recordNamed('vsa'), asking).problems.filter(({ rule }) => rule === 'form.part');
    expect(missing(partly).length).toBeGreaterThan(missing(draft).length);
  });

  test('two authorities are each told everything', () => {
    const text = render(template('regulator_initial'), facts('vsa', 'alder', {}, ['gdpr-33', 'nis2'])).sentences;
    const first = text.filter(({ type }) => type === 'fact').map(({ cites }) => cites[0]);
    expect(new Set(first).size).toBeLessThan(first.length);
  });
});

describe('a template of your own', () => {
  const matter =
    'kind: holding\ntitle: t\nsubject: s\naudience: a\napprover: [owner]\nsecond_person: true\nwords: [1, 9]\ngrade: 8\nas_of: false\nnext_update: false\nmust: []';

  test.each([
    ['no front matter', '= text'],
    ['an unknown part', `---\n${matter.replace('must: []', 'must: [poem]')}\n---\n`],
    ['an unknown kind', `---\n${matter.replace('holding', 'poem')}\n---\n`],
    ['a line of no kind', `---\n${matter}\n---\nJust words.\n`],
    ['broken YAML', `---\nkind: [\n---\n`],
  ])('with %s is refused in one sentence', (_, text) => {
    expect(parseTemplate(text)).toMatchObject({ ok: false, message: expect.any(String) });
  });

  test('a line that cannot be read is named', () => {
    expect(parseTemplate(`---\n${matter}\n---\n= fine\nJust words.\n`)).toMatchObject({
      ok: false,
      message: expect.stringContaining('line 15'),
    });
  });
});
