import { describe, expect, test } from 'vitest';
import { readRegister } from '../src/inventory/register.ts';
import { previewImport } from '../src/inventory/register-import.ts';

describe('the register of clients', () => {
  test('YAML with everything a client can carry', () => {
    const { clients, problems } = readRegister(`
id: acme
name: Acme GmbH
contacts: [{name: Ada, role: owner, mobile: "+49 170 1", email: ada@acme.example}]
place: Berlin
zone: Europe/Berlin
jurisdictions: {DE: 40, US-TX: unknown}
data_elements: [name, health]
sector: clinic
role: owner
products: [{name: VSA, publisher: Kaseya, version: 9.50}]
contracts: [{party: Acme, kind: dpa, hours: 48, anchor: aware}]
insurance: {insurer: Example Re, policy: "007", hotline: "+49 30 2"}
backup: off site
tolerable_downtime_hours: 8
`);
    expect(problems).toEqual([]);
    expect(clients[0]).toMatchObject({
      id: 'acme',
      jurisdictions: { DE: 40, 'US-TX': 'unknown' },
      products: [{ version: '9.50' }],
      insurance: { policy: '007' },
      tolerable_downtime_hours: 8,
    });
  });

  test('JSON, a list, and {clients: [...]} are read alike', () => {
    expect(readRegister('[{"id":"a","name":"A"},{"id":"b","name":"B"}]').clients.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(readRegister('clients:\n- {id: a, name: A}\n').clients.map(({ id }) => id)).toEqual(['a']);
  });

  test('a client that contradicts the form is skipped and named with its field; an unknown key is a warning', () => {
    const { clients, problems } = readRegister(
      '- {id: a, name: A, zone: Mars/North}\n- {id: b, name: B, colour: red}\n- {id: "x y", name: C}\n',
    );
    expect(clients.map(({ id }) => id)).toEqual(['b']);
    expect(problems.map(({ level, client, field }) => [level, client, field])).toEqual([
      ['error', 'a', 'zone'],
      ['warning', 'b', 'colour'],
      ['error', 'x y', 'id'],
    ]);
  });

  test('a duplicate is named and skipped, by id or by name', () => {
    const { clients, problems } = readRegister('- {id: a, name: Acme}\n- {id: a, name: Other}\n- {id: c, name: " ACME "}\n');
    expect(clients).toHaveLength(1);
    expect(problems.map(({ message }) => message)).toEqual([
      'Client a (Other) was skipped: it is already there as a (Acme).',
      'Client c (ACME) was skipped: it is already there as a (Acme).',
    ]);
  });

  test('an unreadable register is said to be one', () => {
    expect(readRegister('a: [').problems[0]?.message).toMatch(/^The register cannot be used: .*line 1/);
  });
});

describe('importing clients from a table', () => {
  test('the preview shows what each column became and who would be added', () => {
    const preview = previewImport(
      'Firma;Ansprechpartner;Handy;E-Mail;Branche;Versicherer;Policennummer;Meldefrist (Stunden);Lieblingsfarbe\nAcme GmbH;Ada;+49 170 1;ada@acme.example;clinic;Example Re;007;48;rot\n',
      [],
    );
    expect(preview.columns.map(({ field }) => field)).toEqual([
      'name',
      'contact',
      'mobile',
      'email',
      'sector',
      'insurer',
      'policy',
      'noticeHours',
      null,
    ]);
    expect(preview.clients).toEqual([
      {
        id: 'acme-gmbh',
        name: 'Acme GmbH',
        contacts: [{ name: 'Ada', mobile: '+49 170 1', email: 'ada@acme.example' }],
        sector: 'clinic',
        insurance: { insurer: 'Example Re', policy: '007' },
        contracts: [{ kind: 'msa', hours: 48 }],
      },
    ]);
    expect(preview.problems).toEqual([]);
  });

  test('a second row with another contact adds it; with other details it is a duplicate, named and skipped', () => {
    const preview = previewImport('Company Name,Contact,Mobile,City\nAcme,Ada,1,Berlin\nacme,Bob,2,Berlin\nAcme,Eve,3,Paris\n', []);
    expect(preview.clients).toHaveLength(1);
    expect(preview.clients[0]?.contacts.map(({ name }) => name)).toEqual(['Ada', 'Bob']);
    expect(preview.addedContacts).toEqual([{ row: 3, client: 'acme' }]);
    expect(preview.problems.map(({ row }) => row)).toEqual([4]);
  });

  test('a client already in the register is never overwritten', () => {
    const preview = previewImport('Client,City\nAcme,Paris\n', [{ id: 'a1', name: 'ACME', contacts: [] }]);
    expect(preview.clients).toEqual([]);
    expect(preview.problems[0]?.message).toBe('Row 2 was skipped: Acme is already in the register as a1.');
  });

  test('formulas become text and are named; a phone number is none', () => {
    const preview = previewImport('Client,Contact,Mobile\n"=HYPERLINK(""http://x"",""Acme"")",@SUM(A1),+49 170 1\n', []);
    expect(preview.clients[0]?.name).toBe('\'=HYPERLINK("http://x","Acme")');
    expect(preview.clients[0]?.contacts[0]).toEqual({ name: "'@SUM(A1)", mobile: '+49 170 1' });
    expect(preview.problems.map(({ field }) => field)).toEqual(['contact', 'name']);
  });

  test('a table without a column of names is refused with a sentence', () => {
    expect(previewImport('a,b\n1,2\n', []).problems[0]?.message).toContain('No column');
    expect(previewImport('', []).problems).toHaveLength(1);
  });
});
