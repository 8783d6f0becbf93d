import { resolve } from 'node:path';
import { openTemplates } from '../../src/cli/templates.ts';

/** The templates that ship, read once. */
export const shelf = openTemplates(resolve(import.meta.dirname, '..', '..', 'runbooks'), {
  info: () => {},
  warn: () => {},
  error: () => {},
});
