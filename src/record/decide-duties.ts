import { parseFindings } from '../law/findings.ts';
import { Clock, type Moment } from '../law/moment.ts';
import { momentOf } from '../law/order.ts';
import { ANCHORS } from '../law/vocabulary.ts';
import { type Command, type CommandOf, type Decided, type Refusal, refuse } from './command.ts';
import { maybe } from './decide-knowledge.ts';
import type { DutyName } from './event.ts';
import type { Incident } from './incident.ts';
import { type DutyRecord, dutyKey } from './incident-duties.ts';
import { findingsInput } from './law-findings.ts';
import { clock, just, nameOf, type Turn } from './turn.ts';

/** Who must be told: the findings that clocks run on, what was filed, and what was decided against. */
export function decideDuties(turn: Turn, command: Command): Decided[] | Refusal | undefined {
  switch (command.do) {
    case 'setAnchor':
      return setAnchor(turn, command);
    case 'setFacts':
      return setFacts(turn, command);
    case 'fileDuty':
      return file(turn, command);
    case 'waiveDuty':
      return waive(turn, command);
    case 'reopenDuty':
      return reopen(turn, command);
    case 'acceptRule':
      return accept(turn, command);
    case 'raiseReminders':
      return command.reminders
        .filter(({ of, rung, due }) => !turn.incident.raised.has(`${of}/${rung}/${due}`))
        .flatMap((body) => just({ kind: 'reminder.raised', body, texts: {} }));
  }
}

/** An anchor is changed only by a new finding that names what it replaces, and says why. */
function setAnchor(turn: Turn, command: CommandOf<'setAnchor'>): Decided[] | Refusal {
  const { incident } = turn;
  const { anchor, at, supersedes, reason, source } = command;
  if (!(ANCHORS as readonly string[]).includes(anchor)) return refuse('unknown', `No clock starts from "${anchor}".`, 'anchor');
  const current = incident.owed.anchors.get(anchor);
  const words = anchor.replaceAll('_', ' ');
  if (current?.seq !== supersedes)
    return current === undefined
      ? refuse('unknown', `"${words}" has no time yet that could be replaced.`)
      : refuse(
          'already',
          `"${words}" is ${current.at ?? 'not known'} by entry ${current.seq}: a new time names the entry it replaces.`,
        );
  if (at === undefined && current?.at === undefined) return refuse('invalid', 'When was it?', 'at');
  if (current?.at === at) return refuse('already', 'That is the time on record.');
  if (current?.at !== undefined && !reason?.trim())
    return refuse('needs-reason', 'Say why the time is another one now: the record keeps both.', 'reason');
  const precision = at !== undefined && at.length === 10 ? ('day' as const) : ('minute' as const);
  const body = {
    anchor,
    precision,
    ...(at === undefined ? {} : { at }),
    ...(current === undefined ? {} : { supersedes: current.seq }),
  };
  const event = { kind: 'anchor.set' as const, body, texts: maybe({ reason, source }) };
  const wrong = contradiction(turn, ({ owed }) => owed.anchors.set(anchor, { seq: 0, by: '', ...body }));
  if (wrong !== undefined) return wrong;
  return reason?.trim() ? just(event) : (unexplained(incident, anchor, at) ?? just(event));
}

const KNOWLEDGE = ['aware', 'discovered'];

/** Awareness later than detection is the first thing an authority asks about: it needs a written reason. */
function unexplained(incident: Incident, anchor: string, at: string | undefined): Refusal | undefined {
  if (anchor !== 'detected' && !KNOWLEDGE.includes(anchor)) return undefined;
  const zone = zoneOf(incident);
  const timeOf = (name: string) => {
    const text = name === anchor ? at : incident.owed.anchors.get(name)?.at;
    return text === undefined ? undefined : momentOf(text, zone);
  };
  const detected = timeOf('detected');
  const others = anchor === 'detected' ? KNOWLEDGE : [anchor];
  const later = others.find((name) => isLater(timeOf(name), detected, zone) && !incident.owed.anchors.get(name)?.reason);
  return later === undefined
    ? undefined
    : refuse(
        'needs-reason',
        'It was detected earlier than we were aware of it: say in writing what happened in between.',
        'reason',
      );
}

function isLater(a: Moment | undefined, b: Moment | undefined, zone: string): boolean {
  if (a === undefined || b === undefined) return false;
  if (a.bareDay === undefined && b.bareDay === undefined) return a.at > b.at;
  const days = new Clock();
  return days.dayOfMoment(a, zone) > days.dayOfMoment(b, zone);
}

function zoneOf({ owed }: Incident): string {
  const zone = owed.facts.get('entity.zone')?.value;
  return typeof zone === 'string' ? zone : 'UTC';
}

/** Facts that say nothing new are left out; each of the others names what it replaces. */
function setFacts(turn: Turn, { facts, source }: CommandOf<'setFacts'>): Decided[] | Refusal {
  const { owed } = turn.incident;
  const news = facts.filter(({ fact, value, party, terms }) => {
    const known = owed.facts.get(fact);
    return (
      JSON.stringify(known?.value) !== JSON.stringify(value) ||
      known?.party !== party ||
      (terms !== undefined && known?.terms !== terms)
    );
  });
  if (news.length === 0) return refuse('already', 'That is what the record says already.');
  const wrong = contradiction(turn, (changed) => {
    for (const { fact, value, party } of news)
      changed.owed.facts.set(fact, { seq: 0, by: '', value, ...(party === undefined ? {} : { party }) });
  });
  if (wrong !== undefined) return wrong;
  return news.flatMap(({ fact, value, party, terms }) => {
    const before = owed.facts.get(fact)?.seq;
    const body = { fact, value, ...(before === undefined ? {} : { supersedes: before }) };
    return just({ kind: 'fact.set', body, texts: maybe({ party, source, terms }) });
  });
}

