import { COVERS, KINDS } from '../../desk/terms.ts';
import { firstIssue } from '../../inventory/shape.ts';
import {
  CONSENTS,
  CONTRACT_KINDS,
  type Contract,
  ContractShape,
  type Policy,
  PolicyShape,
  SECURITY_DUTIES,
  TERM_ANCHORS,
} from '../../inventory/terms.ts';
import { type Block, choiceInput, context, input, manyInput, menuInput, modal, textInput, ticks, type View } from '../blocks.ts';
import type { Form } from '../payloads.ts';

/** One document as a form: what people need at night has a field of its own, the rest is a line each. */
type Spec = { field: string; label: string; placeholder?: string };

const POLICY: Spec[] = [
  { field: 'insurer', label: 'Insurer', placeholder: 'Aqua Cyber' },
  { field: 'policy', label: 'Policy number' },
  { field: 'hotline', label: 'Hotline' },
  { field: 'to', label: 'Where notice goes' },
  { field: 'clause', label: 'Clause of the notice' },
];
const CONTRACT: Spec[] = [
  { field: 'party', label: 'With whom', placeholder: 'Empty: with this client' },
  { field: 'product', label: 'What they supply', placeholder: 'VSA' },
  { field: 'to', label: 'Where notice goes' },
  { field: 'clause', label: 'Clause of the notice' },
];

/** The other topics of each, by the key that the register file has. */
const POLICY_REST = [
  'broker',
  'panel',
  'proof_of_loss_days',
  'waiting_period_hours',
  'retention',
  'retro_date',
  'ends',
  'additional_insured',
  'subrogation',
  'exclusions',
  'form',
];
const CONTRACT_REST = [
  'hotline',
  'accounts',
  'cap',
  'indemnity',
  'audit',
  'evidence',
  'cooperation',
  'termination',
  'forum',
  'exclusions',
  'insurance',
  'data_location',
  'form',
];

export type TermsAbout = { record: string; document?: string };

export function policyForm(about: TermsAbout, known: Choice[]): View {
  const covers = Object.entries(COVERS).map(([value, text]) => ({ value, text }));
  return modal('terms.policy', 'Policy', 'Save', JSON.stringify(about), [
    ...pick(known),
    input('kind', 'What does it cover?', choiceInput(covers, known.length === 0 ? 'cyber' : undefined), { optional: true }),
    ...POLICY.map(text),
    ...TIME,
    input('consent', 'What needs the insurer’s consent first?', manyInput(CONSENTS.map(choice), 'Consent before'), {
      optional: true,
    }),
    rest(POLICY_REST),
    HINT,
  ]);
}

const SIDES = [
  { text: 'A customer: notice is owed', value: 'customer' },
  { text: 'A vendor: a claim is made', value: 'vendor' },
];

export function contractForm(about: TermsAbout, known: Choice[]): View {
  const kinds = CONTRACT_KINDS.filter((kind) => kind !== 'policy').map((kind) => ({ value: kind, text: KINDS[kind] }));
  const duties = `One a line, with us, client, vendor, shared or nobody. Duties: ${SECURITY_DUTIES.join(', ')}.`;
  return modal('terms.contract', 'Contract', 'Save', JSON.stringify(about), [
    ...pick(known),
    input('kind', 'What is it?', menuInput(kinds, known.length === 0 ? 'msa' : undefined), { optional: true }),
    input('with', 'The other side is', choiceInput(SIDES), { optional: true }),
    ...CONTRACT.map(text),
    ...TIME,
    input('consent', 'What needs their consent first?', manyInput(CONSENTS.map(choice), 'Consent before'), { optional: true }),
    input('duties', 'Who took on which security duty', textInput({ multiline: true, placeholder: 'patching: us' }), {
      optional: true,
      hint: duties,
    }),
    rest(CONTRACT_REST),
    HINT,
  ]);
}

type Choice = { text: string; value: string };

/** Which one is meant, where there are several already; none chosen makes another. */
const pick = (known: Choice[]): Block[] =>
  known.length === 0
    ? []
    : [
        input('document', 'Change which one? (none: a new one)', menuInput(known), {
          optional: true,
          hint: 'What you leave empty below stays as it is; a dash takes a line out.',
        }),
        input(
          'gone',
          'Or',
          ticks('value', [{ text: 'It is not in force any more: take it out of the register', value: 'gone' }], []),
          {
            optional: true,
          },
        ),
      ];

const HINT = context(
  'Only what the document says. What you leave out is shown as silent, never assumed. It is kept in the register; records that are open ask before a date moves.',
);
const choice = (value: string): Choice => ({ value, text: value.replaceAll('-', ' ').replaceAll('_', ' ') });

const text = ({ field, label, placeholder }: Spec): Block =>
  input(field, label, textInput({ max: 300, ...(placeholder === undefined ? {} : { placeholder }) }), { optional: true });

const TIME: Block[] = [
  input('time', 'Time it gives', textInput({ placeholder: '72 hours, 3 business days or 30 days', max: 30 }), { optional: true }),
  input('anchor', 'Counted from', menuInput(TERM_ANCHORS.map(choice)), { optional: true }),
];

const rest = (keys: string[]): Block =>
  input('rest', 'What else it says', textInput({ multiline: true, placeholder: `${keys[0]}: …` }), {
    optional: true,
    hint: `One a line: ${keys.join(', ')}.`,
  });

