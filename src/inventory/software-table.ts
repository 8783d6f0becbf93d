/** Software lists from remote management, and lists of OAuth grants, as CSV. Columns are found by their headers. */
import type { Component, Problem, Reading } from './component.ts';
import { type Cell, type Columns, csvRows, headerRow, headersOf, type Row } from './csv-table.ts';
import { OAUTH, SOFTWARE } from './ecosystem.ts';
import { versionInName } from './product.ts';
import { dayOrder, tableDate } from './table-date.ts';

type Role = 'appId' | 'scopes' | 'name' | 'publisher' | 'version' | 'installed' | 'device' | 'user';

/** Headers of the common tools, in English, German, French, Spanish, Italian and Dutch, accents left out; the surer spelling first. */
export const HEADERS = headersOf<Role>({
  appId:
    'app id, appid, application id, application client id, client id, clientid, oauth client id, app client id, anwendungs id, id de l application, id de aplicacion, service principal id',
  scopes:
    'scopes, scope, permissions, permission, oauth scopes, granted scopes, consented scopes, delegated permissions, api permissions, berechtigungen, berechtigung, autorisations, permisos, autorizzazioni, machtigingen',
  name: 'software name, softwarename, product name, productname, application name, applicationname, app display name, appdisplayname, display text, client name, app name, program name, package name, display name, displayname, software, product, application, app, oauth app, connected app, integration, program, package, software title, title, anwendung, anwendungsname, programm, programmname, produkt, produktname, softwarebezeichnung, softwareprodukt, bezeichnung, logiciel, nom du logiciel, nom de l application, programme, produit, programa, aplicacion, producto, nombre del software, nombre del programa, applicazione, programma, prodotto, nome software, nome programma, toepassing, softwarenaam, programmanaam, name, nom, nombre, nome, naam',
  publisher:
    'publisher, vendor, manufacturer, publisher name, vendor name, software publisher, software vendor, maker, developer, company, hersteller, herstellername, herausgeber, anbieter, editeur, fabricant, fournisseur, editor, fabricante, proveedor, produttore, editore, fornitore, uitgever, leverancier, fabrikant, verified publisher',
  version:
    'version, software version, product version, display version, displayversion, application version, app version, program version, installed version, current version, version number, ver, versionsnummer, softwareversion, produktversion, programmversion, installierte version, numero de version, version du logiciel, version installee, numero de version, versione, versie, versienummer, release',
  installed:
    'install date, installdate, installed on, installed at, date installed, installation date, installed date, install time, installed, installationsdatum, installiert am, installiert, installationszeit, datum der installation, date d installation, date installation, installe le, fecha de instalacion, fecha instalacion, instalado el, data di installazione, data installazione, installato il, installatiedatum, geinstalleerd op, granted, granted at, granted on, grant date, consent date, consented at, consented on, consent time, authorized, authorized at, authorised at, authorized on, created, created at, createddatetime, erteilt, erteilt am, zugestimmt am, accorde le, concedido el, date, datum, fecha, data',
  device:
    'device, device name, devicename, computer, computer name, computername, hostname, host name, host, machine, machine name, endpoint, endpoint name, workstation, system name, agent name, agent, asset, asset name, server, system, gerat, geratename, geraet, geraetename, rechner, rechnername, arbeitsplatz, poste, ordinateur, appareil, nom du poste, nom de l ordinateur, equipo, ordenador, dispositivo, nombre del equipo, dispositivo, apparaat, apparaatnaam, werkstation',
  user: 'user, user name, username, user principal name, userprincipalname, upn, account, user email, email, e mail, mail, principal, benutzer, benutzername, utilisateur, usuario, utente, gebruiker, granted by, owner',
});

/** Reads a CSV of either kind; throws one clause where its headers say neither. */
export function readSoftwareTable(path: string, source: string): Reading {
  const rows = csvRows(source);
  const header = headerRow(rows, HEADERS);
  const columns = header?.columns ?? {};
  const kind = kindOf(columns);
  if (header === undefined || kind === undefined) {
    const seen = (rows[0]?.cells ?? [])
      .map((each) => each.text)
      .filter((text) => text !== '')
      .slice(0, 8);
    throw new Error(
      `its columns are not recognised (${seen.length === 0 ? 'it is empty' : seen.join(', ').slice(0, 200)}); a software list needs a name and a version, publisher or device`,
    );
  }
  const body = rows.slice(header.at + 1);
  const order = dayOrder(body.map((row) => at(row, columns.installed)?.text ?? ''));
  const components: Component[] = [];
  const problems: Problem[] = [];
  for (const row of body) {
    const read = component(path, row, columns, kind, (value) => tableDate(value, order));
    if (read === undefined) continue;
    if ('message' in read) problems.push(read);
    else components.push(read);
  }
  if (components.length + problems.length === 0)
    throw new Error('it has a header, but lists nothing: an export that failed looks like this');
  return { components, covers: [kind], problems };
}

function kindOf(columns: Columns<Role>): typeof SOFTWARE | typeof OAUTH | undefined {
  if (columns.appId !== undefined || columns.scopes !== undefined) return OAUTH;
  if (columns.name === undefined) return undefined;
  if (columns.version !== undefined || columns.publisher !== undefined || columns.device !== undefined) return SOFTWARE;
  return columns.user === undefined ? undefined : OAUTH;
}

function at(row: Row, column: number | undefined): Cell | undefined {
  const cell = column === undefined ? undefined : row.cells[column];
  return cell === undefined || cell.text === '' || /^(?:-|n\/?a|unknown|unbekannt|inconnu|null|none)$/i.test(cell.text)
    ? undefined
    : cell;
}

function component(
  path: string,
  row: Row,
  columns: Columns<Role>,
  kind: string,
  dateOf: (value: string) => string | undefined,
): Component | Problem | undefined {
  const [name, id, publisher, version, installed, device] = [
    columns.name,
    columns.appId,
    columns.publisher,
    columns.version,
    columns.installed,
    kind === SOFTWARE ? columns.device : undefined,
  ].map((column) => at(row, column));
  if (name?.formula || (name === undefined && id === undefined)) return unusable(path, row, kind, name, [publisher, version]);
  const usable = (cell: Cell | undefined) => (cell === undefined || cell.formula ? undefined : cell.text);
  const known = usable(version) ?? (version === undefined ? versionInName(name?.text ?? '') : undefined);
  const date = usable(installed) === undefined ? undefined : dateOf(usable(installed) ?? '');
  const maker = usable(publisher);
  return {
    ecosystem: kind,
    name: (name?.text ?? id?.text ?? '').replace(/\s+/g, ' '),
    where: `${path}:${row.line}`,
    ...(known === undefined
      ? { undecidable: version?.formula ? 'its version cell holds a formula, which is not a value' : 'the list gives no version' }
      : { version: known }),
    ...(maker === undefined ? {} : { publisher: maker }),
    ...(id === undefined ? {} : { alsoNamed: [id.text] }),
    ...(date === undefined ? {} : { installedAt: date }),
    ...(usable(device) === undefined ? {} : { device: usable(device) ?? '' }),
  };
}

/** A row that names nothing is passed over when it says nothing else either; otherwise it may hide any product. */
function unusable(path: string, row: Row, kind: string, name: Cell | undefined, others: (Cell | undefined)[]): Problem | undefined {
  if (name?.formula)
    return {
      file: path,
      line: row.line,
      message: 'The name cell holds a formula, which is not a value; the row was skipped.',
      loses: [kind],
    };
  if (others.every((cell) => cell === undefined)) return undefined;
  return { file: path, line: row.line, message: 'The row has no name; it was skipped.', loses: [kind] };
}
