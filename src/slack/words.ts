import { CHATS } from '../desk/ports.ts';
import type { Role } from '../record/event.ts';
import type { Incident } from '../record/incident.ts';
import { BOT, nameOf } from '../record/turn.ts';
import { safe } from './mrkdwn.ts';

/** Words for people, said the same way on every card. */
export const ROLE_NAMES: Record<Role, string> = {
  lead: 'Lead',
  'technical-lead': 'Technical lead',
  scribe: 'Scribe',
  communications: 'Communications',
  'account-manager': 'Account manager',
  owner: 'Owner',
  counsel: 'Counsel',
  'insurer-contact': 'Insurer contact',
  forensics: 'Forensics',
  developer: 'Developer',
};

/** The role that a runbook's own word means, or undefined where it is a word of its own. */
export function roleOf(word: string): Role | undefined {
  const wanted = word.trim().toLowerCase();
  const found = Object.entries(ROLE_NAMES).find(([key, name]) => key === wanted || name.toLowerCase() === wanted);
  return found?.[0] as Role | undefined;
}

/** Who holds a role, as a mention where they are in this workspace. */
export function holder(incident: Incident, role: Role): string | undefined {
  const held = incident.roles.find((one) => one.role === role);
  return held === undefined ? undefined : person(incident, held.person);
}

export function person(incident: Incident, actor: string): string {
  const account = incident.people.get(actor)?.account;
  if (actor === BOT || account === undefined) return safe(nameOf(incident, actor));
  const user = account.split('/')[2] ?? '';
  return CHATS.has(account.split('/')[0] ?? '') && /^[UW][A-Z0-9]+$/.test(user) ? `<@${user}>` : safe(nameOf(incident, actor));
}

export const ANSWERS = { yes: 'yes', no: 'no', unknown: 'not known yet' } as const;

export const STATUS_WORDS = {
  confirmed: 'confirmed',
  suspected: 'suspected',
  ruled_out: 'ruled out',
  unknown: 'not known',
} as const;

/** Every output of a drill says so. */
export const mark = ({ drill }: Incident): string => (drill ? 'DRILL · ' : '');
