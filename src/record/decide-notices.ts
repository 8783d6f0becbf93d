import { type Command, type CommandOf, type Decided, type Refusal, refuse } from './command.ts';
import type { Translated } from './command-notices.ts';
import { isOutdated, replacements } from './corrections.ts';
import { maybe } from './decide-knowledge.ts';
import type { Incident } from './incident.ts';
import type { Notice } from './incident-notices.ts';
import { clock, just, nameOf, type Turn } from './turn.ts';

/** How long a holding notice that one person sent alone can be taken back, in seconds. */
const UNDO_SECONDS = 120;

/**
 * Notices: words are frozen, a named person approves exactly those bytes, any edit voids it, and what left is recorded with its
 * proof. What the record carries is the gate's business, before; here stands who may do what, and whether the words are still the same.
 */
export function decideNotices(turn: Turn, command: Command): Decided[] | Refusal | undefined {
  switch (command.do) {
    case 'introduceHouse':
      return introduce(turn, command);
    case 'draftNotice':
      return draft(turn, command);
    case 'editNotice':
      return withNotice(turn, command.notice, (notice) => edit(turn, command, notice));
    case 'approveNotice':
      return withNotice(turn, command.notice, (notice) => approve(turn, command, notice));
    case 'voidNotice':
      return withNotice(turn, command.notice, (notice) => take(turn, command, notice));
    case 'releaseNotice':
      return withNotice(turn, command.notice, (notice) => release(turn, command, notice));
    case 'sendNotice':
      return withNotice(turn, command.notice, (notice) => send(turn, command, notice));
  }
}

function withNotice({ incident }: Turn, id: string, then: (notice: Notice) => Decided[] | Refusal): Decided[] | Refusal {
  const notice = incident.notices.get(id);
  return notice === undefined ? refuse('unknown', 'There is no such notice.') : then(notice);
}

function introduce({ incident }: Turn, { profile }: CommandOf<'introduceHouse'>): Decided[] | Refusal {
  if (incident.ourselves === profile) return refuse('already', 'Our letterhead stands like that already.');
  return just({ kind: 'house.introduced', body: {}, texts: { profile } });
}

function draft({ incident }: Turn, command: CommandOf<'draftNotice'>): Decided[] | Refusal {
  const { notice, kind, words, cites, secondPerson, approvers, corrects, nextUpdate, sha256, values, translates } = command;
  if (incident.notices.has(notice)) return refuse('already', 'That notice was drafted already.');
  const fault = translates === undefined ? undefined : faultOf(incident, translates);
  if (fault !== undefined) return fault;
  const other =
    translates === undefined ? {} : { translates: translates.notice, from: translates.of, language: translates.language };
  const body = { notice, kind, words, cites, secondPerson, approvers, ...maybe({ corrects, nextUpdate }), ...other };
  return just({ kind: 'notice.drafted', body, texts: { draft: command.draft, sha256, values } });
}

function edit(turn: Turn, command: CommandOf<'editNotice'>, notice: Notice): Decided[] | Refusal {
  if (notice.sha256 !== command.seen)
    return refuse('already', `${nameOf(turn.incident, notice.author)} changed this notice meanwhile. Open it again.`);
  if (notice.sent.length > 0) return refuse('already', 'This notice was sent. What changed since goes into a correction.');
  const { words, cites, nextUpdate, sha256, overruled } = command;
  if (sha256 === notice.sha256 && (overruled ?? notice.overruled) === notice.overruled)
    return refuse('already', 'Nothing was changed.');
  const body = { notice: notice.id, words, cites, ...maybe({ nextUpdate }) };
  const edited = just({ kind: 'notice.edited', body, texts: { draft: command.draft, sha256, ...maybe({ overruled }) } });
  return [...voidedWith(turn.incident, notice, 'It was edited after its approval.'), ...edited];
}

