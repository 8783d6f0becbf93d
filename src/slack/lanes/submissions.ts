import { type Audience, orderBroadcast } from '../../desk/broadcast-order.ts';
import type { By } from '../../desk/clients.ts';
import { post } from '../../desk/plan.ts';
import type { ExposureState } from '../../inventory/investigation.ts';
import type { Command } from '../../record/command.ts';
import { answerMany, approveAlike, reply } from '../answers/clicks.ts';
import { phoned } from '../calls/clicks.ts';
import type { FormAnswer } from '../forms.ts';
import { act, type Caller, type House, homeOf, isRefusal, outsideHere, personOf, recordOf } from '../house.ts';
import type { Form, ViewSubmission } from '../payloads.ts';
import { broadcastGate } from './broadcast-gate.ts';
import { clientAt, giveReceipt, redraw } from './clicks.ts';
import { carryAnswer } from './client-alert.ts';
import { type LaneAbout, readAbout } from './forms.ts';
import type { LaneHouse } from './house.ts';
import { sendReceipt } from './receipt-clicks.ts';

/** The forms of a vendor incident with many clients, sent off. Long work goes on after the answer, and its end is told in the channel. */
export async function laneSubmission(
  house: House,
  { view: { callback_id: callback, private_metadata } }: ViewSubmission,
  form: Form,
  caller: Caller,
  key: string,
): Promise<FormAnswer> {
  const about = readAbout(private_metadata);
  if (callback === 'lanes.question') return question(house, form, caller, about, key);
  const { lanes } = house;
  const outside = await outsideHere(house, caller, about.channel);
  if (outside !== undefined) return { errors: { [FIRST[callback] ?? 'text']: outside } };
  if (callback === 'lanes.reply') return reply(house, form, about, caller, key);
  if (callback === 'lanes.move') return oneLane(house, callback, form, caller, about.record ?? '', key);
  const view = await recordOf(house, caller.team, about.incident);
  if (lanes === undefined || view === undefined || view.client !== house.clientOf(caller.team))
    return { errors: { [FIRST[callback] ?? 'text']: 'That incident is not here any more. Nothing was recorded.' } };
  const by: By = { person: await personOf(house, caller), via: house.via(caller.user) };
  const job: Job = { house, lanes, form, caller, about, by, key, us: view.client };
  const work = FORMS[callback];
  return work === undefined ? { errors: { text: 'This form is of an older version. Nothing was recorded.' } } : work(job);
}

const FIRST: Record<string, string> = {
  'lanes.sort': 'product',
  'lanes.tell': 'text',
  'lanes.ask': 'question',
  'lanes.advance': 'step',
  'lanes.promote': 'client',
  'lanes.release': 'entries',
  'lanes.approve': 'sure',
  'lanes.move': 'to',
  'lanes.phone': 'outcome',
  'lanes.reply': 'question',
  'lanes.answers': 'question',
  'lanes.alike': 'sure',
  'lanes.receipt': 'client',
};

type Job = { house: House; lanes: LaneHouse; form: Form; caller: Caller; about: LaneAbout; by: By; key: string; us: string };

const FORMS: Record<string, (job: Job) => Promise<FormAnswer>> = {
  'lanes.sort': sort,
  'lanes.tell': tell,
  'lanes.approve': approve,
  'lanes.ask': async ({ lanes, form, about, by }) => {
    const asked = await lanes.lanes.askAll(about.incident, form.text('question'), form.when('due'), by);
    return typeof asked === 'number' ? undefined : { errors: { question: `${asked.refused} Nothing was recorded.` } };
  },
  'lanes.advance': async ({ lanes, form, about, by, ...job }) =>
    after({ about, ...job }, async () => {
      const { advanced, left } = await lanes.lanes.advance(about.incident, form.text('step'), by);
      const rest = left.slice(0, 30).map(({ client, code }) => `${client} (${code})`);
      return `Done in ${advanced} lanes.${left.length === 0 ? '' : ` Left as they are, ${left.length}: ${rest.join(', ')}.`}`;
    }),
  'lanes.phone': ({ house, form, about, by, key }) => phoned(house, form, about, { ...by, key }),
  'lanes.receipt': ({ house, form, about, caller, key }) => sendReceipt(house, form, about, caller, key),
  'lanes.answers': async ({ house, form, about, by, key, us }) =>
    after({ house, about, key, us }, () => answerMany({ house, form, incident: about.incident, by, key, us })),
  'lanes.alike': async ({ house, caller, about: { incident, order = '', record = '' }, key, us }) =>
    after({ house, about: { incident }, key, us }, () =>
      approveAlike({ house, caller, incident, batch: order, group: record, key, us }),
    ),
  'lanes.promote': promote,
  'lanes.release': async ({ lanes, form, about, by, ...job }) =>
    after({ about, ...job }, async () => {
      const seqs = form.many('entries').map(Number);
      for (const seq of seqs) await lanes.lanes.release(about.incident, seq, [], by);
      return `Every lane may see ${seqs.length === 1 ? `entry ${seqs[0]}` : `entries ${seqs.join(', ')}`} now, and cites it.`;
    }),
};

/** Slack waits three seconds for an answer; what takes longer says in the channel how it ended. */
async function after(
  { house, about, us, key }: Pick<Job, 'house' | 'about' | 'us' | 'key'>,
  work: () => Promise<string>,
): Promise<undefined> {
  const say = async (text: string) => {
    const places =
      (await house.desk.view(us, about.incident))?.incident.places.filter(({ purpose }) => purpose === 'incident') ?? [];
    await house.desk.send(
      us,
      places.map((place) => post(about.incident, `said/${key}@${place.channel}`, place, { text })),
    );
  };
  void work()
    .then(say, async (error: unknown) => {
      house.log.error({ error, incident: about.incident }, 'work on the lanes stopped half-way');
      await say('This stopped half-way, and the rest was NOT done. What was done is recorded; do it again to go on.');
    })
    .catch((error: unknown) => house.log.error({ error }, 'the channel could not be told'));
  return undefined;
}

