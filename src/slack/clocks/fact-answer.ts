import type { FactValue } from '../../record/event.ts';
import type { Incident } from '../../record/incident.ts';
import { contractPath } from '../../record/law-findings.ts';
import type { Form } from '../payloads.ts';

export type Fact = { fact: string; value: FactValue; party?: string };
export type FactAnswer = { facts: Fact[] } | { errors: Record<string, string> };

/** What a submitted fact form says, key by key of the findings; or what must be mended, at its field. */
export function factAnswer(incident: Incident, field: string, form: Form): FactAnswer {
  switch (field) {
    case 'entity':
      return entity(form);
    case 'residents':
      return residents(incident, form.text('residents'));
    case 'data_elements':
    case 'incident_type':
      return { facts: [{ fact: field, value: form.many(field) }] };
    case 'encrypted':
      return choices(form, ['encrypted', 'key_taken']);
    case 'harm_unlikely':
      return choices(form, ['harm_unlikely', 'harm_determination_documented']);
    case 'risk':
      return choices(form, ['risk']);
    case 'contract':
      return contract(incident, form);
    case 'law_enforcement_hold':
      return hold(form);
    default:
      return value(field, form.text('value'));
  }
}

const BOOLEANS: Record<string, boolean> = { true: true, false: false };

const choices = (form: Form, fields: string[]): FactAnswer => ({
  facts: fields.map((fact) => ({ fact, value: BOOLEANS[form.text(fact)] ?? (form.text(fact) || 'unknown') })),
});

function value(field: string, text: string): FactAnswer {
  const words = text.toLowerCase();
  if (BOOLEANS[words] !== undefined) return { facts: [{ fact: field, value: BOOLEANS[words] }] };
  if (field.startsWith('entity.')) return { facts: [{ fact: field, value: words || 'unknown' }] };
  const count = countOf(words);
  return count === undefined
    ? { errors: { value: 'Write a whole number, or: unknown. Nothing was recorded.' } }
    : { facts: [{ fact: field, value: count }] };
}

/** A count; undefined where it is neither a whole number nor "unknown". */
function countOf(text: string): number | 'unknown' | undefined {
  if (['unknown', 'not known', '?'].includes(text)) return 'unknown';
  const digits = text.replace(/(?<=\d)[,. ' ](?=\d{3}\b)/g, '');
  const count = /^\d+$/.test(digits) ? Number(digits) : undefined;
  return count !== undefined && Number.isSafeInteger(count) ? count : undefined;
}

function entity(form: Form): FactAnswer {
  const sectors = form.many('sector');
  const place = form.text('jurisdiction').toUpperCase();
  const maybe = (fact: string, text: string): Fact[] => (text === '' ? [] : [{ fact, value: text }]);
  return {
    facts: [
      ...maybe('entity.role', form.text('role')),
      ...maybe('entity.jurisdiction', place),
      ...maybe('entity.zone', form.text('zone')),
      ...maybe('entity.eu_main_establishment', form.text('main').toUpperCase()),
      ...(sectors.length === 0 ? [] : [{ fact: 'entity.sector', value: sectors }]),
    ],
  };
}

/** One place a line. A place that was stated and is not named any more counts as nobody. */
function residents({ owed }: Incident, text: string): FactAnswer {
  const facts = new Map<string, number | 'unknown'>();
  for (const line of text.split(/[\n;]/).filter((one) => one.trim() !== '')) {
    const match = /^\s*([A-Za-z]{2}(?:-[A-Za-z0-9]{2,4})?)\s*[:=\s]\s*(.+?)\s*$/.exec(line);
    const count = countOf(match?.[2]?.toLowerCase() ?? '');
    if (match?.[1] === undefined || count === undefined)
      return { errors: { residents: `"${line.trim()}" is not a place and a number, like US-TX: 300. Nothing was recorded.` } };
    facts.set(`residents.${match[1].toUpperCase()}`, count);
  }
  const gone = [...owed.facts.keys()].filter((fact) => fact.startsWith('residents.') && !facts.has(fact));
  return { facts: [...[...facts].map(([fact, count]) => ({ fact, value: count })), ...gone.map((fact) => ({ fact, value: 0 }))] };
}

function contract(incident: Incident, form: Form): FactAnswer {
  const spans: Record<string, number> = {};
  for (const unit of ['hours', 'days', 'business_days']) {
    const text = form.text(unit);
    if (text === '') continue;
    if (!/^[1-9]\d*$/.test(text)) return { errors: { [unit]: 'Write a whole number. Nothing was recorded.' } };
    spans[unit] = Number(text);
  }
  if (Object.keys(spans).length > 1)
    return { errors: { hours: 'Give hours, days or business days: one of them. Nothing was recorded.' } };
  const value = { kind: form.text('kind'), anchor: form.text('anchor') || 'aware', ...spans };
  return { facts: [{ fact: contractPath(incident, form.text('party'), form.text('kind')), value, party: form.text('party') }] };
}

function hold(form: Form): FactAnswer {
  const [start, end] = [form.when('start'), form.when('end')];
  const written = BOOLEANS[form.text('written')] ?? 'unknown';
  const facts: Fact[] = [
    { fact: 'law_enforcement_hold.agency', value: form.text('agency') },
    { fact: 'law_enforcement_hold.written', value: written },
  ];
  if (start !== undefined) facts.push({ fact: 'law_enforcement_hold.start', value: start });
  if (end !== undefined) facts.push({ fact: 'law_enforcement_hold.end', value: end });
  return { facts };
}
