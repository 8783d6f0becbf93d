import type { Progress } from '../../desk/broadcast.ts';
import type { Failure } from '../../record/event.ts';
import type { Incident } from '../../record/incident.ts';
import type { Order } from '../../record/incident-lanes.ts';
import { clock } from '../../record/turn.ts';
import { actions, type Block, button, context, header, section } from '../blocks.ts';
import type { Card } from '../card.ts';
import { clip, safe } from '../mrkdwn.ts';
import { mark, person } from '../words.ts';

/** A broadcast in the incident's own channel: what it says, who approved it, how far it is, and the buttons that hold it. */
export function broadcastCard(incident: Incident, order: Order, progress: Progress | undefined): Card {
  const title = `${mark(incident)}${STATES[order.state]}: ${order.purpose.replaceAll('_', ' ')} to ${clientsIn(order)}`;
  return {
    text: title,
    blocks: [
      header(title),
      ...(basisLine(order) === '' ? [] : [section(`*${basisLine(order)}*`)]),
      section(safe(clip(order.text, 2500))),
      ...(order.overruled === undefined
        ? []
        : [context(`Words that the check warned of were kept: ${safe(clip(order.overruled, 300))}`)]),
      ...howFar(order, progress),
      ...failures(order.closed?.failures ?? progress?.failures ?? order.skipped),
      ...buttons(incident.record, order),
      context(
        `written ${clock(order.at)} by ${person(incident, order.by)}${order.approved === undefined ? '' : ` · approved ${clock(order.approved.at)} by ${person(incident, order.approved.by)}`} · ${order.id} · SHA-256 ${order.digest.slice(0, 16)}…`,
      ),
    ],
  };
}

const clientsIn = ({ clients }: Order): string => (clients.length === 1 ? 'one client' : `${clients.length} clients`);

const BASES: Record<NonNullable<Order['basis']>, string> = {
  'same-text': '',
  'not-installed': 'not affected, basis: not installed',
  'other-version': 'not affected, basis: another version',
  'outside-window': 'not affected, basis: installed outside the window',
  'not-known': 'not known yet, basis: no inventory that decides it',
  own: 'words of its own',
};

/** Why these clients are approved at once: "41 not affected, basis: not installed, as of 2026-10-12: approve once". */
export function basisLine({ basis, asOf, clients }: Order): string {
  const words = basis === undefined ? '' : BASES[basis];
  if (words === '') return '';
  const day = asOf === undefined ? '' : `, as of ${asOf}`;
  return basis === 'own' ? 'One client, words of its own: approved alone' : `${clients.length} ${words}${day}: approve once`;
}

/** One text in several orders: who is approved at once, and how far those are who are approved one by one. */
export function batchCard(incident: Incident, batch: string): Card {
  const orders = [...incident.lanes.orders.values()].filter((order) => order.batch === batch);
  const groups = orders.filter(({ basis }) => basis !== 'own');
  const alone = orders.filter(({ basis }) => basis === 'own');
  const lines = groups.map((order) => `• ${basisLine(order)} (${STATES[order.state].toLowerCase()})`);
  const states = [...Map.groupBy(alone, ({ state }) => state)].map(
    ([state, all]) => `${all.length} ${STATES[state].toLowerCase()}`,
  );
  const text = `${mark(incident)}${orders.flatMap(({ clients }) => clients).length} clients, ${groups.length} to approve at once, ${alone.length} one by one`;
  return {
    text,
    blocks: [
      header(clip(text, 140)),
      ...(lines.length === 0 ? [] : [section(lines.join('\n'))]),
      ...(alone.length === 0
        ? []
        : [
            section(
              `*${alone.length} one by one*, each read in the channel of its own lane: ${states.join(', ')}\n${alone.map(({ clients: [client = ''], state }) => `• ${safe(client)}: ${STATES[state].toLowerCase()}`).join('\n')}`,
            ),
          ]),
    ],
  };
}

const STATES = { ordered: 'To approve', running: 'Going out', paused: 'Paused', stopped: 'Stopped', closed: 'Sent' };

function howFar({ closed }: Order, progress: Progress | undefined): Block[] {
  if (closed !== undefined)
    return [section(`*${closed.sent} arrived*, ${closed.unsent} were not sent, ${closed.failures.length} failed.`)];
  if (progress === undefined) return [];
  const { sent, total, out, waiting } = progress;
  const filled = total === 0 ? 0 : Math.round((sent / total) * 12);
  return [
    section(`${'▰'.repeat(filled)}${'▱'.repeat(12 - filled)} ${sent} of ${total} arrived · ${out} on their way · ${waiting} to go`),
  ];
}

function failures(all: Failure[]): Block[] {
  if (all.length === 0) return [];
  const shown = all.slice(0, 20).map(({ client, code }) => `• ${safe(client)}: ${REASONS[code] ?? safe(code)}`);
  const more = all.length > 20 ? `\n…and ${all.length - 20} more, in the record` : '';
  return [section(`:warning: *Not reached*\n${shown.join('\n')}${more}`)];
}

const REASONS: Record<string, string> = {
  'no-channel': 'has no channel in the register',
  'no-contact': 'has no contact for {{contact}}',
  'no-basis': 'has not been assessed yet',
  'no-state': 'has not been assessed yet',
  'not-that-client': 'the channel is shared with somebody else than this client',
  'not-mapped': 'the channel is shared, and the register does not say with whom it may be',
  left: 'has left for another provider',
  'not-carried': 'its own record does not carry what the text says',
  'changed-since': 'its state changed after this was written: write it again',
  'fate-unknown': 'nobody can say whether it arrived: ask them',
  'channel-taken': 'the channel belongs to another client',
  is_archived: 'the channel is archived',
  not_in_channel: 'the bot is not in the channel',
  channel_not_found: 'the channel is not there, or the bot may not see it',
};

function buttons(incident: string, { id, state }: Order): Block[] {
  const value = `${incident}|${id}`;
  const stop = button('broadcast.stop', 'Stop', value, { style: 'danger' });
  const rows = {
    ordered: [button('broadcast.approve', 'Approve…', value, { style: 'primary' }), stop],
    running: [stop, button('broadcast.pause', 'Pause', value)],
    paused: [button('broadcast.resume', 'Go on', value), stop],
    stopped: [],
    closed: [],
  }[state];
  return rows.length === 0 ? [] : [actions(`broadcast|${value}`, rows)];
}

/** What a client sees: the words as they were approved, and one tap to answer. Nothing internal stands here. */
export function noticeCard(text: string, record: string, order: string): Card {
  return {
    text: safe(text),
    blocks: [...chunks(safe(text)).map((part) => section(part)), receiptButtons(record, order)],
  };
}

/** One tap of a client under whatever it was told: `told` is the order of a broadcast, or the id of a notice. */
export function receiptButtons(record: string, told: string): Block {
  const value = `${record}|${told}`;
  return actions(`receipt|${value}`, [
    button('receipt.received', 'Received', value),
    button('receipt.question', 'Question…', value),
    button('receipt.hit', 'We are hit', value, { style: 'danger' }),
  ]);
}

/** A section holds 3,000 characters, and escaping makes text longer. */
function chunks(text: string): string[] {
  const parts: string[] = [];
  for (let rest = text; rest !== ''; ) {
    const cut = rest.length <= 2900 ? rest.length : Math.max(rest.lastIndexOf('\n', 2900), rest.lastIndexOf(' ', 2900), 1500);
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return parts.slice(0, 4);
}
