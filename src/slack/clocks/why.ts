import type { Clocks, OwedDuty } from '../../desk/clocks.ts';
import type { RecordView } from '../../desk/view.ts';
import type { Rule } from '../../law/duty.ts';
import { type Block, context, fields, modal, section, type View } from '../blocks.ts';
import { clip, mrkdwn, safe, when } from '../mrkdwn.ts';
import { anchorWords } from './anchor-words.ts';
import {
  clauses,
  dueWords,
  isDone,
  isOwed,
  NOT_ADVICE,
  placeOf,
  plainly,
  stateWords,
  targetWords,
  titleOf,
  UNVERIFIED,
} from './words.ts';

/** Why a duty stands as it does: the rule, its citation and source, what started the clock, and what was only assumed. */
export function whyModal(view: RecordView, clocks: Clocks, owed: OwedDuty): View {
  const { incident, now } = view;
  const { duty, unverified, name } = owed;
  const rule = clocks.book.ready(duty.id)?.rule;
  const target = targetWords(duty, now);
  return modal('clock.why', 'Why', undefined, JSON.stringify({ record: incident.record }), [
    section(`*${safe(titleOf(incident, owed))}* · ${safe(placeOf(duty))}\n${stateWords(incident, owed, now)}`),
    ...(unverified ? [section(`${UNVERIFIED}: this record is of low confidence, or from memory.`)] : []),
    section(
      `*Why*\n${clauses(duty)
        .map((clause) => `• ${plainly(clause)}`)
        .join('\n')}`,
    ),
    ...started(owed),
    ...(rule === undefined ? [] : lawBlocks(rule)),
    ...(duty.rolled === null
      ? []
      : [
          section(
            `*A later reading*\nWhere a non-working day lets the period run on: ${dueWords(duty.rolled, duty.zone)}. The earlier date counts here.`,
          ),
        ]),
    ...(target === undefined ? [] : [section(target)]),
    ...gates(view, clocks, owed),
    fields([
      `*Rule*\n${name.duty}, version ${duty.ruleVersion}`,
      `*Checked against the source*\n${duty.verifiedOn}, confidence ${duty.confidence}`,
      `*Citation*\n${safe(duty.citation)}`,
      `*Sealed*\n${sealedWords(owed)}`,
    ]),
    context(NOT_ADVICE),
  ]);
}

function started({ duty }: OwedDuty): Block[] {
  if (duty.startedAt === null) return [];
  const by = duty.anchor === null ? '' : ` (${safe(anchorWords(duty.anchor))})`;
  return [section(`*The clock started*\n${when(duty.startedAt)}${by}`)];
}

function lawBlocks(rule: Rule): Block[] {
  const parts = [
    rule.deadlineText === undefined ? '' : `*By when, in the law*\n${safe(rule.deadlineText)}`,
    rule.startText === undefined ? '' : `*What starts it*\n${safe(rule.startText)}`,
    rule.content === undefined ? '' : `*What it must say*\n${rule.content.map((part) => `• ${safe(part)}`).join('\n')}`,
    rule.channel === undefined ? '' : `*How it goes out*\n${safe(rule.channel)}`,
    rule.portal === undefined ? '' : `*Where*\n${safe(rule.portal)}`,
    `*Source*\n${sourceWords(rule.source)}`,
  ];
  return parts.filter((part) => part !== '').map((part) => section(clip(part, 1500)));
}

function sourceWords(source: string): string {
  if (source === 'knowledge') return 'from memory, no source on file';
  return source.startsWith('https://') ? mrkdwn(`[${source.slice(8, 90)}](${source})`) : safe(source);
}

/** Duties tied to this one by an order: what must go first, and what it holds back. */
function gates({ incident }: RecordView, { duties }: Clocks, { duty }: OwedDuty): Block[] {
  const tied = duties.filter((one) => duty.gates.includes(one.duty.id));
  const names = [...new Set(tied.map((one) => safe(titleOf(incident, one))))].slice(0, 6);
  return names.length === 0 ? [] : [section(`*Tied to*\n${names.map((name) => `• ${name}`).join('\n')}`)];
}

function sealedWords({ record }: OwedDuty): string {
  const sealed = record?.sealed;
  return sealed === undefined
    ? 'no date yet'
    : `entry ${sealed.seq}${sealed.because === undefined ? '' : `, after entry ${sealed.because}`}`;
}

/** What is not owed, place by place, each with its reason: nobody must wonder whether a law was forgotten. */
export function othersModal({ incident }: RecordView, clocks: Clocks): View {
  const asked = clocks.duties.filter((owed) => !isOwed(owed) && !isDone(owed) && isDuty(clocks, owed));
  const places = [...Map.groupBy(asked, ({ duty }) => placeOf(duty))];
  const blocks = places.flatMap(([place, all]) => {
    const lines = all.map((owed) => `• ${safe(titleOf(incident, owed))}, ${safe(owed.duty.citation)}: ${wordsOf(owed)}`);
    return pages(`*${safe(place)}*`, lines).map((text) => section(text));
  });
  return modal('clock.why', 'Not owed, and why', undefined, JSON.stringify({ record: incident.record }), [
    ...blocks.slice(0, 98),
    context(NOT_ADVICE),
  ]);
}

/** A threshold or a guidance has no duty of its own: it only says when another one begins. */
const isDuty = ({ book }: Clocks, { duty }: OwedDuty): boolean =>
  ['obligation', 'contractual', undefined].includes(book.ready(duty.id)?.rule.kind);

const wordsOf = ({ duty }: OwedDuty): string => `${duty.state === 'watch' ? 'not in force, ' : ''}${plainly(clip(duty.why, 200))}`;

/** Lines in sections that stay below the limit of one. */
function pages(title: string, lines: string[]): string[] {
  const filled = [title];
  for (const line of lines) {
    const last = filled.at(-1) ?? '';
    if (last.length + line.length > 2900) filled.push(line);
    else filled[filled.length - 1] = `${last}\n${line}`;
  }
  return filled;
}
