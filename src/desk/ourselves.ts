import { z } from 'zod';
import type { NamedPerson, Refusal } from '../record/command.ts';
import type { Via } from '../record/event.ts';
import type { Desk, Done } from './desk.ts';

/** Who we are on every letter, typed once and kept in a record of the house itself. Addresses are lines; `country` is ISO 3166 or US-XX. */
const OurselvesShape = z.object({
  name: z.string(),
  address: z.string().default(''),
  country: z.string().default(''),
  zone: z.string().default(''),
  phone: z.string().default(''),
  email: z.string().default(''),
  /** Who signs, and as what. */
  signed: z.string().default(''),
  role: z.string().default(''),
  /** Who answers questions, and how to reach them, as it stands in a notice. */
  contact: z.string().default(''),
});

export type Ourselves = z.output<typeof OurselvesShape>;

const RECORD = 'house-letterhead';

/** What was typed last, or undefined while nobody has. */
export async function ourselves(desk: Desk, client: string): Promise<Ourselves | undefined> {
  const profile = (await desk.view(client, RECORD))?.incident.ourselves;
  const parsed = profile === undefined ? undefined : OurselvesShape.safeParse(parsedJson(profile));
  return parsed?.success === true ? parsed.data : undefined;
}

/** Keeps it for every further letter. Letters already drafted keep what they say. */
export async function introduce(
  desk: Desk,
  client: string,
  profile: Ourselves,
  by: { person: NamedPerson; via: Via },
): Promise<Done | Refusal> {
  const on = { client, record: RECORD, of: 'standing', ...by } as const;
  if ((await desk.view(client, RECORD)) === undefined)
    await desk.do({ ...on, command: { do: 'openHouse', verifierKey: desk.verifierKey } });
  return desk.do({ ...on, command: { do: 'introduceHouse', profile: JSON.stringify(profile) } });
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
