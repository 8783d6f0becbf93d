import { manifest } from '../slack/manifest.ts';
import { readArguments } from './arguments.ts';
import type { Command } from './command.ts';

/** `manifest [--url https://HOST]`: the Slack app manifest, for Socket Mode unless an address is given. */
export const printManifest: Command = async (args, terminal) => {
  const { options } = readArguments(args, { options: ['url'], flags: ['json'] }, 'usage: firebreak manifest [--url https://HOST]');
  const url = options.get('url');
  const requestUrl = url === undefined ? {} : { requestUrl: `${url.replace(/\/+$/, '')}/slack/events` };
  terminal.out(JSON.stringify(manifest({ socketMode: url === undefined, ...requestUrl }), null, 2));
  return 0;
};
