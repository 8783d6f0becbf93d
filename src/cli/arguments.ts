import { UsageError } from './command.ts';

/** The words and options of a command line. */
export type Arguments = { words: string[]; options: Map<string, string>; flags: Set<string> };

/**
 * Reads `--name value` for the named options and `--name` for the named flags.
 * @throws UsageError for anything else that starts with `--`, or an option without its value.
 */
export function readArguments(args: string[], known: { options?: string[]; flags?: string[] }, usage: string): Arguments {
  const read: Arguments = { words: [], options: new Map(), flags: new Set() };
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const [name = '', inline] = arg.startsWith('--') ? arg.slice(2).split(/=(.*)/s) : [];
    if (!arg.startsWith('--')) read.words.push(arg);
    else if (known.flags?.includes(name) && inline === undefined) read.flags.add(name);
    else if (known.options?.includes(name))
      read.options.set(name, inline ?? rest.shift() ?? fail(`--${name} needs a value. ${usage}`));
    else fail(`"${arg}" is not known here. ${usage}`);
  }
  return read;
}

function fail(sentence: string): never {
  throw new UsageError(sentence);
}
