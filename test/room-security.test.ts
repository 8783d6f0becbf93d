import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Running, startRoom, TOKEN, Visitor } from './room-server.ts';

let running: Running;
let ada: Visitor;
beforeEach(async () => {
  running = await startRoom();
  ada = await new Visitor(running).signIn('Ada Okafor');
});
afterEach(() => running.stop());

/** A raw request: fetch would not let a test set Host. */
function raw(method: string, path: string, headers: Record<string, string>, body = ''): Promise<{ status: number; text: string }> {
  const { port } = new URL(running.base);
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
const port = () => new URL(running.base).port;

describe('which addresses the room answers to', () => {
  test.each(['/', '/state', '/api/auth.test', '/act/say'])(
    'a request to %s under another name is refused: another site cannot point its name here',
    async (path) => {
      for (const host of ['evil.example', `evil.example:${port()}`, '127.0.0.1', `127.0.0.1:${Number(port()) + 1}`]) {
        expect(
          (await raw('POST', path, { host, authorization: `Bearer ${TOKEN}`, cookie: ada.cookie, origin: `http://${host}` }))
            .status,
        ).toBe(421);
        expect((await raw('GET', path, { host, cookie: ada.cookie })).status).toBe(421);
      }
    },
  );

  test('localhost and the loopback address are its own names', async () => {
    expect((await raw('GET', '/', { host: `localhost:${port()}` })).status).toBe(200);
    expect((await raw('GET', '/', { host: `127.0.0.1:${port()}` })).status).toBe(200);
  });

  test('a name it was told of is answered', async () => {
    const named = await startRoom({ hosts: ['room.example'] });
    const answer = await new Promise<number | undefined>((resolve) => {
      httpRequest({ host: '127.0.0.1', port: new URL(named.base).port, path: '/', headers: { host: 'room.example' } }, (r) =>
        resolve(r.statusCode),
      ).end();
    });
    expect(answer).toBe(200);
    await named.stop();
  });
});

describe('acts come from the room’s own page only', () => {
  const acts = ['signin', 'signout', 'join', 'say', 'command', 'upload'];
  test.each(acts)('%s from another origin, or from nowhere, is refused', async (name) => {
    const headers = { host: `127.0.0.1:${port()}`, cookie: ada.cookie, 'content-type': 'application/json' };
    for (const origin of ['http://evil.example', 'null', `http://127.0.0.1:${Number(port()) + 1}`, `http://localhost:${port()}`]) {
      expect((await raw('POST', `/act/${name}`, { ...headers, origin }, '{}')).status).toBe(403);
    }
    expect((await raw('POST', `/act/${name}`, headers, '{}')).status).toBe(403);
    expect(
      (await raw('POST', `/act/${name}`, { ...headers, origin: running.base, 'sec-fetch-site': 'cross-site' }, '{}')).status,
    ).toBe(403);
  });

  test('a form of another page cannot be mistaken for an act: only JSON is taken', async () => {
    const headers = { host: `127.0.0.1:${port()}`, origin: running.base, cookie: ada.cookie };
    expect(
      (await raw('POST', '/act/say', { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, 'channel=C&text=a'))
        .status,
    ).toBe(415);
    expect((await raw('POST', '/act/say', { ...headers, 'content-type': 'text/plain' }, '{}')).status).toBe(415);
  });

  test('without a session nothing is read or done', async () => {
    const nobody = new Visitor(running);
    expect(await nobody.act('say', { channel: 'C', text: 'a' })).toMatchObject({ ok: false });
    for (const path of ['/state', '/history?channel=C', '/thread?channel=C&ts=1', '/events']) {
      expect((await fetch(running.base + path)).status, path).toBe(401);
    }
  });

  test('the cookie cannot be read by scripts nor sent by other sites, and signing out ends it', async () => {
    const set = await fetch(`${running.base}/act/signin`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: running.base },
      body: JSON.stringify({ person: ada.me, tz: 'Etc/UTC' }),
    });
    expect(set.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict; Path=\/;/);
    const { cookie } = ada;
    await ada.act('signout');
    expect((await fetch(`${running.base}/state`, { headers: { cookie } })).status).toBe(401);
  });

  test('sessions are kept as digests: a copy of the shelf lets nobody in', () => {
    const secret = ada.cookie.split('=')[1] ?? '';
    expect(secret.length).toBeGreaterThan(40);
    expect(JSON.stringify([...running.shelf.rows.values()])).not.toContain(secret);
  });

  test('nobody acts as the bot', async () => {
    const nobody = new Visitor(running);
    expect(await nobody.act('signin', { person: running.room.team.botUserId, tz: 'Etc/UTC' })).toMatchObject({ ok: false });
  });
});

