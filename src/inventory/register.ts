/** The register of clients: who they are, whom to phone, what they run and what they are owed. One client or many in a file. */
import { z } from 'zod';
import { each, type Fields, fields, firstIssue } from './shape.ts';
import { ContractShape, InsuranceShape, unknownTerms } from './terms.ts';
import { yamlTexts } from './yaml-text.ts';

const Text = z.string().transform((value) => value.trim());
const Texts = z.union([z.array(Text), Text.transform((value) => value.split(/\s*[,;]\s*/).filter((part) => part !== ''))]);
const Amount = z.union([z.number(), Text.pipe(z.string().regex(/^\d+(\.\d+)?$/, 'is no number')).transform(Number)]);
const Count = z.union([z.literal('unknown'), Amount]);

const Contact = z.object({ name: Text, role: Text.optional(), mobile: Text.optional(), email: Text.optional() });
const Product = z.object({ name: Text, publisher: Text.optional(), version: Text.optional() });
/** One client, as formats.md has it. */
export const ClientShape = z.object({
  id: Text.pipe(z.string().regex(/^[\w.-]{1,80}$/, 'may hold letters, digits, dot, dash and underscore only')),
  name: Text.pipe(z.string().min(1)),
  contacts: z.array(Contact).default([]),
  place: Text.optional(),
  /** Where letters go, line by line. */
  address: Text.optional(),
  zone: Text.refine(isZone, 'is no time zone, such as Europe/Berlin').optional(),
  jurisdictions: z.record(z.string(), Count).optional(),
  data_elements: Texts.optional(),
  sector: Text.optional(),
  role: z.enum(['owner', 'service-provider']).optional(),
  products: z.array(Product).optional(),
  contracts: z.array(ContractShape).optional(),
  insurance: InsuranceShape.optional(),
  backup: Text.optional(),
  tolerable_downtime_hours: Amount.optional(),
  /** Where this client is told things: a channel of ours, and the client's own workspace where the channel is shared with it. */
  channel: Text.pipe(z.string().regex(/^[CG][A-Z0-9]{2,}$/, 'is no channel id, such as C012AB3CD')).optional(),
  workspace: Text.optional(),
});

/** A client of the register, parsed. */
export type Client = z.infer<typeof ClientShape>;

/** `field` and `client` name what is meant; nothing else in the file is disturbed. */
export type RegisterProblem = { level: 'error' | 'warning'; message: string; client?: string; field?: string; row?: number };

/** The clients that could be used, and everything that was wrong with the others. */
export type Register = {
  clients: Client[];
  problems: RegisterProblem[];
  /** What the file says of ourselves, under its own key `us`: our vendors' contracts and our own policies. */
  us?: Client;
};

function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

/** Reads YAML or JSON: a client, a list of them, or `{clients: [...]}`. A client that contradicts the form is skipped and named. */
export function readRegister(source: string): Register {
  let value: unknown;
  try {
    value = yamlTexts(source);
  } catch (error) {
    return {
      clients: [],
      problems: [
        { level: 'error', message: `The register cannot be used: ${error instanceof Error ? error.message : String(error)}.` },
      ],
    };
  }
  const us = fields(fields(value)?.us);
  const entries = Array.isArray(value) ? value : each(fields(value)?.clients ?? (us === undefined ? value : []));
  const register: Register = { clients: [], problems: [] };
  for (const [at, entry] of entries.entries()) addClient(register, fields(entry) ?? {}, at);
  if (us !== undefined) addOurselves(register, us);
  if (entries.length === 0 && us === undefined)
    register.problems.push({ level: 'error', message: 'The register holds no client.' });
  return register;
}

/** Ourselves are read as a client is, and are none. */
function addOurselves(register: Register, entry: Fields): void {
  const own: Register = { clients: [], problems: [] };
  addClient(own, { name: 'Ourselves', ...entry, id: 'us' }, 0);
  register.problems.push(...own.problems);
  const [us] = own.clients;
  if (us !== undefined) register.us = us;
}

function addClient(register: Register, entry: Fields, at: number): void {
  const parsed = ClientShape.safeParse(entry);
  const label = typeof entry.id === 'string' ? entry.id : `number ${at + 1}`;
  if (!parsed.success) {
    const { field, message } = firstIssue(parsed.error);
    register.problems.push({
      level: 'error',
      client: label,
      field,
      message: `Client ${label} was skipped: its field "${field}" ${message}.`,
    });
    return;
  }
  const taken = register.clients.find((other) => sameClient(other, parsed.data));
  if (taken !== undefined) {
    register.problems.push({
      level: 'error',
      client: label,
      message: `Client ${label} (${parsed.data.name}) was skipped: it is already there as ${taken.id} (${taken.name}).`,
    });
    return;
  }
  const unknown = Object.keys(entry).filter((key) => !(key in ClientShape.shape));
  for (const key of [...unknown, ...unknownTerms(entry)]) {
    register.problems.push({
      level: 'warning',
      client: label,
      field: key,
      message: `Client ${label}: the key "${key}" is unknown and was left alone.`,
    });
  }
  register.clients.push(parsed.data);
}

/** The same id, or the same name but for case and spaces. */
export function sameClient(a: { id: string; name: string }, b: { id: string; name: string }): boolean {
  return plain(a.id) === plain(b.id) || plain(a.name) === plain(b.name);
}

function plain(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
