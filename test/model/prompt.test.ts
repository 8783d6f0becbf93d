import { describe, expect, test } from 'vitest';
import { Consultation } from '../../src/desk/consult.ts';
import type { Model, PromptView, SaidMessage } from '../../src/desk/model-port.ts';
import { visible, withoutSecrets } from '../../src/desk/secrets.ts';
import { type RecordView, viewOf } from '../../src/desk/view.ts';
import type { Entry } from '../../src/record/entry.ts';
import { fold } from '../../src/record/fold.ts';
import { emptyIncident } from '../../src/record/incident.ts';

const NOW = '2026-03-02T10:00:00.000Z';

/** A record of these events, one entry each. */
function recordOf(events: Partial<Entry>[]): RecordView {
  const entries = events.map(
    (event, i) =>
      ({
        record: 'inc-a',
        of: 'incident',
        seq: i + 1,
        at: NOW,
        actor: 'p1',
        via: 'bot',
        label: 'internal',
        drill: false,
        ...event,
      }) as Entry,
  );
  return viewOf('us', fold(entries, emptyIncident('inc-a', 'incident')), undefined, entries, Date.parse(NOW));
}

const note = (text: string, more: Partial<Entry> = {}): Partial<Entry> =>
  ({ kind: 'note.recorded', body: {}, texts: { text }, ...more }) as Partial<Entry>;
const person: Partial<Entry> = {
  kind: 'actor.named',
  body: { person: 'p1' },
  texts: { name: 'Ada Lovelace', account: 'slack/T1/U12345678' },
} as Partial<Entry>;

/** A model that remembers what it was told, and echoes. */
function listener(): { model: Model; heard: string[] } {
  const heard: string[] = [];
  const keep = (question: unknown, about: PromptView | readonly SaidMessage[]) => heard.push(JSON.stringify([question, about]));
  return {
    heard,
    model: {
      answer: async (question, about) => {
        keep(question, about);
        return { value: about.facts.map(({ text, seq }) => ({ text, cites: [seq] })), tokens: 1 };
      },
      draft: async (facts, kind) => {
        heard.push(JSON.stringify([kind, facts]));
        return { value: [], tokens: 1 };
      },
      translate: async (sentences, language) => {
        heard.push(JSON.stringify([language, sentences]));
        return { value: [...sentences], tokens: 1 };
      },
      propose: async (messages, about) => {
        keep(about, messages);
        return { value: [], tokens: 1 };
      },
    },
  };
}

describe('what a prompt may hold', () => {
  test('no name of somebody whom the record does not know: a speaker, or one who is called by name', async () => {
    const { model, heard } = listener();
    const said = { number: 1, at: NOW, speaker: 'Grace Hopper', text: 'ask @Chidi Park and grace about the keys' };
    const told = await new Consultation(model, recordOf([person]), ['Grace Hopper']).propose([said]);
    expect(told).toHaveProperty('value');
    expect(heard.join()).not.toMatch(/Grace|Hopper|Chidi|Park/i);
    expect(heard.join()).toContain('about the keys');
  });

  test.each([
    'password: hunter2-summer',
    'the token is xoxb-123456789012-abcdefghij',
    'AKIAIOSFODNN7EXAMPLE in the log',
    'ghp_abcdefghijklmnopqrstuvwxyz0123456789',
    'postgres://admin:s3cr3tpass@db.internal/x',
    'Authorization: Bearer abcdefghijklmnop.qrstuv',
    '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc_def',
  ])('no secret: %s', (text) => {
    const rest = withoutSecrets(text);
    expect(rest).toContain('[secret removed]');
    expect(rest).not.toMatch(/hunter2|xoxb-1|AKIAIOS|ghp_a|s3cr3t|abcdefghijklmnop|MIIE|eyJhb/);
  });

  test('hashes, versions and times stay: a notice may need them', () => {
    const text = 'SHA-256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 of 9.5.7a at 19:35 UTC';
    expect(withoutSecrets(visible(text))).toBe(text);
  });

  test('no names, mailboxes or numbers of people; and the answer has them back', async () => {
    const { model, heard } = listener();
    const view = recordOf([person, note('Ada Lovelace (ada@firm.example, +44 20 7946 0958) pulled the plug at 2021-07-02 19:35')]);
    const told = await new Consultation(model, view).answer('what did Ada do?');
    expect(heard[0]).not.toMatch(/Ada|Lovelace|firm\.example|7946/);
    expect(heard[0]).toContain('2021-07-02 19:35');
    expect('value' in told && told.value[0]?.text).toBe(
      'Ada Lovelace (ada@firm.example, +44 20 7946 0958) pulled the plug at 2021-07-02 19:35',
    );
  });

  test('nothing that counsel labelled, at first or later', async () => {
    const { model, heard } = listener();
    const view = recordOf([
      person,
      note('open words'),
      note('privileged words', { label: 'counsel' }),
      note('labelled later'),
      { kind: 'entry.relabelled', body: { of: 4, label: 'counsel' }, texts: {} } as Partial<Entry>,
    ]);
    await new Consultation(model, view).answer('what?');
    await new Consultation(model, view).draft('holding');
    expect(heard.join()).toContain('open words');
    expect(heard.join()).not.toMatch(/privileged|labelled later/);
  });

  test('a record of 300 entries costs under 6,000 tokens', async () => {
    const { model, heard } = listener();
    const words = 'The log of host RMM-1 shows a connection from 203.0.113.7 that nobody can explain yet. ';
    await new Consultation(
      model,
      recordOf([person, ...Array.from({ length: 300 }, (_, i) => note(`${i} ${words.repeat(3)}`))]),
    ).draft('holding');
    expect((heard[0] ?? '').length / 3).toBeLessThan(6_000);
  });

  test('no hidden characters', async () => {
    const { model, heard } = listener();
    const tag = String.fromCodePoint(0xe0041, 0xe0042);
    await new Consultation(model, recordOf([person, note(`plain${tag}\u200b\u202e words`)])).answer(`what${tag}?`);
    expect(heard[0]).toContain('plain words');
    expect(heard[0]).not.toMatch(/[\u{e0000}-\u{e007f}\u200b\u202e]/u);
  });
});