/** Whatever the reader of findings refuses is refused here, with the name of its field, before it is sealed. */
function contradiction({ incident, now }: Turn, change: (changed: Incident) => void): Refusal | undefined {
  const { owed } = incident;
  const changed = { ...incident, owed: { ...owed, anchors: new Map(owed.anchors), facts: new Map(owed.facts) } };
  change(changed);
  const at = Date.parse(now);
  const before = new Set(parseFindings(findingsInput(incident), at).refused.map(({ field, message }) => `${field} ${message}`));
  const { refused, warnings } = parseFindings(findingsInput(changed), at);
  const wrong = refused.find(({ field, message }) => !before.has(`${field} ${message}`));
  if (wrong !== undefined) return refuse('invalid', `${wrong.field}: ${wrong.message}`, wrong.field);
  const known = new Set(parseFindings(findingsInput(incident), at).warnings);
  const odd = warnings.find((warning) => warning.startsWith('unknown ') && !known.has(warning));
  return odd === undefined ? undefined : refuse('unknown', `${odd[0]?.toUpperCase()}${odd.slice(1)}.`);
}

function file({ incident, now }: Turn, command: CommandOf<'fileDuty'>): Decided[] | Refusal {
  const { do: _, duty, instance, at, received, reference, proof, evidence, supersedes } = command;
  const known = dutyOf(incident, command);
  const problem = unwaived(incident, known, now) ?? untimely(at, 'at', now) ?? untimely(received, 'received', now);
  if (problem !== undefined) return problem;
  const before = known?.filings.find(({ seq }) => seq === supersedes);
  if (supersedes !== undefined && before === undefined) return refuse('unknown', 'There is no such filing to replace.');
  if (received !== undefined && Date.parse(received) < Date.parse(at))
    return refuse('invalid', 'It cannot have been received before it was sent.', 'received');
  const unknown = evidence.find((seq) => seq < 1 || seq > incident.size);
  if (unknown !== undefined) return refuse('unknown', `There is no entry ${unknown} to cite.`, 'evidence');
  const more = { ...(received === undefined ? {} : { received }), ...(supersedes === undefined ? {} : { supersedes }) };
  return just({
    kind: 'duty.filed',
    body: { ...nameOfDuty({ duty, instance }), at, evidence, ...more },
    texts: maybe({ reference, proof }),
  });
}

function untimely(at: string | undefined, field: string, now: string): Refusal | undefined {
  if (at === undefined) return undefined;
  const moment = momentOf(at, 'UTC');
  if (moment === undefined) return refuse('invalid', 'That is no time.', field);
  return moment.at > Date.parse(now)
    ? refuse('invalid', 'That is in the future: only what has happened is filed.', field)
    : undefined;
}

function unwaived(incident: Incident, duty: DutyRecord | undefined, now: string): Refusal | undefined {
  if (duty?.waived === undefined) return undefined;
  const { by, at } = duty.waived;
  return refuse('already', `${nameOf(incident, by)} decided against this at ${clock(at, now)}. Take the decision back first.`);
}

/** Not to tell somebody is decided by two named people, and in writing. */
function waive({ incident, people, actor, now }: Turn, command: CommandOf<'waiveDuty'>): Decided[] | Refusal {
  const { reason } = command;
  const known = dutyOf(incident, command);
  const again = unwaived(incident, known, now);
  if (again !== undefined) return again;
  const [filed] = known?.filings ?? [];
  if (filed !== undefined) return refuse('already', `This was filed (entry ${filed.seq}). Take the filing back first.`);
  if (reason.trim() === '') return refuse('needs-reason', 'Say why nobody is told: an authority may ask in two years.', 'reason');
  const approver = people.actor(command.approver);
  if (approver === actor) return refuse('two-people', 'Deciding against a duty takes a second person.', 'approver');
  return just({ kind: 'duty.waived', body: { ...nameOfDuty(command), approver }, texts: { reason } });
}

/** Takes back the decision against a duty, or its last filing. */
function reopen({ incident }: Turn, command: CommandOf<'reopenDuty'>): Decided[] | Refusal {
  const known = dutyOf(incident, command);
  const of = known?.waived?.seq ?? known?.filings.at(-1)?.seq;
  if (of === undefined) return refuse('open', 'Nothing was filed or decided here that could be taken back.');
  if (command.reason.trim() === '') return refuse('needs-reason', 'Say why it is taken back.', 'reason');
  return just({ kind: 'duty.reopened', body: { ...nameOfDuty(command), of }, texts: { reason: command.reason } });
}

function accept({ incident }: Turn, command: CommandOf<'acceptRule'>): Decided[] | Refusal {
  const change = dutyOf(incident, command)?.change;
  if (change === undefined) return refuse('already', 'There is no change of this rule to accept.');
  if (change.seq !== command.of) return refuse('already', `The rule changed again since: look at entry ${change.seq}.`);
  const { note } = command;
  return just({ kind: 'duty.rule-accepted', body: { ...nameOfDuty(command), of: change.seq }, texts: maybe({ note }) });
}

const dutyOf = ({ owed }: Incident, name: DutyName): DutyRecord | undefined => owed.duties.get(dutyKey(name));

function nameOfDuty({ duty, instance }: { duty: string; instance?: string | undefined }): DutyName {
  return instance === undefined ? { duty } : { duty, instance };
}