async function sort({ house, lanes, form, about, by, key, us, caller }: Job): Promise<FormAnswer> {
  const [from, to] = [form.when('from'), form.when('to')];
  const versions = form.text('versions');
  const advisory = JSON.stringify({
    id: form.text('product'),
    product: form.text('product'),
    ...(form.maybe('publisher') === undefined ? {} : { publisher: form.text('publisher') }),
    ...(versions === '' ? {} : { versions: versions.split(/\s*,\s*/) }),
    ...(from === undefined && to === undefined
      ? {}
      : { window: { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) } }),
    ecosystem: form.text('ecosystem') || 'software',
  });
  await lanes.clients.moveIn(homeOf(house, caller), by);
  return after({ house, about, us, key }, async () => {
    const { assessed, problems } = await lanes.assess(advisory);
    const answer = await lanes.lanes.sort(about.incident, assessed, by);
    if ('refused' in answer) return answer.refused;
    const tiers = Map.groupBy(answer.sorted, ({ tier }) => tier);
    const counts = [...tiers].sort(([a], [b]) => (a < b ? -1 : 1)).map(([tier, all]) => `${tier}: ${all.length}`);
    const strangers = answer.unknown.length === 0 ? '' : ` Not in the register: ${answer.unknown.slice(0, 20).join(', ')}.`;
    const trouble =
      problems.length === 0 ? '' : ` ${problems.length} files could not be read; their clients are unknown where that matters.`;
    return `Sorted ${answer.sorted.length} clients (${counts.join(', ')}); opened ${answer.opened} lanes.${strangers}${trouble}`;
  });
}

/** The words of so many clients are checked while Slack waits for the answer; of more, afterwards. */
const AT_ONCE = 100;

async function tell({ house, lanes, form, about, by, key, us, caller }: Job): Promise<FormAnswer> {
  await lanes.clients.moveIn(homeOf(house, caller), by);
  const draft = {
    incident: about.incident,
    purpose: form.text('purpose') || 'holding',
    audience: (form.text('audience') || 'all') as Audience,
    text: form.text('text'),
    ...(form.maybe('why') === undefined ? {} : { overruled: form.text('why') }),
  };
  const gate = broadcastGate(house.notices);
  const parts = { desk: house.desk, store: house.store, us, preflight: lanes.preflight, gate };
  const order = () => orderBroadcast(parts, draft, { ...by, key });
  if ((await lanes.clients.list()).length > AT_ONCE)
    return after({ house, about, us, key }, async () => {
      const answer = await order();
      return 'refused' in answer ? `${answer.refused} Nothing was recorded.` : `To approve: ${answer.clients.length} clients.`;
    });
  const answer = await order();
  return 'refused' in answer ? { errors: { [answer.field ?? 'text']: `${answer.refused} Nothing was recorded.` } } : undefined;
}

async function approve({ house, lanes, about, caller, key, us }: Job): Promise<FormAnswer> {
  const order = about.order ?? '';
  const answer = await act(house, caller, about.incident, { do: 'approveBroadcast', order }, { key });
  if (isRefusal(answer)) return { errors: { sure: `${answer.refused} Nothing was recorded.` } };
  await lanes.broadcaster.take(about.incident, order);
  await redraw(house, us, about.incident, order);
  return undefined;
}

async function promote({ house, lanes, form, about, by }: Job): Promise<FormAnswer> {
  const client = form.maybe('client') ?? form.text('id');
  const answer = await lanes.lanes.promote(about.incident, client, by);
  if (!('refused' in answer)) await carryAnswer(house.desk, about.incident, client, answer.lane);
  return 'refused' in answer ? { errors: { client: `${answer.refused} Nothing was recorded.` } } : undefined;
}

/** What was found out about one client, or a call to it: in its own lane. */
async function oneLane(
  house: House,
  callback: string,
  form: Form,
  caller: Caller,
  record: string,
  key: string,
): Promise<FormAnswer> {
  const optional = (field: string) => (form.maybe(field) === undefined ? {} : { [field]: form.text(field) });
  const marks = Object.fromEntries(form.many('marks').map((mark) => [mark, true]));
  const command: Command = {
    do: 'moveLane',
    to: form.text('to') as ExposureState,
    evidence: form.text('evidence'),
    asOf: new Date(house.desk.now()).toISOString(),
    ...optional('how'),
    ...marks,
  };
  const answer = await act(house, caller, record, command, { key });
  if (!isRefusal(answer)) return undefined;
  const at = answer.field !== undefined && form.has(answer.field) ? answer.field : (FIRST[callback] ?? 'text');
  return { errors: { [at]: `${answer.refused} Nothing was recorded.` } };
}

async function question(house: House, form: Form, caller: Caller, about: LaneAbout, key: string): Promise<FormAnswer> {
  const { record = '', order = '', channel = '' } = about;
  const client = await clientAt(house, caller, channel, record);
  if (client === undefined) return { errors: { text: 'That does not belong to this channel. Nothing was recorded.' } };
  const answer = form.text('urgent') === 'yes' ? 'hit' : 'question';
  await giveReceipt(house, caller, { client, record, order, answer, text: form.text('text'), key });
  return undefined;
}
