import { type Command, type CommandOf, type Decided, type Refusal, refuse } from './command.ts';
import { just, type Turn } from './turn.ts';

/** Keeping the record: messages and their fate, corrections, labels, holds and erasures. */
export function decideKeeping(turn: Turn, command: Command): Decided[] | Refusal | undefined {
  switch (command.do) {
    case 'keepMessage':
      return keep(turn, command);
    case 'messageEdited':
      return edited(turn, command);
    case 'messageDeleted':
      return deleted(turn, command);
    case 'correctEntry':
      return correct(turn, command);
    case 'relabelEntry': {
      const { of, label, reason } = command;
      if (of > turn.incident.size || of < 1) return refuse('unknown', `There is no entry ${of}.`);
      return just({ kind: 'entry.relabelled', body: { of, label }, texts: reason === undefined ? {} : { reason } });
    }
    case 'redactText':
      return redact(turn, command);
    case 'placeHold':
    case 'liftHold':
      return hold(turn, command);
    case 'openHouse':
      return just({ kind: 'key.shown', body: { verifierKey: command.verifierKey }, texts: {} });
    case 'signHouse':
      return just({ kind: 'house.signed', body: { root: command.root }, texts: { note: command.note, heads: command.heads } });
    case 'confirmCopy':
      return confirmCopy(turn);
    case 'settleDelivery':
      return settle(turn, command);
    case 'observe':
      return just(command.event);
  }
}

/** A person looked where no program can: what was sent without an answer arrived, or it is sent again. */
function settle({ incident }: Turn, { delivery, arrived }: CommandOf<'settleDelivery'>): Decided[] | Refusal {
  if (incident.delivered.get(delivery) === 'sent') return refuse('already', 'It is known by now that this message arrived.');
  return just({ kind: 'delivery.settled', body: { delivery, arrived }, texts: {} });
}

/** A person's word that a head is outside: who said so stands in the entry. */
function confirmCopy({ incident, actor }: Turn): Decided[] | Refusal {
  const last = incident.published.at(-1);
  if (last === undefined) return refuse('unknown', 'No head has been published yet.');
  if (last.surface === 'person') return refuse('already', `A copy of the head of ${last.size} entries is outside already.`);
  const { size, root } = last;
  return just({
    kind: 'checkpoint.published',
    body: { size, root, surface: 'person', workspace: '', channel: actor, message: '' },
    texts: {},
  });
}

/** A message is kept once, whoever marks it again. */
function keep({ incident }: Turn, { message, text, speaker, occurred, how }: CommandOf<'keepMessage'>): Decided[] | Refusal {
  const kept = incident.notes.find((note) => note.message === message);
  if (kept !== undefined) return refuse('already', `That message is entry ${kept.seq} of the record already.`);
  return [{ event: { kind: 'message.kept', body: { message, how }, texts: { text, speaker } }, occurred }];
}

/** An edit in Slack changes nothing in the record: it becomes an entry of its own. Messages nobody kept are not our business. */
function edited({ incident }: Turn, { message, text, occurred }: CommandOf<'messageEdited'>): Decided[] {
  const kept = incident.notes.find((note) => note.message === message);
  if (kept === undefined || kept.text === text) return [];
  const decided: Decided = { event: { kind: 'message.edited', body: { of: kept.seq }, texts: { text } } };
  return [occurred === undefined ? decided : { ...decided, occurred }];
}

function deleted({ incident }: Turn, { message, occurred }: CommandOf<'messageDeleted'>): Decided[] {
  const kept = incident.notes.find((note) => note.message === message && !note.deleted);
  if (kept === undefined) return [];
  const decided: Decided = { event: { kind: 'message.deleted', body: { of: kept.seq }, texts: {} } };
  return [occurred === undefined ? decided : { ...decided, occurred }];
}

function correct({ incident }: Turn, { replaces, text, reason }: CommandOf<'correctEntry'>): Decided[] | Refusal {
  if (replaces < 1 || replaces > incident.size) return refuse('unknown', `There is no entry ${replaces} to correct.`);
  if (text.trim() === '') return refuse('invalid', 'What should it say instead?', 'text');
  if (reason.trim() === '') return refuse('needs-reason', 'Say why it is corrected.', 'reason');
  return just({ kind: 'entry.corrected', body: { replaces }, texts: { text, reason } });
}

/** Erasing takes two named people, and nothing under a legal hold is erased. */
function redact({ incident, people, actor }: Turn, command: CommandOf<'redactText'>): Decided[] | Refusal {
  const { of, fields, basis, reason, second } = command;
  if (incident.holds.size > 0) return refuse('held', 'This record is under a legal hold: nothing in it may be erased.');
  const other = people.actor(second);
  if (other === actor) return refuse('two-people', 'Erasing takes a second person.', 'second');
  if (of < 1 || of > incident.size) return refuse('unknown', `There is no entry ${of}.`);
  return just({ kind: 'text.redacted', body: { of, fields, basis, second: other }, texts: reason === undefined ? {} : { reason } });
}

function hold({ incident, people, actor }: Turn, command: CommandOf<'placeHold' | 'liftHold'>): Decided[] | Refusal {
  const { hold: id, reason } = command;
  const second = people.actor(command.second);
  if (second === actor) return refuse('two-people', 'A legal hold takes a second person.', 'second');
  if (reason.trim() === '') return refuse('needs-reason', 'Say what the hold is for.', 'reason');
  if (command.do === 'liftHold' && !incident.holds.has(id)) return refuse('unknown', 'There is no such hold.');
  if (command.do === 'placeHold' && incident.holds.has(id)) return refuse('already', 'That hold is in place already.');
  const kind = command.do === 'placeHold' ? 'hold.placed' : 'hold.lifted';
  return just({ kind, body: { hold: id, second }, texts: { reason } });
}
