import type { RecordView } from '../../desk/view.ts';
import type { Draft } from '../../notice/draft.ts';
import type { Template } from '../../notice/template.ts';
import { spoken } from '../../notice/wording-of-entry.ts';
import { OURSELVES } from '../../record/decide-notices.ts';
import type { Notice } from '../../record/incident-notices.ts';
import type { House } from '../house.ts';
import { bytesOf, drafted, valuesOf } from './desk.ts';

const QUARTER_MS = 15 * 60_000;

/**
 * A promised update that did not come: the shortest honest one is prepared, with a new time, and waits for a person like any other.
 * Answers how many it prepared.
 */
export async function cadence(house: House, view: RecordView, now: number): Promise<number> {
  const missed = view.incident.drill ? undefined : missedUpdate(view, now);
  const template = house.notices?.template('per_client_status');
  if (missed === undefined || template === undefined) return 0;
  const { last, promise, nextUpdate } = missed;
  const answer = await house.desk.do({
    client: view.client,
    record: view.incident.record,
    via: 'bot',
    key: `cadence/${view.incident.record}/${promise}`,
    command: {
      do: 'draftNotice',
      notice: `u-${promise}`,
      kind: 'per_client_status',
      words: 'template',
      secondPerson: template.second_person,
      approvers: [...template.approver],
      values: last.values,
      ...bytesOf(update(view, missed, template), nextUpdate),
    },
  });
  return 'done' in answer ? 1 : 0;
}

/** The shortest honest one: that nothing is new is said only where nothing is; else the status as the record has it. */
function update(view: RecordView, { last, promise, nextUpdate }: Missed, template: Template): Draft {
  const id = `u-${promise}`;
  return isNews(view, last.sent.at(-1)?.seq ?? 0)
    ? drafted(view, template, id, valuesOf(last), nextUpdate)
    : nothingNew(view, last, id, nextUpdate);
}

/** Whether anybody found, or said, something since the last notice went out. */
const isNews = ({ incident }: RecordView, since: number): boolean =>
  incident.findings.some(({ seq }) => seq > since) || [...incident.statements].some((seq) => seq > since);

type Missed = { last: Notice; promise: string; nextUpdate: string };

/** The last promise of ours that has passed, and when the next update should come: as far off as the one before. Pure. */
export function missedUpdate({ incident }: RecordView, now: number): Missed | undefined {
  const missed = incident.promises.findLast(
    ({ who, due, kept }) =>
      who === OURSELVES && kept === undefined && due !== undefined && Temporal.Instant.from(due).epochMilliseconds <= now,
  );
  const last = [...incident.notices.values()].filter(({ sent }) => sent.length > 0).at(-1);
  const sentAt = last?.sent.at(-1)?.at;
  if (missed?.due === undefined || last === undefined || sentAt === undefined) return undefined;
  if (incident.notices.has(`u-${missed.id}`)) return undefined;
  const apart = Temporal.Instant.from(missed.due).epochMilliseconds - Temporal.Instant.from(sentAt).epochMilliseconds;
  const next = Math.ceil((now + Math.max(apart, 4 * QUARTER_MS)) / QUARTER_MS) * QUARTER_MS;
  return { last, promise: missed.id, nextUpdate: Temporal.Instant.fromEpochMilliseconds(next).toString() };
}

/** "Nothing new since …, next at …": the time is that of the last notice, which it cites. */
function nothingNew({ incident }: RecordView, last: Notice, id: string, nextUpdate: string): Draft {
  const sent = last.sent.at(-1);
  const { client, zone } = valuesOf(last);
  const addressed = client === undefined || client === '' ? [] : [{ text: `Status for ${client}`, cites: [], type: undefined }];
  return {
    id,
    record: incident.record,
    client: client ? 'addressee' : undefined,
    kind: 'per_client_status',
    sentences: [
      ...addressed,
      { text: `Our last message to you was sent at ${spoken(sent?.at, zone)}.`, cites: [String(sent?.seq)], type: 'fact' },
      { text: 'There is nothing new that we can tell you yet.', cites: [], type: undefined },
      { text: `Our next update comes by ${spoken(nextUpdate, zone)}.`, cites: [], type: 'promise' },
    ],
  };
}
