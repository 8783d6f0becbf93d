import { clockBoard } from '../../desk/plan.ts';
import type { RecordView } from '../../desk/view.ts';
import type { Command } from '../../record/command.ts';
import { type Caller, type House, placeIn } from '../house.ts';
import { safe } from '../mrkdwn.ts';
import { topClocks } from './board.ts';
import { nextQuestion } from './questions.ts';
import { findDuties, NOT_ADVICE, titleOf } from './words.ts';

/** "who must we tell?": the three that bite first, the question to answer next, and the board itself in the channel. */
export async function clocksAnswer(house: House, view: RecordView, { team }: Caller, channel: string): Promise<string> {
  const { incident, now } = view;
  const place = placeIn(house, team, channel);
  await house.desk.send(view.client, [clockBoard(incident.record, place)]);
  const top = topClocks(view, house.desk.reckoner);
  const next = nextQuestion(incident, house.desk.reckoner?.questions(incident, now) ?? []);
  const lines = top.length === 0 ? ['No date yet.'] : top.map((line) => `• ${line}`);
  const ask = next === undefined ? '' : `\nAnswer next: ${safe(next.question)}`;
  return `${lines.join('\n')}${ask}\n_The clock board has the rest. ${NOT_ADVICE}_`;
}

/** "filed texas ag ref 123": the duty that the words name, or a sentence where they name none or several. */
export function filedCommand(house: House, view: RecordView, words: string, reference: string | undefined): Command | string {
  const { incident, now } = view;
  const clocks = house.desk.reckoner?.clocks(incident, now);
  const found = clocks === undefined ? [] : findDuties(incident, clocks, words);
  const [only] = found;
  if (only === undefined) return `Which duty was filed? None on the clock board is called "${safe(words)}". Nothing was recorded.`;
  if (found.length > 1) {
    const names = found.slice(0, 5).map((owed) => `\`${safe(owed.key)}\` (${safe(titleOf(incident, owed))})`);
    return `Which of these was filed: ${names.join(', ')}${found.length > 5 ? ' …' : ''}? Write \`filed\` with its name. Nothing was recorded.`;
  }
  return {
    do: 'fileDuty',
    ...only.name,
    at: new Date(now).toISOString(),
    evidence: [],
    ...(reference === undefined ? {} : { reference }),
  };
}
