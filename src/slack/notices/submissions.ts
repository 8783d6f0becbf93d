import { ourselves } from '../../desk/ourselves.ts';
import { type Approval, approve, approveAlone, approveTranslation, type Granted, overrule } from '../../notice/approval.ts';
import { type Draft, parseDraft } from '../../notice/draft.ts';
import type { Command } from '../../record/command.ts';
import type { NoticeRoad } from '../../record/event.ts';
import type { Notice } from '../../record/incident-notices.ts';
import { attempt } from '../deliveries/failures.ts';
import type { About, FormAnswer } from '../forms.ts';
import { accountOf, act, type Caller, type House, isRefusal, placeIn, recordOf } from '../house.ts';
import { toldPlace } from '../lanes/told-place.ts';
import type { Form } from '../payloads.ts';
import { makeFile } from './addressing.ts';
import {
  actorOf,
  approver,
  bytesOf,
  drafted,
  type Examined,
  examined,
  overrulesOf,
  promiseFault,
  requestOf,
  retimed,
  valuesOf,
} from './desk.ts';
import { reportsOf } from './laws.ts';
import { modelWords } from './model.ts';
import { clientChannels, foreignAddress, laneClient } from './recipients.ts';
import type { Submission } from './submission.ts';
import { translate } from './translation.ts';

/** A form about a notice comes back. What is refused stands at its field, and nothing typed is lost. */
export async function submitNotice(
  house: House,
  callback: string,
  form: Form,
  about: About,
  caller: Caller,
  key: string,
): Promise<FormAnswer> {
  const view = await recordOf(house, caller.team, about.record);
  const shelf = house.notices;
  if (view === undefined || shelf === undefined)
    return { errors: { kind: 'That incident is not here any more. Nothing was recorded.' } };
  const made: Submission = { house, form, about, caller, key, view, shelf };
  if (callback === 'notice.draft') return draft(made);
  const notice = view.incident.notices.get(about.notice ?? '');
  if (notice === undefined) return { errors: { reason: 'There is no such notice any more. Nothing was recorded.' } };
  return onNotice(made, callback, notice);
}

async function onNotice(made: Submission, callback: string, notice: Notice): Promise<FormAnswer> {
  const { form, about } = made;
  switch (callback) {
    case 'notice.edit':
      return edit(made, notice);
    case 'notice.approve':
      return approved(made, notice);
    case 'notice.send':
      return send(made, notice);
    case 'notice.translate':
      return translate(made, notice);
    case 'notice.sent': {
      const foreign = await foreignAddress(made.house, made.view, notice, form.text('recipient'));
      if (foreign !== undefined) return { errors: { recipient: `${foreign} Nothing was recorded.` } };
      const at = form.when('at');
      const proof = form.maybe('proof');
      return seal(made, 'recipient', {
        do: 'sendNotice',
        notice: notice.id,
        sha256: about.sha256 ?? '',
        road: form.text('road') as NoticeRoad,
        recipient: form.text('recipient'),
        ...(at === undefined ? {} : { at }),
        ...(proof === undefined ? {} : { proof }),
      });
    }
    case 'notice.void':
      return seal(made, 'reason', { do: 'voidNotice', notice: notice.id, reason: form.text('reason') });
    case 'notice.file':
      return makeFile(made, notice);
  }
}

async function seal({ house, caller, about, key }: Submission, field: string, command: Command): Promise<FormAnswer> {
  const answer = await act(house, caller, about.record, command, { key });
  return isRefusal(answer) ? { errors: { [answer.field ?? field]: `${answer.refused} Nothing was recorded.` } } : undefined;
}

const SLOTS = ['client', 'do_now', 'contact', 'product', 'vendor'];

