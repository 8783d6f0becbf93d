/** client.yaml: what a client's folder covers, when it was collected, and when each lockfile was installed. */
import { z } from 'zod';
import type { Problem } from './component.ts';
import { ecosystemOf } from './ecosystem.ts';
import { fields } from './shape.ts';
import { momentOf } from './window.ts';
import { yamlTexts } from './yaml-text.ts';

/** The statements of client.yaml; times are ISO 8601 and were checked. */
export type ClientFile = {
  name?: string;
  /** Ecosystems the client's files are declared to cover; absent: whatever the files show. */
  covers?: string[];
  collectedAt?: string;
  installs: { file: string; at: string }[];
  problems: Problem[];
};

/** The form of client.yaml. */
export const ClientFileShape = z.object({
  name: z.string().optional(),
  covers: z.union([z.array(z.string()), z.string().transform((value) => value.split(/\s*,\s*/))]).optional(),
  collected_at: z.string().optional(),
  installs: z
    .array(z.object({ file: z.string(), at: z.union([z.string().transform((value) => [value]), z.array(z.string())]) }))
    .optional(),
});

const KNOWN = new Set(Object.keys(ClientFileShape.shape));

/** Throws one clause that names the field where the file contradicts its form. */
export function readClientFile(path: string, source: string): ClientFile {
  const value = fields(yamlTexts(source)) ?? {};
  const parsed = ClientFileShape.safeParse(value);
  if (!parsed.success)
    throw new Error(
      `its field "${parsed.error.issues[0]?.path.join('.')}" is not as expected (${parsed.error.issues[0]?.message})`,
    );
  const { name, covers, collected_at: collectedAt } = parsed.data;
  const installs = (parsed.data.installs ?? []).flatMap(({ file, at }) => at.map((moment) => ({ file, at: moment })));
  const unreadable = [...installs.map(({ at }) => at), ...(collectedAt === undefined ? [] : [collectedAt])].find(
    (moment) => momentOf(moment) === undefined,
  );
  if (unreadable !== undefined) throw new Error(`"${unreadable}" is no ISO 8601 date or time`);
  const strange = Object.keys(value).filter((key) => !KNOWN.has(key));
  return {
    installs,
    problems: strange.map((key) => ({ file: path, message: `The key "${key}" is unknown and was left alone.`, loses: [] })),
    ...(name === undefined ? {} : { name }),
    ...(covers === undefined ? {} : { covers: covers.map(ecosystemOf) }),
    ...(collectedAt === undefined ? {} : { collectedAt }),
  };
}
