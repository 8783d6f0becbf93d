import type { Kind } from './draft.ts';

/** A part a notice of a kind must have, recognised by its words. */
export type Part = { name: string; pattern: RegExp };

/** Length in words, reading grade (Flesch-Kincaid), whether a next update must be named, and the parts, per kind. Figures: notice practice, see runbooks/notices. */
export type KindRule = { words: readonly [number, number]; grade: number; next: boolean; asOf: boolean; parts: readonly Part[] };

const part = (name: string, pattern: RegExp): Part => ({ name, pattern });
const contact = part('contact', /\b(?:contact|call|phone|reach|write to|reply|e-?mail|tel|hotline)\b/i);
const action = part(
  'what we did',
  /\b(?:switched|shut|disconnected|blocked|isolated|disabled|revoked|turned|stopped|paused|removed|took|we have|we are|rotated|patched)\b/i,
);
const ask = part('what to do', /\b(?:please|do not|don't|leave|keep|must|need to|should|call us|nothing you need)\b/i);
const unknown = part(
  'what is not known',
  /\b(?:do not (?:yet )?know|not (?:yet )?known|unknown|unclear|not yet|still checking|cannot (?:yet )?say|no logs|limits?)\b/i,
);
const basis = part(
  'basis',
  /\b(?:not installed|not present|does not (?:use|run|have)|no install|version|outside the window|checked|inventory)\b/i,
);
const measures = part(
  'measures',
  /\b(?:measures|switched|shut|disconnected|blocked|isolated|revoked|rotated|restored|patched|reset|removed|disabled|we (?:have|are))\b/i,
);
const nature = part('nature', /\b(?:incident|encrypt|access|compromis|ransomware|malicious|unauthori[sz]ed|outage|nature)/i);

const rule = (words: readonly [number, number], grade: number, next: boolean, parts: readonly Part[], asOf = true): KindRule => ({
  words,
  grade,
  next,
  asOf,
  parts,
});

export const KIND_RULES: Record<Kind, KindRule> = {
  holding: rule([40, 150], 8, true, [action, ask]),
  per_client_status: rule([20, 350], 9, true, []),
  affected_client: rule([80, 900], 10, true, [nature, measures, contact]),
  not_affected: rule([20, 140], 9, false, [basis]),
  correction: rule([20, 300], 9, false, [
    part('what was said before', /\b(?:said|told|wrote|stated|earlier|previous|our (?:notice|message|letter))\b/i),
  ]),
  individual_letter: rule(
    [150, 900],
    8,
    false,
    [
      part('title "Notice of Data Breach"', /notice of data breach/i),
      part('What Happened', /what happened/i),
      part('What Information Was Involved', /what information was involved/i),
      part('What We Are Doing', /what we are doing/i),
      part('What You Can Do', /what you can do/i),
      part('For More Information', /for more information/i),
    ],
    false,
  ),
  regulator_initial: rule([60, 1200], 12, false, [nature, measures, contact]),
  regulator_interim: rule([40, 1200], 12, false, []),
  regulator_final: rule([60, 2000], 12, false, [measures]),
  insurer_first_notice: rule([40, 600], 11, false, [part('policy', /\bpolicy\b/i), contact]),
  notice_of_circumstances: rule([40, 600], 11, false, [part('policy', /\bpolicy\b/i)]),
  vendor_preservation: rule([60, 900], 12, false, [
    part('what to preserve', /\b(?:preserve|keep|retain|hold)\b/i),
    part('rights reserved', /\breserv/i),
  ]),
  law_enforcement: rule([40, 900], 11, false, [contact]),
  board_brief: rule([20, 250], 11, false, []),
  staff: rule([20, 140], 8, false, [part('who speaks', /\b(?:only|speak|questions? (?:go|to)|refer|forward|route)\b/i)]),
  status_page: rule([8, 80], 9, true, []),
  press_line: rule([8, 80], 10, false, [], false),
  scam_warning: rule(
    [20, 120],
    8,
    false,
    [part('what we never ask', /\bnever (?:ask|call|request|send)|will not ask|do not ask\b/i)],
    false,
  ),
  facts_pack: rule([40, 2000], 11, false, []),
  closing: rule([40, 900], 10, false, [unknown, contact]),
};
