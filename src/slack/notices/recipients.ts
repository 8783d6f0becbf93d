import { profileOf, standingOf } from '../../desk/clients.ts';
import { namedIn } from '../../desk/names.ts';
import type { RecordView } from '../../desk/view.ts';
import type { Client } from '../../inventory/register.ts';
import type { Template } from '../../notice/template.ts';
import type { Notice } from '../../record/incident-notices.ts';
import { attempt } from '../deliveries/failures.ts';
import type { House } from '../house.ts';
import type { LaneHouse } from '../lanes/house.ts';
import { safe } from '../mrkdwn.ts';

/** The client whose lane this is, as the register knows it. Other records have none. */
export async function laneClient(house: Pick<House, 'desk'>, view: RecordView): Promise<Client | undefined> {
  if (view.incident.lanes.lane === undefined) return undefined;
  return clientOf(house, view.client);
}

/** The same, where a notice of this kind goes to the client. */
export async function addressee(house: House, view: RecordView, template: Template | undefined): Promise<Client | undefined> {
  return template?.to === 'client' ? laneClient(house, view) : undefined;
}

/** Whom a notice goes to, as far as its own values say. */
export function recipientName(notice: Notice, template: Template | undefined): string {
  const { client = '', vendor = '' } = JSON.parse(notice.values) as Record<string, string>;
  return template?.to === 'client' ? client : template?.to === 'vendor' ? vendor : '';
}

const clientOf = async ({ desk }: Pick<House, 'desk'>, client: string): Promise<Client | undefined> =>
  profileOf((await desk.view(client, standingOf(client)))?.incident.lanes.client?.profile);

/** Whom of the client a letter goes to: the first with an address of mail. */
export const mainContact = ({ contacts }: Client) => contacts.find(({ email }) => email !== undefined) ?? contacts[0];

/** The client's own contacts, for whoever is about to approve or send. */
export function contactLines(client: Client | undefined): string {
  if (client === undefined) return '';
  const lines = client.contacts.slice(0, 8).map(({ name, role, email, mobile }) => {
    const about = [role, email, mobile].filter((part) => part !== undefined && part !== '').join(', ');
    return `• ${safe(about === '' ? name : `${name} (${about})`)}`;
  });
  return lines.length === 0
    ? `The register has no contact of ${safe(client.name)}.`
    : `*Contacts of ${safe(client.name)} in the register*\n${lines.join('\n')}`;
}

export const clientChannels = ({ incident }: RecordView) => incident.places.filter(({ purpose }) => purpose === 'client');

/** Who reads it: asked of Slack, because a channel's name says little at 3 a.m. */
export async function readersOf(house: House, view: RecordView): Promise<string> {
  const channels = clientChannels(view).slice(0, 5);
  if (channels.length === 0)
    return 'This record has no client channel yet. Choose the channel of this client; the bot must be in it.';
  const lines = await Promise.all(channels.map(({ channel }) => readersIn(house, channel)));
  return `*Who will read it*\n${lines.join('\n')}`;
}

async function readersIn(house: House, channel: string): Promise<string> {
  const found = await attempt(house, 'conversations.members', 'Who is in a client channel is not known.', () =>
    house.client.conversations.members({ channel, limit: 50 }),
  );
  const members = found?.members ?? [];
  const names = members.slice(0, 12).map((user) => `<@${user}>`);
  return `• <#${channel}>: ${names.length === 0 ? 'who reads there could not be found out' : names.join(', ')}`;
}

const MAILBOX = /[\w.+-]+@((?:[\w-]+\.)+[\w-]+)/g;
/** Everybody's mail is nobody's: such a domain says nothing about whose address it is. */
const PUBLIC = new Set(
  'gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com icloud.com me.com aol.com gmx.de gmx.net web.de proton.me protonmail.com'.split(
    ' ',
  ),
);

/**
 * The worst mistake there is: an address of another client. Whose it is is not said. Answers a sentence where it is one, by the
 * address itself or by a mail domain that only another client has.
 */
export async function foreignAddress(house: Register, view: RecordView, notice: Notice, text: string): Promise<string | undefined> {
  const found = [...text.toLowerCase().matchAll(MAILBOX)].map(([mail, domain = '']) => ({ mail, domain }));
  if (house.lanes === undefined) return undefined;
  const { client: named = '' } = JSON.parse(notice.values) as { client?: string };
  const all = await house.lanes.clients.list();
  const own = all.find(({ client, name }) => client === view.client || name.trim().toLowerCase() === named.trim().toLowerCase());
  const others = all.filter(({ client }) => client !== own?.client);
  if (namedIn(text, others) !== undefined) return FOREIGN;
  const mine = await mailsOf(house, own?.client);
  for (const { client } of found.length === 0 ? [] : others) {
    const theirs = await mailsOf(house, client);
    if (found.some((one) => !mine.mails.has(one.mail) && (theirs.mails.has(one.mail) || isTheirs(one.domain, theirs, mine))))
      return FOREIGN;
  }
  return undefined;
}

const FOREIGN = 'That is another client, or an address of one. Look again whom this goes to.';

/** What is asked of a house to know whose an address is. */
type Register = Pick<House, 'desk'> & { lanes?: Pick<LaneHouse, 'clients'> };

type Mails = { mails: Set<string>; domains: Set<string> };

const isTheirs = (domain: string, theirs: Mails, mine: Mails): boolean =>
  theirs.domains.has(domain) && !mine.domains.has(domain) && !PUBLIC.has(domain);

async function mailsOf(house: Pick<House, 'desk'>, client: string | undefined): Promise<Mails> {
  const contacts = client === undefined ? [] : ((await clientOf(house, client))?.contacts ?? []);
  const mails = contacts.flatMap(({ email }) => (email === undefined ? [] : [email.toLowerCase()]));
  return { mails: new Set(mails), domains: new Set(mails.map((mail) => mail.slice(mail.indexOf('@') + 1))) };
}
