import { openChannel } from './conversations.ts';
import { digest, secret, slackId } from './ids.ts';
import { isObject, type JsonObject, listOf, stringOf } from './json.ts';
import { post } from './messages.ts';
import type { Method } from './method.ts';
import { Refusal } from './refusal.ts';
import { fileShape } from './shapes.ts';
import { enforce } from './validation.ts';
import { type FileRow, isMember, seconds, type Workspace } from './workspace.ts';

/** What a browser may be told about a file by its name; everything else is served as bytes to download. */
const TYPES: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  txt: 'text/plain',
  log: 'text/plain',
  csv: 'text/csv',
  json: 'application/json',
  pdf: 'application/pdf',
  zip: 'application/zip',
  html: 'text/html',
};

/** Announces a file whose bytes are still to come. */
export function announceFile(w: Workspace, name: string, user: string, upload?: string): FileRow {
  const id = slackId('F', w.random);
  const mimetype = TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
  const file = { id, name, title: name, mimetype, size: 0, user, created: seconds(w), channels: [] };
  return w.files.put(id, upload === undefined ? file : { ...file, upload });
}

/** Takes a file's bytes; from now on it can be shared. */
export function storeBytes(w: Workspace, file: FileRow, bytes: Buffer): FileRow {
  w.bytes.put(file.id, bytes.toString('base64'));
  const { upload: _, ...rest } = file;
  return w.files.put(file.id, { ...rest, size: bytes.length });
}

/** A file is for its owner, the bot, and the members of the channels it was shared in. */
export function mayRead(w: Workspace, file: FileRow, person: string): boolean {
  if (file.user === person || (file.handed === true && person === w.team.botUserId)) return true;
  return file.channels.some((id) => {
    const channel = w.channels.get(id);
    return channel !== undefined && isMember(channel, person);
  });
}

const getUploadUrl: Method = (w, args) => {
  const length = Number(args.need('length'));
  if (!Number.isInteger(length) || length <= 0)
    throw Refusal.at('invalid_arguments', ['must be a positive integer [json-pointer:/length]']);
  enforce('files.getUploadURLExternal', { length });
  const token = secret(w.random);
  const file = announceFile(w, args.need('filename'), w.team.botUserId, digest(token));
  return { upload_url: `${w.base}/upload/${file.id}/${token}`, file_id: file.id };
};

const completeUpload: Method = (w, args) => {
  const wanted = listOf(args.json('files', 'invalid_arguments')).filter(isObject);
  if (wanted.length === 0) throw Refusal.at('invalid_arguments', ['missing required field: files']);
  const files = wanted.map((item) => finished(w, item));
  const channels = [...args.list('channel_id'), ...args.list('channels')].map((id) => openChannel(w, id, w.team.botUserId));
  const thread = args.optional('thread_ts');
  for (const channel of channels) {
    const draft = { user: w.team.botUserId, text: args.text('initial_comment'), file_ids: files.map(({ id }) => id) };
    post(w, channel, thread === undefined ? draft : { ...draft, thread_ts: thread });
  }
  return { files: files.map(({ id }) => fileShape(w, w.files.get(id) ?? { ...emptyFile, id })) };
};

const emptyFile: Omit<FileRow, 'id'> = { name: '', title: '', mimetype: '', size: 0, user: '', created: 0, channels: [] };

function finished(w: Workspace, item: JsonObject): FileRow {
  const file = w.files.get(stringOf(item.id));
  if (file === undefined || file.user !== w.team.botUserId) throw new Refusal('file_not_found');
  if (file.upload !== undefined) throw new Refusal('file_upload_incomplete');
  return w.files.put(file.id, { ...file, title: stringOf(item.title) || file.name });
}

const info: Method = (w, args) => {
  const file = w.files.get(args.need('file'));
  if (file === undefined || !mayRead(w, file, w.team.botUserId)) throw new Refusal('file_not_found');
  return { file: fileShape(w, file), comments: [], response_metadata: { next_cursor: '' } };
};

const del: Method = (w, args) => {
  const file = w.files.get(args.need('file'));
  if (file === undefined) throw new Refusal('file_not_found');
  if (file.user !== w.team.botUserId) throw new Refusal('cant_delete_file');
  w.files.delete(file.id);
  w.bytes.delete(file.id);
  return {};
};

export const FILE_METHODS: Record<string, Method> = {
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
  'files.info': info,
  'files.delete': del,
};
