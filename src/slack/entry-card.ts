import type { RecordView } from '../desk/view.ts';
import type { Entry } from '../record/entry.ts';
import { clock } from '../record/turn.ts';
import { actions, type Block, button, context, section } from './blocks.ts';
import type { Card } from './card.ts';
import { dutyTold } from './clocks/entry.ts';
import { afterwards, isForCounsel, keepingTold } from './keeping/entry.ts';
import { laneTold } from './lanes/entry.ts';
import { clip, safe, when } from './mrkdwn.ts';
import { answerTold, offeredBlocks } from './steps/question-card.ts';
import { adoptedTold, changedTold, leadsTo, overBlocks } from './steps/runbook-card.ts';
import { mark, person, ROLE_NAMES, STATUS_WORDS } from './words.ts';

/** What was just recorded, told to the channel in a line or two, with the buttons that answer it. */
export function entryCard(view: RecordView, entry: Entry): Card {
  const counsel = isForCounsel(view, entry);
  const said: Told = counsel ? { text: FOR_COUNSEL } : told(view, entry);
  const { blocks = [] } = said;
  const text = `${said.text}${counsel ? '' : afterwards(view, entry)}`;
  const happened = entry.occurred === undefined ? '' : `happened ${when(entry.occurred)} · `;
  return {
    text: `${mark(view.incident)}${text.replace(/[*_]/g, '')}`,
    blocks: [
      section(clip(text, 2900)),
      ...blocks,
      context(
        `${mark(view.incident)}${happened}entry ${entry.seq}, recorded ${clock(entry.at)} by ${person(view.incident, entry.actor)}`,
      ),
    ],
  };
}

const FOR_COUNSEL = ':lock: This entry is for counsel.';

type Told = { text: string; blocks?: Block[] };

function told(view: RecordView, entry: Entry): Told {
  switch (entry.kind) {
    case 'decision.taken':
      return {
        text: decisionText(view, entry),
        blocks: [...offeredBlocks(view, entry), ...overBlocks(view, leadsTo(view, entry))],
      };
    case 'runbook.changed':
      return changedTold(view, entry);
    case 'runbook.adopted':
      return adoptedTold(view, entry);
    case 'question.answered':
      return { text: answerTold(view, entry) };
    case 'finding.recorded':
      return { text: findingText(view, entry) };
    case 'ask.opened':
      return askTold(view, entry);
    case 'handover.offered':
      return handoverTold(view, entry);
    case 'note.recorded':
      return { text: `:memo: *Note:* ${safe(entry.texts.text)}` };
    case 'statement.read':
      return { text: statementText(view, entry) };
    case 'evidence.added':
      return {
        text: `:paperclip: Evidence kept: ${safe(entry.texts.name)} (${entry.body.bytes} bytes, SHA-256 ${entry.texts.sha256.slice(0, 16)}…)`,
      };
    case 'evidence.described':
      return { text: `:paperclip: Evidence: ${safe(entry.texts.text)}` };
    case 'role.assigned':
      return {
        text: `:bust_in_silhouette: ${person(view.incident, entry.body.person)} is ${ROLE_NAMES[entry.body.role].toLowerCase()}.`,
      };
    case 'incident.closed':
      return { text: `:checkered_flag: *Closed*: ${safe(entry.texts.reason)}` };
    case 'incident.reopened':
      return { text: `:arrows_counterclockwise: *Reopened*: ${safe(entry.texts.reason)}` };
    default:
      return { text: dutyTold(view, entry) ?? keepingTold(view, entry) ?? laneTold(entry) ?? entry.kind };
  }
}

type One<K extends Entry['kind']> = Extract<Entry, { kind: K }>;

const OUTCOMES = { decided: 'Decided', 'decided-not-to': 'Decided not to', deferred: 'Deferred' } as const;
const BACK = { yes: 'can be taken back', no: 'cannot be taken back', unknown: '' } as const;

function decisionText({ incident }: RecordView, { body, texts }: One<'decision.taken'>): string {
  const more = [
    body.review === undefined ? '' : `look again ${when(body.review)}`,
    BACK[body.reversible],
    texts.authority ? `on authority: ${safe(texts.authority)}` : '',
    body.cites.length === 0 ? '' : `rests on entries ${body.cites.join(', ')}`,
    texts.dissent ? `seen differently: ${safe(texts.dissent)}` : '',
  ].filter((part) => part !== '');
  return `:scales: *${OUTCOMES[body.outcome]}: ${safe(texts.choice)}*\n${safe(texts.question)}\n_Why:_ ${safe(texts.reason)}\n${[person(incident, body.decider), ...more].join(' · ')}`;
}

/** A statement that was changed or withdrawn since says so, and one that changes another says which. */
function statementText({ incident }: RecordView, { seq, body, texts }: One<'statement.read'>): string {
  const verb = body.withdrawn === true ? 'Withdraws' : 'Changes';
  const before = body.changes === undefined ? '' : `\n_${verb} entry ${body.changes}: what rests on it is open again._`;
  const later = incident.changedStatements.get(seq);
  const after =
    later === undefined ? '' : `\n:rotating_light: _Not what ${safe(texts.speaker)} says any more: see entry ${later}._`;
  return `:loudspeaker: *${safe(texts.speaker)}:* ${safe(texts.text)}${before}${after}`;
}

function findingText({ incident }: RecordView, { seq, body, texts }: One<'finding.recorded'>): string {
  const replaced = incident.findings.find((finding) => finding.seq === seq)?.supersededBy;
  const gone = replaced === undefined ? '' : `\n_Replaced by entry ${replaced}._`;
  const source = texts.source ? ` _(${safe(texts.source)})_` : '';
  return `:mag: *${safe(texts.about)}: ${STATUS_WORDS[body.status]}.* ${safe(texts.text)}${source}\nas of ${when(body.asOf)}${gone}`;
}

function askTold({ incident }: RecordView, { body, texts }: One<'ask.opened'>): Told {
  const answer = incident.asks.find(({ id }) => id === body.ask)?.answer;
  const to = body.to === undefined ? '' : ` → ${person(incident, body.to)}`;
  const due = body.due === undefined ? '' : ` by ${when(body.due)}`;
  const text = `:question: *Question: ${safe(texts.question)}*${to}${due}`;
  if (answer !== undefined) return { text: `${text}\n:speech_balloon: *Answer:* ${safe(answer)}` };
  return { text, blocks: [actions(`ask|${body.ask}`, [button('ask.answer', 'Answer…', `${incident.record}|${body.ask}`)])] };
}

/** Both sides of a hand-over: it counts only when the other one has accepted. */
function handoverTold({ incident }: RecordView, { body, texts, actor }: One<'handover.offered'>): Told {
  const state = incident.handovers.get(body.handover)?.state ?? 'offered';
  const line = `:handshake: ${person(incident, actor)} hands over *${ROLE_NAMES[body.role] ?? body.role}* to ${person(incident, body.to)}: ${safe(texts.brief)}`;
  if (state !== 'offered') return { text: `${line}\n*${state === 'accepted' ? 'Accepted' : 'Declined'}*` };
  const value = `${incident.record}|${body.handover}`;
  const buttons = [button('handover.accept', 'Accept', value, { style: 'primary' }), button('handover.decline', 'Decline…', value)];
  return { text: line, blocks: [actions(`handover|${body.handover}`, buttons)] };
}
