import type { Root } from 'mdast';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { Problem, Question } from './runbook.ts';

/** What the front matter says, all of it optional. */
export type FrontMatter = {
  title?: string;
  id?: string;
  appliesTo: string[];
  roles: string[];
  defaultRole?: string;
  questions: Question[];
  review?: string;
  language?: string;
  parallel: boolean;
  scope?: 'once' | 'each client';
};

const word = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const wordList = z.union([z.array(word), word.transform((one) => one.split(/\s*,\s*/))]).catch([]);

const schema = z.looseObject({
  title: word.optional().catch(undefined),
  id: word.optional().catch(undefined),
  'applies-to': wordList.optional(),
  roles: wordList.optional(),
  'default-role': word.optional().catch(undefined),
  questions: z
    .record(
      z.string(),
      word.nullable().transform((text) => text ?? ''),
    )
    .optional()
    .catch(undefined),
  review: word.optional().catch(undefined),
  language: word.optional().catch(undefined),
  order: word.optional().catch(undefined),
  scope: word.optional().catch(undefined),
});

const KEYS = new Set(Object.keys(schema.shape));

/** A key that means nothing here is kept as text and said, in case it was meant to. */
function stranger(yaml: string, line: number, key: string): Problem {
  const at = yaml.split('\n').findIndex((row) => row.startsWith(key));
  return {
    line: line + 1 + Math.max(0, at),
    column: 1,
    level: 'warn',
    rule: 'front-matter-key',
    message: `Key "${key}" is not read`,
    hint: `Known keys: ${[...KEYS].join(', ')}`,
  };
}

const NOTHING: FrontMatter = { appliesTo: [], roles: [], questions: [], parallel: false };

/** Reads the YAML block with no aliases at all: a bomb needs them, a runbook does not. Dates stay as written. */
export function readFrontMatter(tree: Root): { meta: FrontMatter; problems: Problem[]; unread: string } {
  const [first] = tree.children;
  if (first?.type !== 'yaml') return { meta: NOTHING, problems: [], unread: '' };
  const line = first.position?.start.line ?? 1;
  const refuse = (message: string, at = line): ReturnType<typeof readFrontMatter> => ({
    meta: NOTHING,
    unread: first.value,
    problems: [
      {
        line: at,
        column: 1,
        level: 'error',
        rule: 'front-matter',
        message,
        hint: 'Write plain `key: value` lines between the two `---`',
      },
    ],
  });
  const document = parseDocument(first.value, { version: '1.2', schema: 'core', uniqueKeys: false });
  const [broken] = document.errors;
  if (broken !== undefined)
    return refuse(
      `The front matter is not readable YAML: ${broken.message.split('\n')[0] ?? ''}`,
      line + (broken.linePos?.[0].line ?? 1),
    );
  const data = withoutAliases(document);
  if (data === undefined) return refuse('The front matter uses YAML aliases, which are not read');
  const read = schema.safeParse(data.value ?? {});
  if (!read.success) return refuse('The front matter is not a list of keys and values');
  const strangers = Object.keys(read.data).filter((key) => !KEYS.has(key));
  return {
    meta: frontMatter(read.data),
    problems: strangers.map((key) => stranger(first.value, line, key)),
    unread: strangers.length > 0 || /(^|\s)#/.test(first.value) ? first.value : '',
  };
}

function withoutAliases(document: ReturnType<typeof parseDocument>): { value: unknown } | undefined {
  try {
    return { value: document.toJS({ maxAliasCount: 0 }) };
  } catch {
    return undefined;
  }
}

function frontMatter(data: z.infer<typeof schema>): FrontMatter {
  const given = {
    title: data.title,
    id: data.id,
    defaultRole: data['default-role'],
    review: data.review,
    language: data.language,
    scope: data.scope === undefined ? undefined : /each|every|per/i.test(data.scope) ? ('each client' as const) : ('once' as const),
  };
  return {
    ...(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<FrontMatter>),
    appliesTo: data['applies-to'] ?? [],
    roles: data.roles ?? [],
    questions: Object.entries(data.questions ?? {}).map(([fact, question]) => ({ fact, question })),
    parallel: data.order === 'parallel',
  };
}
