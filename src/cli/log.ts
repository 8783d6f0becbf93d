import pino from 'pino';
import type { Log } from '../slack/house.ts';

/** What may never stand in a log line: tokens, secrets, and what people wrote. */
const SECRET = [
  'token',
  'botToken',
  'appToken',
  'signingSecret',
  'authorization',
  'headers',
  'text',
  'body',
  '*.token',
  '*.authorization',
  '*.headers',
  '*.text',
  '*.body',
  'error.data',
  'error.request',
  'error.config',
];

/** Logs to standard error, so that standard output stays for results. */
export function openLog(level: string): Log {
  return pino(
    { level, redact: { paths: SECRET, censor: '[not logged]' }, serializers: { error: pino.stdSerializers.err } },
    pino.destination({ dest: 2, sync: true }),
  );
}
