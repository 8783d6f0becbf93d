import { headingOf, type LegalForm } from '../law/form.ts';
import { type Line, parseLines, type Template } from './template.ts';

/**
 * A template with the parts of the laws in it, each where the form of that law asks for it. The headings of the laws that were chosen
 * must stand: the gate asks for them. @throws Error where a line of a part cannot be read.
 */
export function withForms(template: Template, forms: readonly LegalForm[], chosen: readonly string[] = []): Template {
  const asked = new Set([...template.forms, ...chosen]);
  const headings = forms
    .filter(({ id }) => asked.has(id))
    .flatMap((form) => partsOf(form, template).map((part) => headingOf(form, part)));
  const added = forms.flatMap((form) => linesOf(form, template));
  return {
    ...template,
    headings: [...new Set([...template.headings, ...headings])],
    lines: [...template.lines.slice(0, template.lawAt), ...added, ...template.lines.slice(template.lawAt)],
  };
}

/** The laws that have parts of their own in notices of this kind. */
export const formsFor = (forms: readonly LegalForm[], { kind }: Template): LegalForm[] =>
  forms.filter(({ parts }) => parts.some(({ kinds }) => kinds.includes(kind)));

const partsOf = ({ parts }: LegalForm, { kind }: Template) => parts.filter(({ kinds }) => kinds.includes(kind));

function linesOf(form: LegalForm, template: Template): Line[] {
  return partsOf(form, template).flatMap((part) => {
    if (part.stands) return [];
    const heading: Line = { type: 'heading', text: headingOf(form, part), regime: form.id };
    const body = parseLines(part.lines, form.id);
    if (!body.ok) throw new Error(`forms.yaml: ${form.id}, ${part.heading}: ${body.message}`);
    return [heading, ...body.value.lines];
  });
}
