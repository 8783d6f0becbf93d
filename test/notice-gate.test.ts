import { describe, expect, test } from 'vitest';
import type { Sentence } from '../src/notice/draft.ts';
import { draftSchema } from '../src/notice/draft.ts';
import { check } from '../src/notice/gate.ts';
import { recordSchema } from '../src/notice/record.ts';
import { recordNamed, template } from './notice-cases.ts';

type Given = { text: string; cites?: string; type?: Sentence['type']; client?: string; kind?: string; record?: string };

/** Problems of one sentence, on the Kestrel record unless another is named. */
function problems({ text, cites = '', type, client = 'alder', kind, record = 'vsa' }: Given) {
  const draft = draftSchema.parse({ client, kind, sentences: [{ text, cites: cites.split(',').filter(Boolean), type }] });
  return check(draft, recordNamed(record), kind === undefined ? undefined : template(kind)).problems.filter(
    ({ sentence }) => sentence === 0,
  );
}
const rules = (given: Given) =>
  problems(given)
    .filter(({ level }) => level === 'truth')
    .map(({ rule }) => rule);
const traps = (given: Given) =>
  problems(given)
    .filter(({ level }) => level === 'wording')
    .map(({ rule }) => rule);

describe('values', () => {
  test.each([
    ['We switched VSA01 off at 19:53 UTC.', '2', 'value.time'],
    ['We switched VSA01 off at 19:35 CEST.', '2', 'value.time'],
    ['We switched VSA01 off at 19:35.', '2', 'value.zone_missing'],
    ['15 workstations and 2 servers are encrypted.', '5', 'value.number'],
    ['2 workstations and 14 servers are encrypted.', '5', 'value.counts'],
    ['41 of 60 clients had endpoints encrypted; 12 clients had none.', '3', 'value.role'],
    ['60 of 12 clients had endpoints encrypted.', '3', 'value.role'],
    ['The test restore of FS-02 took 95 hours.', '7', 'value.duration'],
    ['The test restore of FS-03 took 95 minutes.', '7', 'value.id'],
    ['1,200 patients are minors.', '11', 'value.counts'],
    ['Kestrel Systems now expects patch 9.5.8 on 11 July 2026 at 20:00 UTC.', '9', 'value.version'],
    ['The attackers are suspected to have entered through CVE-2026-30117.', '4', 'value.id'],
    ['Two clients are hit, exactly 300 of them minors.', '11', 'value.number'],
  ])('refuses "%s"', (text, cites, rule) => {
    expect(rules({ text, cites, client: cites === '11' ? 'brook' : 'alder' })).toContain(rule);
  });

  test.each([
    ['We switched the VSA server off at 21:35 CEST on 2 July 2026.', '2'],
    ['Fourteen workstations and two servers are encrypted.', '5'],
    ['A dozen of our 60 clients had encrypted endpoints, 41 had none, and seven are still being checked.', '3'],
    ['Our VSA server was off 95 minutes after the alert.', '1,2'],
    ['The restore test of file server FS-02 took an hour and 35 minutes.', '7'],
  ])('lets "%s" pass', (text, cites) => {
    expect(rules({ text, cites })).toEqual([]);
  });

  test('an as-of time is carried, and is not the time of the event', () => {
    expect(rules({ text: 'As of 19:40 UTC, VSA01 is switched off.', cites: '2' })).toEqual([]);
    expect(rules({ text: 'VSA01 was switched off at 19:40 UTC.', cites: '2' })).toContain('value.time');
  });

  test('a time given to another event of the same entry is refused', () => {
    const record = 'npm';
    expect(rules({ record, client: 'acme', cites: 'n3', text: 'The build pipeline was paused at 07:48 UTC.' })).toContain(
      'value.role',
    );
    expect(rules({ record, client: 'acme', cites: 'n3', text: 'The build pipeline was paused at 07:31 UTC.' })).toEqual([]);
  });

  test('a weekday has to fall on its date', () => {
    expect(rules({ text: 'On Monday 2 July 2026 we switched VSA01 off.', cites: '2' })).toContain('value.weekday');
    expect(rules({ text: 'On Thursday 2 July 2026 we switched VSA01 off.', cites: '2' })).toEqual([]);
  });

  test('typed values are evidence as much as the text', () => {
    const given = { record: 'oauth', client: 'riva', cites: 'e04' };
    expect(rules({ ...given, text: 'We found nine passwords in case texts.' })).toEqual([]);
    expect(rules({ ...given, text: 'We found ten passwords in case texts.' })).toContain('value.number');
  });
});

