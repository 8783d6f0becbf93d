import { coordinationWords, laneCosts, waitingWords } from '../../desk/cost-sums.ts';
import { costIn } from '../../desk/cost-words.ts';
import { TermsDesk } from '../../desk/terms-desk.ts';
import type { RecordView } from '../../desk/view.ts';
import { consentWords, linesWords, periodWords, sumWords } from '../../export/costs.ts';
import type { Command } from '../../record/command.ts';
import { proofOfLoss } from '../../record/proof-of-loss.ts';
import { type House, isRefusal } from '../house.ts';
import { clip, safe } from '../mrkdwn.ts';

/** "cost 3h ada restoration: …" records a line; "cost withdraw 12 because …" takes one out. A sentence where it is neither. */
export function costCommand(house: House, words: string): Command | string {
  const out = /^(?:withdraw|remove|take out)(?: entry)? #?(?<of>\d+)(?:[,:;]?\s*(?:because|since|:)?\s*(?<reason>.*))?$/is.exec(
    words.trim(),
  );
  if (out?.groups?.of !== undefined) return { do: 'withdrawCost', of: Number(out.groups.of), reason: out.groups.reason ?? '' };
  const made = costIn(words, `cost-${house.desk.newId()}`);
  return isRefusal(made) ? `${safe(made.refused)} Nothing was recorded.` : made;
}

/** What it costs so far; over the lanes of a vendor incident counts and amounts alone. */
export async function costsAnswer(house: House, view: RecordView): Promise<string> {
  const { incident } = view;
  const proof = proofOfLoss(incident.costs);
  const { total, period, byCategory } = proof;
  const own =
    period === undefined
      ? ['No cost is recorded here yet. Write `cost 3h ada restoration: what was done`, or use “Cost…” on the card.']
      : [
          `*${linesWords(total.lines)}, ${periodWords(period)}:* ${safe(sumWords(total))}`,
          ...byCategory.map((sum) => `• ${sum.name.replaceAll('-', ' ')}: ${safe(sumWords(sum))}`),
          safe(consentWords(proof)),
        ];
  const lanes = incident.of === 'incident' ? laneCosts(await house.store.coordinator().summaries('lane'), incident.record) : [];
  const waiting = waitingWords((await new TermsDesk(house.desk).of(view))?.terms);
  return clip([...own, ...[...waiting, ...coordinationWords(lanes).slice(0, 31)].map(safe)].join('\n'), 3500);
}
