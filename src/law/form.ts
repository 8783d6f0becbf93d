/** What a notice must hold under a law: the parts of `runbooks/law/forms.yaml`, in the order in which the form asks for them. */
import { z } from 'zod';

const part = z.strictObject({
  heading: z.string().min(3),
  /** Where in the law the part stands. */
  law: z.string().min(2),
  /** In notices of which kinds. */
  kinds: z.array(z.string()).min(1),
  /** Lines of a template. A part that `stands` in the template already brings none, and is only asked for. */
  lines: z.string().default(''),
  stands: z.boolean().default(false),
});

const form = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens'),
  title: z.string().min(3),
  citation: z.string().min(2),
  /** Ids of the duties that call for it; a star stands for any letters. */
  rules: z.array(z.string()).min(1),
  source: z.string().min(3),
  verifiedOn: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date like 2026-11-23'),
  /** Its headings are read by people whose data it is about: no citations in them. */
  plain: z.boolean().default(false),
  parts: z.array(part).min(1),
});

export type LegalForm = z.output<typeof form>;
export type LegalPart = LegalForm['parts'][number];

/** Reads the parsed YAML; a problem names the form and the field. */
export function parseForms(parsed: unknown): { forms: LegalForm[]; problems: { rule: string; field: string; message: string }[] } {
  const result = z.strictObject({ forms: z.array(form) }).safeParse(parsed);
  if (result.success) return { forms: result.data.forms, problems: [] };
  return {
    forms: [],
    problems: result.error.issues.map(({ path, message }) => ({ rule: 'forms', field: path.join('.'), message })),
  };
}

/** What stands over a part: for an authority with its place in the law. */
export const headingOf = ({ plain }: LegalForm, { heading, law }: LegalPart): string => (plain ? heading : `${heading} (${law})`);

/** Whether one of these duties calls for the form. */
export const calledBy = ({ rules }: LegalForm, duties: readonly string[]): boolean =>
  rules.some((rule) => duties.some((duty) => matches(rule, duty)));

const matches = (rule: string, duty: string): boolean =>
  new RegExp(
    `^${rule
      .split('*')
      .map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('[a-z0-9-]+')}$`,
  ).test(duty);

/** Rules named by a form that are on no file. */
export const unknownRules = ({ rules }: LegalForm, ids: readonly string[]): string[] =>
  rules.filter((rule) => !ids.some((id) => matches(rule, id)));
