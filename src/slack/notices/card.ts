import type { RecordView } from '../../desk/view.ts';
import type { Problem } from '../../notice/problem.ts';
import { languageName } from '../../notice/translation.ts';
import { correctionsOwed, type Owed } from '../../record/corrections.ts';
import { replacedUnder } from '../../record/decide-notices.ts';
import type { Notice } from '../../record/incident-notices.ts';
import { clock, nameOf } from '../../record/turn.ts';
import { actions, type Block, button, context, header, section } from '../blocks.ts';
import type { Card } from '../card.ts';
import { clip, safe, utc } from '../mrkdwn.ts';
import { mark } from '../words.ts';
import type { Examined } from './desk.ts';

/** A notice at work: every sentence with what it rests on and what is wrong with it, who stands for it, and what can be done. */
export function noticeCard(view: RecordView, looked: Examined): Card {
  const { notice, template } = looked;
  const title = `${mark(view.incident)}${template?.title ?? notice.kind.replaceAll('_', ' ')}`;
  const state = stateOf(view, looked);
  return {
    text: `${title}: ${state.replace(/[*_]/g, '')}`,
    blocks: [
      header(title),
      context(...audience(looked), `notice ${notice.id}, entry ${notice.seq}`),
      ...(looked.laws.length === 0
        ? []
        : [context(looked.laws.map(({ title, citation }) => `${safe(title)} (${safe(citation)})`).join(' · '))]),
      ...translation(view, notice),
      section(state),
      ...sentences(looked),
      ...whole(looked.problems),
      ...owedLines(view, notice),
      ...buttons(view, looked),
    ],
  };
}

function audience({ template, notice }: Examined): string[] {
  if (template === undefined) return [];
  const second = notice.secondPerson ? 'a second person approves' : 'one person may send it';
  const who = template.approver.includes('counsel') ? 'counsel' : template.approver.join(' or ');
  return [`for ${safe(template.audience)}`, `${second}: ${who}`];
}

/** A translation says which words it stands for, and that nobody has vouched for it yet. */
function translation(view: RecordView, notice: Notice): Block[] {
  if (notice.translates === undefined) return [];
  const { notice: of, language } = notice.translates;
  const name = languageName(language);
  const checked =
    notice.approval === undefined ? `:globe_with_meridians: *Unchecked translation into ${name}*` : `Translation into ${name}`;
  const by =
    notice.approval?.reads === undefined ? '' : `, checked by ${safe(nameOf(view.incident, notice.approval.by))}, who reads it`;
  return [context(`${checked} of notice ${of} as of entry ${notice.translates.of}${by}.`)];
}

function stateOf({ incident, now }: RecordView, { notice, open }: Examined): string {
  const at = (iso: string) => clock(iso, new Date(now).toISOString());
  const { sent, approval, released } = notice;
  const stale = sent.length === 0 ? replacedUnder(incident, notice) : [];
  if (approval !== undefined && stale.length > 0)
    return `:rotating_light: Approved, but it rests on what was replaced since: entries ${stale.join(', ')}. It leaves for nobody. Edit it, or draft it again.`;
  const lines = sent.map(({ recipient, road, at: when }) => `:outbox_tray: *Sent* to ${toWhom(recipient)} by ${road}, ${at(when)}`);
  if (approval !== undefined) {
    const alone = approval.solo ? ' alone, nobody else being awake' : '';
    lines.unshift(`:white_check_mark: *Approved* by ${safe(nameOf(incident, approval.by))}${alone}, ${at(approval.at)}`);
    if (released.length > sent.length && approval.leaves !== undefined)
      lines.push(`:hourglass: Leaves at ${utc(approval.leaves)}.`);
  }
  lines.push(
    ...notice.refused.map(
      ({ channel, code }) => `:x: It did *not* arrive in <#${channel}>: ${WHY[code] ?? safe(code)} Send it again from here.`,
    ),
  );
  if (lines.length > 0) return clip(lines.join('\n'), 2900);
  const truth = open.filter(({ level }) => level === 'truth').length;
  const wording = open.length - truth;
  if (open.length === 0 && notice.translates !== undefined)
    return ':ballot_box_with_check: Draft. Every number, date and name is the original’s; a person who reads it has to approve it.';
  if (open.length === 0)
    return ':ballot_box_with_check: Draft. The gate found nothing in the way; a person has to read it and approve it.';
  const counts = [truth === 0 ? '' : `${truth} unknown or not carried by the record`, wording === 0 ? '' : `${wording} of wording`];
  const ways = 'Edit it, or record what is missing and draft it again.';
  return `:construction: Draft. In the way: ${counts.filter((count) => count !== '').join(', ')}. ${ways}`;
}

/** A channel by its name, anybody else as they were typed. */
const toWhom = (recipient: string): string => safe(recipient).replace(/^channel ([CG][A-Z0-9]+)$/, '<#$1>');

