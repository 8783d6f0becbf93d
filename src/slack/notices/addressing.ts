import { introduce, type Ourselves, ourselves } from '../../desk/ourselves.ts';
import type { Notice } from '../../record/incident-notices.ts';
import type { FormAnswer } from '../forms.ts';
import { isRefusal, personOf, placeIn } from '../house.ts';
import type { Form } from '../payloads.ts';
import { type Addressing, type FileBody, fileDelivery, type NoticeFormat } from './files.ts';
import { foreignAddress } from './recipients.ts';
import type { Submission } from './submission.ts';

/** The form for a file comes back. Who we are is typed once: the first file keeps it for every further one. */
export async function makeFile(made: Submission, notice: Notice): Promise<FormAnswer> {
  const { house, form, caller, about, view, key } = made;
  const place = view.incident.places.find(({ purpose, workspace }) => purpose === 'incident' && workspace === caller.team);
  if (place === undefined) return { errors: { format: 'This incident has no channel to put the file in.' } };
  const format = form.text('format') as NoticeFormat;
  const ours = await ourselves(house.desk, house.clientOf(caller.team));
  const addressing = addressingIn(form, ours);
  const foreign = await foreignAddress(house, view, notice, `${addressing.to} ${addressing.recipient}`);
  if (foreign !== undefined) return { errors: { to: `${foreign} No file was made.` } };
  if (format === 'eml' && addressing.to === '') return { errors: { to: 'A message file needs their mail address.' } };
  if (format === 'eml' && addressing.from === '')
    return { errors: { [form.has('from') ? 'from' : 'to']: 'A message file needs our mail address too: `/incident letterhead`.' } };
  if (ours === undefined && addressing.sender !== '') await keepOurs(made);
  const body: FileBody = { place: placeIn(house, caller.team, place.channel), notice: notice.id, format, addressing };
  await house.desk.send(view.client, [fileDelivery(about.record, `${notice.id}/${key}`, body)]);
  return undefined;
}

/** What was typed goes before what is known of us. */
function addressingIn(form: Form, ours: Ourselves | undefined): Addressing {
  return {
    sender: form.maybe('sender') ?? ours?.name ?? '',
    address: form.maybe('address') ?? ours?.address ?? '',
    phone: form.maybe('phone') ?? ours?.phone ?? '',
    from: form.maybe('from') ?? ours?.email ?? '',
    recipient: form.text('recipient'),
    to: form.text('to'),
    signed: form.text('signed'),
    role: form.text('role'),
    country: form.text('country'),
    enclosures: form.text('enclosures'),
  };
}

/** Who we are on every letter from now on. */
export async function keepOurs({ house, form, caller }: Pick<Submission, 'house' | 'form' | 'caller'>): Promise<FormAnswer> {
  const zone = form.text('zone');
  if (zone !== '' && !isZone(zone))
    return { errors: { zone: `${zone} is no time zone, such as Europe/Berlin. Nothing was recorded.` } };
  const profile: Ourselves = {
    name: form.text('sender'),
    address: form.text('address'),
    country: form.text('home').toUpperCase(),
    zone,
    phone: form.text('phone'),
    email: form.text('from'),
    signed: form.text('signed'),
    role: form.text('role'),
    contact: form.text('contact'),
  };
  const by = { person: await personOf(house, caller), via: house.via(caller.user) };
  const answer = await introduce(house.desk, house.clientOf(caller.team), profile, by);
  return isRefusal(answer) && answer.code !== 'already'
    ? { errors: { sender: `${answer.refused} Nothing was recorded.` } }
    : undefined;
}

function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}
