/** What a client's files can show about what is not there. Nothing counts as absent that no file could have listed. */
import type { Advisory } from './advisory.ts';
import type { Problem } from './component.ts';
import { OAUTH, PRODUCT, SOFTWARE } from './ecosystem.ts';
import type { Inventory } from './inventory.ts';

/** What an advisory asks of every client: which ecosystems must be covered, and for which names. */
export type Question = { advisory: Advisory; ecosystems: string[]; names: string; toolchain: boolean; system: boolean };

/** Worked out once for an advisory, not once for each client. */
export function questionOf(advisory: Advisory): Question {
  const { affected } = advisory;
  const names = [...new Set(affected.map(({ name }) => name))];
  return {
    advisory,
    ecosystems: [...new Set(affected.map(({ ecosystem }) => (ecosystem === PRODUCT ? SOFTWARE : ecosystem)))],
    names: names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', '),
    toolchain: affected.some(({ ecosystem, name }) => ecosystem === 'Go' && (name === 'stdlib' || name === 'toolchain')),
    system: affected.some(({ ecosystem, name }) => ecosystem === SOFTWARE && /^(?:microsoft )?windows\b/i.test(name)),
  };
}

/** What a client's files can say about absence: the gaps, or the basis on which something is not present. */
export type Absence = { gaps(question: Question): string | undefined; basis(question: Question): string };

/** Answers are kept per ecosystem: a client is asked the same by every advisory. */
export function absenceOf(inventory: Inventory): Absence {
  const gapFor = remembered((ecosystem) => gapOf(inventory, ecosystem));
  const basisFor = remembered((ecosystem) => basisOf(inventory, ecosystem));
  return {
    gaps: ({ ecosystems, toolchain }) => {
      const gaps = ecosystems.map(gapFor).filter((gap) => gap !== '');
      return toolchain ? [...gaps, TOOLCHAIN].join(' ') : gaps.length === 0 ? undefined : gaps.join(' ');
    },
    basis: ({ ecosystems, names }) => `No ${names}: ${ecosystems.map(basisFor).join('; ')}.`,
  };
}

/** A list of installed software need not name the system that it is installed on. */
export const SYSTEM = 'The files do not say which Windows the machines run.';

/** Every Go program holds the standard library, whether or not a file says which one. */
const TOOLCHAIN = 'The files do not say which Go toolchain built the programs.';

function remembered(make: (key: string) => string): (key: string) => string {
  const known = new Map<string, string>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = make(key);
    known.set(key, made);
    return made;
  };
}

/** Why an absence cannot be shown for an ecosystem; empty where it can. */
function gapOf(inventory: Inventory, ecosystem: string): string {
  const lost = inventory.problems.filter(({ loses }) => loses.includes('*') || loses.includes(ecosystem));
  if (lost.length > 0) return lost.slice(0, 3).map(problemText).join(' ');
  if (!inventory.covers.includes(ecosystem)) return `No inventory of this client covers ${ecosystem}.`;
  const held = inventory.coveredBy.has(ecosystem) || inventory.bills.length > 0;
  return held ? '' : `client.yaml says that ${ecosystem} is covered, but no file here lists any.`;
}

function problemText({ file, line, message }: Problem): string {
  return `${file}${line === undefined ? '' : `:${line}`}: ${message}`;
}

function basisOf(inventory: Inventory, ecosystem: string): string {
  const files = inventory.coveredBy.get(ecosystem) ?? inventory.bills;
  const shown = files.length > 3 ? `${files.slice(0, 3).join(', ')} and ${files.length - 3} more files` : files.join(', ');
  const direct = files.some((file) => inventory.directOnly.has(file)) ? ', which may leave out indirect dependencies' : '';
  const asOf = inventory.collectedAt === undefined ? '' : `, as of ${inventory.collectedAt}`;
  return `checked ${ecosystem === OAUTH ? 'grants' : ecosystem} in ${shown}${direct}${asOf}`;
}
