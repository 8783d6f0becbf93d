import { describe, expect, test } from 'vitest';
import { readAdvisories } from '../src/inventory/advisories.ts';
import { decode } from '../src/inventory/encoding.ts';
import { type ExposureReport, exposure } from '../src/inventory/exposure.ts';
import { readInventory } from '../src/inventory/inventory.ts';
import { tierOf } from '../src/inventory/tier.ts';

/** Sixty clients as their tools export them: 12 run an affected version, 41 do not, of 7 nobody can say. */
const ROWS = {
  affected: [
    'VSA Agent;Kaseya;9.5.6;12.03.2021',
    'Kaseya VSA Agent (x64);KASEYA, INC.;9.5.6.3011;',
    'VSA Agent 9.5.4;Kaseya International Limited;;03.07.2021',
  ],
  fixed: ['VSA Agent;Kaseya;9.5.7a;12.07.2021'],
  lookalike: ['VSA Agent Monitor;Kaseya;9.5.6;12.03.2021', 'VSA Agent;Vista Signs AG;9.5.6;12.03.2021'],
  other: ['Google Chrome;Google LLC;91.0.4472.124;01.07.2021'],
};

type Kind = 'affected' | 'fixed' | 'lookalike' | 'other' | 'nothing' | 'broken';
const EXPECTED: Record<Kind, string> = {
  affected: 'present_in_window',
  fixed: 'present_outside_window',
  lookalike: 'not_present',
  other: 'not_present',
  nothing: 'unknown',
  broken: 'unknown',
};

const kinds: Kind[] = [
  ...Array<Kind>(12).fill('affected'),
  ...Array<Kind>(6).fill('fixed'),
  ...Array<Kind>(10).fill('lookalike'),
  ...Array<Kind>(25).fill('other'),
  ...Array<Kind>(4).fill('nothing'),
  ...Array<Kind>(3).fill('broken'),
];

const HEADERS = [
  'Device;Software;Publisher;Version;Install Date',
  'Gerätename;Anwendung;Hersteller;Version;Installationsdatum',
  'Poste;Logiciel;Éditeur;Version;Date d’installation',
];
const ENCODINGS = [
  (text: string) => new TextEncoder().encode(text),
  (text: string) => Uint8Array.from([0xff, 0xfe, ...Buffer.from(text, 'utf16le')]),
  (text: string) => Uint8Array.from([...text].map((letter) => (letter === '’' ? 0x92 : letter.charCodeAt(0)))),
];

function file(kind: Kind, at: number): { path: string; text: string }[] {
  if (kind === 'nothing') return [{ path: 'package-lock.json', text: '{"lockfileVersion":3,"packages":{}}' }];
  if (kind === 'broken') return [{ path: 'rmm.csv', text: 'Device;Software\n"PC1;VSA' }];
  const rows = ROWS[kind];
  const [, publisher = '', version = ''] = rows[at % rows.length]?.split(';') ?? [];
  if (at % 4 === 3 && version !== '') {
    const name = rows[at % rows.length]?.split(';')[0] ?? '';
    return [
      {
        path: 'machine.cdx.json',
        text: JSON.stringify({ bomFormat: 'CycloneDX', components: [{ type: 'application', name, publisher, version }] }),
      },
    ];
  }
  const table = `${HEADERS[at % HEADERS.length]}\r\nPC0;Mozilla Firefox;Mozilla;89.0;\r\nPC1;${rows[at % rows.length]}\r\n`;
  return [{ path: 'rmm.csv', text: decode(ENCODINGS[at % ENCODINGS.length]?.(table) ?? new Uint8Array()) }];
}

function report(): ExposureReport {
  const advisory = 'id: KASEYA\nproduct: VSA Agent\npublisher: Kaseya\nversions: ["< 9.5.7"]\necosystem: software\n';
  const inventories = kinds.map((kind, at) => readInventory(`client-${String(at).padStart(2, '0')}`, file(kind, at)));
  return exposure(readAdvisories('kaseya.yaml', advisory), inventories);
}

describe('one vendor incident, sixty clients', () => {
  test('every affected client is found and none of the others, whatever its tool wrote', () => {
    expect(report().clients.map(({ client, pairs }) => `${client} ${pairs[0]?.state}`)).toEqual(
      kinds.map((kind, at) => `client-${String(at).padStart(2, '0')} ${EXPECTED[kind]}`),
    );
  });

  test('the tiers add up: 12 in the window, 41 not affected with a basis, 7 unknown', () => {
    const tiers = report().clients.map(({ pairs }) => tierOf({ state: pairs[0]?.state ?? 'unknown' }).tier);
    const count = (...wanted: string[]) => tiers.filter((tier) => wanted.includes(tier)).length;
    expect([count('T2'), count('T3', 'T4'), count('U')]).toEqual([12, 41, 7]);
  });

  test('each "not affected" says what was checked', () => {
    for (const { pairs } of report().clients)
      if (pairs[0]?.state === 'not_present') expect(pairs[0].reason).toMatch(/checked software in (rmm\.csv|machine\.cdx\.json)/);
  });
});
