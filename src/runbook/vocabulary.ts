/**
 * The names that headings carry, found by counting headings of 1,892 public runbooks: names decide what a section is,
 * levels do not. Words are compared in lower case.
 */

/** A word that names a phase of incident response by itself. */
const PHASE = words(`
  prepare preparation preparations preparedness readiness preparing
  detect detection detecting identify identification identifying recognise recognize discovery
  analyse analyze analysis analyzing triage triaging assess assessment validation
  investigate investigation investigating investigations scoping
  contain containment containing isolate isolation
  eradicate eradication eradicating remediate remediation remediating remediations mitigate mitigation mitigating mitigations
  recover recovery recovering restore restoration
  communicate communication communications notify notification notifications
  lessons learned learnt lesson aftermath postmortem post-mortem
  post-incident postincident post-event post-attack post-breach follow-up followup closure closeout
  diagnosis diagnose diagnostic diagnostics diagnosing troubleshoot troubleshooting
  resolution resolve escalation escalate eradication`);

/** A word that makes a heading a phase only where no clearer phase is about. */
const WEAK = words(
  'response respond responding reaction monitor monitoring verification verify cleanup hardening debrief debug debugging fix fixes workaround workarounds procedure procedures actions checklist steps instructions',
);

/** Words that may stand beside a phase word without changing what it is. */
const BESIDE = words(`
  and or the of a an to for from with in on & / + - – — , phase phases stage stages step steps action actions activity activities
  procedure procedures process processes checklist checklists plan plans strategy strategies strategic measures measure guideline guidelines
  tasks task initial immediate immediately first short long term short-term long-term technical incident incidents event events
  security cyber data evidence final full further additional general system systems service services internal external stakeholder stakeholders
  review reviews reviewing activity improvement improvements opportunities opportunity report reporting reports documentation phase:
  root cause alert workflow playbook runbook questions key early post attack breach response threat intelligence collection`);

const CORE =
  words(`prepare preparation detect detection identify identification analyse analyze analysis triage investigate investigation
  contain containment eradicate eradication remediate remediation mitigate mitigation recover recovery communicate communication notify notification`);

/** Sections that guide nobody by themselves. */
const REFERENCE = [
  /^(overview|introduction|intro|background|summary|abstract|purpose|scope|out of scope|in scope|objectives?|goals?|aims?|audience|motivation|rationale|about)\b/,
  /^(resources?|references?|reference links?|useful links?|links?|further reading|see also|related|additional (information|resources|reading|references|links)|external (links|resources)|more information|sources?|bibliography|credits?|acknowledge?ments?|authors?|contributors?|contributing|license|copyright|disclaimer|legal notice)\b/,
  /^(reference|resource|appendix|appendices|annex|example|examples|sample|template|note|notes|faq|q&a|tip|tips)\s*[:–—-]/,
  /^(appendix|appendices|annex|glossary|definitions?|terminology|terms|acronyms?|abbreviations?|faq|frequently asked questions)\b/,
  /^(revision|version|change|document) (history|log|control|properties|information|objectives)\b|^changelog\b|^history\b|^document\b/,
  /^(table of )?contents?$|^toc$|^index$|^navigation$|^quick links$/,
  /\b(mitre|att&ck|tactics?,? techniques?|ttps?|kill chain|nist framework|cyber kill|diamond model)\b/,
  /^(meaning|impact|severity|symptoms?|description|alert (description|details)|metadata|tags?|category|status|labels?|classification|prerequisites? knowledge)$/,
  /^(severity|priority|incident|risk) (levels?|classification|categor(y|ies)|matrix|rating|definitions?|criteria|types?)\b/,
  /^(roles?( (and|&) responsibilit(y|ies))?|responsibilit(y|ies)|raci( matrix)?|stakeholders?|contacts?|contact (information|list|details)|team( members)?|key (contacts|personnel|terms)|who|ownership|owners?|slas?|metrics|kpis?|success (metrics|criteria))$/,
  /^(indicators? of compromise|iocs?|common (indicators|attack|signs|causes|scenarios|types)|possible causes|known issues|attack vectors?|threat actors?|use cases?|assumptions?|limitations?|considerations? and|conclusions?|applicab\w+.*|finding types?|detection sources?|log sources?|data sources?)\b/,
  /^(workflow|flow ?chart|diagram|architecture|process flow|decision tree|visual|image|screenshots?|figure)( (image|diagram|chart))?$/,
  /^(tools?|tooling|useful (tools|commands|queries|resources)|queries|dashboards?|training|version|next review|review cycle|approvals?|playbook (details|information|metadata|overview))\b/,
];

export type Strength = 'strong' | 'weak' | 'none';

/** How clearly a cleaned title names a phase. */
export function phaseStrength(title: string): Strength {
  const tokens = tokensOf(title);
  if (tokens.length === 0 || tokens.length > 8) return 'none';
  const strong = tokens.filter((token) => PHASE.has(token)).length;
  const allKnown = tokens.every((token) => PHASE.has(token) || BESIDE.has(token) || WEAK.has(token));
  if (allKnown && strong > 0) return 'strong';
  if (allKnown && tokens.some((token) => WEAK.has(token))) return 'weak';
  return /\b(actions|steps|procedures?|checklist|instructions)$/i.test(title) && tokens.length <= 6 ? 'weak' : 'none';
}

/** A single word such as `Contain`: inside another phase it is a phase below it. */
export function isCorePhase(title: string): boolean {
  const tokens = tokensOf(title);
  return tokens.length === 1 && CORE.has(tokens[0] ?? '');
}

export function isReference(title: string): boolean {
  const name = title.toLowerCase().trim();
  return REFERENCE.some((form) => form.test(name));
}

function tokensOf(title: string): string[] {
  return title
    .toLowerCase()
    .replace(/[()[\]"“”'’:.!?*_|]/g, ' ')
    .replace(/[&/+,→]|\s[-–—]\s/g, ' ')
    .split(/\s+/)
    .filter((token) => token !== '' && !/^\d+$/.test(token));
}

function words(list: string): Set<string> {
  return new Set(list.split(/\s+/).filter((word) => word !== ''));
}
