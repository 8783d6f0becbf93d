import { describe, expect, test } from 'vitest';
import { decode } from '../src/inventory/encoding.ts';
import { sameMaker } from '../src/inventory/product.ts';
import { readSoftwareTable } from '../src/inventory/software-table.ts';
import { dayOrder, tableDate } from '../src/inventory/table-date.ts';

const rows = (text: string) =>
  readSoftwareTable('list.csv', text).components.map(({ name, publisher, version, installedAt, where }) => [
    name,
    publisher ?? '',
    version ?? '',
    installedAt ?? '',
    where,
  ]);

describe('software lists of the common tools', () => {
  test.each([
    ['English', 'Device Name,Software Name,Publisher,Version,Install Date\nPC1,VSA,Kaseya,9.5.6,2021-03-12\n'],
    [
      'German, semicolons, dotted dates',
      'Gerätename;Anwendung;Hersteller;Version;Installationsdatum\nPC1;VSA;Kaseya;9.5.6;12.03.2021\n',
    ],
    ['French', "Poste;Logiciel;Éditeur;Version;Date d'installation\nPC1;VSA;Kaseya;9.5.6;12.03.2021\n"],
    ['Spanish', 'Equipo;Programa;Fabricante;Versión;Fecha de instalación\nPC1;VSA;Kaseya;9.5.6;12.03.2021\n'],
    ['Italian', 'Computer;Programma;Produttore;Versione;Data di installazione\nPC1;VSA;Kaseya;9.5.6;12.03.2021\n'],
    ['Dutch', 'Apparaat;Toepassing;Leverancier;Versie;Installatiedatum\nPC1;VSA;Kaseya;9.5.6;12.03.2021\n'],
    ['another order, tabs', 'Version\tInstalled On\tVendor\tMachine\tProduct\n9.5.6\t20210312\tKaseya\tPC1\tVSA\n'],
    ['a column `Name` for the device', 'Name,Software,Manufacturer,Version,Installed\nPC1,VSA,Kaseya,9.5.6,12 Mar 2021\n'],
    [
      'registry names',
      '"ComputerName","DisplayName","Publisher","DisplayVersion","InstallDate"\n"PC1","VSA","Kaseya","9.5.6","20210312"\n',
    ],
    ['a serial date', 'Device,Software,Publisher,Version,Install Date\nPC1,VSA,Kaseya,9.5.6,44267\n'],
  ])('%s', (_, text) => {
    expect(rows(text)).toEqual([['VSA', 'Kaseya', '9.5.6', '2021-03-12', 'list.csv:2']]);
  });

  test('a preamble, a sep= line, quoted newlines, empty lines: each row keeps its own line', () => {
    const text =
      'sep=;\nSoftware report\nGenerated 2021-07-02\n\nGerät;Anwendung;Hersteller;Version\nPC1;"VSA\nAgent";Kaseya;9.5.6\n\nPC2;Chrome;Google;91\n';
    expect(rows(text)).toEqual([
      ['VSA Agent', 'Kaseya', '9.5.6', '', 'list.csv:6'],
      ['Chrome', 'Google', '91', '', 'list.csv:9'],
    ]);
  });

  test('="9.5.6" is a text, any other formula is no value', () => {
    const table = readSoftwareTable(
      'list.csv',
      'Device,Software,Publisher,Version,Install Date\nPC1,VSA,Kaseya,"=""9.5.6""",=TODAY()\nPC2,VSA,=A1,=B1,\nPC3,"=HYPERLINK(""x"")",Kaseya,1,\n',
    );
    expect(
      table.components.map(({ version, publisher, installedAt, undecidable }) => ({
        version,
        publisher,
        installedAt,
        undecidable,
      })),
    ).toEqual([
      { version: '9.5.6', publisher: 'Kaseya', installedAt: undefined, undecidable: undefined },
      {
        version: undefined,
        publisher: undefined,
        installedAt: undefined,
        undecidable: 'its version cell holds a formula, which is not a value',
      },
    ]);
    expect(table.problems).toEqual([
      {
        file: 'list.csv',
        line: 4,
        message: 'The name cell holds a formula, which is not a value; the row was skipped.',
        loses: ['software'],
      },
    ]);
  });

  test('a version that stands only in the name is taken from it', () => {
    expect(rows('Device,Software,Publisher,Version\nPC1,TeamViewer 15.42.4 (x64),TeamViewer,\n')).toEqual([
      ['TeamViewer 15.42.4 (x64)', 'TeamViewer', '15.42.4', '', 'list.csv:2'],
    ]);
  });

  test('grants are told from software by their columns', () => {
    const grants = readSoftwareTable(
      'g.csv',
      'User principal name,App display name,Application (client) ID,Permissions,Consent date\na@x.org,Drift,00D1,Mail.Read,2025-08-09T10:00:00Z\n',
    );
    expect(grants.covers).toEqual(['oauth']);
    expect(grants.components[0]).toMatchObject({
      ecosystem: 'oauth',
      name: 'Drift',
      alsoNamed: ['00D1'],
      installedAt: '2025-08-09T10:00:00Z',
    });
    expect(readSoftwareTable('g.csv', 'User,App\na@x.org,Drift\n').covers).toEqual(['oauth']);
  });
});

