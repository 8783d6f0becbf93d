/**
 * Clients from a spreadsheet, a PSA or an RMM export. Nothing is taken over yet: a preview shows which column became what,
 * which clients would be added, and what was skipped and why.
 */
import { type Cell, columnsOf, csvRows, headerRow, headersOf, type Row } from './csv-table.ts';
import { type Client, ClientShape, type RegisterProblem, sameClient } from './register.ts';
import { firstIssue } from './shape.ts';
import { contractsIn, insuranceIn, TERMS_HEADERS, type TermsColumn } from './terms-columns.ts';

type Role =
  | 'id'
  | 'name'
  | 'contact'
  | 'contactRole'
  | 'mobile'
  | 'email'
  | 'place'
  | 'zone'
  | 'jurisdictions'
  | 'dataElements'
  | 'sector'
  | 'role'
  | 'products'
  | TermsColumn
  | 'backup'
  | 'downtime'
  | 'channel'
  | 'workspace';

/** Headers as spreadsheets and the common tools write them; the surer spelling first. */
const HEADERS = headersOf<Role>({
  id: 'client id, customer id, company id, account id, account number, customer number, client number, client code, id, kundennummer, kunden nr, numero client, code client, klantnummer',
  contact:
    'contact name, primary contact, main contact, contact, contact person, ansprechpartner, kontakt, kontaktperson, interlocuteur, contactpersoon, persona de contacto',
  contactRole: 'contact role, contact title, job title, position, funktion, fonction, functie',
  name: 'client name, customer name, company name, account name, organization name, organisation name, client, customer, company, account, organization, organisation, site name, kunde, kundenname, firma, firmenname, mandant, societe, entreprise, klant, bedrijf, cliente, empresa, azienda, name, nom',
  mobile:
    'mobile, mobile phone, cell, cell phone, phone mobile, phone, phone number, telephone, primary phone, direct phone, handy, mobil, mobilnummer, telefon, telefonnummer, portable, telefono, mobiel, telefoon',
  email: 'email, e mail, email address, contact email, mail, e mail adresse, adresse e mail, courriel, correo',
  place: 'place, city, town, location, address, ort, stadt, adresse, ville, ciudad, plaats',
  zone: 'zone, time zone, timezone, tz, zeitzone, fuseau horaire, tijdzone',
  jurisdictions: 'jurisdictions, jurisdiction, residents, states, country, state, land, bundesland, pays, pais',
  dataElements: 'data elements, data kinds, data types, data, datenarten, donnees',
  sector: 'sector, industry, vertical, market, branche, secteur, sector industry',
  role: 'role, gdpr role, rolle',
  products: 'products, product, software, tools, produkte, produits',
  ...TERMS_HEADERS,
  backup: 'backup, backup location, backups, datensicherung, sicherung, sauvegarde',
  downtime:
    'tolerable downtime hours, tolerable downtime, downtime hours, rto, rto hours, max downtime, ausfallzeit, maximale ausfallzeit',
  channel: 'channel, channel id, slack channel, slack channel id, kanal',
  workspace: 'workspace, workspace id, slack workspace, slack team, team id',
});

/** What an import would do; nothing is taken over until somebody says so. */
export type ImportPreview = {
  /** Every header and what it was taken for; `null` for a column that is left alone. */
  columns: { header: string; field: string | null }[];
  clients: Client[];
  /** Rows that only brought another contact for a client already seen. */
  addedContacts: { row: number; client: string }[];
  problems: RegisterProblem[];
};

/** Reads the table; `existing` are the clients already in the register, which an import never overwrites. */
export function previewImport(source: string, existing: Client[]): ImportPreview {
  const preview: ImportPreview = { columns: [], clients: [], addedContacts: [], problems: [] };
  const rows = readRows(source, preview);
  const header = headerRow(rows, HEADERS);
  if (header?.columns.name === undefined) {
    if (preview.problems.length === 0)
      preview.problems.push({
        level: 'error',
        message: 'No column with the clients\' names was found; name one "client", "customer" or "company".',
      });
    return preview;
  }
  const columns = columnsOf(rows[header.at] ?? { cells: [], line: 1 }, HEADERS);
  const byColumn = new Map(Object.entries(columns).map(([role, at]) => [at, role]));
  preview.columns = (rows[header.at]?.cells ?? []).map((each, at) => ({ header: each.text, field: byColumn.get(at) ?? null }));
  for (const row of rows.slice(header.at + 1)) addRow(preview, row, (role) => cellOf(row, columns[role]), existing);
  if (rows.length === header.at + 1)
    preview.problems.push({ level: 'error', message: 'The table has a header, but no client under it.' });
  return preview;
}

