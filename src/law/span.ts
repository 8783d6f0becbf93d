/** Spans in words, and the span that a contract names. */
import type { Deadline, Rule, Span, Start } from './duty.ts';
import type { Contract } from './scope.ts';

/** Whether a contract is of the kind (and with the party) that a template is for. */
export function fits({ template }: Rule, contract: Contract): boolean {
  if (template === undefined || template.contract !== contract.kind) return false;
  const party = contract.party.toLowerCase();
  return template.party === undefined || [template.party].flat().some((name) => party.includes(name));
}

/** A contract's own number and start, in place of the template's. */
export function ofContract(rule: Rule, contract: Contract): { deadline: Deadline; start: Start | undefined } {
  // Awareness has stand-ins (confirmed, discovered); every other word of a contract is taken at its word.
  const start: Start | undefined = contract.anchor === undefined || contract.anchor === 'aware' ? rule.start : contract.anchor;
  if (rule.template?.number === false) return { deadline: rule.deadline, start: rule.start };
  if (contract.hours !== undefined) return { deadline: { kind: 'minutes', value: Math.floor(contract.hours * 60) }, start };
  if (contract.business_days !== undefined) return { deadline: { kind: 'business-days', value: contract.business_days }, start };
  if (contract.days !== undefined) return { deadline: { kind: 'calendar-days', value: contract.days }, start };
  return { deadline: rule.template?.ownNumber === true ? rule.deadline : { kind: 'none' }, start };
}

const UNITS = {
  minutes: 'minutes',
  hours: 'hours',
  'calendar-days': 'calendar days',
  'business-days': 'business days',
  months: 'months',
} as const;

/** A span in words: 72 hours from aware. */
export function spanWords(span: Span | { kind: 'annual'; value: number }, anchor: string): string {
  if (span.kind === 'annual') return `${span.value} days after the end of the year of ${anchor}`;
  const minutes = span.kind === 'minutes' && span.value % 60 === 0;
  return minutes ? `${span.value / 60} hours from ${anchor}` : `${span.value} ${UNITS[span.kind]} from ${anchor}`;
}
