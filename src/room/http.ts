import type { IncomingMessage, ServerResponse } from 'node:http';
import { isObject, type JsonObject, parseJson } from './json.ts';

/** A request whose body is larger than the room takes. */
export class TooLarge extends Error {}

/** Reads a request's body whole; throws TooLarge past `most` bytes. */
export async function readBody(request: IncomingMessage, most: number): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > most) throw new TooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The fields of a body in one of the forms that Slack's Web API takes, and of the query. */
export async function readFields(request: IncomingMessage, most: number): Promise<JsonObject> {
  const query = Object.fromEntries(new URL(request.url ?? '/', 'http://room').searchParams);
  const body = await readBody(request, most);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/json')) {
    const parsed = parseJson(body.toString('utf8'));
    return isObject(parsed) ? { ...query, ...parsed } : query;
  }
  if (type.startsWith('multipart/form-data')) return { ...query, ...(await textParts(body, type)) };
  return { ...query, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) };
}

async function textParts(body: Buffer<ArrayBuffer>, type: string): Promise<JsonObject> {
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  return Object.fromEntries([...form].filter((part): part is [string, string] => typeof part[1] === 'string'));
}

/** The bytes of an upload: the file of a multipart body, or the body as it is. */
export async function readUpload(request: IncomingMessage, most: number): Promise<Buffer> {
  const body = await readBody(request, most);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const file = [...form.values()].find((part) => typeof part !== 'string');
  if (file !== undefined && typeof file !== 'string') return Buffer.from(await file.arrayBuffer());
  const [text = ''] = [...form.values()].filter((part) => typeof part === 'string');
  return Buffer.from(text);
}

export function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(JSON.stringify(body));
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(text);
}
