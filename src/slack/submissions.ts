import type { Doing } from '../desk/desk.ts';
import { stepCard } from '../desk/plan.ts';
import { type Command, type Refusal, refuse } from '../record/command.ts';
import type { FindingStatus, Role, Answer as YesNo } from '../record/event.ts';
import type { View } from './blocks.ts';
import { clockCommand } from './clocks/submissions.ts';
import { declare } from './declare.ts';
import type { About, FormAnswer } from './forms.ts';
import { accountOf, act, type Caller, type House, isRefusal, named, outsideHere, placeIn, recordOf } from './house.ts';
import { evidenceDeliveries, wordsOf } from './keeping/evidence.ts';
import { keepingSubmission } from './keeping/keeping.ts';
import { registerSubmission } from './lanes/register-submissions.ts';
import { laneSubmission } from './lanes/submissions.ts';
import { lostTarget, noteAtTarget } from './merging.ts';
import { costSubmission } from './money/cost-form.ts';
import { termsSubmission } from './money/terms-clicks.ts';
import { keepOurs } from './notices/addressing.ts';
import { submitNotice } from './notices/submissions.ts';
import { Form, type ViewSubmission } from './payloads.ts';
import { submitProposal } from './proposals/clicks.ts';
import { adoptCommand } from './steps/runbook-change.ts';
import { tableSubmission } from './steps/table-submit.ts';

export async function submit(house: House, payload: ViewSubmission, caller: Caller): Promise<FormAnswer> {
  const form = new Form(payload.view.state.values);
  const about = JSON.parse(payload.view.private_metadata || '{}') as About;
  const key = `form/${payload.view.id}`;
  if (payload.view.callback_id.startsWith('lanes.')) return laneSubmission(house, payload, form, caller, key);
  const outside = await outsideHere(house, caller);
  if (outside !== undefined) return { errors: { [firstField(payload)]: outside } };
  if (payload.view.callback_id.startsWith('terms.'))
    return termsSubmission(house, payload.view.callback_id, form, about, caller, key);
  if (payload.view.callback_id.startsWith('cost.')) return costSubmission(house, form, about, caller, key);
  if (payload.view.callback_id.startsWith('register.')) return registerSubmission(house, payload, form, caller);
  if (payload.view.callback_id === 'declare') return declare(house, form, caller, key, about.channel);
  if (payload.view.callback_id === 'ours') return keepOurs({ house, form, caller });
  if (payload.view.callback_id === 'steps') return showStep(house, form, caller, about);
  if (payload.view.callback_id === 'proposal.edit') return submitProposal(house, form, about, caller);
  if (payload.view.callback_id.startsWith('notice.'))
    return submitNotice(house, payload.view.callback_id, form, about, caller, key);
  const made = await commandOf(house, payload.view.callback_id, form, about, caller);
  if (made === undefined)
    return { errors: { [firstField(payload)]: 'This form is of an older version. Nothing was recorded; please open it again.' } };
  if ('errors' in made || 'form' in made) return made;
  if ('asked' in made) return undefined;
  const { command } = made;
  const lost = command.do === 'closeIncident' ? await lostTarget(house, command, caller) : undefined;
  if (lost !== undefined) return errorsOf(refuse('unknown', lost, 'into'), form, payload);
  const answer = await act(house, caller, about.record, command, { key, ...made.more });
  if (isRefusal(answer)) return errorsOf(answer, form, payload);
  if (command.do === 'closeIncident') await noteAtTarget(house, about.record, command, caller, key);
  return undefined;
}

type Made =
  | { command: Command; more?: Partial<Doing> }
  | { errors: Record<string, string> }
  | { form: View }
  | { asked: true }
  | undefined;

/** A refusal stands at the field it is about, or at the first one. */
function errorsOf({ field, refused }: Refusal, form: Form, payload: ViewSubmission): FormAnswer {
  const at = field !== undefined && form.has(field) ? field : firstField(payload);
  return { errors: { [at]: `${refused} Nothing was recorded.` } };
}

const firstField = ({ view }: ViewSubmission): string => Object.keys(view.state.values)[0] ?? 'reason';

async function commandOf(house: House, callback: string, form: Form, about: About, caller: Caller): Promise<Made> {
  if (callback.startsWith('clock.')) return clockCommand(house, callback, form, about, caller);
  if (callback.startsWith('keep.')) return keeping(house, callback, form, about, caller);
  return (await stepCommand(house, callback, form, about, caller)) ?? (await incidentCommand(house, callback, form, about, caller));
}

async function keeping(house: House, callback: string, form: Form, { record }: About, caller: Caller): Promise<Made> {
  const view = await recordOf(house, caller.team, record);
  return view === undefined ? undefined : keepingSubmission(house, view, callback.slice('keep.'.length), form, caller);
}

async function stepCommand(house: House, callback: string, form: Form, about: About, caller: Caller): Promise<Made> {
  const { step } = about;
  if (/^rows?\./.test(callback))
    return tableSubmission(house, await recordOf(house, caller.team, about.record), callback, form, about);
  if (callback === 'evidence') return evidence(form, about, accountOf(house, caller));
  if (step === undefined) return undefined;
  const reason = form.text('reason');
  switch (callback) {
    case 'step.skip':
      return { command: { do: 'skipStep', step, reason } };
    case 'step.block':
      return { command: { do: 'blockStep', step, reason } };
    case 'step.reopen':
      return { command: { do: 'reopenStep', step, reason } };
    case 'step.override':
      return { command: { do: 'completeStep', step, override: form.text('override') } };
    case 'step.assign': {
      const to = await named(house, form.maybe('to'), caller);
      return to === undefined ? { errors: { to: 'Choose a person.' } } : { command: { do: 'assignStep', step, to } };
    }
  }
}

