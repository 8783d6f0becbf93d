import { type By, profileOf, type Registered, standingOf } from '../../desk/clients.ts';
import { TermsDesk } from '../../desk/terms-desk.ts';
import { decode } from '../../inventory/encoding.ts';
import { type Client, ClientShape, type RegisterProblem, readRegister, sameClient } from '../../inventory/register.ts';
import { type Change, changesTo } from '../../inventory/register-change.ts';
import { previewImport } from '../../inventory/register-import.ts';
import { isTermsTable } from '../../inventory/terms-table.ts';
import type { View } from '../blocks.ts';
import type { FormAnswer } from '../forms.ts';
import { type Caller, type House, homeOf, isRefusal, outsideHere, personOf } from '../house.ts';
import { safe } from '../mrkdwn.ts';
import type { Form, ViewSubmission } from '../payloads.ts';
import {
  clientForm,
  doneForm,
  importForm,
  leaveForm,
  type Preview,
  policiesOf,
  previewForm,
  registerForm,
} from './register-forms.ts';

/** `/incident clients`: the register, for our own staff. */
export async function slashClients(house: House, caller: Caller): Promise<{ form: View } | { say: string }> {
  const outside = await outsideHere(house, caller);
  if (outside !== undefined || house.lanes === undefined) return { say: outside ?? 'There is no register here.' };
  return { form: registerForm((await house.lanes.clients.list()).filter(({ status }) => status === 'open').length) };
}

type Job = {
  house: House;
  clients: NonNullable<House['lanes']>['clients'];
  form: Form;
  caller: Caller;
  by: By;
  about: { client?: string; preview?: string };
};

/** The forms of the register. */
export async function registerSubmission(house: House, { view }: ViewSubmission, form: Form, caller: Caller): Promise<FormAnswer> {
  const work = FORMS[view.callback_id];
  if (work === undefined || house.lanes === undefined)
    return { errors: { name: 'This form is of an older version. Nothing was recorded.' } };
  const by: By = { person: await personOf(house, caller), via: house.via(caller.user) };
  const about = JSON.parse(view.private_metadata || '{}') as Job['about'];
  return work({ house, clients: house.lanes.clients, form, caller, by, about });
}

const FORMS: Record<string, (job: Job) => Promise<FormAnswer>> = {
  'register.way': way,
  'register.import': preview,
  'register.confirm': confirm,
  'register.client': keep,
  'register.leave': leave,
};

async function way({ form, house, clients }: Job): Promise<FormAnswer> {
  const what = form.text('way');
  if (what === 'import') return { form: importForm() };
  if (what === 'add') return { form: clientForm(undefined) };
  const asked = form.text('client');
  const found = (await clients.list()).find(
    ({ client: id, name, status }) => status === 'open' && sameClient({ id, name }, { id: asked, name: asked }),
  );
  if (found === undefined)
    return { errors: { client: 'There is no client of that id or name in the register. Nothing was recorded.' } };
  if (what === 'leave') return { form: leaveForm(found.client, found.name) };
  return { form: clientForm(await registered(house, found.client)) };
}

async function registered({ desk }: House, id: string): Promise<Client | undefined> {
  return profileOf((await desk.view(id, standingOf(id)))?.incident.lanes.client?.profile);
}

/** Previews wait here for their click; after a restart they are gone, and the list is pasted again. */
const waiting = new WeakMap<House, Map<string, Change[]>>();
const MOST_WAITING = 20;

