import { startsWithVerb } from './verbs.ts';

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
  preparación preparacion detección deteccion identificación análisis analisis contención contencion erradicación erradicacion recuperación recuperacion
  comunicación notificación lecciones aprendidas investigación mitigación respuesta post-incidente
  préparation détection identification confinement endiguement éradication remédiation rétablissement récupération leçons apprises retour communication
  vorbereitung erkennung identifizierung analyse eindämmung beseitigung bereinigung wiederherstellung nachbereitung kommunikation meldung
  preparação detecção identificação contenção erradicação recuperação comunicação lições aprendidas
  diagnosis diagnose diagnostic diagnostics diagnosing troubleshoot troubleshooting
  prevention preventive prevent hardening rollback resolution resolve escalation escalate eradication`);

/** A word that makes a heading a phase only where no clearer phase is about. */
const WEAK = words(
  'response respond responding reaction monitor monitoring verification verify cleanup hardening debrief debug debugging fix fixes workaround workarounds procedure procedures actions checklist steps instructions',
);

/** Words that may stand beside a phase word without changing what it is. */
const BESIDE = words(`
  and or the of a an to for y e et und de la los las del des du le les der die das inicial inmediata fase from with in on & / + - – — , phase phases stage stages step steps action actions activity activities
  procedure procedures process processes checklist checklists plan plans strategy strategies strategic measures measure guideline guidelines
  tasks task initial immediate immediately first short long term short-term long-term technical incident incidents event events
  security cyber data evidence final full further additional general system systems service services internal external stakeholder stakeholders
  review reviews reviewing activity improvement improvements opportunities opportunity report reporting reports documentation 
  root cause alert workflow guidance recommendations recommendation recommended considerations playbook runbook questions key early post attack breach response threat intelligence collection`);

const CORE =
  words(`prepare preparation detect detection identify identification analyse analyze analysis triage investigate investigation
  contain containment eradicate eradication remediate remediation mitigate mitigation recover recovery communicate communication notify notification`);

/** Sections that guide nobody by themselves, by what their title opens with, ends with, or is. */
const REFERENCE = [
  /^(executive |incident |playbook |document |short )?(overview|introduction|intro|background|summary|abstract|purpose|objectives?|goals?|aims?)\b/,
  /^((out of |in )?scope|audience|target audience|motivation|rationale|about|context|when to use.*|applicab\w+.*|how to use.*|using this .*|trigger(s|ing)?( conditions?| events?)?|entry criteria)$/,
  /^(resources?|references?|reference links?|useful links?|links?|further reading|see also|related|additional (information|resources|reading|references|links)|external (links|resources)|more information|sources?|bibliography|credits?|acknowledge?ments?|authors?|contributors?|contributing|licen[sc]e|copyright|disclaimer|legal notice)\b/,
  /^(reference|resource|appendix|appendices|annex|example|examples|sample|template|note|notes|faq|q&a|tip|tips)\s*[:–—-]/,
  /^(appendix|appendices|annex|glossary|definitions?|terminology|terms|acronyms?|abbreviations?|faq|frequently asked questions|examples?|samples?)\b/,
  /^automation (hooks?|opportunit(y|ies)|ideas)$/,
  /^(revision|version|change|document) (history|log|control|properties|information|objectives|details)\b|^changelog\b|^history\b|^document$/,
  /^((incident )?(response )?)?(phases|stages|life ?cycle|framework|model)$/,
  /^(table of )?contents?$|^toc$|^index$|^navigation$|^quick links$/,
  /^(meaning|impact|severity|default severity.*|symptoms?|description|alert (description|details)|metadata|tags?|category|status|labels?|classification|playbook id|id)$/,
  /^(types?|kinds|categories|levels|classification|definitions?|examples?) of\b|^what (is|are|constitutes|counts)\b/,
  /^(severity|priority|incident|breach|vulnerability|risk|threat|data|event|attack) ((and|&) \w+ )?(levels?|classifications?|categor(y|ies)|matrix|ratings?|definitions?|criteria|types?|scenarios?|details|information|metadata|classification.*)$/,
  /^(roles?( (and|&) responsibilit(y|ies))?|responsibilit(y|ies)|raci( matrix)?|stakeholders?|(points? of )?contacts?|(emergency |key )?contact (information|list|details)|(emergency|key) contacts|(incident )?(response )?team( members| structure| roles)?|key (personnel|terms|metrics)|who|ownership|owners?|slas?|metrics|kpis?|(success|performance) (metrics|criteria|indicators))$/,
  /^(attack|infection) vectors?$|^(threat actors?|use cases?|assumptions?|limitations?|conclusions?|known issues|detection sources?|log sources?|data sources?|regulatory .*|compliance (considerations|requirements|framework).*|legal considerations)\b/,
  /^(workflow|flow ?chart|diagram|architecture|process flow|decision (tree|flow)|visual|image|screenshots?|figure|.*\b(lifecycle|life cycle|diagram|flow ?chart))( (image|diagram|chart))?$/,
  /^(tools?|tooling|useful (tools|commands|queries|resources)|queries|dashboards?|training resources|version|next review|review cycle|review schedule|approvals?|playbook (details|information|metadata|overview)|inputs?|outputs?|rubric|tools? (used|required|and .*))$/,
  /^(información|resumen|objetivo|alcance|introducción|referencias|recursos|roles|glosario|anexo|objectif|périmètre|références|ressources|überblick|zweck|geltungsbereich|referenzen|quellen|objetivos|escopo|referências)\b/,
];

/** References too, unless the title tells somebody to do something ("Sweep for IOCs") or work stands under it. */
const SIGNS = [
  /^escalation (chain|path|paths|matrix|contacts?|criteria|levels?|tree|policy)$/,
  /\bindicators$|^(detection|alert|alerting) (cues|triggers|signals|signs|rules|queries|patterns)$|^red flags|\bred flags$/,
  /\b(mitre|att&ck|tactics?,? techniques?|ttps?|kill chain|nist framework|cyber kill|diamond model)\b/,
  /\bindicators? of (compromise|attack)\b|\biocs?$|^(common|possible|potential|typical|known) (\w+ )?(indicators|attack|signs|causes|scenarios|types|root causes|symptoms|issues|pitfalls|mistakes|.*findings)\b|\bfinding types?$/,
];

export type Strength = 'strong' | 'weak' | 'none';

/** How clearly a cleaned title names a phase. */
export function phaseStrength(title: string): Strength {
  const plainly = strengthOf(title);
  // A heading in another script often carries the English name in brackets.
  const aside = /[a-z]/i.test(withoutAside(title)) ? undefined : /[([]([^()[\]]*)[)\]]/.exec(title)?.[1];
  return plainly === 'none' && aside !== undefined ? strengthOf(aside) : plainly;
}

function strengthOf(title: string): Strength {
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
  const name = withoutAside(title).toLowerCase();
  return REFERENCE.some((form) => form.test(name)) || /\btemplates?\)?$/i.test(title);
}

/** Names that refer only where nothing under them is numbered, boxed or run. */
export function isSignName(title: string): boolean {
  const name = withoutAside(title).toLowerCase();
  return !startsWithVerb(name) && SIGNS.some((form) => form.test(name));
}

function tokensOf(title: string): string[] {
  return withoutAside(title)
    .toLowerCase()
    .replace(/[()[\]"“”'’:.!?*_|]/g, ' ')
    .replace(/[&/+,→]|\s[-–—]\s/g, ' ')
    .split(/\s+/)
    .filter((token) => token !== '' && !/^\d+$/.test(token));
}

/** "Triage (first 30 minutes)" is named by what stands before the brackets. */
function withoutAside(title: string): string {
  const rest = title.replace(/\s*[([][^()[\]]*[)\]]\s*/g, ' ').trim();
  return rest === '' ? title : rest;
}

function words(list: string): Set<string> {
  return new Set(list.split(/\s+/).filter((word) => word !== ''));
}
