import type { Ourselves } from '../../desk/ourselves.ts';
import type { Place } from '../../desk/ports.ts';
import type { RecordView } from '../../desk/view.ts';
import type { Client } from '../../inventory/register.ts';
import type { LegalForm } from '../../law/form.ts';
import { markdownOf } from '../../notice/letter.ts';
import type { Template } from '../../notice/template.ts';
import type { Notice } from '../../record/incident-notices.ts';
import {
  type Block,
  channelInput,
  choiceInput,
  context,
  input,
  manyInput,
  menuInput,
  modal,
  section,
  textInput,
  type View,
  whenInput,
} from '../blocks.ts';
import type { About } from '../forms.ts';
import { clip, safe, utc } from '../mrkdwn.ts';
import type { Examined } from './desk.ts';
import { clientChannels, contactLines, mainContact } from './recipients.ts';

export const about = (record: string, notice: Notice): string => {
  const named: About = { record, notice: notice.id, sha256: notice.sha256 };
  return JSON.stringify(named);
};

/** What the draft form knows before anybody types: the client of a lane, who we are, what the last notice said, which laws ask. */
export type Known = {
  client: Client | undefined;
  ours: Ourselves | undefined;
  forms: readonly LegalForm[];
  asked: readonly string[];
};

/** What is under way, and what to draft next. Everything but the kind may stay empty: what is unknown is shown as unknown. */
export function draftForm(view: RecordView, templates: Template[], { client, ours, forms, asked }: Known): View {
  const { incident } = view;
  const kinds = templates.map(({ kind, title }) => ({ text: title, value: kind }));
  const laws = forms.map(({ id, title, citation }) => ({ text: title, value: id, description: citation }));
  const last = lastValues(view);
  return modal('notice.draft', 'Notices', 'Draft', JSON.stringify({ record: incident.record }), [
    ...underWay(view),
    input('kind', 'What kind of notice?', menuInput(kinds)),
    ...(client === undefined
      ? [input('client', 'To whom?', textInput({ placeholder: 'Contoso Dental', max: 150 }), { optional: true })]
      : [context(`For *${safe(client.name)}*: the client of this lane, and no other.`)]),
    input('nextUpdate', 'When is the next update promised?', whenInput(), {
      optional: true,
      hint: 'It becomes a clock when the notice is sent.',
    }),
    input('do_now', 'What must they do or leave alone now?', textInput({ multiline: true, max: 400 }), { optional: true }),
    input(
      'contact',
      'Who answers questions, and how?',
      textInput({ placeholder: 'Ada Stone, phone 555 0100', initial: ours?.contact || (last.contact ?? ''), max: 200 }),
      { optional: true },
    ),
    input('product', 'Product', textInput({ initial: last.product ?? '', max: 100 }), { optional: true }),
    input('vendor', 'Vendor', textInput({ initial: last.vendor ?? '', max: 100 }), { optional: true }),
    ...(laws.length === 0
      ? []
      : [
          input('regimes', 'Under which law?', manyInput(laws, 'Only where a form is prescribed', asked), {
            optional: true,
            hint: asked.length === 0 ? LAWS : `${LAWS} Those chosen are asked for by the clocks of this record.`,
          }),
        ]),
    ...(ours === undefined ? [context('Our own name and address are not known yet: `/incident letterhead`.')] : []),
  ]);
}

const LAWS = 'Its parts come in the order of the form. Each authority gets a report of its own.';

/** Product, vendor and contact are typed once an incident. */
const lastValues = ({ incident }: RecordView): Record<string, string> => {
  const last = [...incident.notices.values()].at(-1);
  return last === undefined ? {} : (JSON.parse(last.values) as Record<string, string>);
};

function underWay({ incident }: RecordView): Block[] {
  const lines = [...incident.notices.values()].slice(-8).map(({ kind, id, approval, sent }) => {
    const state =
      sent.length > 0
        ? `sent to ${sent.length}, last ${utc(sent.at(-1)?.at ?? '')}`
        : approval === undefined
          ? 'draft'
          : 'approved, not sent';
    return `• ${kind.replaceAll('_', ' ')} (${id}): ${state}`;
  });
  return lines.length === 0 ? [] : [section(`*So far*\n${lines.join('\n')}`)];
}

/** As much as one field holds; a long letter has several. */
const FIELD = 2_800;

