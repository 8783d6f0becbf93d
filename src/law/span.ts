/** Spans in words, and the span that a contract names. */
import type { Deadline, Rule, Span, Start } from './duty.ts';
import type { Contract } from './scope.ts';

/** A contract's own number and start, in place of the template's. */
export function ofContract(rule: Rule, contract: Contract): { deadline: Deadline; start: Start | undefined } {
  const start: Start | undefined = contract.anchor === undefined ? rule.start : contract.anchor;
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
  return `${span.value} ${UNITS[span.kind]} from ${anchor}`;
}
