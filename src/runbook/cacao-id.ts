import { uuid5 } from './uuid5.ts';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Our own additions to a step (phase, soft deadlines, preconditions), under the id that CACAO asks for. */
export const EXTENSION = `extension-definition--${uuid5('firebreak:cacao-extension')}`;
/** Steps without a role are done by whoever runs the playbook. */
export const ANYBODY = 'Responder';

export function playbookId(runbookId: string): string {
  return `playbook--${uuid5(`firebreak:runbook:${runbookId}`)}`;
}

export function agentId(role: string | undefined): string {
  return `group--${uuid5(`firebreak:role:${(role ?? ANYBODY).toLowerCase()}`)}`;
}

/** `__personal_data__`: CACAO allows letters, digits, `_` and `-` between the underscores. */
export function variableName(words: string): string {
  const name = words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 150);
  return `__${/^[a-z]/.test(name) ? name : `v_${name || uuid5(words).replace(/-/g, '')}`}__`;
}
