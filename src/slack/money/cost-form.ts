import { costTable } from '../../desk/cost-table.ts';
import { minutesOf } from '../../desk/cost-words.ts';
import { type CommandOf, type Refusal, refuse } from '../../record/command.ts';
import { moneyOf } from '../../record/currency.ts';
import { COST_CATEGORIES, type CostBilled, type CostCategory, type Answer as YesNo } from '../../record/event.ts';
import type { Incident } from '../../record/incident.ts';
import { choiceInput, context, input, manyInput, menuInput, modal, section, textInput, type View } from '../blocks.ts';
import type { Answer, Click } from '../click.ts';
import type { About, FormAnswer } from '../forms.ts';
import { act, type Caller, type House, isRefusal } from '../house.ts';
import { clip } from '../mrkdwn.ts';
import type { Form } from '../payloads.ts';
import { costsAnswer } from './cost-talk.ts';

/** "Cost…" on a card: what it costs so far, and one more line. */
export async function costClick({ house, view }: Click, verb: string): Promise<Answer> {
  if (verb !== 'cost.add') return { say: 'That button is of an older version of this card. Nothing was recorded.' };
  return { form: costForm(view.incident, await costsAnswer(house, view)) };
}

const say = (id: string): string => id.replaceAll('-', ' ');

const CONSENTED = [
  { text: 'Not known', value: 'unknown' },
  { text: 'No', value: 'no' },
  { text: 'Yes', value: 'yes' },
];

const BILLED = [
  { text: 'Nobody yet', value: 'nobody' },
  { text: 'We carry it', value: 'us' },
  { text: 'The client', value: 'client' },
  { text: 'The insurer', value: 'insurer' },
  { text: 'The vendor', value: 'vendor' },
];

export function costForm(incident: Incident, soFar: string): View {
  const { costs, evidence } = incident;
  const earlier = [...costs.lines.values()]
    .slice(-100)
    .map(({ seq, on, who, category }) => ({ text: clip(`${seq}: ${on} ${who}, ${say(category)}`, 75), value: String(seq) }));
  const kept = evidence.slice(-50).map(({ seq, name }) => ({ text: clip(`${seq}: ${name}`, 75), value: String(seq) }));
  return modal('cost.add', 'Cost', 'Record', JSON.stringify({ record: incident.record }), [
    section(clip(soFar, 2900)),
    input('category', 'What is it for?', menuInput(COST_CATEGORIES.map((value) => ({ value, text: say(value) })))),
    input('who', 'Who worked, or which firm?', textInput({ max: 150 }), { optional: true }),
    input('hours', 'Time', textInput({ placeholder: '3h, 2h30 or 90 min', max: 20 }), { optional: true }),
    input('amount', 'Or an amount', textInput({ placeholder: '1200 EUR', max: 30 }), { optional: true }),
    input('rate', 'Rate an hour', textInput({ placeholder: '120 EUR', max: 30 }), {
      optional: true,
      hint: 'Only with a time. It is shown to the insurer and to counsel, and not to the client.',
    }),
    input('task', 'What was done or bought?', textInput({ multiline: true, max: 1000 }), { optional: true }),
    input('on', 'Day', textInput({ placeholder: '2026-01-05, empty for today', max: 10 }), { optional: true }),
    input('consent', 'Reference of the insurer’s consent', textInput({ max: 100 }), { optional: true }),
    input('consented', 'Without a reference: did the insurer consent?', choiceInput(CONSENTED, 'unknown'), { optional: true }),
    input('ticket', 'Ticket', textInput({ max: 60 }), { optional: true }),
    input('vendor', 'Caused by the vendor', textInput({ max: 100 }), { optional: true }),
    input('billed', 'Billed to', choiceInput(BILLED, 'nobody'), {
      optional: true,
      hint: 'Record everything, bill nothing yet: that is decided later.',
    }),
    ...(kept.length === 0 ? [] : [input('evidence', 'Evidence on record', manyInput(kept, 'Entries'), { optional: true })]),
    ...(earlier.length === 0
      ? []
      : [
          input('supersedes', 'It replaces', menuInput(earlier), { optional: true }),
          input('reason', 'Or take that one out, because', textInput({ max: 300 }), {
            optional: true,
            hint: 'Then nothing else is read.',
          }),
        ]),
    input('table', 'Or paste a time sheet', textInput({ multiline: true, placeholder: 'date,technician,hours,notes,ticket' }), {
      optional: true,
      hint: 'With its header line. What it does not say is taken from above: category, and the currency of the rate.',
    }),
    context('Nothing is billed by this. It becomes a line of the proof of loss.'),
  ]);
}

