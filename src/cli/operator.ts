import { userInfo } from 'node:os';
import type { By } from '../desk/clients.ts';

/** Whoever works at the machine: the account of the operating system is all that says so. */
export function operator(): By {
  const { username } = userInfo();
  return { person: { account: `command-line/${username}`, name: username }, via: 'command-line' };
}
