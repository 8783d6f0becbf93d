import { App, HTTPReceiver, type Receiver, type RespondFn, SocketModeReceiver, webApi } from '@slack/bolt';
import { homeOf } from '../desk/plan.ts';
import type { Inbox } from '../desk/ports.ts';
import type { Answer } from './click.ts';
import { click } from './clicks.ts';
import { slashIncident } from './declare.ts';
import { attempt, code } from './deliveries/failures.ts';
import { declareForm, refusalForm } from './forms.ts';
import { accountOf, type Caller, type House, type Log, outsideHere } from './house.ts';
import { changed, keepMessage, reacted, wordsIn } from './keeping/messages.ts';
import { doorkeeper } from './lanes/doorkeeper.ts';
import { authorizer, type Tokens } from './lanes/elsewhere.ts';
import { writtenQuestion } from './lanes/written-question.ts';
import { BlockActions, MessageAction, SlackEvent, SlashCommand, ViewSubmission } from './payloads.ts';
import { DurableReceiver } from './receiver.ts';
import { submit } from './submissions.ts';
import { channelIn, contextChanged, conversationOpened, paneOpened } from './talk/agent.ts';
import { mentioned } from './talk/mentions.ts';

/** How Slack reaches us: signed HTTP requests, or a socket that we open. */
export type Transport = { kind: 'http'; signingSecret: string; port: number } | { kind: 'socket'; appToken: string };

/** `elsewhere`: the tokens of clients' workspaces in which the bot is installed too. */
export type Connection = { botToken: string; apiUrl: string | undefined; transport: Transport; elsewhere?: Tokens };

/** A Web API client for sending: the outbox owns every retry, and nothing waits without end. */
export function sendingClient({ botToken, apiUrl }: Pick<Connection, 'botToken' | 'apiUrl'>, timeoutMs = 10_000): webApi.WebClient {
  return new webApi.WebClient(botToken, {
    ...clientOptions(apiUrl),
    timeout: timeoutMs,
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    // What a failed call means is said where it is handled, by the sentence for it.
    logger: boltLogger({ info: () => {}, warn: () => {}, error: () => {} }),
  });
}

/** Fresh for every client: the SDK writes into the object it is given. */
const clientOptions = (apiUrl: string | undefined) => ({
  retryConfig: { retries: 0 },
  ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
});

export type Bot = { app: App; receiver: DurableReceiver; http: HTTPReceiver | undefined };

/** The bot: Bolt's App behind a receiver that stores before it acknowledges, with every listener in place. */
export async function createBot(house: House, connection: Connection, inbox: Inbox): Promise<Bot> {
  const inner = receiverOf(connection, house.log);
  const receiver = new DurableReceiver(inner, inbox, house.log);
  const app = new App({
    ...(connection.elsewhere === undefined
      ? { token: connection.botToken }
      : { authorize: authorizing(connection, connection.elsewhere) }),
    receiver,
    clientOptions: clientOptions(connection.apiUrl),
    deferInitialization: true,
    convoStore: false,
    logger: boltLogger(house.log),
  });
  app.use(doorkeeper(house));
  listen(app, house);
  await app.init();
  return { app, receiver, http: inner instanceof HTTPReceiver ? inner : undefined };
}

const authorizing = ({ botToken, apiUrl }: Connection, tokens: Tokens) =>
  authorizer(botToken, tokens, (token) => sendingClient({ botToken: token, apiUrl }, 2_500));

function receiverOf({ transport, apiUrl }: Connection, log: Log): Receiver {
  const logger = boltLogger(log);
  if (transport.kind === 'http')
    return new HTTPReceiver({ signingSecret: transport.signingSecret, port: transport.port, endpoints: '/slack/events', logger });
  return new SocketModeReceiver({
    appToken: transport.appToken,
    logger,
    installerOptions: { clientOptions: clientOptions(apiUrl) },
  });
}

function listen(app: App, house: House): void {
  app.command('/incident', async ({ ack, body, client }) => {
    const payload = SlashCommand.parse(body);
    const answer = await saved(house, () => slashIncident(house, payload));
    if ('say' in answer) return ack({ response_type: 'ephemeral', text: answer.say });
    await ack();
    await attempt(house, 'views.open', 'the form could not be opened', () =>
      client.views.open({ trigger_id: payload.trigger_id, view: answer.form }),
    );
  });
  app.action(/.*/, async ({ ack, body, client, respond }) => {
    const payload = BlockActions.parse(body);
    const answer = await saved(house, () => clicked(house, payload));
    await ack();
    await attempt(house, 'views.open', 'the person could not be answered', () => tell(client, payload, answer, respond));
  });
  app.view(/.*/, async ({ ack, body }) => {
    const payload = ViewSubmission.parse(body);
    const answer = await saved(house, () => submit(house, payload, callerOf(house, payload)));
    if (answer === undefined) return ack();
    if ('form' in answer) return ack({ response_action: 'update', view: answer.form });
    const errors = 'errors' in answer ? answer.errors : { [Object.keys(payload.view.state.values)[0] ?? 'reason']: answer.say };
    return ack({ response_action: 'errors', errors });
  });
  app.shortcut('keep_message', async ({ ack, body, client }) => {
    const { channel, message, user, team } = MessageAction.parse(body);
    const caller = callerOf(house, { user, team });
    const kept = { channel: channel.id, ts: message.ts, text: wordsIn(message), speaker: message.user, how: 'shortcut' } as const;
    const sentence = await saved(house, async () => ({ say: (await keepMessage(house, kept, caller)) ?? '' }));
    await ack();
    if (sentence.say === '') return;
    const answer = { channel: channel.id, user: user.id, text: sentence.say };
    await attempt(house, 'chat.postEphemeral', 'the person could not be answered', () => client.chat.postEphemeral(answer));
  });
  listenToEvents(app, house);
}

