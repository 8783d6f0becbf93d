import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { sendText } from './http.ts';

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** Nothing but the room's own files runs, and no other page may frame it. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

const FOLDER = join(import.meta.dirname, 'page');

/** Sends one of the page's files; names with anything but letters, hyphens and one dot are not looked up. */
export function sendPage(response: ServerResponse, name: string): void {
  const type = /^[a-z-]+\.(html|css|js|svg)$/.test(name) ? TYPES[name.split('.')[1] ?? ''] : undefined;
  const body = type === undefined ? undefined : read(name);
  if (type === undefined || body === undefined) {
    sendText(response, 404, 'There is no such page here. Start at /.');
    return;
  }
  sendSafely(response, type, body);
}

/** A page that somebody else made for this room: the same policy holds, so no script but the room's own can run in it. */
export const sendHtml = (response: ServerResponse, html: string): void => sendSafely(response, TYPES.html ?? '', html);

function sendSafely(response: ServerResponse, type: string, body: Buffer | string): void {
  response.writeHead(200, {
    'content-type': type,
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-cache',
  });
  response.end(body);
}

function read(name: string): Buffer | undefined {
  try {
    return readFileSync(join(FOLDER, name));
  } catch {
    return undefined;
  }
}
