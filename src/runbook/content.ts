import type { Paragraph, RootContent } from 'mdast';
import { readHeading } from './heading.ts';
import { type Block, type Item, isLinkOnly } from './items.ts';
import { plain } from './markdown.ts';
import type { Section } from './outline.ts';
import { tickRows } from './table.ts';
import { asks, isAction, isActionish, MODAL } from './verbs.ts';
import { phaseStrength } from './vocabulary.ts';

/** Words before a list that only lists: examples, sources, causes, what a thing covers. */
const LISTING =
  /\b(includ(es?|ing)|such as|for example|for instance|e\.g\.?|i\.e\.?|examples?|one of the following|types? of|common .*(causes|indicators|signs|symptoms|reasons|types|sources|vectors|issues)|indicators|symptoms|signs|as follows|may be|might be|can be seen|following (stages|phases|sources|types|references|documents)|consists? of|defined as|covers?|sources (for|of|are)|known as)\b[^.!?]*[:,]?$/i;
/** A heading that says its list is work, whatever the words of the list are. */
const WORK =
  /\b(contain|eradicat|recover|restor|remed|mitigat|respon|action|steps?\b|checklist|procedure|tasks?\b|activit|measure|review|validat|verif|collect|to (do|collect|check|capture|preserve|gather|take|verify)|evidence|hardening|cleanup|follow-?up)/i;
/** Headings over a numbered list of kinds, levels or people. */
const KINDS = /\b(types?|kinds?|categor(y|ies)|levels?|classes|examples?|definitions?|chain|team|roles?|principles)\b/i;
const DETECTION = /\b(detect|identif|recogni|indicator|symptom|sign)/i;

/** Whether a list is there to be worked through: boxes, numbers, or mostly demands. */
export function isActionList(list: Item[], ordered: boolean): boolean {
  const asking = list.filter((item) => !isReferenceItem(item));
  if (asking.length * 2 < list.length || asking.length === 0 || isNamesOnly(list)) return false;
  if (asking.some((item) => item.checked !== null || item.foreign === true)) return true;
  if (ordered) return !isDefinitions(list);
  return asking.filter((item) => isAction(item.text) || MODAL.test(item.text)).length * 2 >= asking.length;
}

/** Whether a list only tells: links, names of phases, examples, or bare nouns where nothing asks for them. */
export function isInformational(list: Item[], ordered: boolean, intro: string, title: string): boolean {
  if (list.every(isReferenceItem) || isNamesOnly(list)) return true;
  if (list[0]?.foreign === true) return false;
  if (ordered) return KINDS.test(title) && isDefinitions(list);
  if (list.some((item) => item.checked !== null || item.form !== 'list')) return false;
  if (isListing(list, intro) || (!isAction(title) && !WORK.test(title) && isDefinitions(list))) return true;
  const demands = list.filter((item) => isActionish(item.text) || item.items.some((child) => isAction(child.text))).length;
  return demands === 0 && list.length > 1 && !isAction(title) && !WORK.test(title) && !asks(intro);
}

/** `**Logs:** everything goes to ...`: a name and what it is, line by line. */
function isDefinitions(list: Item[]): boolean {
  const defined = list.filter(({ lead, text }) => {
    if (lead === undefined || !text.startsWith(lead) || isAction(lead)) return false;
    const rest = text.slice(lead.length);
    return (/:$/.test(lead) || /^\s*[:–—-]/u.test(rest)) && !isAction(rest.replace(/^[\s:–—-]+/u, ''));
  });
  return list.length > 1 && defined.length * 10 >= list.length * 7;
}

/** Whether the words before a list say that it only lists, and the list does not contradict them. */
function isListing(list: Item[], intro: string): boolean {
  const sentence = lastSentence(intro);
  const demands = list.filter((item) => isAction(item.text) || item.items.some((child) => isAction(child.text))).length;
  return LISTING.test(sentence) && !isAction(sentence) && demands * 2 < list.length;
}

/** Examples, and bare nouns under "Detection", are signs to know and not lines to tick. */
export function isSignList(list: Item[], ordered: boolean, intro: string, title: string): boolean {
  if (ordered || list.some((item) => item.checked !== null || item.form !== 'list')) return false;
  if (list[0]?.foreign === true) return false;
  if (isListing(list, intro)) return true;
  if (!DETECTION.test(title)) return false;
  return list.length > 1 && list.every((item) => !isActionish(item.text) && item.items.every((child) => !isAction(child.text)));
}

/** A link alone, or a link with a gloss behind it. An anchor in the same file is a step to go to, not a reference. */
export function isReferenceItem(item: Item): boolean {
  if (/^\s*\[[^\]]*\]\(#/.test(item.markdown)) return false;
  if (isLinkOnly(item)) return true;
  const gloss = /^(?:\*\*)?(?:<a [^>]*>\s*<\/a>)?\[([^\]]*)\]\([^)]*\)(?:\*\*)?\s*(?:[-–—:(,]|$)/.exec(item.markdown);
  return gloss !== null && !isAction(item.text);
}

function isNamesOnly(list: Item[]): boolean {
  const names = list.filter(
    (item) => item.items.length === 0 && item.rest.length === 0 && phaseStrength(readHeading(item.text).title) === 'strong',
  );
  return names.length >= 3 && names.length * 3 >= list.length * 2;
}

function lastSentence(text: string): string {
  return (
    text
      .trim()
      .split(/(?<=[.!?])\s+/)
      .at(-1) ?? ''
  );
}