describe('citations', () => {
  test.each([
    ['uncited', '', 'citation.missing'],
    ['invented', 'zz', 'citation.unknown'],
    ["another client's", '11', 'citation.foreign'],
    ['replaced', '16', 'citation.superseded'],
    ['privileged', '13', 'citation.privileged'],
    ['redacted', '15', 'citation.redacted'],
  ])('an %s entry carries nothing', (_, cites, rule) => {
    expect(rules({ text: 'Workstations at Alder Clinic are encrypted.', cites })).toContain(rule);
  });

  test('a correction may cite what it replaces, beside what replaces it', () => {
    const draft = draftSchema.parse({
      client: 'alder',
      kind: 'correction',
      sentences: [
        { text: 'On 2 July we told you that 9 workstations were encrypted.', cites: [16] },
        { text: 'The count was replaced after a second sweep.', cites: [17] },
      ],
    });
    expect(check(draft, recordNamed('vsa')).ok).toBe(true);
  });

  test('the entry that says it is cited, not another one', () => {
    expect(rules({ text: 'All 38 domain passwords were reset from a clean machine.', cites: '7' })).not.toEqual([]);
  });
});

describe('status', () => {
  test.each([
    ['The attackers entered through CVE-2026-30116.', '4', 'status.suspected'],
    ['It is confirmed that the attackers entered through CVE-2026-30116.', '4', 'status.suspected'],
    ['Patient records were copied.', '6', 'status.unknown'],
    ['We know that patient records were copied.', '6', 'status.unknown'],
    ['We suspect that 14 workstations and 2 servers are encrypted.', '5', 'status.confirmed'],
    ['The attackers had access to the cloud mailboxes of Alder Clinic.', '12', 'status.ruled_out'],
    ['Access to the cloud mailboxes has not been ruled out.', '12', 'status.ruled_out'],
  ])('refuses "%s"', (text, cites, rule) => {
    expect(rules({ text, cites })).toContain(rule);
  });

  test('a known fact in the subjunctive is a trap with a better sentence', () => {
    const given = { text: 'Workstations at your practice may have been encrypted.', cites: '5' };
    expect(traps(given)).toContain('wording.hypothetical');
    expect(problems(given).find(({ rule }) => rule === 'wording.hypothetical')?.suggestion).toMatch(/fact/);
  });

  test('permission is no doubt', () => {
    expect(rules({ text: 'You may have duties of your own; please ask your counsel.', type: 'ask' })).toEqual([]);
  });
});

describe('meaning', () => {
  test.each([
    ['The backups of 1 July were encrypted.', '7', 'polarity'],
    ['VSA01 was not switched off at 19:35 UTC.', '2', 'polarity'],
    ['VSA01 was switched on at 19:35 UTC.', '2', 'polarity.opposite'],
    ['We decided to restore the 2 servers instead of rebuilding them.', '20', 'order'],
    ['Julia Brandt declined the rebuild of the 2 servers.', '20', 'polarity.opposite'],
    ['14 workstations are encrypted because an employee opened a phishing mail.', '5', 'claim.cause'],
    ['14 workstations are encrypted, and card data was stolen.', '5', 'claim.unsupported'],
    ['14 workstations are encrypted by the Volt Spider group.', '5', 'name'],
    ['Kestrel Systems switched VSA01 off at 19:35 UTC.', '2', 'claim.actor'],
    ['Patch 9.5.7 will be available on 11 July 2026 at 20:00 UTC.', '9', 'claim.vendor_promise'],
    ['We will have patch 9.5.7 on 11 July 2026 at 20:00 UTC.', '9', 'claim.vendor_promise'],
    ['The alert of Kestrel Systems came after we had switched VSA01 off.', '1,2', 'order'],
  ])('refuses "%s"', (text, cites, rule) => {
    expect(rules({ text, cites })).toContain(rule);
  });

  test('no draft names another client, whatever the sentence is', () => {
    expect(rules({ text: 'Please do not speak about this with Brookfield Dental Group.', type: 'ask' })).toContain(
      'name.other_client',
    );
    expect(rules({ text: 'Cedar had the same problem.', cites: '5' })).toContain('name.other_client');
  });

  test('a fact cannot hide as an ask, a promise or a fixed line', () => {
    for (const type of ['ask', 'promise', 'fixed'] as const) {
      expect(rules({ text: 'Twelve servers were encrypted.', type, kind: 'holding' })).toContain('citation.missing');
    }
  });

  test('characters that nobody sees are refused', () => {
    expect(rules({ text: 'VSA01 switched off at 19:\u200b35 UTC.', cites: '2' })).toContain('text.hidden');
  });

  test('a gap in the draft stands in its way', () => {
    expect(rules({ text: 'Our next update comes by [[UNKNOWN: time]].', type: 'promise' })).toEqual(['text.unknown']);
  });
});

