import { dirname, join } from 'node:path';
import { Courier } from '../desk/courier.ts';
import type { Desk } from '../desk/desk.ts';
import type { Model } from '../desk/model-port.ts';
import { Reckoner } from '../desk/reckoner.ts';
import { RunbookWatch } from '../desk/runbook-watch.ts';
import { Watch } from '../desk/watch.ts';
import { Witness } from '../desk/witness.ts';
import type { ModelSettings } from '../model/settings.ts';
import { type Bot, type Connection, createBot, sendingClient } from '../slack/app.ts';
import { slackCarrier } from '../slack/deliveries/carrier.ts';
import { attempt } from '../slack/deliveries/failures.ts';
import { type House, type Library, type Log, placeIn } from '../slack/house.ts';
import { elsewhere } from '../slack/lanes/elsewhere.ts';
import { cadence } from '../slack/notices/cadence.ts';
import { scribeUnasked } from '../slack/proposals/scribe-policy.ts';
import { fileFetcher } from './fetch-file.ts';
import { type Opened, type Settings, US, world } from './house.ts';
import { openLanes } from './lane-shelf.ts';
import { openLaw } from './law-shelf.ts';
import { openLibrary } from './library.ts';
import { DrillStages } from './stages.ts';
import { openTemplates } from './templates.ts';

/** What stands on disk beside the store; `inventory` holds the files of every client. */
export type Shelves = {
  library: Library;
  data: string;
  drills: string;
  inventory?: string;
  witness?: string;
  model?: ModelSettings;
};

export const shelvesOf = ({ runbooks, data, inventory, witness, model }: Settings): Shelves => ({
  library: openLibrary(runbooks),
  data,
  drills: join(runbooks, 'drills'),
  inventory,
  ...(witness === undefined ? {} : { witness }),
  ...(model === undefined ? {} : { model }),
});

/**
 * What a chat is called in the record, and how it knows who somebody is. A chat that is not outside our own store gives
 * `copy`: what to show so that somebody can take a head outside (a drawing to photograph, a file).
 */
export type Chat = {
  surface: string;
  via: House['via'];
  copy?: (record: string, size: number, note: string) => string;
  boardUrl?: (incident: string) => string;
};

export const SLACK: Chat = { surface: 'slack', via: () => 'slack-signature' };

/** A house that is open: what to say of it, where it is, and how to close it. */
export type Running = { says: string; url: string; close(): Promise<void> };

export type Work = {
  bot: Bot;
  courier: Courier;
  watch: Watch;
  runbooks: RunbookWatch;
  /** Takes no more work, and waits for what is in flight. */
  quiet(): Promise<void>;
};

/** The language model, or none; its library is loaded only where one is configured. */
const modelOf = async (settings: ModelSettings | undefined): Promise<Model | undefined> =>
  settings === undefined ? undefined : (await import('../model/model.ts')).openModel(settings);