describe('what is served', () => {
  test('the page runs its own files only and cannot be framed', async () => {
    const response = await fetch(`${running.base}/`);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    const html = await response.text();
    expect(html).not.toMatch(/<script(?![^>]*src=)|\son\w+=|<style|style=/);
  });

  test.each(['/page/../room.ts', '/page/..%2froom.ts', '/page/room.ts', '/page/%2e%2e/room.ts', '/page/main.js.map'])(
    '%s is not a page',
    async (path) => {
      expect([404, 401]).toContain((await raw('GET', path, { host: `127.0.0.1:${port()}` })).status);
    },
  );

  test('what people write cannot become a reference or markup', async () => {
    const general = await ada.channel('general');
    await ada.act('say', {
      channel: general,
      text: '<!channel> <@U123> <script>alert(1)</script> & @ben.lindqvist https://example.com/a?b=1.',
    });
    const ben = (await ada.state()).people.find(({ name }: { name: string }) => name === 'ben.lindqvist').id;
    expect((await ada.messages(general)).at(-1)?.text).toBe(
      `&lt;!channel&gt; &lt;@U123&gt; &lt;script&gt;alert(1)&lt;/script&gt; &amp; <@${ben}> <https://example.com/a?b=1>.`,
    );
  });
});

describe('a room that listens beyond this machine', () => {
  test('lets people in by a link of their own and the passphrase, once for each link', async () => {
    const listening = await startRoom({ access: { passphrase: 'correct horse' } });
    const visitor = new Visitor(listening);
    expect(await visitor.get('/entrance')).toMatchObject({ join: 'needed' });
    expect((await visitor.act('signin', { name: 'Eve', tz: 'Etc/UTC' })).ok).toBe(false);
    const token = listening.room.joinLink('Ada Okafor').split('/').at(-1) ?? '';
    expect(await visitor.get(`/entrance?token=${token}`)).toMatchObject({ join: 'open', name: 'Ada Okafor', passphrase: true });
    expect((await visitor.act('join', { token, passphrase: 'wrong', tz: 'Etc/UTC' })).error).toContain('not the passphrase');
    expect((await visitor.act('join', { token, passphrase: 'correct horse', tz: 'Etc/UTC' })).ok).toBe(true);
    const { me, people } = await visitor.state();
    expect(people.find(({ id }: { id: string }) => id === me)).toMatchObject({
      real_name: 'Ada Okafor',
      profile: { title: 'joined by link' },
    });
    expect((await new Visitor(listening).act('join', { token, passphrase: 'correct horse', tz: 'Etc/UTC' })).error).toContain(
      'used already',
    );
    expect(JSON.stringify([...listening.shelf.rows.values()])).not.toContain(token);
    await listening.stop();
  });

  test('stops listening to guesses after ten wrong passphrases, for ten minutes', async () => {
    const listening = await startRoom({ access: { passphrase: 'correct horse' } });
    listening.clock.ms = 1_800_000_000_000;
    const visitor = new Visitor(listening);
    const token = listening.room.joinLink().split('/').at(-1) ?? '';
    const join = (passphrase: string) => visitor.act('join', { token, passphrase, name: 'Ada', tz: 'Etc/UTC' });
    for (let guess = 0; guess < 10; guess++) await join(`guess ${guess}`);
    expect((await join('correct horse')).error).toContain('too many wrong passphrases');
    listening.clock.ms += 600_001;
    expect((await join('correct horse')).ok).toBe(true);
    await listening.stop();
  });

  test('a second link for a name that joined before lets the same person in', async () => {
    const listening = await startRoom({ access: { passphrase: 'p' } });
    const enter = async () => {
      const visitor = new Visitor(listening);
      const token = listening.room.joinLink('Ada Okafor').split('/').at(-1) ?? '';
      return (await visitor.act('join', { token, passphrase: 'p', tz: 'Etc/UTC' })).me;
    };
    expect(await enter()).toBe(await enter());
    await listening.stop();
  });
});
