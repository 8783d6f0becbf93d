import type { Entry } from './entry.ts';
import type { Carried } from './event.ts';
import type { Incident } from './incident.ts';

/** The part of the fold that knows which text governs, and which others were offered. */
export function evolveRunbook(incident: Incident, entry: Entry): void {
  switch (entry.kind) {
    case 'runbook.adopted': {
      const { runbook: id, digest, file } = entry.body;
      incident.runbook = { id, digest, file, source: entry.texts.source, at: entry.at, seq: entry.seq };
      for (const carried of entry.body.carried ?? []) carry(incident, carried);
      break;
    }
    case 'runbook.changed': {
      const { runbook, digest } = entry.body;
      incident.offered.set(digest, { runbook, seq: entry.seq, difference: entry.texts.difference });
      break;
    }
    case 'runbook.declined': {
      const offered = incident.offered.get(entry.body.digest);
      if (offered !== undefined) offered.declined = { by: entry.actor, at: entry.at };
      break;
    }
  }
}

/** A step as it goes on in the new text. What a step of that name has of its own already is left alone. */
function carry(incident: Incident, { step, as = step, ticked, met, option }: Carried): void {
  const known = incident.steps.get(step);
  if (known !== undefined && (as === step || !incident.steps.has(as)))
    incident.steps.set(as, { ...known, ticked: new Set(ticked), met: new Set(met) });
  for (const decision of incident.decisions.filter((taken) => taken.step === step)) {
    decision.step = as;
    if (option !== undefined && option >= 0) decision.option = option;
    if (option === -1) delete decision.option;
  }
  for (const [key, row] of as === step ? [] : [...incident.rows])
    if (row.step === step) incident.rows.set(`${as}${key.slice(step.length)}`, { ...row, step: as });
}
