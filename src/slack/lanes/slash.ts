import { boardDelivery } from '../../desk/lane-cards.ts';
import type { View } from '../blocks.ts';
import { showSheet } from '../calls/talk.ts';
import { type House, placeIn, recordAt } from '../house.ts';
import type { SlashCommand } from '../payloads.ts';
import { sortForm, tellForm } from './forms.ts';

/** `/incident lanes`, `/incident board`, `/incident tell`: in the channel of the vendor incident that they are about. */
export async function slashLanes(
  house: House,
  { team_id, channel_id }: SlashCommand,
  word: string,
): Promise<{ form: View } | { say: string }> {
  const view = await recordAt(house, team_id, channel_id);
  if (view?.incident.of !== 'incident' || view.client !== house.clientOf(team_id) || house.lanes === undefined)
    return { say: 'Use this in the channel of the vendor incident: the clients are coordinated from there.' };
  const { record } = view.incident;
  if ((await house.lanes.clients.list()).length === 0)
    return { say: 'No client is in the register yet. Import them: `/incident clients`, or `firebreak clients import FILE`.' };
  if (word === 'lanes') return { form: sortForm(record) };
  if (word === 'tell') return { form: tellForm(record) };
  if (word === 'calls') return { say: await showSheet(house, view, team_id, channel_id) };
  await house.desk.send(view.client, [boardDelivery(record, placeIn(house, team_id, channel_id))]);
  return { say: 'The board is in the channel.' };
}