function readRows(source: string, preview: ImportPreview): Row[] {
  try {
    return csvRows(source);
  } catch (error) {
    preview.problems.push({
      level: 'error',
      message: `The table cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
    });
    return [];
  }
}

function cellOf(row: Row, column: number | undefined): Cell | undefined {
  const cell = column === undefined ? undefined : row.cells[column];
  return cell === undefined || cell.text === '' ? undefined : cell;
}

function addRow(preview: ImportPreview, row: Row, cell: (role: Role) => Cell | undefined, existing: Client[]): void {
  for (const role of new Set([...HEADERS.values()].map((known) => known.role))) {
    if (cell(role)?.formula)
      preview.problems.push({
        level: 'warning',
        row: row.line,
        field: role,
        message: `Row ${row.line}: the ${role} cell holds a formula; it was kept as text and will not run.`,
      });
  }
  const get = (role: Role) => neutral(cell(role));
  const parsed = ClientShape.safeParse(clientOf(get));
  if (!parsed.success) {
    const { field, message } = firstIssue(parsed.error);
    preview.problems.push({
      level: 'error',
      row: row.line,
      field,
      message: `Row ${row.line} was skipped: "${field}" ${message}.`,
    });
    return;
  }
  keep(preview, row.line, parsed.data, existing);
}

function keep(preview: ImportPreview, row: number, client: Client, existing: Client[]): void {
  const registered = existing.find((other) => sameClient(other, client));
  const seen = preview.clients.find((other) => sameClient(other, client));
  if (registered !== undefined) {
    preview.problems.push({
      level: 'error',
      row,
      client: client.id,
      message: `Row ${row} was skipped: ${client.name} is already in the register as ${registered.id}.`,
    });
  } else if (seen === undefined) preview.clients.push(client);
  else if (onlyContactDiffers(seen, client)) {
    seen.contacts.push(
      ...client.contacts.filter((one) => !seen.contacts.some((other) => JSON.stringify(other) === JSON.stringify(one))),
    );
    preview.addedContacts.push({ row, client: seen.id });
  } else
    preview.problems.push({
      level: 'error',
      row,
      client: client.id,
      message: `Row ${row} was skipped: ${client.name} stands in the table twice, with different details.`,
    });
}

function onlyContactDiffers(seen: Client, client: Client): boolean {
  const rest = ({ contacts: _, ...others }: Client) => JSON.stringify(others);
  return client.contacts.length > 0 && rest(seen) === rest({ ...client, id: seen.id, name: seen.name });
}

/** A formula would run in the next spreadsheet that opens it; an apostrophe in front makes it text. */
function neutral(cell: Cell | undefined): string | undefined {
  return cell === undefined ? undefined : cell.formula ? `'${cell.text}` : cell.text;
}

function clientOf(get: (role: Role) => string | undefined): Record<string, unknown> {
  const name = get('name') ?? '';
  const contact = defined({
    name: get('contact') ?? get('email') ?? get('mobile'),
    role: get('contactRole'),
    mobile: get('mobile'),
    email: get('email'),
  });
  return defined({
    id: (get('id') ?? slug(name)).replace(/\s+/g, '-'),
    name,
    contacts: contact.name === undefined ? [] : [contact],
    place: get('place'),
    zone: get('zone'),
    jurisdictions: residents(get('jurisdictions')),
    data_elements: get('dataElements'),
    sector: get('sector'),
    role: /provider|processor|auftragsverarbeiter/i.test(get('role') ?? '')
      ? 'service-provider'
      : /owner|controller|verantwortlich/i.test(get('role') ?? '')
        ? 'owner'
        : undefined,
    products: get('products')
      ?.split(/\s*[;|\n]\s*/)
      .map((product) => ({ name: product })),
    contracts: contractsIn(get),
    insurance: insuranceIn(get),
    backup: get('backup'),
    channel: get('channel'),
    workspace: get('workspace'),
    tolerable_downtime_hours: /\d+(?:[.,]\d+)?/.exec(get('downtime') ?? '')?.[0]?.replace(',', '.'),
  });
}

function defined<T extends Record<string, unknown>>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** `US-TX: 300; DE` : how many people live where; no number means that it is not known. */
function residents(text: string | undefined): Record<string, string> | undefined {
  if (text === undefined) return undefined;
  const parts = text.split(/\s*[;,|\n]\s*/).filter((part) => part !== '');
  return Object.fromEntries(
    parts.map((part) => [part.split(/\s*[:=]\s*/)[0] ?? part, /[:=]\s*(\d+)/.exec(part)?.[1] ?? 'unknown']),
  );
}

function slug(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80);
}