/** One sentence a line, with the entries it rests on as [^12]. */
export function editForm({ incident }: RecordView, { notice, draft, headings, problems }: Examined): View {
  const lines = markdownOf(draft, headings)
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .split('\n')
    .map((line) => line.replace(/^## /, ''))
    .filter((line) => line.trim() !== '');
  const parts = fieldsOf(lines);
  const wording = problems.filter(({ level }) => level === 'wording').slice(0, 100);
  const rules = wording.map(({ sentence, rule, message }) => ({
    text: clip(`${sentence === null ? '' : `${sentence + 1}: `}${message}`, 75),
    value: `${sentence ?? ''}|${rule}`,
  }));
  const overruling =
    rules.length === 0
      ? []
      : [
          input('rule', 'Set a rule of wording aside', menuInput(rules), {
            optional: true,
            hint: 'What the record does not carry cannot be set aside.',
          }),
          input('reason', 'Why? It is recorded beside the notice', textInput({ max: 300 }), { optional: true }),
        ];
  return modal('notice.edit', 'Edit a notice', 'Save', about(incident.record, notice), [
    context('One sentence a line. [^12] names the entry that a sentence rests on. An edit voids an approval.'),
    ...parts.map((text, i) =>
      input(`part${i}`, i === 0 ? 'Words' : `Words, part ${i + 1}`, textInput({ multiline: true, initial: text }), {
        optional: i > 0,
      }),
    ),
    input('nextUpdate', 'The next update is promised for', whenInput(), { optional: true }),
    ...overruling,
  ]);
}

export function fieldsOf(lines: string[]): string[] {
  const parts = [''];
  for (const line of lines) {
    const last = parts.at(-1) ?? '';
    if (last !== '' && last.length + line.length + 1 > FIELD) parts.push(line.slice(0, 3_000));
    else parts[parts.length - 1] = last === '' ? line.slice(0, 3_000) : `${last}\n${line}`;
  }
  return parts.slice(0, 8);
}

/** Somebody is about to stand for these words: they read them, and where they go. */
export function approveForm(view: RecordView, looked: Examined, isAuthor: boolean, contacts: string): View {
  const { notice, draft } = looked;
  const text = draft.sentences.map((sentence) => safe(sentence.text)).join('\n');
  const chunks = Array.from({ length: Math.ceil(text.length / 2_800) }, (_, i) => text.slice(i * 2_800, (i + 1) * 2_800));
  const alone = isAuthor && notice.secondPerson && notice.kind === 'holding';
  const count = clientChannels(view).length;
  return modal(
    'notice.approve',
    'Approve a notice',
    alone ? 'Approve alone' : 'Approve these words',
    about(view.incident.record, notice),
    [
      ...chunks.slice(0, 12).map((chunk) => section(chunk)),
      context(`SHA-256 ${notice.sha256.slice(0, 24)}… You approve exactly these words; any edit voids it. ${recipients(view)}`),
      ...(contacts === '' ? [] : [section(contacts)]),
      ...(alone
        ? [
            section(
              ':warning: *You wrote this yourself.* Wake a second person if you can. If nobody else is awake, a holding notice may go: it is recorded as sent alone, and can be undone for two minutes.',
            ),
            input(
              'typed',
              count === 0 ? 'Type the number of clients it goes to' : `Type the number of client channels it can go to (${count})`,
              textInput({ max: 5 }),
            ),
          ]
        : [input('confirm', 'You have read every sentence', choiceInput([{ text: 'Yes, and I stand for it', value: 'yes' }]))]),
    ],
  );
}

function recipients(view: RecordView): string {
  const channels = clientChannels(view).map(({ channel }) => `<#${channel}>`);
  return channels.length === 0
    ? 'This record has no client channel yet.'
    : `It can go to ${channels.join(', ')}, and to no other channel.`;
}

/** Where it goes: the client channels of this very record. `readers` says who is in them. */
export function sendForm(view: RecordView, notice: Notice, readers: string, told?: Place): View {
  const all = [...(told === undefined ? [] : [told]), ...clientChannels(view)];
  const channels = all.map(({ channel }) => ({ text: `Channel ${channel}`, value: channel }));
  return modal('notice.send', 'Send into Slack', 'Send', about(view.incident.record, notice), [
    section(clip(readers, 2_500)),
    ...(channels.length === 0
      ? []
      : [
          input('channel', 'Into which channel?', menuInput(channels, channels.length === 1 ? channels[0]?.value : undefined), {
            optional: true,
          }),
        ]),
    input(
      'fresh',
      channels.length === 0 ? "The client's channel" : 'Or another channel of this client',
      channelInput('Choose a channel'),
      {
        optional: true,
        hint: 'From then on it is a client channel of this record. A channel of another record is refused.',
      },
    ),
  ]);
}

const ROADS = [
  { text: 'E-mail', value: 'email' },
  { text: 'A portal', value: 'portal' },
  { text: 'Letter', value: 'letter' },
  { text: 'Phone', value: 'phone' },
  { text: 'Another way', value: 'other' },
];

export const sentForm = ({ incident }: RecordView, notice: Notice, client: Client | undefined): View =>
  modal('notice.sent', 'Mark as sent', 'Record', about(incident.record, notice), [
    ...(client === undefined ? [] : [section(contactLines(client))]),
    input('road', 'How was it sent?', choiceInput(ROADS, 'email')),
    input(
      'recipient',
      'To whom?',
      textInput({ placeholder: 'Contoso Dental, it@contoso.example', initial: mailOf(client), max: 300 }),
    ),
    input('at', 'When, if not just now?', whenInput(), { optional: true }),
    input('proof', 'What proves it?', textInput({ placeholder: 'Message id, reference number, receipt', max: 300 }), {
      optional: true,
    }),
  ]);

function mailOf(client: Client | undefined): string {
  const contact = client === undefined ? undefined : mainContact(client);
  return contact === undefined ? '' : [contact.name, contact.email ?? contact.mobile].filter(Boolean).join(', ');
}

export const voidForm = ({ incident }: RecordView, notice: Notice): View =>
  modal('notice.void', 'Take back', 'Take back', about(incident.record, notice), [
    input('reason', 'Why is the approval taken back?', textInput({ multiline: true })),
  ]);
