import type { RecordView } from '../desk/view.ts';
import type { Incident } from '../record/incident.ts';
import { clock } from '../record/turn.ts';
import { actions, type Block, button, context, fields, header, section } from './blocks.ts';
import type { Card } from './card.ts';
import { keepingMenu } from './keeping/forms.ts';
import { laneBlocks } from './lanes/card.ts';
import { moneyBlocks } from './money/blocks.ts';
import { distance, progressBar, safe, when } from './mrkdwn.ts';
import { inForceLine } from './steps/runbook-card.ts';
import { ANSWERS, holder, mark, person, STATUS_WORDS } from './words.ts';

/** The pinned card: where the incident stands, always worked out from the record. */
export function statusCard(view: RecordView): Card {
  const { incident } = view;
  const title = `${mark(incident)}${incident.title}`;
  const blocks = [
    header(title),
    fields(standing(view)),
    ...(incident.status === 'closed' ? [closedLine(incident)] : [progress(view)]),
    ...laneBlocks(view),
    ...moneyBlocks(view),
    ...open(view),
    ...findings(incident),
    buttons(incident),
    context(...footer(incident)),
  ];
  return { text: safe(`${title}: ${incident.status}`), blocks };
}

function standing({ incident, now }: RecordView): string[] {
  const { answers, declaredAt } = incident;
  return [
    `*Status*\n${incident.status}`,
    `*Since*\n${when(declaredAt)}, ${distance(declaredAt, now)}`,
    `*Lead*\n${holder(incident, 'lead') ?? 'nobody'}`,
    `*Scribe*\n${holder(incident, 'scribe') ?? 'nobody'}`,
    `*Still happening?*\n${ANSWERS[answers.stillHappening]}`,
    `*Can the tool reach clients?*\n${ANSWERS[answers.canReachClients]}`,
    `*Are we talking over it?*\n${ANSWERS[answers.talkingOverIt]}`,
    ...incident.roles
      .filter(({ role }) => role !== 'lead' && role !== 'scribe')
      .slice(0, 3)
      .map(({ role, person: who }) => `*${role.replace('-', ' ')}*\n${person(incident, who)}`),
  ];
}

function progress(view: RecordView): Block {
  const { guide, incident } = view;
  if (guide === undefined) return section('No runbook has been taken in yet.');
  const blocked = guide.steps.filter(({ standing: how }) => how === 'blocked').length;
  const now =
    guide.current === undefined
      ? 'Every step is settled. Close the incident when nothing is open.'
      : `*Now:* ${safe(guide.current.step.title)}`;
  const stuck = blocked === 0 ? '' : `\n:no_entry: ${blocked} blocked`;
  return section(
    `${progressBar(guide.done, guide.total)}\n${inForceLine(view)}\n${now}${stuck}`,
    button('incident.next', "What's next?", incident.record),
  );
}

function closedLine({ closed }: Incident): Block {
  const as = { resolved: 'resolved', 'false-alarm': 'a false alarm', merged: `merged into ${safe(closed?.into ?? '')}` }[
    closed?.as ?? 'resolved'
  ];
  return section(`Closed at ${closed === undefined ? '' : clock(closed.at)} as ${as}: ${safe(closed?.reason ?? '')}`);
}

function open({ incident, now }: RecordView): Block[] {
  const asks = incident.asks.filter(({ answer }) => answer === undefined);
  const lines = asks.slice(0, 5).map(({ question, to, due }) => {
    const late = due !== undefined && Temporal.Instant.from(due).epochMilliseconds < now ? ' *overdue*' : '';
    return `• ${safe(question)}${to === undefined ? '' : ` (${person(incident, to)})`}${due === undefined ? '' : ` by ${clock(due)}${late}`}`;
  });
  const waiting = incident.decisions.filter(
    ({ outcome, reopened, id }) => (outcome === 'deferred' || reopened) && isLatest(incident, id),
  );
  const decisions = waiting
    .slice(0, 5)
    .map(({ question, review }) => `• to decide: ${safe(question)}${review === undefined ? '' : ` by ${clock(review)}`}`);
  const all = [...lines, ...decisions];
  return all.length === 0 ? [] : [section(`*Open questions*\n${all.join('\n')}`)];
}

const isLatest = ({ decisions }: Incident, id: string): boolean => {
  const one = decisions.find((decision) => decision.id === id);
  return decisions.findLast((other) => other.step !== undefined && other.step === one?.step)?.id === id || one?.step === undefined;
};

function findings({ findings: all, labels }: Incident): Block[] {
  const current = all.filter(({ supersededBy, seq }) => supersededBy === undefined && labels.get(seq) !== 'counsel').slice(-6);
  if (current.length === 0) return [];
  const lines = current.map(
    ({ about, status, text, asOf, seq }) =>
      `• *${safe(about)}*: ${STATUS_WORDS[status]}. ${safe(text)} _(entry ${seq}, as of ${clock(asOf)})_`,
  );
  return [section(`*What we know*\n${lines.join('\n')}`)];
}

function buttons(incident: Incident): Block {
  const { record, status, published } = incident;
  const copied = published.at(-1)?.surface === 'room' ? [button('incident.copied', 'I have a copy', record)] : [];
  if (status === 'closed')
    return actions(`status|${record}`, [
      button('incident.reopen', 'Reopen…', record),
      button('incident.note', 'Note…', record),
      button('incident.export', 'Export…', record),
      ...copied,
      keepingMenu(incident),
    ]);
  return actions(`status|${record}`, [
    button('incident.note', 'Note…', record),
    button('incident.finding', 'Finding…', record),
    button('incident.decide', 'Decision…', record),
    button('incident.ask', 'Ask…', record),
    button('incident.notices', 'Notices…', record),
    button('incident.scribe', 'Scribe', record),
    button('incident.roles', 'Roles…', record),
    button('incident.steps', 'All steps', record),
    button('clock.open', 'Who must be told…', record),
    button('incident.export', 'Export…', record),
    button('incident.close', 'Close…', record),
    ...copied,
    keepingMenu(incident),
  ]);
}

function footer({ published, size, record }: Incident): string[] {
  const last = published.findLast(({ surface }) => surface !== 'room');
  const witnessed = last === undefined ? 'no outside copy yet' : `outside copy at ${last.size} entries`;
  return [
    `${record} · ${size} entries · ${witnessed}`,
    'A court may one day demand this record: write what you know, not what you guess.',
  ];
}