export async function costSubmission(house: House, form: Form, about: About, caller: Caller, key: string): Promise<FormAnswer> {
  const supersedes = form.maybe('supersedes');
  const reason = form.maybe('reason');
  if (reason !== undefined && supersedes === undefined)
    return { errors: { supersedes: 'Choose the line that is taken out. Nothing was recorded.' } };
  if (form.maybe('table') !== undefined) return pasted(house, form, about, caller, key);
  const command = reason === undefined ? costOf(house, form) : ({ do: 'withdrawCost', of: Number(supersedes), reason } as const);
  const answer = 'do' in command ? await act(house, caller, about.record, command, { key }) : command;
  if (!isRefusal(answer)) return undefined;
  const field = answer.field !== undefined && form.has(answer.field) ? answer.field : 'category';
  return { errors: { [field]: `${answer.refused} Nothing was recorded.` } };
}

type Recording = CommandOf<'recordCost'>;

function costOf(house: House, form: Form): Recording | Refusal {
  const [hours, amount, rate] = [form.maybe('hours'), form.maybe('amount'), form.maybe('rate')];
  const minutes = hours === undefined ? undefined : minutesOf(hours);
  if (hours !== undefined && minutes === undefined) return refuse('invalid', 'Write the time like 3h, 2h30 or 90 min.', 'hours');
  const paid = amount === undefined ? undefined : moneyOf(amount);
  if (amount !== undefined && paid === undefined)
    return refuse('invalid', 'Write the amount with its currency, like 1200 EUR.', 'amount');
  const priced = rate === undefined ? undefined : moneyOf(rate);
  if (rate !== undefined && priced === undefined)
    return refuse('invalid', 'Write the rate with its currency, like 120 EUR.', 'rate');
  const supersedes = form.maybe('supersedes');
  return {
    do: 'recordCost',
    cost: `cost-${house.desk.newId()}`,
    category: form.text('category') as CostCategory,
    who: form.text('who'),
    by: minutes === undefined ? 'firm' : 'person',
    ...given(form, ['task', 'on', 'consent', 'ticket', 'vendor']),
    ...(minutes === undefined ? {} : { minutes }),
    ...(paid === undefined ? {} : paid),
    ...(priced === undefined ? {} : { rate: priced.amount, currency: priced.currency }),
    consented: (form.maybe('consented') ?? 'unknown') as YesNo,
    billed: (form.maybe('billed') ?? 'nobody') as CostBilled,
    evidence: form.many('evidence').map(Number),
    ...(supersedes === undefined ? {} : { supersedes: Number(supersedes) }),
  };
}

const given = (form: Form, fields: string[]): Record<string, string> =>
  Object.fromEntries(fields.flatMap((field) => (form.maybe(field) === undefined ? [] : [[field, form.text(field)]])));

/** A sheet is taken as a whole or not at all, so that nobody wonders afterwards which rows are in; the same sheet again adds nothing. */
async function pasted(house: House, form: Form, { record }: About, caller: Caller, key: string): Promise<FormAnswer> {
  const priced = moneyOf(form.text('rate'));
  const { lines, problems } = costTable(form.text('table'), {
    category: form.text('category') as CostCategory,
    ...(priced === undefined ? {} : { currency: priced.currency }),
  });
  const [problem] = problems;
  if (problem !== undefined) return { errors: { table: `${problem.message} Nothing was recorded.` } };
  if (lines.length === 0) return { errors: { table: 'There is a header, and no line under it. Nothing was recorded.' } };
  const answer = await act(house, caller, record, { do: 'recordCosts', costs: lines }, { key });
  return isRefusal(answer) ? { errors: { table: `${answer.refused} Nothing was recorded.` } } : undefined;
}
