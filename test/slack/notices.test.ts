import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { US } from '../../src/cli/house.ts';
import { type Message, option, Workplace } from './workplace.ts';

/** A notice from the record to the client: drafted, checked, approved by a second person, sent, and corrected. */
describe('notices', () => {
  let place: Workplace;
  let ada: string;
  let ben: string;
  beforeEach(async () => {
    place = await new Workplace().open();
    const people = await place.people();
    ada = people[0]?.id ?? '';
    ben = people[1]?.id ?? '';
  });
  afterEach(() => place.close());

  const view = async (record: string) => (await place.desk?.view(US, record))!;
  const notices = async (record: string) => [...(await view(record)).incident.notices.values()];
  const said = (message: Message) => JSON.stringify(message.blocks ?? message.text);
  const card = (channel: string, words: string) =>
    place.until(`a card with "${words}"`, async () =>
      (await place.messages(channel)).findLast((message) => said(message).includes(words)),
    );
  /** What somebody is told privately after a click. */
  const form = async (user: string, callback: string, record: string, fields: Record<string, unknown>) => {
    const notice = (await notices(record)).at(-1);
    return place.submit(user, callback, { record, notice: notice?.id, sha256: notice?.sha256 }, fields);
  };
  const CONFIRM = { confirm: option('yes') };
  const SOON = { selected_date_time: Math.floor(Date.now() / 1000) + 3_600 };

  /** An incident with two facts a holding notice can stand on, and Ben in charge of communications. */
  async function incident() {
    const { record, channel } = await place.declare(ada, 'Kestrel remote tool');
    await place.desk?.do({
      client: US,
      record,
      via: 'bot',
      command: { do: 'readStatement', speaker: 'Kestrel', text: 'There is an issue with Kestrel Remote.', precision: 'minute' },
    });
    await place.submit(
      ada,
      'finding',
      { record },
      { about: 'Kestrel Remote', status: option('confirmed'), text: 'We switched off Kestrel Remote on all our servers.' },
    );
    const seq = (await view(record)).incident.findings[0]?.seq ?? 0;
    await place.submit(ada, 'role', { record }, { role: option('communications'), to: { selected_user: ben } });
    return { record, channel, seq };
  }
  const fields = {
    kind: option('holding'),
    client: 'Contoso Dental',
    product: 'Kestrel Remote',
    vendor: 'Kestrel',
    do_now: 'Please do not log in to the remote tool today.',
    nextUpdate: SOON,
  };
  async function drafted(record: string) {
    await place.submit(ada, 'notice.draft', { record }, fields);
    return (await notices(record)).at(-1)!;
  }
  async function clientChannel(name = 'contoso'): Promise<string> {
    const { channel } = (await place.api('conversations.create', { name, is_private: 'true' })) as { channel: { id: string } };
    return channel.id;
  }

  test('a draft is rendered from the record, shown sentence by sentence, and sent only when a second person approved those bytes', async () => {
    const { record, channel, seq } = await incident();
    const notice = await drafted(record);
    expect(notice.cites).toContain(seq);
    const shown = await card(channel, 'Holding statement');
    expect(said(shown)).toContain('We switched off Kestrel Remote');
    expect(said(shown)).toContain('The gate found nothing in the way');
    const own = await form(ada, 'notice.approve', record, CONFIRM);
    expect(own.body).toMatch(/approved by|second person/);
    expect((await form(ben, 'notice.approve', record, CONFIRM)).body).toBe('');
    const to = await clientChannel();
    expect((await form(ben, 'notice.send', record, { fresh: { selected_conversation: to } })).body).toBe('');
    const arrived = await card(to, 'We switched off Kestrel Remote');
    expect(said(arrived)).not.toMatch(/entry|gate|Approve/);
    const [sent] = await place.until('the sending on record', async () => {
      const [one] = await notices(record);
      return (one?.sent.length ?? 0) > 0 && one?.sent;
    });
    expect(sent).toMatchObject({ road: 'slack' });
    expect((await view(record)).incident.promises).toMatchObject([{ who: 'us' }]);
    await card(channel, 'outbox_tray');
  });

  test('the bot tells a client nothing but what was approved: its channel is no place to ask', async () => {
    const { record } = await incident();
    await drafted(record);
    await form(ben, 'notice.approve', record, CONFIRM);
    const to = await clientChannel();
    await form(ben, 'notice.send', record, { fresh: { selected_conversation: to } });
    await card(to, 'We switched off');
    const before = (await view(record)).incident.size;
    await place.mention(ada, to, 'what do we know about Kestrel?');
    await place.mention(ada, to, 'note this is only ours');
    await place.work?.bot.receiver.drain();
    expect((await view(record)).entries.slice(before).map(({ kind }) => kind)).not.toContain('note.recorded');
    expect((await place.messages(to)).filter((message) => said(message).includes('finding'))).toEqual([]);
  });

  test('a channel that the bot is not in is refused at once, and what did not arrive is said and can be sent again', async () => {
    const { record, channel } = await incident();
    await drafted(record);
    await form(ben, 'notice.approve', record, CONFIRM);
    const made = (await place.api('conversations.create', { name: 'contoso-open' })) as { channel: { id: string } };
    const to = made.channel.id;
    const gone = (await place.api('conversations.leave', { channel: to })) as { ok: boolean };
    expect(gone.ok).toBe(true);
    const notice = (await notices(record)).at(-1)!;
    const release = { do: 'releaseNotice', notice: notice.id, sha256: notice.sha256 } as const;
    const there = { surface: 'slack', workspace: place.team, channel: to };
    await place.desk?.do({ client: US, record, via: 'bot', command: { do: 'openPlace', ...there, purpose: 'client' } });
    await place.desk?.do({ client: US, record, via: 'bot', command: { ...release, ...there } });
    expect(said(await card(channel, 'It did *not* arrive'))).toContain('invite it there');
    expect((await notices(record)).at(-1)).toMatchObject({ released: [], refused: [{ channel: to }] });
    const outside = await form(ben, 'notice.send', record, { channel: option(to) });
    expect(outside.body).toMatch(/not in that channel.*Nothing was sent/);
    await place.api('conversations.join', { channel: to });
    expect((await form(ben, 'notice.send', record, { channel: option(to) })).body).toBe('');
    await card(to, 'We switched off');
  });

  test('a channel of another record is refused', async () => {
    const { record } = await incident();
    const other = await place.declare(ada, 'Another');
    await drafted(record);
    await form(ben, 'notice.approve', record, CONFIRM);
    const answer = await form(ben, 'notice.send', record, { fresh: { selected_conversation: other.channel } });
    expect(answer.body).toMatch(/belongs to a record already/);
  });

  test('an edit that the record does not carry shows its problem at the sentence, and cannot be approved', async () => {
    const { record, channel } = await incident();
    const notice = await drafted(record);
    const text = (JSON.parse(notice.draft) as { sentences: { text: string; cites: string[] }[] }).sentences
      .map(
        ({ text: words, cites }) =>
          `${words.replace('all our servers', '14 of our servers')}${cites.map((id) => ` [^${id}]`).join('')}`,
      )
      .join('\n');
    expect((await form(ben, 'notice.edit', record, { part0: text })).body).toBe('');
    const shown = await card(channel, '14 of our servers');
    expect(said(shown)).toContain(':x:');
    const refused = await form(ada, 'notice.approve', record, CONFIRM);
    expect(refused.body).toContain('Nothing was recorded');
    expect((await notices(record))[0]?.approval).toBeUndefined();
  });

  test('alone: a typed count, two minutes to undo, and undone it never leaves', async () => {
    const { record, channel } = await incident();
    const to = await clientChannel();
    await place.desk?.do({
      client: US,
      record,
      via: 'bot',
      command: { do: 'openPlace', surface: 'slack', workspace: place.team, channel: to, purpose: 'client' },
    });
    await drafted(record);
    expect((await form(ada, 'notice.approve', record, { typed: '7' })).body).toContain('goes to 1');
    expect((await form(ada, 'notice.approve', record, { typed: '1' })).body).toBe('');
    expect((await form(ada, 'notice.send', record, { channel: option(to) })).body).toBe('');
    const waiting = await card(channel, 'notice.void');
    await place.click(ada, channel, waiting, 'notice.void');
    const [notice] = await notices(record);
    expect(notice?.approval).toBeUndefined();
    const waits = (await place.store.open(US).deliveries(record)).filter(({ kind }) => kind === 'approved-notice');
    expect(waits).toMatchObject([{ state: 'pending' }]);
    expect((await place.messages(to)).some((message) => said(message).includes('We switched off'))).toBe(false);
  });

  test('files for every other road, and "sent" with proof', async () => {
    const { record, channel } = await incident();
    await drafted(record);
    await form(ben, 'notice.approve', record, CONFIRM);
    const addressing = {
      recipient: 'Contoso Dental\n1 High Street',
      sender: 'Acme IT',
      to: 'it@contoso.example',
      from: 'help@acme.example',
    };
    for (const format of ['docx', 'eml', 'txt', 'md'])
      expect((await form(ben, 'notice.file', record, { format: option(format), ...addressing })).body).toBe('');
    await place.until('four files', async () => {
      const texts = (await place.messages(channel)).map(({ text }) => text).join('\n');
      return ['.docx', '.eml', '.txt', '.md'].every((end) => texts.includes(end));
    });
    await form(ben, 'notice.sent', record, { road: option('email'), recipient: 'it@contoso.example', proof: 'Message-ID 7@acme' });
    const { entries } = await view(record);
    expect(entries.findLast(({ kind }) => kind === 'notice.sent')).toMatchObject({
      body: { road: 'email' },
      texts: { proof: 'Message-ID 7@acme' },
    });
  });

  test('a finding that a sent notice used changes: the notice is named as wrong, and one click drafts the correction', async () => {
    const { record, channel, seq } = await incident();
    await drafted(record);
    await form(ben, 'notice.approve', record, CONFIRM);
    await form(ben, 'notice.sent', record, { road: option('phone'), recipient: 'Contoso Dental', proof: 'call at the desk' });
    await place.submit(
      ada,
      'finding',
      { record },
      {
        about: 'Kestrel Remote',
        status: option('confirmed'),
        text: 'We switched off Kestrel Remote on 11 of our 12 servers.',
        supersedes: option(String(seq)),
      },
    );
    const owed = await card(channel, 'a notice wrong that went out');
    expect(said(owed)).toContain('Contoso Dental');
    await place.click(ada, channel, owed, 'notice.correct');
    const correction = (await notices(record)).at(-1)!;
    expect(correction).toMatchObject({ kind: 'correction' });
    expect(correction.draft).toContain('We said earlier');
    expect(correction.draft).toContain('11 of our 12 servers');
  });

  test('the time that becomes a clock is the time that the words name', async () => {
    const { record } = await incident();
    await place.submit(ada, 'notice.draft', { record }, { ...fields, nextUpdate: { selected_date_time: null } });
    const [unknown] = await notices(record);
    expect(unknown?.draft).toContain('[[UNKNOWN: time of the next update');
    const lines = (draft: string) =>
      (JSON.parse(draft) as { sentences: { text: string; cites: string[] }[] }).sentences
        .map(({ text, cites }) => `${text}${cites.map((id) => ` [^${id}]`).join('')}`)
        .join('\n');
    const at = { selected_date_time: Math.floor(Date.now() / 1000) + 7_200 };
    expect((await form(ada, 'notice.edit', record, { part0: lines(unknown?.draft ?? ''), nextUpdate: at })).body).toBe('');
    const [set] = await notices(record);
    expect(set?.draft).not.toContain('[[');
    const other = lines(set?.draft ?? '').replace(/comes by .*? UTC/, 'comes by 1 January 2031, 10:00 UTC');
    expect((await form(ada, 'notice.edit', record, { part0: other })).body).toBe('');
    expect((await form(ben, 'notice.approve', record, CONFIRM)).body).toContain('the words do not say so');
  });

  test('a vendor that says something else is entered in words, and what was sent on its word is wrong', async () => {
    const { record, channel } = await incident();
    await drafted(record);
    await form(ben, 'notice.approve', record, CONFIRM);
    await form(ben, 'notice.sent', record, { road: option('phone'), recipient: 'Contoso Dental' });
    const first = (await view(record)).entries.find(({ kind }) => kind === 'statement.read')?.seq;
    await place.mention(ada, channel, `statement Kestrel: The issue is in Kestrel Cloud too. changes ${first}`);
    expect(said(await card(channel, 'a notice wrong that went out'))).toContain('Contoso Dental');
    await place.mention(ada, channel, 'promise Kestrel: a patch by 23:59');
    await place.until('the promise', async () => (await view(record)).incident.promises.some(({ who }) => who === 'Kestrel'));
    await place.mention(ada, channel, 'promise broken');
    await place.until('its outcome', async () => (await view(record)).incident.promises.some(({ kept }) => kept === 'no'));
  });

  test('an update that was promised and did not come is prepared, with a new time', async () => {
    const { record, channel } = await incident();
    const soon = { selected_date_time: Math.floor(Date.now() / 1000) + 1 };
    await place.submit(ada, 'notice.draft', { record }, { ...fields, nextUpdate: soon });
    await form(ben, 'notice.approve', record, CONFIRM);
    await form(ben, 'notice.sent', record, { road: option('email'), recipient: 'Contoso Dental' });
    await place.until('the draft that was prepared', async () => {
      await place.work?.watch.look();
      return (await notices(record)).length === 2;
    });
    const prepared = (await notices(record)).at(-1)!;
    expect(prepared.draft).toMatch(/Our last message to you was sent at .*Our next update comes by/);
    expect(said(await card(channel, 'Status for one client'))).toContain('The gate found nothing in the way');
  });

  test('an update that did not come says nothing is new only where nothing is', async () => {
    const { record, seq } = await incident();
    const soon = { selected_date_time: Math.floor(Date.now() / 1000) + 1 };
    await place.submit(ada, 'notice.draft', { record }, { ...fields, nextUpdate: soon });
    await form(ben, 'notice.approve', record, CONFIRM);
    await form(ben, 'notice.sent', record, { road: option('email'), recipient: 'Contoso Dental' });
    await place.submit(
      ada,
      'finding',
      { record },
      {
        about: 'Kestrel Remote',
        status: option('confirmed'),
        text: 'We found it on 2 more servers.',
        supersedes: option(String(seq)),
      },
    );
    await place.until('the draft that was prepared', async () => {
      await place.work?.watch.look();
      return (await notices(record)).length === 2;
    });
    expect((await notices(record)).at(-1)?.draft).toMatch(/2 more servers/);
    expect((await notices(record)).at(-1)?.draft).not.toMatch(/nothing new/);
  });
});