describe('dates in tables', () => {
  test.each([
    ['12.03.2021', '2021-03-12'],
    ['12.03.2021 14:05', '2021-03-12T14:05:00'],
    ['2021-03-12 14:05:06', '2021-03-12T14:05:06'],
    ['20210312', '2021-03-12'],
    ['13/03/2021', '2021-03-13'],
    ['03/13/2021 2:05:06 PM', '2021-03-13T14:05:06'],
    ['12 Mar 2021', '2021-03-12'],
    ['12. März 2021', '2021-03-12'],
    ['March 12, 2021', '2021-03-12'],
    ['03/04/2021', undefined],
    ['31.02.2021', undefined],
    ['yesterday', undefined],
  ])('%s: %s', (text, iso) => {
    expect(tableDate(text, 'unknown')).toBe(iso);
  });

  test('a column shows by itself which way round it is written; a contradiction shows nothing', () => {
    expect(dayOrder(['03/04/2021', '25/12/2021'])).toBe('day first');
    expect(dayOrder(['03/04/2021', '12/25/2021'])).toBe('month first');
    expect(dayOrder(['25/12/2021', '12/25/2021'])).toBe('unknown');
    expect(tableDate('03/04/2021', 'day first')).toBe('2021-04-03');
    expect(tableDate('03/04/2021', 'month first')).toBe('2021-03-04');
  });
});

describe('encodings', () => {
  const text = 'Gerät;Größe;Zürich\r\nPC1;ß;€\r\n';
  const latin = (source: string) => Uint8Array.from([...source].map((letter) => (letter === '€' ? 0x80 : letter.charCodeAt(0))));

  test.each([
    ['UTF-8', new TextEncoder().encode(text)],
    ['UTF-8 with a mark', Uint8Array.from([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(text)])],
    ['UTF-16 LE with a mark', Uint8Array.from([0xff, 0xfe, ...Buffer.from(text, 'utf16le')])],
    ['UTF-16 LE without', Uint8Array.from(Buffer.from(text, 'utf16le'))],
    ['UTF-16 BE with a mark', Uint8Array.from([0xfe, 0xff, ...Buffer.from(text, 'utf16le').swap16()])],
    ['Windows-1252', latin(text)],
  ])('%s', (_, bytes) => {
    expect(decode(bytes)).toBe(text);
  });

  test.each([
    ['a spreadsheet file', Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00])],
    ['binary', Uint8Array.from([1, 2, 3, 0, 0, 0, 7, 9])],
    ['a UTF-8 mark before other bytes', Uint8Array.from([0xef, 0xbb, 0xbf, 0xe4, 0x20])],
    ['half a UTF-16 character', Uint8Array.from([0xff, 0xfe, 0x41])],
  ])('%s is refused', (_, bytes) => {
    expect(() => decode(bytes)).toThrow();
  });
});

describe('a maker spelled three ways', () => {
  test.each([
    ['Kaseya, Inc.', 'KASEYA INC'],
    ['Kaseya', 'Kaseya Holdings Ltd.'],
    ['SimpleHelp Ltd.', 'SimpleHelp Limited'],
    ['TeamViewer Germany GmbH', 'TeamViewer'],
    ['Müller & Co. KG', 'Muller'],
    ['3CX', '3CX Ltd'],
    ['N-able, Inc.', 'N-able'],
  ])('%s and %s are one', (a, b) => {
    expect(sameMaker(a, b)).toBe(true);
    expect(sameMaker(b, a)).toBe(true);
  });

  test.each([
    ['Kaseya', 'Kasera'],
    ['SolarWinds', 'Solar'],
    ['Acme', 'Global Acme'],
  ])('%s and %s are two', (a, b) => {
    expect(sameMaker(a, b)).toBe(false);
  });
});
