import { STATE_WORDS } from '../../desk/board-words.ts';
import type { RecordView } from '../../desk/view.ts';
import type { Entry } from '../../record/entry.ts';
import { clock } from '../../record/turn.ts';
import { context, section } from '../blocks.ts';
import type { Card } from '../card.ts';
import { clip, safe, when } from '../mrkdwn.ts';
import { mark } from '../words.ts';

const ANSWERS = {
  received: ':ballot_box_with_check: *They have received it*',
  question: ':speech_balloon: *They ask*',
  hit: ':rotating_light: *They say that they are hit*',
};
const CALLS = { reached: 'reached', 'left-word': 'left word', 'no-answer': 'no answer' };

/** What a lane tells its own channel, in mrkdwn; undefined for what is told elsewhere. */
export function laneTold(entry: Entry): string | undefined {
  switch (entry.kind) {
    case 'lane.moved': {
      const { tier, state, asOf, evidence, correction } = entry.body;
      const how = entry.texts.how ? ` _(${safe(entry.texts.how)})_` : '';
      return `:compass: *${tier}: ${STATE_WORDS[state]}*${correction ? ' (a correction: look at what was sent)' : ''}. ${safe(entry.texts.reason)}${how}\nas of ${when(asOf)} · evidence ${safe(evidence)}`;
    }
    case 'receipt.given':
      return `${ANSWERS[entry.body.answer]}${entry.texts.text ? `: ${safe(entry.texts.text)}` : ''}`;
    case 'call.logged':
      return `:telephone_receiver: ${safe(entry.texts.who)}: ${CALLS[entry.body.outcome]}${entry.texts.note ? `. ${safe(entry.texts.note)}` : ''}`;
    case 'entry.cited':
      return `:link: Entry ${entry.body.seq} of the vendor incident stands here too.`;
  }
}

/** An entry of the vendor incident as a lane may see it: what was released, with where it stands. */
export function citedCard(
  { incident }: RecordView,
  { seq, body }: Extract<Entry, { kind: 'entry.cited' }>,
  cited: Entry | undefined,
): Card {
  const words = cited === undefined ? [] : Object.values(cited.texts).map((text) => safe(text));
  const text = words.length === 0 ? `Entry ${body.seq} of the vendor incident was settled there.` : words.join(' · ');
  return {
    text: `${mark(incident)}${text}`,
    blocks: [
      section(clip(`:link: ${text}`, 2900)),
      context(
        `${mark(incident)}entry ${seq}: cites entry ${body.seq} of the vendor incident ${body.record}${cited === undefined ? '' : `, recorded ${clock(cited.at)}`}`,
      ),
    ],
  };
}