/** "Collect other facts such as:" lists what to collect; "Exploits include:" only lists. */
const GATHERING =
  /^(?:collect|gather|capture|document|record|preserve|obtain|save|take|track|report|provide|notify|contact|inform|communicate|store|keep|send)\b/i;

const DOING = /^(?!phishing\b)\p{L}{3,}ing\s/iu;

/** Splits the lines under a line into those to tick and those that only explain. */
export function sortChildren(parent: Item): { ticks: Item[]; notes: Item[] } {
  const sentence = lastSentence(parent.text);
  const orders = parent.items.filter((child) => isAction(child.text) || DOING.test(child.text)).length;
  const listing = LISTING.test(sentence) && !GATHERING.test(sentence) && orders * 2 < parent.items.length;
  const isNote = (child: Item) => {
    if (child.checked !== null || child.form === 'lettered' || child.form === 'glyph') return false;
    if (isReferenceItem(child) || isRemark(child)) return true;
    if (child.ordered) return false;
    if (parent.checked !== null) return !isAction(child.text) && !child.items.some((below) => below.checked !== null);
    return listing && !isAction(child.text) && !child.items.some(holdsOrder);
  };
  return { ticks: parent.items.filter((child) => !isNote(child)), notes: parent.items.filter(isNote) };
}

/** Whether a line, or one below it, is an order, or doing said as a noun ("Checking the logs"). */
function holdsOrder(item: Item): boolean {
  return isAction(item.text) || DOING.test(item.text) || item.items.some(holdsOrder);
}

const REMARKS = new Set(
  'objective objectives goal goals purpose aim description summary rationale why note notes nb example examples reference references mitre severity outcome output outputs input inputs'.split(
    ' ',
  ),
);

/** `**Objective:** ...` says why; nobody ticks it. */
export function isRemark(item: Item): boolean {
  const label = item.lead ?? item.text.slice(0, Math.max(0, item.text.slice(0, 24).indexOf(':')));
  const [first = '', second] = label.toLowerCase().replace(/:$/, '').split(' ');
  return REMARKS.has(first) && (second === undefined || first === 'mitre');
}

/** A section that refers: by its name, or by a name like "Indicators" with nothing under it to work through. */
export function refers(section: Section): boolean {
  return section.name === 'sign' ? !hasWork(section) : section.name === 'reference' && !hasBoxes(section);
}

function hasWork(section: Section): boolean {
  const works = section.blocks.some((block) =>
    block.kind === 'items' ? block.ordered && !isDefinitions(block.items) : isCommand(block.node),
  );
  return works || hasBoxes(section) || section.sections.some(hasWork);
}

/** Boxes say that a section is to be worked through, whatever it is called. */
function hasBoxes(section: Section): boolean {
  return section.blocks.some((block) =>
    block.kind === 'items' ? block.items.some((item) => item.checked !== null) : isTickTable(block.node),
  );
}

export function isCommand(node: RootContent): boolean {
  return (
    node.type === 'code' &&
    (node.lang == null || /^(bash|sh|shell|zsh|console|terminal|powershell|ps1?|cmd|bat|text)$/i.test(node.lang))
  );
}

/** Whether a section has anything for a responder to do: a list of actions, a command, a table to tick, or words that ask. */
export function guides(section: Section): boolean {
  if (refers(section)) return false;
  if (section.foreign === true) return section.blocks.some(isWords) || section.sections.some(guides);
  if (isAction(section.heading.title) || WORK.test(section.heading.title))
    return section.blocks.some(isWords) || section.sections.some(guides);
  let intro = '';
  for (const block of section.blocks) {
    if (block.kind === 'items') {
      if (!isInformational(block.items, block.ordered, intro, section.heading.title)) return true;
    } else if (asksSomething(block.node)) return true;
    else intro = block.node.type === 'paragraph' ? plain(block.node) : '';
  }
  return section.sections.some(guides);
}

/** Stricter: enough to be a phase of its own beside named phases. */
export function isActionable(section: Section): boolean {
  if (refers(section)) return false;
  const named = WORK.test(section.heading.title);
  const works = section.blocks.some((block) => {
    if (block.kind === 'items') return isActionList(block.items, block.ordered) || (named && !block.items.every(isReferenceItem));
    return isTickTable(block.node) || (isCommand(block.node) && block.node.type === 'code' && block.node.lang != null);
  });
  return works || section.sections.some(isActionable);
}

export function isTickTable(node: RootContent): boolean {
  return node.type === 'table' && tickRows(node) !== undefined;
}

/** Anything a reader would read: rules and bare HTML tags are not. */
export function isWords(block: Block): boolean {
  if (block.kind === 'items') return true;
  return block.node.type === 'html'
    ? /\p{L}/u.test(block.node.value.replace(/<summary[\s\S]*?<\/summary>|<[^>]*>|<!--[\s\S]*?-->/gi, ''))
    : block.node.type !== 'thematicBreak';
}

/** Nothing but a link to another runbook. */
function isHandover(node: Paragraph): boolean {
  const [only] = node.children;
  return node.children.length === 1 && only?.type === 'link' && /^(?![a-z]+:)[^#]+\.(md|markdown)(#.*)?$/i.test(only.url);
}

function asksSomething(node: RootContent): boolean {
  if (node.type === 'code') return node.lang !== 'mermaid';
  if (node.type === 'table') return isTickTable(node);
  return node.type === 'paragraph' && (asks(plain(node)) || isHandover(node));
}