/** What the form says, over what was there before; or what is wrong, at its field. */
export function policyIn(form: Form, before: Policy | undefined): Policy | { errors: Record<string, string> } {
  const said = fieldsIn(form, POLICY, POLICY_REST, form.text('rest'));
  if ('errors' in said) return said;
  const kind = form.maybe('kind') === undefined ? {} : { kind: form.text('kind') };
  const merged = { ...without(before, said), ...kind, ...said };
  return parsed(PolicyShape.safeParse(merged));
}

export function contractIn(form: Form, before: Contract | undefined): Contract | { errors: Record<string, string> } {
  const said = fieldsIn(form, CONTRACT, CONTRACT_REST, form.text('rest'));
  if ('errors' in said) return said;
  const duties = linesIn(form.text('duties'), [...SECURITY_DUTIES], 'duties');
  if ('errors' in duties) return duties;
  const { hours, days, business_days, anchor, ...others } = said;
  const clock = { hours, days, business_days, anchor };
  const vendor = (form.maybe('with') ?? before?.with) === 'vendor';
  const timed = Object.values(clock).some((value) => value !== undefined);
  const merged = {
    ...without(before, vendor ? {} : said),
    ...(form.maybe('kind') === undefined ? {} : { kind: form.text('kind') }),
    ...(form.maybe('with') === undefined ? {} : { with: form.text('with') }),
    ...others,
    ...(timed ? (vendor ? { claim: { ...without(before?.claim, said), ...clock } } : clock) : {}),
    ...(Object.keys(duties).length === 0 ? {} : { duties: { ...before?.duties, ...duties } }),
  };
  return parsed(ContractShape.safeParse(merged));
}

type Said = Record<string, unknown>;

/** A new time replaces the old one whole: 3 days do not stand beside 72 hours. */
function without<T extends object>(before: T | undefined, said: Said): Partial<T> {
  const timed = ['hours', 'days', 'business_days'].some((unit) => said[unit] !== undefined);
  const kept = Object.entries(before ?? {}).filter(([key]) => !timed || !['hours', 'days', 'business_days'].includes(key));
  return Object.fromEntries(kept) as Partial<T>;
}

function fieldsIn(form: Form, specs: Spec[], keys: string[], restText: string): Said | { errors: Record<string, string> } {
  const own = Object.fromEntries(
    specs.flatMap(({ field }) => (form.maybe(field) === undefined ? [] : [[field, unlessDash(form.text(field))]])),
  );
  const others = linesIn(restText, keys, 'rest');
  if ('errors' in others) return others;
  const clock = timeIn(form.text('time'));
  if (clock === undefined) return { errors: { time: 'Write it like 72 hours, 3 business days or 30 days. Nothing was recorded.' } };
  const consent = form.many('consent');
  return {
    ...own,
    ...others,
    ...clock,
    ...(form.maybe('anchor') === undefined ? {} : { anchor: form.text('anchor') }),
    ...(consent.length === 0 ? {} : { consent }),
  };
}

/** A dash says that the document says nothing of it after all. */
const unlessDash = (said: string): string | undefined => (said === '-' || said === '–' ? undefined : said);

function linesIn(written: string, keys: string[], field: string): Said | { errors: Record<string, string> } {
  const found: Said = {};
  for (const line of written.split('\n').filter((one) => one.trim() !== '')) {
    const match = /^\s*([\w -]+?)\s*[:=]\s*(.+?)\s*$/.exec(line);
    const key = keys.find((one) => one === match?.[1]?.toLowerCase().replaceAll(' ', one.includes('_') ? '_' : '-'));
    if (match?.[2] === undefined || key === undefined)
      return {
        errors: {
          [field]: `"${line.trim().slice(0, 60)}" was not understood. Each line is one of ${keys.join(', ')}, a colon and what it says. Nothing was recorded.`,
        },
      };
    found[key] = unlessDash(match[2]);
  }
  return found;
}

/** "72 hours", "3 business days": the unit of the register, or nothing where nothing was typed. */
export function timeIn(written: string): Said | undefined {
  if (written === '') return {};
  const match = /^(\d{1,5}) ?(hours?|h|days?|d|business days?|working days?)$/i.exec(written.trim());
  const [, count = '', unit = ''] = match ?? [];
  if (match === null || Number(count) === 0) return undefined;
  const key = /^h/i.test(unit) ? 'hours' : /^d/i.test(unit) ? 'days' : 'business_days';
  return { [key]: Number(count) };
}

function parsed<T>(
  result: { success: true; data: T } | { success: false; error: Parameters<typeof firstIssue>[0] },
): T | { errors: Record<string, string> } {
  if (result.success) return result.data;
  const { field, message } = firstIssue(result.error);
  const at = field.split('.')[0] ?? '';
  const where = [
    'insurer',
    'policy',
    'hotline',
    'to',
    'clause',
    'party',
    'product',
    'kind',
    'with',
    'consent',
    'duties',
    'anchor',
  ].includes(at)
    ? at
    : ['hours', 'days', 'business_days', 'claim'].includes(at)
      ? 'time'
      : 'rest';
  return { errors: { [where]: `"${field}" ${message}. Nothing was recorded.` } };
}
