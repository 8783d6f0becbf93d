import { clause, quoted, SAID, type Sentences, words } from './wording.ts';

type TeamKind =
  | `incident.${'declared' | 'renamed' | 'closed' | 'reopened'}`
  | 'scribe.set'
  | `actor.${'named'}`
  | `role.${'assigned' | 'released'}`
  | `handover.${'offered' | 'accepted' | 'declined'}`
  | `place.${'opened' | 'closed'}`
  | `runbook.${'adopted' | 'changed' | 'declined'}`;

const where = ({ surface, workspace, channel }: { surface: string; workspace: string; channel: string }): string =>
  `${channel} (${surface}, ${workspace})`;

/** The incident, its people, its places and the runbook it follows. */
export const TEAM_SENTENCES: Sentences<TeamKind> = {
  'incident.declared': ({ body, texts }) =>
    `Declared the incident ${quoted(texts.title)}. It looks like: ${words(body.looksLike)}. Still happening: ${SAID[body.stillHappening]}. ` +
    `The tool can reach clients: ${SAID[body.canReachClients]}. The team talks over it: ${SAID[body.talkingOverIt]}.`,
  'incident.renamed': ({ texts }) => `Renamed the incident to ${quoted(texts.title)}.`,
  'incident.closed': ({ body, texts }) =>
    `Closed the incident as ${words(body.as)}${clause(' into ', body.into)}. Reason: ${texts.reason}`,
  'incident.reopened': ({ texts }) => `Reopened the incident. Reason: ${texts.reason}`,
  'scribe.set': ({ body: { every, handover } }) =>
    every === 0 && !handover
      ? 'Set the scribe to read the channel only when asked.'
      : `Set the scribe to read the channel unasked: ${[every === 0 ? '' : `every ${every} minutes`, handover ? 'at every hand-over' : ''].filter((part) => part !== '').join(' and ')}.`,
  'actor.named': ({ body, texts }) => `${body.person} is ${texts.name} (${texts.account}).`,
  'role.assigned': ({ body }, name) => `Gave the role of ${words(body.role)} to ${name(body.person)}.`,
  'role.released': ({ body }, name) => `${name(body.person)} no longer holds the role of ${words(body.role)}.`,
  'handover.offered': ({ body, texts }, name) =>
    `Offered to hand the role of ${words(body.role)} over to ${name(body.to)} (${body.handover}). Briefing: ${texts.brief}`,
  'handover.accepted': ({ body }) => `Accepted the hand-over ${body.handover}.`,
  'handover.declined': ({ body, texts }) => `Declined the hand-over ${body.handover}. Reason: ${texts.reason}`,
  'place.opened': ({ body }) => `Opened ${where(body)} as the ${body.purpose} place of this record.`,
  'place.closed': ({ body }) => `Closed ${where(body)} as a place of this record.`,
  'runbook.adopted': ({ body, texts }) =>
    `Adopted the runbook ${body.runbook} from ${body.file}. Its text is sealed with digest ${body.digest}.${clause(' Reason: ', texts.reason)}`,
  'runbook.changed': ({ body, texts }) =>
    `Offered a changed text of the runbook ${body.runbook}, digest ${body.digest}; it governs only once it is adopted. Difference: ${texts.difference}`,
  'runbook.declined': ({ body, texts }) =>
    `Left the changed text of the runbook ${body.runbook} out for now, digest ${body.digest}.${clause(' Reason: ', texts.reason)}`,
};