const WHY: Readonly<Record<string, string>> = {
  not_in_channel: 'the bot is not in that channel; invite it there.',
  channel_not_found: 'the bot does not see that channel; invite it there.',
  is_archived: 'that channel is archived.',
  replaced: 'what it says was replaced before it left.',
  'taken-back': 'it was taken back before it left.',
};

const MARKS = { truth: ':x:', wording: ':warning:', form: ':bulb:' } as const;
const CHUNK = 2_700;
const TEXT_MAX = 9_500;

/** Sentences in as few blocks as hold them; a problem stands under its sentence. */
function sentences({ draft, problems }: Examined): Block[] {
  const lines = draft.sentences.map((sentence, i) => {
    const rests = sentence.cites.length === 0 ? '' : ` _(${sentence.cites.join(', ')})_`;
    const found = problems.filter(({ sentence: at, level }) => at === i && level !== 'form').map(problemLine);
    return [`${i + 1}. ${safe(clip(sentence.text, 900))}${rests}`, ...found].join('\n');
  });
  const chunks: string[] = [];
  let room = TEXT_MAX;
  for (const line of lines) {
    room -= line.length;
    if (room < 0) break;
    const last = chunks.at(-1);
    if (last !== undefined && last.length + line.length < CHUNK) chunks[chunks.length - 1] = `${last}\n${line}`;
    else chunks.push(clip(line, CHUNK));
  }
  const more = room < 0 ? [context('The rest is in the file: Download….')] : [];
  return [...chunks.map((text) => section(text)), ...more];
}

const problemLine = ({ level, message, suggestion }: Problem): string =>
  `      ${MARKS[level]} ${safe(clip(message, 250))}${suggestion === undefined ? '' : ` _${safe(clip(suggestion, 250))}_`}`;

/** What is wrong with the whole, and advice on form. */
function whole(problems: Problem[]): Block[] {
  const found = problems.filter(({ sentence, level }) => sentence === null || level === 'form').slice(0, 6);
  return found.length === 0 ? [] : [context(...found.map((one) => problemLine(one).trim()))];
}

function owedLines({ incident }: RecordView, { id }: Notice): Block[] {
  const owed = correctionsOwed(incident).find(({ notice }) => notice.id === id);
  return owed === undefined ? [] : [section(`:rotating_light: *Wrong since:* ${changedWords(owed)}. A correction is owed.`)];
}

const changedWords = ({ changed }: Owed): string =>
  changed.map(({ was, now }) => `entry ${was} was replaced by entry ${now}`).join('; ');

function buttons({ incident }: RecordView, { notice, open }: Examined): Block[] {
  const value = `${incident.record}|${notice.id}`;
  const owed = correctionsOwed(incident).some(({ notice: one }) => one.id === notice.id);
  const { approval, sent, released } = notice;
  const all = [
    ...(owed ? [button('notice.correct', 'Draft the correction', value, { style: 'primary' as const })] : []),
    ...(approval === undefined ? [button('notice.approve', 'Approve…', value, open.length === 0 ? { style: 'primary' } : {})] : []),
    ...(sent.length === 0 ? [button('notice.edit', 'Edit…', value)] : []),
    ...(approval === undefined || owed ? [] : [button('notice.send', 'Send into Slack…', value)]),
    ...(approval === undefined ? [] : [button('notice.sent', 'Mark sent…', value)]),
    button('notice.file', 'Download…', value),
    ...(notice.translates === undefined ? [button('notice.translate', 'Translate…', value)] : []),
    ...(approval !== undefined && sent.length === 0
      ? [button('notice.void', released.length > 0 ? 'Undo' : 'Take back…', value, { style: 'danger' as const })]
      : []),
  ];
  return [actions(`notice|${value}`, all)];
}

/** Something that notices used has changed: every one that is wrong now, to whom it went, and the correction one click away. */
export function owedCard({ incident }: RecordView, seq: number): Card {
  const owed = correctionsOwed(incident).filter(({ changed }) => changed.some(({ now }) => now === seq));
  if (owed.length === 0) {
    const text = `Every notice that entry ${seq} made wrong has been corrected.`;
    return { text, blocks: [context(text)] };
  }
  const text = `${mark(incident)}Entry ${seq} makes ${owed.length === 1 ? 'a notice' : `${owed.length} notices`} wrong that went out`;
  return {
    text,
    blocks: [
      section(`:rotating_light: *${text}*`),
      ...owed
        .slice(0, 15)
        .flatMap((one) => [
          section(
            `*${one.notice.kind.replaceAll('_', ' ')}* to ${one.notice.sent.map(({ recipient, at }) => `${toWhom(recipient)} (${utc(at)})`).join(', ')}\n${changedWords(one)}`,
            button('notice.correct', 'Draft the correction', `${incident.record}|${one.notice.id}`),
          ),
        ]),
    ],
  };
}