async function draft(made: Submission): Promise<FormAnswer> {
  const { form, shelf } = made;
  const template = shelf.template(form.text('kind'));
  if (template === undefined) return { errors: { kind: 'There is no template of that kind. Nothing was recorded.' } };
  const typed = await valuesIn(made);
  for (const laws of reportsOf(template, shelf.forms(), form.many('regimes'))) {
    const refused = await draftUnder(made, template.kind, laws, typed);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

/** What was typed, who we are, and whose lane it is: there the client is the lane's, whatever was typed. */
async function valuesIn({ house, form, view, caller }: Submission): Promise<Record<string, string>> {
  const typed = SLOTS.flatMap((slot) => (form.maybe(slot) === undefined ? [] : [[slot, form.text(slot)]]));
  const ours = await ourselves(house.desk, house.clientOf(caller.team));
  const client = await laneClient(house, view);
  const zone = client?.zone ?? ours?.zone;
  return {
    ...(ours === undefined ? {} : { msp: ours.name, ...(ours.contact === '' ? {} : { contact: ours.contact }) }),
    ...Object.fromEntries(typed),
    ...(client === undefined ? {} : { client: client.name }),
    ...(zone ? { zone } : {}),
  };
}

async function draftUnder(made: Submission, kind: string, laws: string[], typed: Record<string, string>): Promise<FormAnswer> {
  const { house, form, view, shelf, key } = made;
  const template = shelf.template(kind, laws);
  if (template === undefined) return undefined;
  const values = { ...typed, regimes: laws.join(',') };
  const nextUpdate = form.when('nextUpdate');
  const id = house.desk.newId();
  const answer = await seal({ ...made, key: `${key}/${values.regimes}` }, 'kind', {
    do: 'draftNotice',
    notice: id,
    kind: template.kind,
    words: 'template',
    secondPerson: template.second_person,
    approvers: [...template.approver],
    values: JSON.stringify(values),
    ...bytesOf(drafted(view, template, id, values, nextUpdate), nextUpdate),
  });
  if (answer === undefined) void better(house, view.client, view.incident.record, id);
  return answer;
}

/** The template's draft stands already; the form does not wait for a model. */
const better = (house: House, client: string, record: string, id: string): Promise<void> =>
  modelWords(house, client, record, id).catch((error: unknown) =>
    house.log.error({ error }, 'a draft was not put into other words'),
  );

async function edit(made: Submission, notice: Notice): Promise<FormAnswer> {
  const { form, about } = made;
  const looked = examined(made.view, notice, made.shelf);
  const typed = typedDraft(form, looked);
  if (typeof typed === 'string') return { errors: { part0: `${typed} Nothing was recorded.` } };
  const next = form.when('nextUpdate');
  const draft = next === undefined ? typed : retimed(typed, notice.nextUpdate, next, valuesOf(notice).zone);
  const overruled = overruledIn(made, looked);
  if (typeof overruled === 'object') return overruled;
  return seal(made, 'part0', {
    do: 'editNotice',
    notice: notice.id,
    seen: about.sha256 ?? '',
    words: 'person',
    ...(overruled === undefined ? {} : { overruled }),
    ...bytesOf(draft, next),
  });
}

/** The words as typed; a sentence that was left as it is stays what it was. */
function typedDraft(form: Form, { draft, notice }: Examined): Draft | string {
  const parts = Array.from({ length: 8 }, (_, i) => form.text(`part${i}`)).filter((part) => part !== '');
  const parsed = parseDraft(`---\nkind: ${notice.kind}\n---\n${parts.join('\n')}`);
  if (!parsed.ok) return parsed.message;
  const before = new Map(draft.sentences.map((sentence) => [sentence.text, sentence.type]));
  const sentences = parsed.value.sentences.map((sentence) => {
    const type = before.get(sentence.text) ?? sentence.type;
    return { ...sentence, type };
  });
  return { ...draft, sentences };
}

/** One rule of wording set aside, with its reason; what the record does not carry is not among the choices, and refused all the same. */
function overruledIn(
  { form, house, caller, view }: Submission,
  { problems, notice }: Examined,
): string | undefined | { errors: Record<string, string> } {
  const chosen = form.maybe('rule');
  if (chosen === undefined) return undefined;
  const [sentence = '', rule] = chosen.split('|');
  const problem = problems.find((one) => one.rule === rule && String(one.sentence ?? '') === sentence);
  if (problem === undefined) return { errors: { rule: 'That problem is gone. Nothing was recorded.' } };
  const granted = overrule(problem, form.text('reason'), approver(view, actorOf(view, accountOf(house, caller))));
  return granted.ok
    ? JSON.stringify([...overrulesOf(notice), granted.value])
    : { errors: { reason: `${granted.says} Nothing was recorded.` } };
}

async function approved(made: Submission, notice: Notice): Promise<FormAnswer> {
  const { form, about, view, shelf, house, caller } = made;
  const field = ['typed', 'reads', 'confirm'].find((name) => form.has(name)) ?? 'confirm';
  const looked = examined(view, notice, shelf);
  const late = promiseFault(looked);
  if (late !== undefined) return { errors: { [field]: `${late} Nothing was recorded.` } };
  const request = requestOf(looked);
  if (request === undefined) return { errors: { [field]: 'The template of this kind is not here any more.' } };
  const by = approver(view, actorOf(view, accountOf(house, caller)));
  const at = Temporal.Instant.fromEpochMilliseconds(view.now);
  // While no channel of the client is known, whoever sends it alone says for how many it is: to more it does not go.
  const count = clientChannels(view).length || Math.max(1, Number.parseInt(form.text('typed'), 10) || 1);
  const reads = form.text('reads') === 'yes' ? notice.translates?.language : undefined;
  const granted: Granted<Approval> =
    notice.translates !== undefined
      ? approveTranslation(request, by, at)
      : form.has('typed')
        ? approveAlone(request, by, form.text('typed'), count, at)
        : approve(request, by, at);
  if (!granted.ok) return { errors: { [field]: `${granted.says} Nothing was recorded.` } };
  return seal(made, field, {
    do: 'approveNotice',
    notice: notice.id,
    sha256: about.sha256 ?? '',
    ...(granted.value.solo ? { solo: { recipients: count } } : {}),
    ...(reads === undefined ? {} : { reads }),
  });
}

const OUTSIDE_OF_IT =
  'The bot is not in that channel, so nothing could arrive there. Invite it there, then send again. Nothing was sent.';

/** Whether the bot can write there. Where Slack does not say, the courier finds out, and the card tells. */
async function isInside(house: House, channel: string): Promise<boolean> {
  const found = await attempt(house, 'conversations.info', 'Whether the bot is in a channel is not known.', () =>
    house.client.conversations.info({ channel }),
  );
  return found?.channel?.is_member !== false;
}

/** A channel that another record works in is never a channel of this client. */
async function send(made: Submission, notice: Notice): Promise<FormAnswer> {
  const { form, about, house, caller, view } = made;
  const channel = form.maybe('fresh') ?? form.maybe('channel');
  if (channel === undefined) return { errors: { fresh: 'Choose a channel.' } };
  const told = await toldPlace(house, view);
  const isTold = told?.channel === channel;
  const place = isTold ? told : placeIn(house, caller.team, channel);
  const field = form.maybe('fresh') === undefined ? 'channel' : 'fresh';
  if (!isTold && !(await isInside(house, channel))) return { errors: { [field]: OUTSIDE_OF_IT } };
  if (!isTold && !clientChannels(view).some((one) => one.channel === channel)) {
    const taken = await house.store.at(place);
    if (taken !== undefined) return { errors: { fresh: 'That channel belongs to a record already. Nothing was sent.' } };
    const opened = await act(
      house,
      caller,
      about.record,
      { do: 'openPlace', ...place, purpose: 'client' },
      { key: `${made.key}/place` },
    );
    if (isRefusal(opened)) return { errors: { fresh: `${opened.refused} Nothing was sent.` } };
  }
  const answer = await act(
    house,
    caller,
    about.record,
    { do: 'releaseNotice', notice: notice.id, sha256: about.sha256 ?? '', ...place, ...(isTold ? { theirs: true } : {}) },
    { key: made.key },
  );
  return isRefusal(answer) ? { errors: { [field]: `${answer.refused} Nothing was sent.` } } : undefined;
}