describe('absence', () => {
  const scoped =
    'We reviewed the Entra sign-in logs from 25 June to 3 July 2026 and found no sign-in from the attacker addresses; mailbox audit logs before 1 July are not available.';

  test('is said only with what was checked, over which period, and what was missing', () => {
    expect(rules({ text: scoped, cites: '12' })).toEqual([]);
    expect(rules({ text: 'Your cloud mailboxes were not accessed.', cites: '12' })).toContain('absence.scope');
    expect(rules({ text: 'There is no evidence of access to your cloud mailboxes.', cites: '12' })).toContain('absence.scope');
  });

  test('is never wider than what was checked', () => {
    expect(rules({ text: `Your network was not accessed: ${scoped}`, cites: '12' })).toContain('absence.wider');
  });

  test('is never told to a client on entries that are not about it', () => {
    expect(rules({ text: 'You are not affected.', cites: '3' })).toContain('absence.basis');
  });

  test('not knowing is no absence', () => {
    expect(rules({ text: 'We do not know yet whether patient records were copied.', cites: '6' })).toEqual([]);
  });
});

describe('wording', () => {
  test.each([
    ['Out of an abundance of caution we write to you.', 'wording.abundance'],
    ['This was a highly sophisticated attack.', 'wording.sophisticated'],
    ['Only a limited number of machines is concerned.', 'wording.limited'],
    ['We reacted promptly.', 'wording.promptly'],
    ['Your data is completely safe.', 'wording.safe'],
    ['This was our fault.', 'wording.fault'],
    ['There was a data breach.', 'wording.breach'],
    ['We take the security of your data very seriously.', 'wording.marketing'],
    ['Steps have been taken.', 'wording.passive'],
    ['See https://evil.example/x for more.', 'wording.live_address'],
    ['The password is Winter2026!x.', 'wording.credential'],
    ['Use the key AKIAABCDEFGHIJKLMNOP.', 'wording.credential'],
  ])('"%s" is a trap', (text, rule) => {
    const found = problems({ text }).find((it) => it.rule === rule);
    expect(found?.level).toBe('wording');
    expect(found?.suggestion?.length).toBeGreaterThan(10);
  });

  test('regret is allowed', () => {
    expect(traps({ text: 'We are sorry for the disruption this causes you.' })).toEqual([]);
  });

  test('a word that a statute prescribes is exempt in its fixed line, and nowhere else', () => {
    expect(problems({ text: 'Notice of Data Breach', type: 'fixed', kind: 'individual_letter' })).toEqual([]);
    expect(traps({ text: 'Notice of a Data Breach', type: 'fixed', kind: 'individual_letter' })).toContain('wording.breach');
  });

  test('a fixed line differs by not one byte', () => {
    expect(problems({ text: 'What Happened.', type: 'fixed', kind: 'individual_letter' }).map(({ rule }) => rule)).toContain(
      'fixed.differs',
    );
  });
});

describe('form', () => {
  const whole = (text: string, kind: string) => {
    const draft = draftSchema.parse({ client: 'alder', kind, sentences: [{ text, cites: ['2'] }] });
    return check(draft, recordNamed('vsa'), template(kind));
  };

  test('names a missing next update, as-of time and part, and blocks nothing', () => {
    const { ok, problems: found } = whole('We switched our VSA server off.', 'holding');
    expect(ok).toBe(true);
    expect(found.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['wording.as_of', 'wording.next_update', 'form.length', 'form.part']),
    );
  });
});

describe('the record', () => {
  test('a draft of another record is refused', () => {
    const draft = draftSchema.parse({ record: 'other', client: 'alder', sentences: [] });
    expect(check(draft, recordNamed('vsa')).problems.map(({ rule }) => rule)).toContain('draft.record');
  });

  test('an empty record carries nothing', () => {
    const record = recordSchema.parse({ entries: [] });
    const draft = draftSchema.parse({ sentences: [{ text: 'VSA01 was switched off.', cites: ['1'] }] });
    expect(check(draft, record).ok).toBe(false);
  });
});
