import type { Unknown } from '../../desk/unsettled.ts';
import { clock } from '../../record/turn.ts';
import { actions, button, context, section } from '../blocks.ts';
import type { Card } from '../card.ts';
import { safe } from '../mrkdwn.ts';

const KINDS: Record<string, string> = {
  tell: 'A notice to a client',
  'approved-notice': 'An approved notice',
  checkpoint: 'A checkpoint',
  'fetch-evidence': 'A file',
};

/** Asks a person for what no program can find out: did this message arrive? Its words stand in the channel, not here. */
export function unsettledCard({ delivery, client, kind, channel, since, answer }: Unknown & { answer?: string }): Card {
  const where = channel === undefined ? '' : ` in <#${channel}>`;
  const what = `${KINDS[kind] ?? 'A message'}${where} (${safe(client)})`;
  const text = `${what} may or may not have arrived.`;
  if (answer !== undefined) return { text: `${what}: ${answer}`, blocks: [section(`:white_check_mark: ${what}: ${safe(answer)}`)] };
  return {
    text,
    blocks: [
      section(
        `:grey_question: *${what} may or may not have arrived.*\nSlack gave no answer, and it cannot be looked up. Look into the channel, then say:`,
      ),
      actions(`unsettled|${delivery}`, [
        button('unsettled.arrived', 'It arrived', delivery, { style: 'primary' }),
        button('unsettled.again', 'Send it again', delivery),
      ]),
      context(`unknown since ${clock(since)} · ${safe(delivery)} · until somebody says, it is not sent again`),
    ],
  };
}