/** The bot, the courier and the watch, over an open store. What an earlier run left undone is taken up first. */
export async function startWork(
  { store, desk }: Opened,
  { library, data, drills, inventory = join(data, 'inventory'), witness: witnessChannel, model: settings }: Shelves,
  connection: Connection,
  log: Log,
  chat: Chat,
): Promise<Work> {
  desk.reckoner ??= new Reckoner(openLaw());
  const notices = openTemplates(dirname(drills), log);
  const house = await houseOf({ store, desk }, { library, data, notices, model: await modelOf(settings) }, connection, log, chat);
  const sending = sendingClient(connection);
  const shelf = openLanes({ store, desk }, house, inventory, sending, log);
  const stages = new DrillStages(desk, library, drills);
  house.drill = (name, by) => stages.play(name, by);
  const bot = await createBot(house, connection, store.inbox);
  const files = filesOf(store, connection);
  const views = (client: string) => desk.views(client);
  const copy = chat.copy === undefined ? {} : { copy: chat.copy };
  const reckoner = () => desk.reckoner;
  const parts = {
    ...(house.elsewhere === undefined ? {} : { elsewhere: house.elsewhere }),
    client: sending,
    log,
    files,
    views,
    notices,
    reckoner,
    plan: (...sent: Parameters<Desk['send']>) => desk.send(...sent),
    ...copy,
  };
  const carrier = shelf.carrier(slackCarrier(parts), parts);
  const failed = (delivery: { id: string } | undefined, error: unknown) =>
    log.error({ delivery: delivery?.id, error }, 'a delivery could not be carried');
  const courier = new Courier(store, desk, carrier, world, { failed });
  const watch = watchOf({ store, desk }, house, log);
  const runbooks = new RunbookWatch(store, desk, library, (error) => log.error({ error }, 'the runbooks could not be looked at'));
  desk.onDeliveries = () => courier.wake();
  await bot.receiver.replay();
  // A chat in our own store died with the process that spoke to it: what it had in hand has landed, or never will.
  await store.outbox.takeOver(chat.copy === undefined ? world.now() : 0);
  courier.start();
  watch.start();
  runbooks.start();
  shelf.work.start();
  const witness = witnessOf({ store, desk, world }, house, witnessChannel, log);
  witness?.start();
  return {
    bot,
    courier,
    watch,
    runbooks,
    quiet: async () => {
      stages.stop();
      witness?.stop();
      watch.stop();
      runbooks.stop();
      await shelf.work.stop();
      await bot.receiver.drain();
      await courier.stop();
    },
  };
}

/** Files that people show: fetched from the chat, kept as evidence. */
const filesOf = (store: Opened['store'], connection: Connection) => ({
  fetch: fileFetcher(connection),
  keep: (client: string, record: string, id: string, bytes: Uint8Array) => store.open(client).keepEvidence(record, id, bytes),
});

/** What the Slack side works with: our own workspace and the clients' ones, asked of Slack once. */
async function houseOf(
  { store, desk }: Opened,
  { library, data, notices, model }: Pick<Shelves, 'library' | 'data'> & { notices: House['notices']; model: Model | undefined },
  connection: Connection,
  log: Log,
  chat: Chat,
): Promise<House> {
  const house: House = {
    surface: chat.surface,
    desk,
    store,
    library,
    client: sendingClient(connection, 2_500),
    log,
    via: chat.via,
    clientOf: () => US,
    fetchFile: fileFetcher(connection),
    ...(notices === undefined ? {} : { notices }),
    ...(model === undefined ? {} : { model }),
    ...(chat.boardUrl === undefined ? {} : { boardUrl: chat.boardUrl }),
    receipt: async (id, incident) => (await import('./receipt.ts')).receiptFiles({ store, desk }, id, incident),
    exportPack: async (client, record) => (await import('./pack.ts')).exportBeside(store, client, record, data),
  };
  Object.assign(house, await homeTeam(house));
  const { elsewhere: tokens, apiUrl } = connection;
  if (tokens !== undefined) house.elsewhere = elsewhere(tokens, (botToken) => sendingClient({ botToken, apiUrl }));
  return house;
}

/** What has a time: reminders, clocks, promised updates, and the readings of the scribe. */
function watchOf({ store, desk }: Opened, house: House, log: Log): Watch {
  const watch = new Watch(store, desk, world, (error) => log.error({ error }, 'the watch could not look'));
  watch.alsoLook = async (view, now) => (await cadence(house, view, now)) + (await scribeUnasked(house, view, now));
  return watch;
}

/** A channel that was named as witness gets one head of the whole house. */
function witnessOf(
  parts: ConstructorParameters<typeof Witness>[0],
  house: House,
  channel: string | undefined,
  log: Log,
): Witness | undefined {
  if (channel === undefined || house.team === undefined) return undefined;
  return new Witness(parts, US, placeIn(house, house.team, channel), (error) =>
    log.error({ error }, 'the house could not be witnessed'),
  );
}

/** Whose workspace this is: asked once, because a request from a shared channel may name another one. */
async function homeTeam({ client, log }: House): Promise<{ team?: string }> {
  const who = await attempt({ log }, 'auth.test', 'Slack did not say which workspace this is.', () => client.auth.test());
  return who?.team_id === undefined ? {} : { team: who.team_id };
}