/** An approval that falls takes those of the translations along: they stand for the same words. */
function voidedWith({ notices }: Incident, notice: Notice, reason: string): Decided[] {
  const translations = [...notices.values()].filter(
    ({ translates, sent }) => translates?.notice === notice.id && sent.length === 0,
  );
  return [...voided(notice, reason), ...translations.flatMap((one) => voided(one, `The original was taken back: ${reason}`))];
}

const voided = ({ id, approval }: Notice, reason: string): Decided[] =>
  approval === undefined ? [] : just({ kind: 'notice.voided', body: { notice: id, of: approval.seq }, texts: { reason } });

/** A translation is of words as they stand; of a translation none is made. */
function faultOf({ notices }: Incident, { notice: id, of, language }: Translated): Refusal | undefined {
  const original = notices.get(id);
  if (original === undefined) return refuse('unknown', 'There is no such notice to translate.');
  if (original.translates !== undefined) return refuse('invalid', 'That is a translation itself. Translate the original.');
  if (original.seq !== of) return refuse('already', 'The notice was changed meanwhile. Translate it as it stands now.');
  return language.trim() === '' ? refuse('invalid', 'Into which language?', 'language') : undefined;
}

/** Only who says that they read it can stand for a translation, and only of words that somebody stands for already. */
function unreadFault(incident: Incident, notice: Notice, reads: string | undefined): Refusal | undefined {
  const { translates } = notice;
  if (translates === undefined) return undefined;
  if (isOutdated(incident, notice)) return refuse('invalid', 'The original was changed since. Translate it again.');
  if (incident.notices.get(translates.notice)?.approval === undefined)
    return refuse('two-people', 'The original is not approved yet. Approve it first: a translation says the same in other words.');
  return reads === translates.language
    ? undefined
    : refuse('two-people', 'A translation is approved by somebody who says that they read its language.', 'reads');
}

function approve(turn: Turn, { sha256, solo, reads }: CommandOf<'approveNotice'>, notice: Notice): Decided[] | Refusal {
  const { incident, actor, now } = turn;
  const stands = notice.approval;
  if (notice.sha256 !== sha256) return refuse('already', 'The words are not those you saw any more. Look at them again.');
  if (stands !== undefined) return refuse('already', `${nameOf(incident, stands.by)} approved this at ${clock(stands.at, now)}.`);
  if (notice.draft.includes('[[')) return refuse('invalid', 'Something in this draft is still unknown.');
  const stale = replacedUnder(incident, notice);
  if (stale.length > 0) return refuse('invalid', `It rests on entries that were replaced: ${stale.join(', ')}. Draft it again.`);
  if (solo === undefined && notice.secondPerson && notice.author === actor)
    return refuse('two-people', 'You wrote this. A second person has to approve it.');
  const unread = unreadFault(incident, notice, reads);
  if (unread !== undefined) return unread;
  if (solo !== undefined && (notice.kind !== 'holding' || notice.translates !== undefined))
    return refuse('two-people', 'Alone you can send a holding notice only. Wake somebody for anything else.');
  const alone = solo === undefined ? {} : { recipients: solo.recipients, leaves: later(now, UNDO_SECONDS) };
  const body = { notice: notice.id, of: notice.seq, solo: solo !== undefined, ...alone, ...maybe({ reads }) };
  return just({ kind: 'notice.approved', body, texts: { sha256 } });
}

/** Entries that the words rest on and that something has replaced since: such a notice goes to nobody any more. */
export function replacedUnder(incident: Incident, { cites }: Notice): number[] {
  const replaced = replacements(incident);
  return cites.filter((seq) => replaced.has(seq));
}

const later = (now: string, seconds: number): string => Temporal.Instant.from(now).add({ seconds }).toString();

/** Taken back: the approval is void, and what has not left yet will not leave. */
function take({ incident }: Turn, { reason }: CommandOf<'voidNotice'>, notice: Notice): Decided[] | Refusal {
  if (notice.sent.length > 0) return refuse('already', 'It has left already. Send a correction.');
  if (notice.approval === undefined) return refuse('open', 'Nobody has approved this notice.');
  if (reason.trim() === '') return refuse('needs-reason', 'Say why it is taken back.', 'reason');
  return voidedWith(incident, notice, reason);
}

