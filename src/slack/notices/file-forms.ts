import type { Ourselves } from '../../desk/ourselves.ts';
import type { RecordView } from '../../desk/view.ts';
import type { Client } from '../../inventory/register.ts';
import type { Notice } from '../../record/incident-notices.ts';
import { type Block, choiceInput, context, input, modal, textInput, type View } from '../blocks.ts';
import { safe } from '../mrkdwn.ts';
import { about } from './forms.ts';
import { mainContact } from './recipients.ts';

const FORMATS = [
  { text: 'Letter (.docx)', value: 'docx' },
  { text: 'E-mail, ready to send (.eml)', value: 'eml' },
  { text: 'Text in the order of a portal (.txt)', value: 'txt' },
  { text: 'With its citations (.md)', value: 'md' },
];

/** Whom a file is for, as far as it is known: the client of a lane for what goes to clients, else a name. */
export type Addressed = { name: string; client: Client | undefined; ours: Ourselves | undefined; signer: string };

export function fileForm({ incident }: RecordView, notice: Notice, { name, client, ours, signer }: Addressed): View {
  const contact = client === undefined ? undefined : mainContact(client);
  const lines = [name, contact?.name, client?.address].filter((line) => line !== undefined && line !== '');
  return modal('notice.file', 'Download', 'Make the file', about(incident.record, notice), [
    input('format', 'As what?', choiceInput(FORMATS, 'docx')),
    input('recipient', 'To (name, then address lines)', textInput({ multiline: true, initial: lines.join('\n'), max: 400 }), {
      optional: true,
    }),
    input('to', 'Their mail address', textInput({ initial: contact?.email ?? '', max: 200 }), { optional: true }),
    input('country', 'Their country', textInput({ placeholder: 'US, GB, DE, …', initial: countryOf(client, ours), max: 6 }), {
      optional: true,
      hint: 'It decides on the paper and on how a day is written.',
    }),
    ...(ours === undefined
      ? ourInputs(undefined)
      : [context(`From *${safe(ours.name)}*, ${safe(ours.address.replaceAll('\n', ', '))}. Changed by \`/incident letterhead\`.`)]),
    input('signed', 'Signed by', textInput({ initial: ours?.signed || signer, max: 100 }), { optional: true }),
    input('role', 'As', textInput({ placeholder: 'Managing director', initial: ours?.role ?? '', max: 100 }), { optional: true }),
    input('enclosures', 'Enclosed', textInput({ placeholder: 'One a line', multiline: true, max: 300 }), { optional: true }),
  ]);
}

const countryOf = (client: Client | undefined, ours: Ourselves | undefined): string =>
  /^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/.exec(client?.place ?? '')?.[0] ?? ours?.country ?? '';

/** Who we are, typed once for every letter. */
const ourInputs = (ours: Ourselves | undefined): Block[] => [
  input('sender', 'From (our name)', textInput({ initial: ours?.name ?? '', max: 150 }), {
    optional: ours === undefined,
    hint: 'Kept for every further letter.',
  }),
  input('address', 'Our address', textInput({ multiline: true, initial: ours?.address ?? '', max: 300 }), { optional: true }),
  input('phone', 'Our phone', textInput({ initial: ours?.phone ?? '', max: 60 }), { optional: true }),
  input('from', 'Our mail address', textInput({ initial: ours?.email ?? '', max: 200 }), { optional: true }),
];

/** `/incident letterhead`: what stands on every letter and in every notice of ours. */
export const letterheadForm = (ours: Ourselves | undefined): View =>
  modal('ours', 'Our letterhead', 'Keep', '', [
    ...ourInputs(ours ?? NOBODY),
    input('home', 'Our country', textInput({ placeholder: 'US-TX, GB, DE, …', initial: ours?.country ?? '', max: 6 }), {
      optional: true,
    }),
    input('zone', 'Our time zone', textInput({ placeholder: 'Europe/Berlin', initial: ours?.zone ?? '', max: 60 }), {
      optional: true,
    }),
    input('signed', 'Who signs', textInput({ initial: ours?.signed ?? '', max: 100 }), { optional: true }),
    input('role', 'As', textInput({ placeholder: 'Managing director', initial: ours?.role ?? '', max: 100 }), { optional: true }),
    input('contact', 'Who answers questions, and how?', textInput({ initial: ours?.contact ?? '', max: 200 }), { optional: true }),
  ]);

const NOBODY: Ourselves = { name: '', address: '', country: '', zone: '', phone: '', email: '', signed: '', role: '', contact: '' };
