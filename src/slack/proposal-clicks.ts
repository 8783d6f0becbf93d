import type { RecordView } from '../desk/view.ts';
import type { FindingStatus } from '../record/event.ts';
import type { Answer, Click } from './clicks.ts';
import type { About, FormAnswer } from './forms.ts';
import { act, type Caller, type House, isRefusal, personOf, placeIn, recordOf } from './house.ts';
import type { Form } from './payloads.ts';
import { commandIn, type Proposal, type ProposalBody, proposalDelivery, proposalId } from './proposal.ts';
import { proposalForm } from './proposal-card.ts';

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
  const proposal = await openProposal(desk, ids);
  if (proposal === undefined) return { say: SETTLED };
  if (verb === 'proposal.edit') return { form: proposalForm(view.incident.record, channel, proposal) };
  const sentence = verb === 'proposal.accept' ? await accept(desk, ids) : await drop(desk, ids);
  return sentence === undefined ? undefined : { say: sentence };
}

const SETTLED = 'That proposal was settled already. Nothing was recorded.';

type Desk = { house: House; view: RecordView; caller: Caller; channel: string };

/** The proposal as its card holds it, while it is open. */
async function openProposal({ house, view, channel }: Desk, id: string): Promise<Proposal | undefined> {
  const wanted = proposalId(view.incident.record, id, channel);
  const found = (await house.store.open(view.client).deliveries(view.incident.record)).find((delivery) => delivery.id === wanted);
  if (found === undefined || found.body === '') return undefined;
  const body: ProposalBody = JSON.parse(found.body);
  return body.state === 'open' ? body.proposal : undefined;
}

async function accept(desk: Desk, id: string): Promise<string | undefined> {
  const proposal = await openProposal(desk, id);
  return proposal === undefined ? SETTLED : record(desk, proposal);
}

/** The same key for every way of accepting it: two people who click at once make one entry. */
async function record({ house, view, caller, channel }: Desk, proposal: Proposal): Promise<string | undefined> {
  const { user } = proposal.source;
  const speaker = user === '' ? undefined : await personOf(house, { user, team: caller.team });
  const command = commandIn(proposal, view, speaker, house.desk.newId);
  if (typeof command === 'string') return `${command} Nothing was recorded.`;
  const { record: name } = view.incident;
  const place = placeIn(house, caller.team, channel);
  const answer = await act(house, caller, name, command, {
    key: `proposal/${proposal.id}`,
    also: (after, entries) => [
      proposalDelivery(name, proposal.id, place, { state: 'accepted', seq: entries.at(-1)?.seq ?? after.incident.size }),
    ],
  });
  return isRefusal(answer) ? `${answer.refused} Nothing was recorded.` : undefined;
}

async function drop(desk: Desk, id: string): Promise<string | undefined> {
  const { house, view, caller, channel } = desk;
  if ((await openProposal(desk, id)) === undefined) return undefined;
  const place = placeIn(house, caller.team, channel);
  await house.desk.send(view.client, [proposalDelivery(view.incident.record, id, place, { state: 'dropped' })]);
  return undefined;
}

export async function submitProposal(house: House, form: Form, about: About, caller: Caller): Promise<FormAnswer> {
  const view = await recordOf(house, caller.team, about.record);
  if (view === undefined) return { errors: { text: 'That incident is not here any more. Nothing was recorded.' } };
  const desk: Desk = { house, view, caller, channel: about.channel ?? '' };
  const proposal = await openProposal(desk, about.notice ?? '');
  if (proposal === undefined) return { errors: { text: SETTLED } };
  const sentence = await record(desk, edited(proposal, form));
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