/** Into a channel of this very record, and nowhere else: a notice cannot reach the client of another record. */
function release(turn: Turn, command: CommandOf<'releaseNotice'>, notice: Notice): Decided[] | Refusal {
  const { sha256, surface, workspace, channel } = command;
  const refusal = unapproved(notice, sha256);
  if (refusal !== undefined) return refusal;
  const stale = replacedUnder(turn.incident, notice);
  if (stale.length > 0)
    return refuse('invalid', `It rests on entries that were replaced: ${stale.join(', ')}. Draft it again.`, 'channel');
  const place = turn.incident.places.find((one) => one.channel === channel && one.workspace === workspace);
  const isTheirs = command.theirs === true && turn.incident.of === 'lane';
  if (place?.purpose !== 'client' && !isTheirs) return refuse('unknown', 'That is no client channel of this record.', 'channel');
  if (notice.released.some((one) => one.channel === channel))
    return refuse('already', 'It was sent there already, or is on its way.', 'channel');
  const alone = notice.approval?.solo === true ? Math.max(1, notice.approval.recipients ?? 1) : undefined;
  if (alone !== undefined && notice.released.length >= alone)
    return refuse('two-people', `It was approved alone, for ${alone}. For more, a second person has to approve it.`, 'channel');
  return just({ kind: 'notice.released', body: { notice: notice.id, of: notice.seq, surface, workspace, channel }, texts: {} });
}

function unapproved({ approval }: Notice, sha256: string): Refusal | undefined {
  if (approval === undefined) return refuse('two-people', 'Nobody has approved this notice yet.');
  return approval.sha256 === sha256 ? undefined : refuse('two-people', 'These are not the words that were approved.');
}

/** Sent: from here on its promise is a clock, and the update promised before it has been given. */
function send(turn: Turn, command: CommandOf<'sendNotice'>, notice: Notice): Decided[] | Refusal {
  const { sha256, road, at, recipient, proof } = command;
  const refusal = unapproved(notice, sha256);
  if (refusal !== undefined) return refusal;
  if (recipient.trim() === '') return refuse('invalid', 'To whom was it sent?', 'recipient');
  const occurred = at ?? turn.now;
  if (Temporal.Instant.compare(occurred, turn.now) > 0) return refuse('invalid', 'That is in the future.', 'at');
  const event = {
    kind: 'notice.sent' as const,
    body: { notice: notice.id, of: notice.seq, road },
    texts: { recipient, sha256, ...maybe({ proof }) },
  };
  return isToldAlready(turn.incident, notice)
    ? [{ event, occurred }]
    : [{ event, occurred }, ...given(turn, occurred), ...promised(turn, notice)];
}

/** The same words in another language are no further update: they give none that was promised, and promise none. */
function isToldAlready({ notices }: Incident, notice: Notice): boolean {
  const root = notice.translates?.notice ?? notice.id;
  return [...notices.values()].some(
    (one) => one.id !== notice.id && one.sent.length > 0 && (one.id === root || one.translates?.notice === root),
  );
}

/** Who promises updates in our own notices. */
export const OURSELVES = 'us';

function given({ incident }: Turn, at: string): Decided[] {
  const open = incident.promises.filter(({ who, kept, due }) => who === OURSELVES && kept === undefined && due !== undefined);
  return open.flatMap(({ id, due = at }) => {
    const kept = Temporal.Instant.compare(at, due) <= 0 ? ('yes' as const) : ('no' as const);
    return just({ kind: 'promise.ended', body: { promise: id, kept }, texts: {} });
  });
}

/** Once a notice: the second recipient hears the same promise. */
function promised({ newId }: Turn, { kind, nextUpdate, sent }: Notice): Decided[] {
  if (nextUpdate === undefined || sent.length > 0) return [];
  const text = `the next update after the notice "${kind.replaceAll('_', ' ')}"`;
  return just({ kind: 'promise.given', body: { promise: newId(), due: nextUpdate }, texts: { who: OURSELVES, text } });
}
