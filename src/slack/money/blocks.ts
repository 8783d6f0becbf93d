import type { RecordView } from '../../desk/view.ts';
import { sumWords } from '../../export/costs.ts';
import { proofOfLoss } from '../../record/proof-of-loss.ts';
import { actions, type Block, button, context } from '../blocks.ts';
import { safe } from '../mrkdwn.ts';

/** Terms and costs on the status card. Bills come in long after an incident is closed. */
export function moneyBlocks({ incident }: RecordView): Block[] {
  const { record, of, costs } = incident;
  if (of !== 'incident' && of !== 'lane') return [];
  const { total, unconsented } = proofOfLoss(costs);
  const without =
    unconsented.length === 0 ? '' : `; ${unconsented.length} of ${total.lines} lines without the insurer’s consent on record`;
  return [
    actions(`money|${record}`, [button('terms.show', 'Terms and hotline…', record), button('cost.add', 'Cost…', record)]),
    ...(total.lines === 0 ? [] : [context(`Costs so far: ${safe(sumWords(total))}${without}`)]),
  ];
}
