/** The law as it is built, and duties from findings: what every law test begins with. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LAW_FOLDER, loadHolidays, loadRules } from '../src/cli/law-files.ts';
import { type Evaluation, evaluate } from '../src/law/duties.ts';
import type { Duty, Refusal } from '../src/law/duty.ts';
import { parseFindings } from '../src/law/findings.ts';
import { Rulebook } from '../src/law/rulebook.ts';

const places = readdirSync(join(LAW_FOLDER, 'built'))
  .filter((name) => /^[A-Z]/.test(name))
  .map((name) => name.replace('.json', ''));

export const allRules = loadRules(places);
export const book = new Rulebook(allRules, loadHolidays());

/** An owner of no special kind, with zone and place; tests add what matters. */
export const owner = (jurisdiction: string, zone: string, more: Record<string, unknown> = {}) => ({
  role: 'owner',
  jurisdiction,
  zone,
  ...more,
});

export type Given = Evaluation & {
  /** The one duty of a rule; fails when there are none or several. */
  duty(id: string, instance?: string): Duty;
  ids(state: Duty['state']): string[];
  refusedFields(): string[];
};

/** Evaluates findings under the whole law. */
export function given(findings: Record<string, unknown>): Given {
  const reading = parseFindings(findings, Date.parse('2026-11-23T12:00:00Z'));
  const result = evaluate(reading.findings, book);
  const refused: Refusal[] = [...reading.refused, ...result.refused];
  return {
    ...result,
    refused,
    warnings: [...reading.warnings, ...result.warnings],
    duty(id, instance) {
      const found = result.duties.filter((duty) => duty.id === id && (instance === undefined || duty.instance === instance));
      if (found.length !== 1) throw new Error(`${found.length} duties ${id} ${instance ?? ''}`);
      return found[0]!;
    },
    ids: (state) => result.duties.filter((duty) => duty.state === state).map(({ id }) => id),
    refusedFields: () => refused.map(({ field }) => field),
  };
}
