/** Verbs that open the lines people tick off, counted in public playbooks. */
const VERBS = new Set(
  `accept access account acknowledge acquire act activate adapt add address adjust advise aggregate agree alert align allocate allow analyse
  analyze announce answer appoint apply approve archive arrange ask assemble assess assign assist assume attach attempt attend audit authenticate authorize
  automate avoid back backup balance ban base be begin block brief bring browse build bypass calculate call cancel capture carry categorise categorize change
  characterise characterize check choose clarify classify clean clear click clone close collaborate collect come communicate compare compile complete compute
  conduct configure confirm connect consider consolidate construct consult contact contain continue contract control convene convert cooperate coordinate copy correct
  correlate count create cross-check cross-reference cut deactivate debrief decide declare decode decommission decrypt define delay delegate delete deliver demand deny
  deploy describe design destroy detach detail detect determine develop devise diagnose diff differentiate direct disable disallow disassemble disclose disconnect
  discover discuss dispatch display dispose disseminate distribute do document double-check download draft drain draw drop dump educate eject elevate eliminate email
  embargo employ empower enable encourage encrypt end enforce engage enhance enrich enroll ensure enter enumerate eradicate escalate establish estimate evaluate
  examine exclude execute exercise expand expel expire explain explore export extend extract facilitate factor familiarise familiarize fill filter finalise finalize find
  fix flag flush focus follow force format forward freeze gather generate get give go grant group guide halt handle harden help hold hunt identify ignore image
  implement import improve include incorporate increase inform initialize initiate inject inspect install instruct integrate interview invalidate inventory investigate
  invite invoke involve isolate issue iterate join judge keep kill label launch lead learn leave leverage limit link list listen load locate lock log login look lower
  maintain make manage map mark match measure meet merge migrate minimise minimize mirror mitigate modify monitor mount move mute navigate note notify observe obtain
  offer onboard open operate order organise organize outline override page parse participate pass patch pause perform pick pin ping pinpoint place plan point populate post
  power prepare prescribe present preserve prevent print prioritise prioritize probe proceed process procure produce profile prohibit promote prompt protect prove provide provision
  publish pull purge pursue push put quantify quarantine query question raise ration reach react read realign reauthorize rebaseline reboot rebuild recall receive reclassify recommend
  reconcile reconfigure reconnect reconstruct record recover recreate redact redeploy redirect reduce re-enable reenable re-enroll reevaluate refer refine reflect reformat refrain refresh refuse
  regenerate register reimage re-image reinforce reinstall reinstate reissue reject relate release reload relocate rely remain remediate remember remind remove rename renew reopen repair repeat replace
  replay replicate report reproduce request require rerun rescan research reserve reset resize resolve respond restart restore restrict resume retain retire retrieve retry return
  reuse revalidate reverse reverse-engineer revert review revise revisit revoke rewrite roll rotate route run safeguard sanitise sanitize save scale scan schedule scope screen scrub seal search seclude secure see
  seek segment segregate seize select send separate sequester serve set setup sever share shift shut sign simulate sinkhole size skip snapshot solicit sort spin split stabilise stabilize stage stand
  standardise standardize start state stay stop store strengthen strip study submit subscribe substitute summarise summarize supply support suspend sweep switch sync synthesize tag tail
  take talk target tear tell terminate test throttle tighten track trace train transfer transition transmit translate treat triage trigger troubleshoot tune turn type unblock
  understand undertake undo uninstall unmount unplug update upgrade upload use utilise utilize vacate validate verify view visit vote wait walk warn watch wipe withdraw withhold work write zip`
    .split(/\s+/)
    .filter((verb) => verb !== ''),
);

const OPENER =
  /^(?:(?:first|second|third|secondly|optional|once|bonus)[,:]|please|then|next|also|finally|immediately|always|optionally|again|now|carefully|quickly|manually|continuously|regularly|periodically|and|or|where possible|if possible|if necessary|if needed|if applicable|as needed|when possible|at a minimum)[,:]?\s+/i;
const ORDER =
  /^(?:do not|don['’]t|never|make sure|be sure|if\b|when\b|unless\b|in case\b|in the event\b|should\b|you (?:should|must|need|can)|we (?:should|must|need)|no longer)/i;
const QUESTION = /\?["”')\]]*(\s*\([^)]*\))?\s*$/;

/** Whether a line asks somebody to do or to find out something: an imperative, a condition, or a question. */
export function isAction(line: string): boolean {
  const text = line.replace(/^[^\p{L}]+/u, '').replace(/^(?:_?optional_?|action|task|todo)\s*:\s*/i, '');
  if (QUESTION.test(text) || ORDER.test(text)) return true;
  let rest = text;
  while (OPENER.test(rest)) rest = rest.replace(OPENER, '');
  return startsWithVerb(rest);
}

/** Whether the first word is a verb of the list, as written or behind an adverb ("Securely wipe ..."). */
export function startsWithVerb(line: string): boolean {
  const [first = '', second = ''] = line
    .toLowerCase()
    .replace(/[^\p{L}\s'/-]/gu, ' ')
    .trim()
    .split(/\s+/);
  return first.split('/').some((word) => VERBS.has(word)) || (/ly$/.test(first) && VERBS.has(second));
}

export const MODAL = /\b(should|must|needs? to|has to|have to|ought to|ensures?|required?|can be|are to be|is to be|to be)\b/i;
const PREDICATE =
  /(?:^|\s)(?!needed\b|based\b|related\b|so-called\b)\p{L}{3,}ed(?:[\s.,;:)]|$)|\b(is|are|was|were|has been|have been|has|have)\b/u;

/** Looser than `isAction`: a demand, a state to confirm ("Accounts disabled"), or doing said as a noun ("Blocking of ..."). */
export function isActionish(line: string): boolean {
  return isAction(line) || MODAL.test(line) || PREDICATE.test(line) || /^(?!phishing\b)\p{L}{3,}ing\b/iu.test(line.trim());
}

/** Whether any sentence of a paragraph asks for something. */
export function asks(paragraph: string): boolean {
  return MODAL.test(paragraph) || paragraph.split(/(?<=[.!?:])\s+/).some(isAction);
}

const CONDITIONAL = /^(?:if|when|once|in case|in the event|should|for|after|before|unless|to)\b[^,]{3,120},\s*/i;
const DUTY =
  /^(?:(?:the )?(?:you|we|teams?|responders?|analysts?|it(?: is|['’]s) (?:important|recommended|best) to)\s*)(?:(?:should|must|need to|have to|may need to|will need to|are required to)\s+)?/i;

/** Strict, for prose: the sentence itself orders something, at once or under a condition. */
export function isImperative(sentence: string): boolean {
  let rest = sentence.replace(/^[^\p{L}]+/u, '').replace(CONDITIONAL, '');
  while (OPENER.test(rest)) rest = rest.replace(OPENER, '');
  if (/^(?:do not|don['’]t|never|make sure|be sure|ensure)\b/i.test(rest)) return true;
  const ordered =
    /^(?:you|we|teams?|responders?|analysts?)\s+(?:should|must|need to|have to|will need to)\b/i.test(rest) ||
    /^it(?: is|['’]s) (?:important|recommended|best) to\b/i.test(rest);
  return (
    startsWithVerb(ordered ? rest.replace(DUTY, '') : rest) && !/^\S+\s+(?:is|are|was|were|has|have|can|may|will)\b/i.test(rest)
  );
}
