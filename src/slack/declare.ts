import { ourselves } from '../desk/ourselves.ts';
import type { Delivery } from '../desk/ports.ts';
import { TermsDesk } from '../desk/terms-desk.ts';
import type { Answer as YesNo } from '../record/event.ts';
import type { View } from './blocks.ts';
import { declareForm, type FormAnswer } from './forms.ts';
import { type Caller, type House, isRefusal, personOf, placeIn } from './house.ts';
import { slashClients } from './lanes/register-submissions.ts';
import { slashLanes } from './lanes/slash.ts';
import { safe } from './mrkdwn.ts';
import { letterheadForm } from './notices/file-forms.ts';
import type { Form, SlashCommand } from './payloads.ts';

/** `/incident`: opens the minute-0 form, lists what is open, or plays a drill. */
export async function slashIncident(house: House, payload: SlashCommand): Promise<{ form: View } | { say: string }> {
  const [word = '', ...rest] = payload.text.trim().split(/\s+/);
  switch (word.toLowerCase()) {
    case '':
    case 'new':
    case 'start':
      return {
        form: declareForm(
          house.library.list().map(({ id, title }) => ({ value: id, text: title })),
          payload.channel_id,
        ),
      };
    case 'list':
      return { say: await openIncidents(house, payload.team_id, payload.channel_id) };
    case 'letterhead':
      return { form: letterheadForm(await ourselves(house.desk, house.clientOf(payload.team_id))) };
    case 'clients':
      return slashClients(house, { user: payload.user_id, team: payload.team_id });
    case 'lanes':
    case 'board':
    case 'tell':
    case 'calls':
      return slashLanes(house, payload, word.toLowerCase());
    case 'drill': {
      const by = await personOf(house, { user: payload.user_id, team: payload.team_id, name: payload.user_name });
      return { say: safe((await house.drill?.(rest.join(' ') || 'kaseya', by)) ?? 'No drill is available here.') };
    }
    default:
      return {
        say: '`/incident` starts an incident, `/incident list` shows what is open, `/incident drill kaseya` plays a real one, `/incident clients` keeps the register, `/incident letterhead` sets who we are on letters; in an incident channel, `/incident lanes` sorts the clients, `/incident board` shows them, `/incident tell` writes to them, `/incident calls` says whom to phone.',
      };
  }
}

/** In a channel of one client, what is open for that client; anywhere else, what is open for us. */
async function openIncidents(house: House, team: string, channel: string): Promise<string> {
  const { desk, store, clientOf } = house;
  const here = await store.at(placeIn(house, team, channel));
  const views = await desk.views(here?.client ?? clientOf(team));
  const open = views.filter(({ incident }) => (incident.of === 'incident' || incident.of === 'lane') && incident.status === 'open');
  if (open.length === 0) return 'No incident is open.';
  return open
    .map(({ incident }) => {
      const place = incident.places.find(({ workspace }) => workspace === team);
      return `• ${incident.drill ? 'DRILL · ' : ''}${safe(incident.title)} (${incident.record})${place === undefined ? '' : ` <#${place.channel}>`}`;
    })
    .join('\n');
}

/** The form comes back: the incident is declared, and everything else follows from the record. */
export async function declare(
  house: House,
  form: Form,
  caller: Caller,
  key: string,
  from: string | undefined,
): Promise<FormAnswer> {
  const looksLike = form.text('looksLike') || 'not-sure';
  const runbook = house.library.source(looksLike === 'not-sure' ? 'msp-tool-compromise' : looksLike) ?? firstOf(house);
  if (runbook === undefined) return { errors: { looksLike: 'No runbook could be read. Nothing was recorded.' } };
  const person = await personOf(house, caller);
  const record = `inc-${house.desk.newId()}`;
  const answer = await house.desk.do({
    client: house.clientOf(caller.team),
    record,
    person,
    via: house.via(caller.user),
    key,
    also: () => (from === undefined ? [] : [pointer(record, house, caller, from)]),
    command: {
      do: 'declareIncident',
      title: form.text('title'),
      looksLike,
      stillHappening: form.text('stillHappening') as YesNo,
      canReachClients: form.text('canReachClients') as YesNo,
      talkingOverIt: form.text('talkingOverIt') as YesNo,
      runbook,
      verifierKey: house.desk.verifierKey,
    },
  });
  if (isRefusal(answer)) return { errors: { [answer.field ?? 'title']: `${answer.refused} Nothing was recorded.` } };
  // The form does not wait for it, and the incident stands whatever becomes of it: the terms card takes them over later.
  void new TermsDesk(house.desk)
    .settle(house.clientOf(caller.team), record)
    .catch((error: unknown) => house.log.error({ error, record }, 'the terms of the register were not taken over'));
  return undefined;
}

/** Queued behind the opening of the channel, so that there is something to point to. */
function pointer(record: string, { surface }: House, { team, user }: Caller, channel: string): Delivery {
  const body = JSON.stringify({ channel, user });
  return { id: `${record}/point`, record, kind: 'point', queue: `${surface}/${team}/open-channel`, body, coalescing: false };
}

const firstOf = ({ library }: House) => {
  const [first] = library.list();
  return first === undefined ? undefined : library.source(first.id);
};
