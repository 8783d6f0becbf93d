import { describe, expect, test } from 'vitest';
import { openTemplates } from '../src/cli/templates.ts';
import { viewOf } from '../src/desk/view.ts';
import { check } from '../src/notice/gate.ts';
import type { Command } from '../src/record/command.ts';
import { drafted } from '../src/slack/notices/desk.ts';
import { lawsAsked, reportsOf } from '../src/slack/notices/laws.ts';
import { plainRecord } from '../src/slack/notices/record.ts';
import { DECLARE, Play } from './play.ts';

/** What was said for the clocks fills the fields of the authorities' forms, cited, and passes the gate like anything else. */
const shelf = openTemplates('runbooks', { info: () => {}, warn: () => {}, error: () => {} });
const SAID: Command[] = [
  { do: 'setAnchor', anchor: 'aware', at: '2026-01-05T08:30:00Z' },
  { do: 'setAnchor', anchor: 'discovered', at: '2026-01-05' },
  { do: 'setAnchor', anchor: 'occurred', at: '2026-01-04' },
  {
    do: 'setFacts',
    facts: [
      { fact: 'residents.US-CA', value: 1200 },
      { fact: 'data_elements', value: ['name', 'ssn'] },
      { fact: 'individuals_total', value: 1312 },
      { fact: 'entity.role', value: 'owner' },
    ],
  },
];
const VALUES = {
  client: 'Contoso Dental',
  contact: 'Dana Reyes, phone +1 512 555 0142',
  product: 'Kestrel Remote',
  vendor: 'Kestrel',
};

function view() {
  const play = new Play().given(DECLARE, ...SAID);
  return viewOf('us', play.incident, undefined, play.entries, Date.UTC(2026, 0, 5, 10));
}

describe('a form under a law', () => {
  test.each(
    shelf.forms().flatMap(({ id }) => ['regulator_initial', 'affected_client', 'individual_letter'].map((kind) => [id, kind])),
  )('%s in %s: what is filled in is carried by the record', (law, kind) => {
    const template = shelf.template(kind, [law])!;
    const values = { ...VALUES, regimes: law };
    const draft = drafted(view(), template, 'n1', values);
    const { problems } = check(draft, plainRecord(view(), values), template);
    const wrong = problems.filter(({ level, rule }) => level === 'truth' && rule !== 'text.unknown');
    expect(wrong.map(({ sentence, message }) => `${draft.sentences[sentence ?? 0]?.text} ${message}`)).toEqual([]);
  });

  test('has the times, numbers and kinds of data that the clocks run on, and our own contact', () => {
    const draft = drafted(view(), shelf.template('regulator_initial', ['us-state-ag'])!, 'n1', {
      ...VALUES,
      regimes: 'us-state-ag',
    });
    const text = draft.sentences.map((sentence) => sentence.text);
    expect(text).toEqual(
      expect.arrayContaining([
        'Date of the incident: 4 January 2026.',
        'Residents by state: 1200 (US-CA).',
        'Types of information: name, social security number.',
        'Contact: Dana Reyes, phone +1 512 555 0142.',
      ]),
    );
    expect(draft.sentences.find((sentence) => sentence.text.startsWith('Date of the incident'))?.cites).toHaveLength(1);
  });
});

describe('the laws of a notice', () => {
  test('are those whose duties are owed, and each authority gets a report of its own', () => {
    const owing = view();
    const sealed = (state: string) => ({ sealed: { state }, filings: [] }) as never;
    owing.incident.owed.duties.set('eu-gdpr-33-authority', {
      duty: 'eu-gdpr-33-authority',
      ...(sealed('dated') as object),
    } as never);
    owing.incident.owed.duties.set('us-tx-ag', { duty: 'us-tx-ag', ...(sealed('dated') as object) } as never);
    owing.incident.owed.duties.set('us-nydfs-incident', {
      duty: 'us-nydfs-incident',
      ...(sealed('not-triggered') as object),
    } as never);
    const asked = lawsAsked(owing, shelf.forms());
    expect(asked).toEqual(['gdpr-33', 'us-state-ag']);
    expect(reportsOf(shelf.template('regulator_initial')!, shelf.forms(), asked)).toEqual([['gdpr-33'], ['us-state-ag']]);
    expect(reportsOf(shelf.template('holding')!, shelf.forms(), asked)).toEqual([[]]);
  });
});
