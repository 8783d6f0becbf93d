import type { IncomingMessage, ServerResponse } from 'node:http';
import { mayRead, storeBytes } from './file-methods.ts';
import { readUpload, sendText, TooLarge } from './http.ts';
import { digest } from './ids.ts';
import { figure } from './limits.ts';
import type { Workspace } from './workspace.ts';

export const UPLOAD_MOST = figure('files.getUploadURLExternal', 'length').max;

/** `POST /upload/ID/TOKEN`: the bytes of a file that the bot announced. */
export async function takeUpload(
  w: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
  token: string,
): Promise<void> {
  const file = w.files.get(id);
  if (file === undefined || file.upload !== digest(token))
    return sendText(response, 404, 'This upload address is not known, or was used before.');
  try {
    const bytes = await readUpload(request, UPLOAD_MOST + 100_000);
    storeBytes(w, file, bytes);
    sendText(response, 200, `OK - ${bytes.length}`);
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    sendText(response, 413, `A file may have at most ${UPLOAD_MOST / 1_000_000} MB.`);
  }
}

/** Images that a page may show in place; everything else is only ever downloaded. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** `GET /files/ID/NAME`: a file, for somebody who may read it. Whatever it holds, a browser never runs it. */
export function giveFile(w: Workspace, response: ServerResponse, id: string, reader: string | undefined): void {
  const file = w.files.get(id);
  const bytes = w.bytes.get(id);
  if (reader === undefined) {
    sendText(response, 403, 'Sign in to read this file.');
    return;
  }
  if (file === undefined || bytes === undefined || !mayRead(w, file, reader)) {
    sendText(response, 404, 'There is no such file here.');
    return;
  }
  const shown = SHOWN.has(file.mimetype);
  response.writeHead(200, {
    'content-type': shown ? file.mimetype : 'application/octet-stream',
    'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, no-store',
  });
  response.end(Buffer.from(bytes, 'base64'));
}
