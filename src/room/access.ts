import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { digest, secret } from './ids.ts';
import type { Person, Workspace } from './workspace.ts';

/** Who is let in: on this machine anybody, who then picks a name; from elsewhere only with a join link and the passphrase. */
export type Access = { loopback: true } | { passphrase: string };

/** Cookies do not tell ports apart, so the port is part of the name: two rooms on one machine stay apart. */
function cookieName(request: IncomingMessage): string {
  return `room_${request.socket.localPort ?? 0}`;
}

/**
 * True if the request names an address at which the room really listens. A page of another site that points its own name
 * at this machine (DNS rebinding) names itself, and is refused.
 */
export function knownHost(request: IncomingMessage, extra: readonly string[]): boolean {
  const host = request.headers.host ?? '';
  const { localPort = 0, localAddress = '' } = request.socket;
  const address = localAddress.replace(/^::ffff:/, '');
  const names = ['127.0.0.1', 'localhost', '[::1]', isIP(address) === 6 ? `[${address}]` : address];
  return extra.includes(host) || names.some((name) => host === `${name}:${localPort}` || (localPort === 80 && host === name));
}

/** True if a request that changes something comes from the room's own page. */
export function ownOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  return origin === `http://${host}` || origin === `https://${host}`;
}

/** A browser stays signed in for thirty days. */
export const SESSION_SECONDS = 2_592_000;

/** The person whose browser sent this. */
export function signedIn(w: Workspace, request: IncomingMessage): Person | undefined {
  const token = cookie(request);
  const session = token === undefined ? undefined : w.sessions.get(digest(token));
  if (session === undefined || session.created + SESSION_SECONDS < w.now() / 1000) return undefined;
  return w.people.get(session.person);
}

function cookie(request: IncomingMessage): string | undefined {
  const start = `${cookieName(request)}=`;
  return (request.headers.cookie ?? '')
    .split(/;\s*/)
    .find((part) => part.startsWith(start))
    ?.slice(start.length);
}

/** Signs a browser in as a person: the cookie to set. Scripts cannot read it and other sites cannot send it. */
export function signIn(w: Workspace, request: IncomingMessage, person: Person): string {
  const token = secret(w.random);
  w.sessions.put(digest(token), { id: digest(token), person: person.id, created: Math.floor(w.now() / 1000) });
  const secure = request.headers.origin?.startsWith('https:') === true ? '; Secure' : '';
  return `${cookieName(request)}=${token}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${SESSION_SECONDS}${secure}`;
}

/** Ends a browser's session: the cookie to clear. */
export function signOut(w: Workspace, request: IncomingMessage): string {
  const token = cookie(request);
  if (token !== undefined) w.sessions.delete(digest(token));
  return `${cookieName(request)}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0`;
}
