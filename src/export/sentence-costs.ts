import { majorUnits, moneyWords } from '../record/currency.ts';
import { ERASED } from '../record/entry.ts';
import type { CostBilled, Vocabulary } from '../record/event.ts';
import { clause, entriesNamed, SAID, type Sentences, words } from './wording.ts';

type CostKind = `cost.${'recorded' | 'withdrawn'}`;

/** Minutes as people say them: 3 h 30 min. */
export function hoursWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [...(hours === 0 ? [] : [`${hours} h`]), ...(rest === 0 && hours > 0 ? [] : [`${rest} min`])].join(' ');
}

export const BILLED: Record<CostBilled, string> = {
  nobody: 'billed to nobody yet',
  us: 'carried by us',
  client: 'billed to the client',
  insurer: 'billed to the insurer',
  vendor: 'billed to the vendor',
};

function figures({ body, texts }: Vocabulary['cost.recorded']): string {
  const { minutes, amount, currency = '' } = body;
  const rate =
    texts.rate === undefined
      ? ''
      : texts.rate === ERASED
        ? ' at a rate that is not shown'
        : ` at ${majorUnits(Number(texts.rate), currency)} ${currency} an hour`;
  return [
    ...(minutes === undefined ? [] : [`${hoursWords(minutes)}${rate}`]),
    ...(amount === undefined ? [] : [moneyWords(amount, currency)]),
  ].join(', ');
}

/** What the incident costs, as an adjuster reads it. */
export const COST_SENTENCES: Sentences<CostKind> = {
  'cost.recorded': (event) => {
    const { body, texts } = event;
    return (
      `Cost of ${body.on}, ${words(body.category)}, ${texts.who}: ${figures(event)}` +
      `${clause(' for: ', texts.task)}. The insurer’s consent: ${SAID[body.consent]}${clause(', reference ', texts.consent)}; ${BILLED[body.billed]}.` +
      `${clause(' Caused by: ', texts.vendor)}${clause(' Ticket: ', texts.ticket)}` +
      `${body.evidence.length === 0 ? '' : ` Evidence: ${entriesNamed(body.evidence)}.`}` +
      `${body.supersedes === undefined ? '' : ` It replaces entry ${body.supersedes}.`}`
    );
  },
  'cost.withdrawn': ({ body, texts }) => `Took the cost of entry ${body.of} out. Reason: ${texts.reason}`,
};