function listenToEvents(app: App, house: House): void {
  app.event('app_mention', async ({ event, context }) => onMention(house, SlackEvent.parse(event), context.teamId ?? ''));
  app.event('message', async ({ event, context }) => {
    const message = SlackEvent.parse(event);
    const team = context.teamId ?? '';
    if (message.subtype === 'message_changed' || message.subtype === 'message_deleted') return changed(house, message, team);
    if (message.channel_type === 'im' && message.subtype === undefined && message.bot_id === undefined)
      return onMention(house, message, team);
    if (message.subtype === undefined && message.bot_id === undefined) await writtenQuestion(house, message, team);
  });
  app.event('reaction_added', async ({ event, context }) => reacted(house, SlackEvent.parse(event), context.teamId ?? ''));
  app.event('app_home_opened', async ({ event, context }) => {
    const { user, tab, channel } = SlackEvent.parse(event);
    const team = context.teamId ?? '';
    if (tab === 'home' && user !== undefined) await openHome(house, user, team);
    if (tab === 'messages' && user !== undefined && channel !== undefined) await conversationOpened(house, { user, team }, channel);
  });
  listenToAgentView(app, house);
}

function listenToAgentView(app: App, house: House): void {
  app.event('app_context_changed', async ({ event, context }) =>
    contextChanged(house, SlackEvent.parse(event), context.teamId ?? ''),
  );
  app.event('assistant_thread_started', async ({ event, context }) =>
    paneOpened(house, SlackEvent.parse(event), context.teamId ?? ''),
  );
  app.event('assistant_thread_context_changed', async ({ event, context }) =>
    contextChanged(house, SlackEvent.parse(event), context.teamId ?? ''),
  );
}

async function onMention(house: House, event: SlackEvent, team: string): Promise<void> {
  const { channel, ts, thread_ts, text = '', user, bot_id, user_team } = event;
  if (channel === undefined || ts === undefined || user === undefined || bot_id !== undefined) return;
  await mentioned(house, {
    channel,
    ts,
    text,
    caller: { user, team, home: user_team },
    beside: channelIn(event),
    ...(thread_ts === undefined ? {} : { thread: thread_ts }),
  });
}

async function openHome(house: House, user: string, team: string): Promise<void> {
  const client = house.clientOf(team);
  const [newest] = (await house.store.open(client).records()).slice(-1);
  if (newest !== undefined) return house.desk.send(client, homeOf(accountOf(house, { user, team }), newest.record));
  const { homeView } = await import('./home.ts');
  await house.client.views.publish({ user_id: user, view: homeView([], team) });
}

type Sent = {
  user: { id: string; name?: string | undefined; username?: string | undefined; team_id?: string | undefined };
  team?: { id: string } | null | undefined;
};

/** Whose workspace a request is about is ours, whatever it says: people of another one write in channels shared with it. */
function callerOf(house: House, { user, team }: Sent): Caller {
  const ours = house.team ?? team?.id ?? user.team_id ?? '';
  const at = house.elsewhere?.has(team?.id ?? '') ? team?.id : undefined;
  const name = user.name ?? user.username;
  return { user: user.id, team: ours, name, home: user.team_id ?? at, ...(at === undefined ? {} : { at }) };
}

async function clicked(house: House, payload: BlockActions): Promise<Answer> {
  const caller = callerOf(house, payload);
  if (payload.actions[0]?.action_id === 'home.declare') {
    const outside = await outsideHere(house, caller, payload.channel?.id);
    if (outside !== undefined) return { form: refusalForm(outside) };
    return {
      form: declareForm(
        house.library.list().map(({ id, title }) => ({ value: id, text: title })),
        undefined,
      ),
    };
  }
  return click(house, payload, caller);
}

/** Whatever fails in here was not recorded, and the person hears it; the operator gets the cause. */
async function saved<T>(house: House, work: () => Promise<T>): Promise<T | { say: string }> {
  try {
    return await work();
  } catch (error) {
    house.log.error({ error }, 'a click was not recorded');
    const alarm = error instanceof Error && error.name === 'RecordAlarm' ? error.message : undefined;
    return {
      say:
        alarm ?? 'This was NOT recorded: the record could not be written. Please try again, and write it down on paper meanwhile.',
    };
  }
}

/** Where the bot is not in the channel any more, the address that came with the click still reaches the person. */
async function tell(
  client: webApi.WebClient,
  { channel, user, trigger_id }: BlockActions,
  answer: Answer,
  respond: RespondFn,
): Promise<void> {
  if (answer === undefined) return;
  if ('form' in answer) return void (await client.views.open({ trigger_id, view: answer.form }));
  if (channel === undefined) return;
  const text = answer.say;
  await client.chat
    .postEphemeral({ channel: channel.id, user: user.id, text })
    .catch(() => respond({ response_type: 'ephemeral', replace_original: false, text }));
}

/** Bolt logs through ours; never at debug, where it would print what people wrote. */
function boltLogger(log: Log) {
  const line = (parts: unknown[]) => parts.map((part) => (part instanceof Error ? code(part) : String(part))).join(' ');
  return {
    debug: () => {},
    info: () => {},
    warn: (...parts: unknown[]) => log.warn({}, line(parts)),
    error: (...parts: unknown[]) => log.error({}, line(parts)),
    setLevel: () => {},
    getLevel: () => 'warn' as never,
    setName: () => {},
  };
}