function evidence(form: Form, about: About, account: string): Made {
  const files = form.files('file');
  const text = form.text('text');
  if (files.length === 0 && text === '') return { errors: { text: 'Add a file, or say in words what was seen.' } };
  const step = about.step === undefined ? {} : { step: about.step };
  const command: Command = { do: 'describeEvidence', evidence: files[0]?.id ?? 'words', ...step, text: wordsOf(text, files) };
  return { command, more: { also: () => evidenceDeliveries(about, files, account) } };
}

async function incidentCommand(house: House, callback: string, form: Form, about: About, caller: Caller): Promise<Made> {
  const step = about.step === undefined ? {} : { step: about.step };
  switch (callback) {
    case 'note':
      return { command: { do: 'recordNote', text: form.text('text'), ...step, ...optional('occurred', form.when('occurred')) } };
    case 'finding':
      return { command: findingOf(form) };
    case 'decide':
      return decisionOf(house, form, about, caller);
    case 'ask': {
      const to = await named(house, form.maybe('to'), caller);
      const command: Command = {
        do: 'openAsk',
        question: form.text('question'),
        ...step,
        ...optional('due', form.when('due')),
        ...optional('to', to),
      };
      return { command };
    }
    case 'answer':
      return { command: { do: 'answerAsk', ask: about.ask ?? '', answer: form.text('answer') } };
    case 'role':
      return roleCommand(house, form, about, caller);
    case 'reopen':
      return { command: { do: 'reopenIncident', reason: form.text('reason') } };
    case 'close': {
      const as = form.text('as') as 'resolved' | 'false-alarm' | 'merged';
      return { command: { do: 'closeIncident', as, reason: form.text('reason'), ...optional('into', form.maybe('into')) } };
    }
    case 'runbook.adopt': {
      const made = adoptCommand(house.library, form, about);
      return 'do' in made ? { command: made } : { errors: made };
    }
    case 'decline':
      return { command: { do: 'answerHandover', handover: about.handover ?? '', accept: false, reason: form.text('reason') } };
  }
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}

function findingOf(form: Form): Command {
  const supersedes = form.maybe('supersedes');
  return {
    do: 'recordFinding',
    about: form.text('about'),
    status: form.text('status') as FindingStatus,
    text: form.text('text'),
    ...optional('source', form.maybe('source')),
    ...(supersedes === undefined ? {} : { supersedes: Number(supersedes) }),
  };
}

async function decisionOf(house: House, form: Form, about: About, caller: Caller): Promise<Made> {
  const view = await recordOf(house, caller.team, about.record);
  const step = view?.guide?.steps.find((guided) => guided.step.id === about.step)?.step;
  const option = form.maybe('option') === undefined ? undefined : Number(form.text('option'));
  const chosen = option === undefined ? undefined : step?.options[option];
  const decider = await named(house, form.maybe('decider'), caller);
  const command: Command = {
    do: 'takeDecision',
    question: step?.title ?? form.text('question'),
    choice: chosen?.label ?? form.text('choice'),
    reason: form.text('reason'),
    outcome: form.text('outcome') as 'decided' | 'decided-not-to' | 'deferred',
    reversible: form.text('reversible') as YesNo,
    cites: form.many('cites').map(Number),
    ...(step === undefined
      ? {}
      : {
          step: step.id,
          options: step.options.map(({ label, consequence }) => `${label}${consequence ? `: ${consequence}` : ''}`).join('\n'),
        }),
    ...optional('option', option),
    ...optional('decider', decider),
    ...optional('authority', form.maybe('authority')),
    ...optional('dissent', form.maybe('dissent')),
    ...optional('override', form.maybe('override')),
    ...optional('review', form.when('review')),
  };
  return { command };
}

/** A role that somebody holds is handed over, and the other side accepts; a free one is simply taken. */
async function roleCommand(house: House, form: Form, about: About, caller: Caller): Promise<Made> {
  const to = await named(house, form.maybe('to'), caller);
  if (to === undefined) return { errors: { to: 'Choose a person.' } };
  const role = form.text('role') as Role;
  const view = await recordOf(house, caller.team, about.record);
  const held = view?.incident.roles.find((one) => one.role === role && one.person !== 'bot');
  if (held === undefined) return { command: { do: 'assignRole', role, to } };
  const brief = form.text('brief');
  return brief === ''
    ? { errors: { brief: 'Somebody holds this role: say what the next person must know.' } }
    : { command: { do: 'offerHandover', role, to, brief } };
}

async function showStep(house: House, form: Form, { team }: Caller, { record }: About): Promise<FormAnswer> {
  const view = await recordOf(house, team, record);
  const place = view?.incident.places.find(({ surface, workspace }) => surface === house.surface && workspace === team);
  if (view === undefined || place === undefined) return { errors: { step: 'That incident has no channel here.' } };
  await house.desk.send(view.client, [stepCard(record, form.text('step'), placeIn(house, team, place.channel))]);
  return undefined;
}
