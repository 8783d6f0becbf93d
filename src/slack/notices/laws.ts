import type { RecordView } from '../../desk/view.ts';
import { calledBy, type LegalForm } from '../../law/form.ts';
import { formsFor } from '../../notice/legal-parts.ts';
import type { Template } from '../../notice/template.ts';

/** The laws whose parts a notice needs, from the duties that the clocks of this record show as owed. */
export function lawsAsked({ incident }: RecordView, forms: readonly LegalForm[]): string[] {
  const owed = [...incident.owed.duties.values()].flatMap(({ duty, sealed, waived, filings }) =>
    sealed === undefined || waived !== undefined || IDLE.has(sealed.state) || filings.length > 0 ? [] : [duty],
  );
  return forms.filter((form) => calledBy(form, owed)).map(({ id }) => id);
}

const IDLE = new Set(['not-triggered', 'watch']);

/** The chosen laws as notices: each authority gets a report of its own, everybody else one notice under all of them. */
export function reportsOf(template: Template, forms: readonly LegalForm[], chosen: readonly string[]): string[][] {
  const laws = formsFor(forms, template).flatMap(({ id }) => (chosen.includes(id) ? [id] : []));
  return template.kind.startsWith('regulator_') && laws.length > 0 ? laws.map((law) => [law]) : [laws];
}
