import { randomBytes } from 'node:crypto';
import type { Connection } from '../slack/app.ts';
import { code } from '../slack/deliveries/failures.ts';
import type { Log } from '../slack/house.ts';
import { readArguments } from './arguments.ts';
import { type Command, type Terminal, UsageError } from './command.ts';
import { type Opened, openHouse, type Settings, settingsOf } from './house.ts';
import { openLog } from './log.ts';
import { type Doorway, openRoom } from './room.ts';
import { type Running, SLACK, shelvesOf, startWork } from './work.ts';

const USAGE = 'usage: firebreak start [--port N] [--listen [HOST]]';

/** `start`: Slack where SLACK_BOT_TOKEN is set, else the room on this machine. Runs until it is told to stop. */
export const start: Command = async (args, terminal) => {
  const running = await open(args, terminal);
  terminal.err(running.says);
  await stopped(terminal);
  await running.close();
  return 0;
};

/** Builds the parts and starts them; a test closes what it opened. */
export async function open(args: string[], terminal: Terminal): Promise<Running> {
  const settings = settingsOf(terminal.env);
  const log = openLog(terminal.env.FIREBREAK_LOG ?? 'warn');
  const parts = openHouse(settings);
  parts.store.onBroken(({ message }) => {
    terminal.err(message);
    // At once, and with what is on the disk: a service manager starts it again, and the file is looked over first.
    process.exit(2);
  });
  try {
    return await (terminal.env.SLACK_BOT_TOKEN
      ? openSlack(parts, settings, terminal, log)
      : openRoom(parts, settings, doorwayOf(args, terminal), log));
  } catch (error) {
    await parts.store.close();
    throw error;
  }
}

/** `--port N`; `--listen [HOST]` for phones and colleagues, with the passphrase of FIREBREAK_PASSPHRASE or a fresh one. */
function doorwayOf(args: string[], { env }: Terminal): Doorway {
  const { options, flags, words } = readArguments(args, { options: ['port'], flags: ['listen'] }, USAGE);
  const given = options.get('port') ?? env.PORT ?? '3210';
  const port = Number(given);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--port wants a number from 0 to 65535, not "${given}".`);
  if (!flags.has('listen')) return { port, host: '127.0.0.1' };
  return { port, host: words[0] ?? '0.0.0.0', passphrase: env.FIREBREAK_PASSPHRASE ?? randomBytes(9).toString('base64url') };
}

async function openSlack(parts: Opened, settings: Settings, { env }: Terminal, log: Log): Promise<Running> {
  const {
    SLACK_BOT_TOKEN: botToken = '',
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_APP_TOKEN: appToken,
    SLACK_API_URL: apiUrl,
  } = env;
  const port = Number(env.PORT ?? 3210);
  if (!appToken && !signingSecret)
    throw new UsageError('SLACK_BOT_TOKEN is set. Set SLACK_APP_TOKEN too (Socket Mode), or SLACK_SIGNING_SECRET (HTTP).');
  const transport: Connection['transport'] = appToken
    ? { kind: 'socket', appToken }
    : { kind: 'http', signingSecret: signingSecret ?? '', port };
  const tokens = tokensElsewhere(env.FIREBREAK_WORKSPACES);
  const connection = { botToken, apiUrl, transport, ...(tokens === undefined ? {} : { elsewhere: tokens }) };
  const work = await startWork(parts, shelvesOf(settings), connection, log, SLACK).catch((error: unknown) => {
    throw new UsageError(unreachable(code(error), apiUrl));
  });
  await work.bot.receiver.start(...(transport.kind === 'http' ? [port] : []));
  const how = appToken ? 'over Socket Mode' : `over HTTP: Slack reaches it at port ${port}, path /slack/events`;
  return {
    url: '',
    says: `Firebreak is connected to Slack ${how}. Stop it with Ctrl-C.`,
    close: async () => {
      await work.bot.receiver.stop();
      await work.quiet();
      await parts.store.close();
    },
  };
}

/** `T0CLIENT=xoxb-…, T1CLIENT=xoxb-…`: workspaces of clients in which the bot is installed too. */
export function tokensElsewhere(setting: string | undefined): Map<string, string> | undefined {
  if (setting === undefined || setting.trim() === '') return undefined;
  const pairs = setting.split(/[\s,;]+/).filter((one) => one !== '');
  const wrong = pairs.findIndex((one) => !/^[A-Z0-9]+=xox[a-z]-\S+$/.test(one));
  if (wrong >= 0)
    throw new UsageError(
      `FIREBREAK_WORKSPACES: number ${wrong + 1} is not a workspace and its bot token, like T0CLIENT=xoxb-… Nothing was started.`,
    );
  return new Map(pairs.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]));
}

/** Why Slack could not be worked with at the start, and what to do next. */
function unreachable(word: string, apiUrl: string | undefined): string {
  const then = 'Nothing was started. Without SLACK_BOT_TOKEN, "npm start" opens the built-in workspace.';
  const refused = ['invalid_auth', 'not_authed', 'account_inactive', 'token_revoked', 'token_expired'];
  if (refused.includes(word)) return `Slack does not accept SLACK_BOT_TOKEN (${word}). ${then}`;
  return `Slack cannot be reached at ${apiUrl ?? 'https://slack.com/api/'} (${word}). ${then}`;
}

/** Ctrl-C, a service manager's TERM, or the npm that started us going away: dash ends npm and leaves its child unaware. */
function stopped({ env }: Terminal): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
    if (env.npm_lifecycle_event === undefined) return;
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid !== parent) resolve();
    }, 500);
    timer.unref();
  });
}
