import { clause, quoted, SAID, type Sentences, words } from './wording.ts';

type KeepingKind =
  | `key.${'shown' | 'rotated'}`
  | `record.${'continued' | 'imported'}`
  | `entry.${'corrected' | 'relabelled'}`
  | 'text.redacted'
  | `hold.${'placed' | 'lifted'}`
  | 'checkpoint.published'
  | 'house.signed'
  | 'house.introduced'
  | `delivery.${'sent' | 'refused' | 'uncertain' | 'settled'}`
  | 'reminder.raised'
  | 'statement.read'
  | `promise.${'given' | 'ended'}`;

const BASIS = { erasure: 'a request for erasure', privilege: 'privilege', mistake: 'a mistake' };
const about = (of: number | undefined): string => (of === undefined ? '' : ` for entry ${of}`);

/** How the record itself is kept, what left the building, and what others said. */
export const KEEPING_SENTENCES: Sentences<KeepingKind> = {
  'key.shown': ({ body }) => `Checkpoints of this record are signed by the key ${body.verifierKey}.`,
  'key.rotated': ({ body }) =>
    `From here on the key ${body.verifierKey} signs; the key before it, ${body.previous}, has signed this change.`,
  'record.continued': ({ body, texts }) =>
    `Continues the record ${body.record} from its head of ${body.size} entries (root ${body.root}). Reason: ${texts.reason}`,
  'record.imported': ({ body }) => `Imported the record ${body.record} with ${body.size} entries (root ${body.root}).`,
  'entry.corrected': ({ body, texts }) => `Corrected entry ${body.replaces}: ${texts.text} Because: ${texts.reason}`,
  'entry.relabelled': ({ body, texts }) => `Labelled entry ${body.of} ${quoted(body.label)}.${clause(' Reason: ', texts.reason)}`,
  'text.redacted': ({ body, texts }, name) =>
    `Erased ${body.fields.join(', ')} of entry ${body.of}, on the basis of ${BASIS[body.basis]}, together with ${name(body.second)}.${clause(' Reason: ', texts.reason)}`,
  'hold.placed': ({ body, texts }, name) =>
    `Placed the legal hold ${body.hold} together with ${name(body.second)}: nothing is erased. Reason: ${texts.reason}`,
  'hold.lifted': ({ body, texts }, name) =>
    `Lifted the legal hold ${body.hold} together with ${name(body.second)}. Reason: ${texts.reason}`,
  'checkpoint.published': ({ body }) =>
    `Published the head of ${body.size} entries (root ${body.root}) in ${body.channel} (${body.surface}, ${body.workspace}), message ${body.message}.`,
  'house.introduced': ({ texts }) => `Set what stands on every letter of ours: ${texts.profile}`,
  'house.signed': ({ body }) => `Signed a head over all records of this house (root ${body.root}).`,
  'delivery.sent': ({ body }) => `The message ${body.delivery} arrived${about(body.of)} as ${body.message}.`,
  'delivery.refused': ({ body }) => `The message ${body.delivery} was refused${about(body.of)}: ${body.code}.`,
  'delivery.uncertain': ({ body }) => `Nobody knows yet whether the message ${body.delivery} arrived${about(body.of)}.`,
  'delivery.settled': ({ body, texts }) =>
    `Settled whether the message ${body.delivery} arrived: ${SAID[body.arrived]}.${clause(' Note: ', texts.note)}`,
  'reminder.raised': ({ body }) => `Reminded of ${body.of} (${words(body.rung)}): due ${body.due}.`,
  'statement.read': ({ body, texts }) =>
    `Read a statement of ${texts.speaker} (time known to the ${body.precision}): ${texts.text}${clause(' Source: ', texts.source)}` +
    `${clause(' SHA-256 ', body.sha256)}${body.changes === undefined ? '' : ` It ${body.withdrawn === true ? 'withdraws' : 'changes'} entry ${body.changes}.`}`,
  'promise.given': ({ body, texts }) => `${texts.who} promised (${body.promise})${clause(', due ', body.due)}: ${texts.text}`,
  'promise.ended': ({ body, texts }) => `The promise ${body.promise} was kept: ${SAID[body.kept]}.${clause(' Note: ', texts.note)}`,
};