async function preview(job: Job): Promise<FormAnswer> {
  const text = await textOf(job);
  if (typeof text !== 'string') return { errors: text };
  if (isTermsTable(text)) return { errors: { csv: PAPERS } };
  const table = !/^\s*(?:-\s|clients\s*:|id\s*:|name\s*:|[[{])/.test(text);
  const read = table ? previewImport(text, []) : { ...readRegister(text), columns: [] };
  const known = await Promise.all((await job.clients.list()).map(({ client }) => registered(job.house, client)));
  const changes = changesTo(
    known.filter((one) => one !== undefined),
    read.clients,
  );
  const all = waiting.get(job.house) ?? new Map<string, Change[]>();
  waiting.set(job.house, all);
  const id = job.house.desk.newId();
  all.set(id, changes);
  for (const old of [...all.keys()].slice(0, -MOST_WAITING)) all.delete(old);
  const problems = 'us' in read && read.us !== undefined ? [...read.problems, OURSELVES] : read.problems;
  const shown: Preview = { columns: read.columns, changes, problems };
  return { form: previewForm(id, shown) };
}

const PAPERS =
  'This is a list of contracts and policies. `firebreak clients import FILE` takes it in, or “Terms and hotline…” on a card, one by one. Nothing was recorded.';
const OURSELVES: RegisterProblem = {
  level: 'warning',
  message:
    'What stands under “us” is left alone here: `firebreak clients import FILE` takes it in, or the terms card of an incident.',
};

const LARGEST = 5_000_000;

async function textOf({ house, form }: Job): Promise<string | Record<string, string>> {
  const [file] = form.files('file');
  const url = file?.url_private_download ?? file?.url_private;
  if (!url || house.fetchFile === undefined) {
    const text = form.text('csv');
    return text === '' ? { csv: 'Paste some rows, or add a file.' } : text;
  }
  try {
    const bytes = await house.fetchFile(url);
    return bytes.length > LARGEST
      ? { file: 'The file is larger than 5 MB; split it. Nothing was recorded.' }
      : decode(Buffer.from(bytes));
  } catch (error) {
    house.log.warn({ error }, 'a list of clients could not be read');
    return { file: 'The file could not be read as text. Save it as CSV, or paste the rows. Nothing was recorded.' };
  }
}

/** So many are recorded while Slack waits for the answer. */
const AT_ONCE = 60;

async function confirm({ house, clients, by, about, caller }: Job): Promise<FormAnswer> {
  const changes = waiting
    .get(house)
    ?.get(about.preview ?? '')
    ?.filter(({ outcome }) => outcome !== 'same');
  if (changes === undefined)
    return { form: doneForm(['This preview is not here any more. Nothing was recorded: import the list again.']) };
  waiting.get(house)?.delete(about.preview ?? '');
  const work = clients
    .register(
      changes.map(({ client }) => client),
      by,
      homeOf(house, caller),
    )
    .then((all) => new TermsDesk(house.desk).follow(all));
  if (changes.length <= AT_ONCE) return { form: doneForm(outcomes(await work)) };
  work.catch((error: unknown) => house.log.error({ error }, 'the list of clients was recorded in part'));
  return {
    form: doneForm([
      `${changes.length} clients are being recorded. \`/incident clients\` counts them; import the list again to see what is left.`,
    ]),
  };
}

function outcomes(all: Registered[]): string[] {
  const count = (outcome: string) => all.filter((one) => 'outcome' in one && one.outcome === outcome).length;
  const refused = all.flatMap((one) => ('refused' in one ? [`• ${safe(one.refused)}`] : []));
  return [
    `*${count('added')} added, ${count('changed')} changed, ${count('same')} as they were.*`,
    ...(refused.length === 0 ? [] : [`*Refused*\n${refused.slice(0, 30).join('\n')}`]),
  ];
}

const parts = (line: string): string[] => line.split(/\s*[;\t]\s*/).map((part) => part.trim());
const rows = (text: string): string[][] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(parts);

async function keep({ form, house, clients, by, about, caller }: Job): Promise<FormAnswer> {
  const known = about.client === undefined ? undefined : await registered(house, about.client);
  const parsed = ClientShape.safeParse(clientIn(form, known));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const [field = 'name'] = issue?.path.map(String) ?? [];
    return {
      errors: { [form.has(field) ? field : 'name']: `${field} ${issue?.message ?? 'cannot be read'}. Nothing was recorded.` },
    };
  }
  const others = (await clients.list()).filter(({ client }) => client !== about.client);
  if (others.some(({ client: id, name }) => sameClient({ id, name }, parsed.data)))
    return { errors: { name: 'There is a client of that id or name already. Nothing was recorded.' } };
  const [done] = await new TermsDesk(house.desk).follow(await clients.register([parsed.data], by, homeOf(house, caller)));
  if (done !== undefined && 'refused' in done) return { errors: { name: `${done.refused} Nothing was recorded.` } };
  return { form: doneForm([`*${safe(parsed.data.name)}*: ${done?.outcome ?? 'same'}.`]) };
}

/** What the form does not ask stays as it was; what was emptied is gone. */
function clientIn(form: Form, known: Client | undefined): object {
  const asked = ['channel', 'workspace', 'sector', 'backup', 'tolerable_downtime_hours', 'zone', 'data_elements'];
  const texts = Object.fromEntries(asked.map((field) => [field, form.maybe(field)]));
  const name = form.text('name');
  const contact = ([person = '', mobile, email, role]: string[]) => ({ name: person, ...given({ mobile, email, role }) });
  const product = ([title = '', publisher, version]: string[]) => ({ name: title, ...given({ publisher, version }) });
  const [policy, ...others] = policiesOf(known);
  const first = cleared({
    ...policy,
    insurer: form.maybe('insurer'),
    policy: form.maybe('policy'),
    hotline: form.maybe('hotline'),
  });
  const insurance = [...(Object.keys(first).length === 0 ? [] : [first]), ...others];
  const role = form.text('role');
  return cleared({
    ...known,
    ...texts,
    id: known?.id ?? form.maybe('id') ?? slug(name),
    name,
    contacts: rows(form.text('contacts')).map(contact),
    products: rows(form.text('products')).map(product),
    jurisdictions: residents(form.text('jurisdictions')),
    insurance: insurance.length > 1 ? insurance : insurance[0],
    role: role === 'unknown' ? undefined : role || undefined,
  });
}

const cleared = (values: object): object => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
const given = (values: Record<string, string | undefined>): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''));

function residents(text: string): Record<string, string> | undefined {
  const all = text.split(/\s*[,;\n]\s*/).filter((part) => part !== '');
  if (all.length === 0) return undefined;
  return Object.fromEntries(all.map((part) => [part.split(/\s*[:=]\s*/)[0] ?? part, /[:=]\s*(\d+)/.exec(part)?.[1] ?? 'unknown']));
}

const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80);

async function leave({ form, house, clients, by, about }: Job): Promise<FormAnswer> {
  const client = about.client ?? '';
  const answer = await clients.leave(client, form.text('reason'), form.maybe('to'), by);
  if (isRefusal(answer)) return { errors: { reason: `${answer.refused} Nothing was recorded.` } };
  const words = ['*They have left.* Nothing more is sent to them from here; what they were told and what happened stays.'];
  for (const { record } of await house.store.open(client).records()) {
    const written = await house.exportPack?.(client, record).catch((error: unknown) => {
      house.log.warn({ error, record }, 'a pack could not be written');
      return undefined;
    });
    words.push(written === undefined ? `Write it out: \`firebreak export ${record} --out DIR\`` : `To take along: \`${written}\``);
  }
  return { form: doneForm(words) };
}
