import type { Delivery } from '../../desk/ports.ts';
import { Turns } from '../../desk/turns.ts';
import type { RecordView } from '../../desk/view.ts';
import type { FindingStatus } from '../../record/event.ts';
import type { Answer, Click } from '../click.ts';
import type { About, FormAnswer } from '../forms.ts';
import { act, type Caller, type House, isRefusal, personOf, placeIn, recordOf } from '../house.ts';
import type { Form } from '../payloads.ts';
import { proposalForm } from './card.ts';
import { commandIn, type Proposal, type ProposalBody, proposalDelivery, proposalId } from './proposal.ts';
import { type ScribeBody, scribeDelivery } from './scribe-card.ts';

/** Accepting, editing or dropping what was proposed. Only here does a proposal become an entry, by the person who clicked. */
export async function proposalClick({ house, view, step: ids, caller, payload }: Click, verb: string): Promise<Answer> {
  const channel = payload.channel?.id ?? '';
  const desk: Desk = { house, view, caller, channel };
  if (verb === 'proposal.accept-all' || verb === 'proposal.drop-all') {
    const sentences = [];
    for (const id of ids.split(',')) sentences.push(await (verb === 'proposal.accept-all' ? accept(desk, id) : drop(desk, id)));
    const refused = sentences.filter((sentence) => sentence !== undefined);
    return refused.length === 0 ? undefined : { say: refused.join('\n') };
  }
  const proposal = (await standing(desk, ids))?.proposal;
  if (proposal === undefined) return { say: SETTLED };
  if (verb === 'proposal.edit') return { form: proposalForm(view.incident.record, channel, proposal) };
  const sentence = verb === 'proposal.accept' ? await accept(desk, ids) : await drop(desk, ids);
  return sentence === undefined ? undefined : { say: sentence };
}

const SETTLED = 'That proposal was settled already. Nothing was recorded.';

type Desk = { house: House; view: RecordView; caller: Caller; channel: string };

/** A proposal that is open, and the card it stands on as it looks once that is settled. */
type Standing = { proposal: Proposal; settled(state: ProposalBody): Delivery };

/** On a card of its own, or as one of a reading of the scribe. */
async function standing({ house, view, caller, channel }: Desk, id: string): Promise<Standing | undefined> {
  const { record: name } = view.incident;
  const place = placeIn(house, caller.team, channel);
  const all = await house.store.open(view.client).deliveries(name);
  const own = all.find((delivery) => delivery.id === proposalId(name, id, channel) && delivery.body !== '');
  if (own !== undefined) {
    const body: ProposalBody = JSON.parse(own.body);
    return body.state === 'open'
      ? { proposal: body.proposal, settled: (state) => proposalDelivery(name, id, place, state) }
      : undefined;
  }
  const cards = all.filter((one) => one.kind === 'scribe-card' && one.id.endsWith(`@${channel}`) && one.body.includes(`"${id}"`));
  for (const card of cards) {
    const body = JSON.parse(card.body) as ScribeBody;
    const item = body.items.find((one) => one.id === id);
    if (item?.body.state !== 'open') continue;
    const reading = card.id.slice(`${name}/scribe/`.length, -`@${channel}`.length);
    const settled = (state: ProposalBody) =>
      scribeDelivery(name, reading, place, { ...body, items: body.items.map((one) => (one === item ? { id, body: state } : one)) });
    return { proposal: item.body.proposal, settled };
  }
  return undefined;
}

const turns = new Turns();

/** One after the other: a card with several proposals is read and written as a whole. */
const inTurn = <T>({ view, channel }: Desk, work: () => Promise<T>): Promise<T> =>
  turns.take(`${view.incident.record}@${channel}`, work);

const accept = (desk: Desk, id: string, change: (proposal: Proposal) => Proposal = (same) => same): Promise<string | undefined> =>
  inTurn(desk, async () => {
    const stands = await standing(desk, id);
    return stands === undefined ? SETTLED : record(desk, { ...stands, proposal: change(stands.proposal) });
  });

/** The same key for every way of accepting it: two people who click at once make one entry. */
async function record({ house, view, caller }: Desk, { proposal, settled }: Standing): Promise<string | undefined> {
  const { user } = proposal.source;
  const speaker = user === '' ? undefined : await personOf(house, { user, team: caller.team });
  const command = commandIn(proposal, view, speaker, house.desk.newId);
  if (typeof command === 'string') return `${command} Nothing was recorded.`;
  const answer = await act(house, caller, view.incident.record, command, {
    key: `proposal/${proposal.id}`,
    also: (after, entries) => [settled({ state: 'accepted', seq: entries.at(-1)?.seq ?? after.incident.size })],
  });
  return isRefusal(answer) ? `${answer.refused} Nothing was recorded.` : undefined;
}

const drop = (desk: Desk, id: string): Promise<undefined> =>
  inTurn(desk, async () => {
    const stands = await standing(desk, id);
    if (stands !== undefined) await desk.house.desk.send(desk.view.client, [stands.settled({ state: 'dropped' })]);
    return undefined;
  });

export async function submitProposal(house: House, form: Form, about: About, caller: Caller): Promise<FormAnswer> {
  const view = await recordOf(house, caller.team, about.record);
  if (view === undefined) return { errors: { text: 'That incident is not here any more. Nothing was recorded.' } };
  const desk: Desk = { house, view, caller, channel: about.channel ?? '' };
  const sentence = await accept(desk, about.notice ?? '', (proposal) => edited(proposal, form));
  return sentence === undefined ? undefined : { errors: { text: sentence } };
}

function edited(proposal: Proposal, form: Form): Proposal {
  return {
    ...proposal,
    kind: form.text('kind') as Proposal['kind'],
    text: form.text('text'),
    about: form.maybe('about') ?? null,
    status: (form.maybe('status') as FindingStatus | undefined) ?? null,
    reason: form.maybe('reason') ?? null,
    who: form.maybe('who') ?? null,
    occurred: form.when('occurred') ?? proposal.occurred,
    due: form.when('due') ?? proposal.due,
  };
}
