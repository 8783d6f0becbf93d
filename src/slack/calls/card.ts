import { STATE_WORDS } from '../../desk/board-words.ts';
import { CALL_RULE, type CallRow, type CallSheet, isClaimed, progressWords, type SheetRow } from '../../desk/call-sheet.ts';
import type { CallOutcome } from '../../record/event.ts';
import {
  actions,
  type Block,
  button,
  choiceInput,
  context,
  header,
  input,
  modal,
  section,
  textInput,
  type View,
} from '../blocks.ts';
import type { Card } from '../card.ts';
import { TIER_ICONS } from '../lanes/board-card.ts';
import { clip, distance, safe, when } from '../mrkdwn.ts';
import type { CallScript } from './script.ts';

/** Who is phoned next, and one tap for how it went. It names people to phone: it goes into our own channel only. */
export function callSheetCard(sheet: CallSheet, incident: string, drill: boolean): Card {
  const { rows, next, counts, now } = sheet;
  const title = `${drill ? 'DRILL · ' : ''}Call sheet: ${counts.reached} of ${counts.clients} reached`;
  return {
    text: `${title} (${incident})`,
    blocks: [
      header(title),
      section(`${bar(sheet)} ${progressWords(sheet)}\n${nextWords(next)}`),
      ...rows.flatMap((row) => rowBlocks(row, incident, now, row.client === next?.client)),
      ...(rows.length === 0 ? [section('No client is to be phoned: sort the clients first.')] : []),
      ...pager(sheet, incident),
      context(CALL_RULE),
    ],
  };
}

function bar({ counts: { reached, clients } }: CallSheet): string {
  const filled = clients === 0 ? 0 : Math.round((reached / clients) * 12);
  return `${'▰'.repeat(filled)}${'▱'.repeat(12 - filled)}`;
}

const nextWords = (next: SheetRow | undefined): string =>
  next === undefined ? 'Nobody is to be phoned right now.' : `:arrow_right: *Next: ${safe(clip(next.name, 80))}* ${whom(next)}`;

const OUTCOMES: Record<CallOutcome, string> = { reached: 'reached', 'left-word': 'left word', 'no-answer': 'no answer' };
const HOW: { outcome: CallOutcome; label: string }[] = [
  { outcome: 'reached', label: 'Reached' },
  { outcome: 'left-word', label: 'Left word' },
  { outcome: 'no-answer', label: 'No answer' },
];

function rowBlocks(row: SheetRow, incident: string, now: number, isNext: boolean): Block[] {
  const value = `${incident}|${row.client}`;
  const says = (label: string) => ({ says: `${label}: ${row.name}` });
  return [
    section(
      `${TIER_ICONS[row.tier]} *${row.tier} · ${safe(clip(row.name, 80))}*${row.hit ? '  :rotating_light: *they say they are hit*' : ''}\n${whom(row)}\n${standWords(row, now)}`,
    ),
    actions(`calls|${value}`, [
      button('calls.take', 'I phone them', value, {
        ...says('I phone them'),
        ...(isNext ? { style: 'primary' } : {}),
      }),
      button('calls.reached', 'Reached', value, says('Reached')),
      button('calls.left-word', 'Left word', value, says('Left word')),
      button('calls.no-answer', 'No answer', value, says('No answer')),
    ]),
  ];
}

/** The number as typed: a phone makes it a link by itself. */
function whom({ contact }: CallRow): string {
  if (contact === undefined) return ':telephone_receiver: _no contact in the register_';
  const { name, role, mobile, email } = contact;
  const how = mobile ?? (email === undefined ? 'no number in the register' : `no number; ${email}`);
  return `:telephone_receiver: ${safe(clip(name, 80))}${role === undefined ? '' : ` (${safe(clip(role, 60))})`} · *${safe(clip(how, 80))}*`;
}

function standWords(row: SheetRow, now: number): string {
  const { last, claim, again, tolerable, due } = row;
  return [
    STATE_WORDS[row.state],
    last === undefined
      ? 'not called yet'
      : `${OUTCOMES[last.outcome]} ${distance(last.at, now)}: ${safe(clip(last.who, 60))}, by ${safe(clip(last.by, 60))}`,
    claim !== undefined && isClaimed(row, now)
      ? `*${safe(clip(claim.by, 60))} phones them until ${claim.until.slice(11, 16)} UTC*`
      : '',
    again === undefined ? '' : `again from ${again.slice(11, 16)} UTC`,
    tolerable === undefined ? '' : `can be down ${tolerable} h`,
    due === undefined ? '' : `first clock ${due.slice(0, 16).replace('T', ' ')}${due.length > 10 ? ' UTC' : ''}`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

export const sheetLook = (incident: string, page: number, all: boolean): string => `${incident}|${page}${all ? '|all' : ''}`;

function pager({ query: { page, all = false }, pages }: CallSheet, incident: string): Block[] {
  const to = (at: number, everybody: boolean) => sheetLook(incident, at, everybody);
  return [
    ...(pages === 1 ? [] : [context(`Page ${page + 1} of ${pages}`)]),
    actions(`calls|page|${incident}`, [
      ...(page > 0 ? [button('calls.back', 'Back', to(page - 1, all))] : []),
      ...(page < pages - 1 ? [button('calls.on', 'More', to(page + 1, all))] : []),
      all ? button('calls.fewer', 'Only those to phone', to(0, false)) : button('calls.all', 'All clients', to(0, true)),
    ]),
  ];
}

/** Read this, and say how it went: what is open while the phone rings. Everything in it is of this one client. */
export function phoneForm(
  row: { name: string; client: string; contacts: string[] },
  script: CallScript | undefined,
  incident: string,
): View {
  const lines = script?.lines.map((line) =>
    'says' in line ? `> ${safe(clip(line.says, 400))}` : `> :grey_question: _not known yet: ${safe(clip(line.gap, 200))}_`,
  );
  const text =
    script === undefined || script.text === ''
      ? []
      : [section(`*Text message (${script.text.length} characters)*\n\`\`\`${safe(script.text)}\`\`\``)];
  const left = script?.left.length ? [context(`Not in the message: ${safe(clip(script.left.join('; '), 500))}`)] : [];
  return modal('lanes.phone', 'Phone them', 'Log the call', JSON.stringify({ incident, client: row.client }), [
    section(
      `*${safe(clip(row.name, 100))}*\n${row.contacts.length === 0 ? 'The register holds no contact of this client.' : row.contacts.map((line) => `• ${safe(clip(line, 150))}`).join('\n')}`,
    ),
    section(
      `*In half a minute.* Say who you are, then:\n${lines?.join('\n') ?? '> No template for the script could be read here.'}`,
    ),
    ...text,
    ...left,
    ...(script?.told === undefined
      ? []
      : [context(`They read last, ${when(script.told.at)}: ${safe(clip(script.told.text, 700))}`)]),
    input('outcome', 'How did it go?', choiceInput(HOW.map(({ outcome, label }) => ({ text: label, value: outcome })))),
    input('who', 'With whom did you speak?', textInput({ max: 120 }), { optional: true }),
    input('note', 'What did they say?', textInput({ multiline: true, max: 1500 }), { optional: true }),
  ]);
}
