import type { Client, RegisterProblem } from '../../inventory/register.ts';
import type { Change } from '../../inventory/register-change.ts';
import { choiceInput, context, fileInput, input, menuInput, modal, section, textInput, type View } from '../blocks.ts';
import { clip, safe } from '../mrkdwn.ts';

/** The register of clients in Slack: add, change, import with a preview, and let go. Everything a form is about travels as metadata. */
const WAYS = [
  { text: 'Add a client', value: 'add' },
  { text: 'Change a client', value: 'change' },
  { text: 'Import a list (RMM, PSA, spreadsheet)', value: 'import' },
  { text: 'A client leaves for another provider', value: 'leave' },
];

export const registerForm = (count: number): View =>
  modal('register.way', 'Clients', 'Go on', '', [
    context(`${count} clients in the register.`),
    input('way', 'What?', choiceInput(WAYS, count === 0 ? 'import' : 'add')),
    input('client', 'Which client? (id or name; to change one, or to let one go)', textInput({ max: 120 }), { optional: true }),
  ]);

export const importForm = (): View =>
  modal('register.import', 'Import clients', 'Preview', '', [
    input('csv', 'Paste the rows, with their header', textInput({ multiline: true, max: 3000 }), { optional: true }),
    input('file', 'Or a file: CSV, or YAML', fileInput(), { optional: true }),
    context('Columns in any order and language of the common tools. Nothing is recorded before you have seen the preview.'),
  ]);

export type Preview = { columns: { header: string; field: string | null }[]; changes: Change[]; problems: RegisterProblem[] };

/** What the import would do, before it does it. */
export function previewForm(id: string, { columns, changes, problems }: Preview): View {
  const of = (outcome: Change['outcome']) => changes.filter((change) => change.outcome === outcome);
  const [added, changed, same] = [of('added'), of('changed'), of('same')];
  const work = added.length + changed.length;
  const taken = columns.map(({ header, field }) => `${safe(header)} → ${field ?? '_left alone_'}`);
  const refused = problems.filter(({ level }) => level === 'error');
  const warned = problems.filter(({ level }) => level === 'warning');
  return modal('register.confirm', 'Preview', work === 0 ? undefined : `Record ${work}`, JSON.stringify({ preview: id }), [
    section(`*${added.length} added · ${changed.length} changed · ${same.length} as they are · ${refused.length} refused*`),
    ...(taken.length === 0 ? [] : [section(`*Columns*\n${clip(taken.join(' · '), 2500)}`)]),
    ...listed(
      'Added',
      added.map(({ client: { id: own, name } }) => `${safe(name)} (${safe(own)})`),
    ),
    ...listed(
      'Changed',
      changed.map(({ client: { name }, fields }) => `${safe(name)}: ${fields.join(', ')}`),
    ),
    ...listed(
      'Refused',
      refused.map(({ message }) => safe(message)),
    ),
    ...listed(
      'To look at',
      warned.map(({ message }) => safe(message)),
    ),
    context(work === 0 ? 'There is nothing to record.' : 'Nothing is recorded until you say so.'),
  ]);
}

function listed(title: string, lines: string[]) {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, 20).map((line) => `• ${line}`);
  const more = lines.length > 20 ? `\n…and ${lines.length - 20} more` : '';
  return [section(clip(`*${title}*\n${shown.join('\n')}${more}`, 2900))];
}

const lines = (values: (string | undefined)[][] | undefined): string =>
  (values ?? [])
    .map((parts) =>
      parts
        .map((part) => part ?? '')
        .join('; ')
        .replace(/(; )+$/, ''),
    )
    .join('\n');

/** A client can have several policies; the form asks for the first, and leaves the others as they are. */
export const policiesOf = (client: Client | undefined) => [client?.insurance ?? []].flat();

/** One client, to add or to change; `client` is what stands in the register now. */
export function clientForm(client: Client | undefined): View {
  const insurance = policiesOf(client)[0];
  const number = (value: number | undefined) => (value === undefined ? '' : String(value));
  const one = (name: string, label: string, initial: string | undefined, max = 200) =>
    input(name, label, textInput({ max, ...(initial === undefined ? {} : { initial }) }), { optional: name !== 'name' });
  const many = (name: string, label: string, initial: string, hint: string) =>
    input(name, label, textInput({ multiline: true, max: 3000, initial }), { optional: true, hint });
  return modal(
    'register.client',
    client === undefined ? 'Add a client' : 'Change a client',
    'Record',
    JSON.stringify({ client: client?.id }),
    [
      ...(client === undefined ? [one('id', 'Id (made of the name where empty)', undefined, 80)] : [context(`${safe(client.id)}`)]),
      one('name', 'Name', client?.name),
      many(
        'contacts',
        'Contacts',
        lines(client?.contacts.map(({ name, mobile, email, role }) => [name, mobile, email, role])),
        'One a line: name; mobile; email; role',
      ),
      one('channel', 'Channel id', client?.channel),
      one('workspace', 'Their own workspace, where the channel is shared with it', client?.workspace),
      many(
        'products',
        'Products',
        lines(client?.products?.map(({ name, publisher, version }) => [name, publisher, version])),
        'One a line: name; publisher; version',
      ),
      one('data_elements', 'Kinds of data', client?.data_elements?.join(', '), 500),
      one(
        'jurisdictions',
        'Where people live, and how many',
        Object.entries(client?.jurisdictions ?? {})
          .map(([where, count]) => `${where}: ${count}`)
          .join(', '),
        500,
      ),
      one('sector', 'Sector', client?.sector),
      input('role', 'Role', menuInput(ROLES, client?.role ?? 'unknown')),
      one('insurer', 'Insurer', insurance?.insurer),
      one('policy', 'Policy', insurance?.policy),
      one('hotline', 'Hotline of the insurer', insurance?.hotline),
      one('backup', 'Backup', client?.backup),
      one('tolerable_downtime_hours', 'Tolerable downtime, hours', number(client?.tolerable_downtime_hours), 10),
      one('zone', 'Time zone', client?.zone),
    ],
  );
}

const ROLES = [
  { text: 'Not known', value: 'unknown' },
  { text: 'Owner of the data', value: 'owner' },
  { text: 'Service provider', value: 'service-provider' },
];

export const leaveForm = (client: string, name: string): View =>
  modal('register.leave', 'A client leaves', 'Let them go', JSON.stringify({ client }), [
    section(
      `*${safe(name)}* is told nothing more from here, its lanes stay as they are, and its records are written out to take along.`,
    ),
    input('reason', 'Why?', textInput({ multiline: true, max: 500 })),
    input('to', 'To which provider?', textInput({ max: 120 }), { optional: true }),
  ]);

/** How it ended. */
export const doneForm = (words: string[]): View =>
  modal(
    'register.done',
    'Clients',
    undefined,
    '',
    words.map((line) => section(clip(line, 2900))),
  );
