import { type By, profileOf, standingOf } from '../../desk/clients.ts';
import { ourselves } from '../../desk/ourselves.ts';
import type { RecordView } from '../../desk/view.ts';
import type { ExposureState } from '../../inventory/investigation.ts';
import { type BankAnswer, bankOf } from '../../notice/answers.ts';
import { spoken } from '../../notice/wording-of-entry.ts';
import { type Refusal, refuse } from '../../record/command.ts';
import type { Seq } from '../../record/event.ts';
import { type House, isRefusal } from '../house.ts';
import { bytesOf, drafted, type NoticeShelf } from '../notices/desk.ts';

/** Answers to what clients ask, each drafted in that one client's lane: a notice like any other, with its gate and its approval. */
export type Drafting = {
  question: string;
  /** ISO 8601; by default the cadence of the first day. */
  nextUpdate?: string | undefined;
  checking?: string | undefined;
  /** The entry that asks, where one does; the batch, where many are answered at once. */
  asked?: Seq;
  batch?: string;
};

const QUARTER_MS = 15 * 60_000;
const TWO_HOURS_MS = 2 * 60 * 60_000;

export function bank({ notices }: { notices?: NoticeShelf | undefined }): BankAnswer[] {
  const template = notices?.template('client_answer');
  return template === undefined ? [] : bankOf(template);
}

/** Two hours on, at a quarter of an hour: an affected client hears every two hours on the first day. */
export const nextWord = (now: number): string =>
  Temporal.Instant.fromEpochMilliseconds(Math.ceil((now + TWO_HOURS_MS) / QUARTER_MS) * QUARTER_MS).toString();

/** Drafts one answer in a lane; answers the notice's id. */
export async function draftAnswer(
  house: House,
  view: RecordView,
  { question, ...more }: Drafting,
  by: By & { key: string },
): Promise<Refusal | { notice: string }> {
  const template = house.notices?.template('client_answer', [question]);
  const known = bank(house).find(({ id }) => id === question);
  if (template === undefined || known === undefined)
    return refuse('unknown', 'There is no such answer in runbooks/notices/client_answer.md.');
  const id = house.desk.newId();
  const nextUpdate = more.nextUpdate ?? nextWord(house.desk.now());
  const typed = more.checking === undefined ? {} : { checking: more.checking };
  const filled = { ...(await valuesFor(house, view)), regimes: question, ...marks(more), ...typed };
  const draft = drafted(view, template, id, filled, nextUpdate);
  const answer = await house.desk.do({
    client: view.client,
    record: view.incident.record,
    of: 'lane',
    ...by,
    command: {
      do: 'draftNotice',
      notice: id,
      kind: 'client_answer',
      words: 'template',
      secondPerson: template.second_person,
      approvers: [...template.approver],
      values: JSON.stringify(filled),
      ...bytesOf(draft, nextUpdate),
    },
  });
  return isRefusal(answer) ? answer : { notice: id };
}

const marks = ({ asked, batch }: Pick<Drafting, 'asked' | 'batch'>): Record<string, string> => ({
  ...(asked === undefined ? {} : { asked: String(asked) }),
  ...(batch === undefined ? {} : { batch }),
});

/** Everything of this client's own: its name and zone from the register, what is being checked from how its lane stands. */
async function valuesFor({ desk, clientOf, team }: House, view: RecordView): Promise<Record<string, string>> {
  const standing = (await desk.view(view.client, standingOf(view.client)))?.incident.lanes.client;
  const zone = profileOf(standing?.profile)?.zone;
  const ours = await ourselves(desk, clientOf(team ?? ''));
  const checking = CHECKING[view.incident.lanes.lane?.state ?? 'unknown'];
  const asOf = spoken(new Date(desk.now()).toISOString(), zone);
  const values = { client: standing?.name ?? view.client, zone, msp: ours?.name, contact: ours?.contact, checking, as_of: asOf };
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined || value === '' ? [] : [[key, value]])),
  );
}

/** What is looked at next, by how far the client has come: it stands in every answer unless somebody says it better. */
export const CHECKING: Record<ExposureState, string> = {
  unknown: 'whether the tool is on your machines',
  not_present: 'whether our list of your software is complete',
  present_outside_window: 'whether our list of your software is complete',
  present_in_window: 'your machines for signs of an intruder',
  iocs_absent: 'the logs that we have not read yet',
  iocs_found: 'which machines and which data were reached',
  data_access_unknown: 'which data was reached',
  data_access_ruled_out: 'what can be put back into service',
  data_taken: 'which data was taken',
};
