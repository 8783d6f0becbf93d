import type { Block, Item } from './items.ts';
import { isLinkOnly } from './items.ts';
import type { Section } from './outline.ts';
import type { Source } from './runbook.ts';
import { isAction } from './verbs.ts';
import { isCorePhase, isReference, phaseStrength } from './vocabulary.ts';

/** What will become a step: a section, a list item, or a phase that has nothing but prose. */
export type StepDraft =
  | { from: 'section'; section: Section; blocks: Block[]; group?: string }
  | { from: 'item'; item: Item; extra: Block[]; group?: string }
  | { from: 'prose'; section: Section; blocks: Block[] };

export type PhaseDraft = { title: string; section: Section; intro: Block[]; steps: StepDraft[] };
export type ContextDraft = { title: string; section: Section; blocks: Block[]; whole: boolean };
export type Plan = { phases: PhaseDraft[]; context: ContextDraft[]; tagged: boolean };

/** Sorts the outline into phases with their steps, and the context that guides nobody by itself. */
export function planOf(root: Section, titleSection: Section | undefined): Plan {
  const plan: Plan = { phases: [], context: [], tagged: false };
  const top = topLevel(root, titleSection);
  if (root.blocks.length > 0) plan.context.push({ title: '', section: root, blocks: root.blocks, whole: false });
  const named = top.some((section) => hasPhase(section, 'strong'))
    ? 'strong'
    : top.some((section) => hasPhase(section, 'weak'))
      ? 'weak'
      : 'none';
  if (titleSection !== undefined) introduce(plan, titleSection);
  if (named === 'none') unnamed(plan, top, titleSection ?? root);
  else for (const section of top) place(plan, section, named);
  return plan;
}

type Named = 'strong' | 'weak' | 'none';

/** The title wraps what follows it, whether its level says so or not. */
function topLevel(root: Section, title: Section | undefined): Section[] {
  return root.sections.flatMap((section) => (section === title ? section.sections : [section]));
}

function isPhase(section: Section, named: Named): boolean {
  const strength = phaseStrength(section.heading.title);
  return strength === 'strong' || (named === 'weak' && strength === 'weak');
}

function hasPhase(section: Section, named: Named): boolean {
  return (
    (isPhase(section, named) && !isReference(section.heading.title)) || section.sections.some((child) => hasPhase(child, named))
  );
}

function introduce(plan: Plan, title: Section): void {
  if (title.blocks.length === 0) return;
  plan.context.push({ title: title.heading.title, section: title, blocks: title.blocks, whole: false });
}

function place(plan: Plan, section: Section, named: Named): void {
  if (isReference(section.heading.title))
    plan.context.push({ title: section.heading.title, section, blocks: section.blocks, whole: true });
  else if (isPhase(section, named)) phase(plan, section);
  else if (section.sections.some((child) => hasPhase(child, named))) {
    if (section.blocks.length > 0) container(plan, section);
    for (const child of section.sections) place(plan, child, named);
  } else if (isActionable(section)) phase(plan, section);
  else plan.context.push({ title: section.heading.title, section, blocks: section.blocks, whole: true });
}

/** A section that holds phases: its own list is worked through first, its prose is context. */
function container(plan: Plan, section: Section): void {
  if (listBlocks(section.blocks).some((block) => isActionList(block.items, block.ordered)))
    phase(plan, { ...section, sections: [] });
  else plan.context.push({ title: section.heading.title, section, blocks: section.blocks, whole: false });
}

function phase(plan: Plan, section: Section): void {
  const below = section.sections.filter((child) => isCorePhase(child.heading.title));
  const own = section.sections.filter((child) => !below.includes(child) && !isReference(child.heading.title));
  const made: PhaseDraft = { title: section.heading.title, section, intro: [], steps: [] };
  if (own.length > 0) {
    direct(made, section.blocks);
    for (const child of own) stepsOfSection(made, child);
  } else items(made, section, below.length > 0);
  if (made.steps.length > 0 || made.intro.length > 0 || below.length === 0) plan.phases.push(made);
  for (const child of below) phase(plan, child);
  for (const child of section.sections) {
    if (isReference(child.heading.title))
      plan.context.push({ title: child.heading.title, section: child, blocks: child.blocks, whole: true });
  }
}

/** What stands in a phase before its first sub-heading: a list of actions is steps, the rest introduces. */
function direct(made: PhaseDraft, blocks: Block[]): void {
  for (const block of blocks) {
    if (block.kind === 'items' && isActionList(block.items, block.ordered)) addItems(made, block.items);
    else made.intro.push(block);
  }
}

/** A phase without sub-headings: its top-level list items are its steps; without a list it is one step. */
function items(made: PhaseDraft, section: Section, hasBelow: boolean): void {
  const lists = listBlocks(section.blocks);
  if (lists.length === 0) {
    if (hasBelow) made.intro.push(...section.blocks);
    else made.steps.push({ from: 'prose', section, blocks: section.blocks });
    return;
  }
  for (const block of section.blocks) {
    const last = made.steps.at(-1);
    if (block.kind === 'items') addItems(made, block.items);
    else if (last?.from === 'item' && ['code', 'table', 'blockquote'].includes(block.node.type)) last.extra.push(block);
    else made.intro.push(block);
  }
}

function addItems(made: PhaseDraft, list: Item[]): void {
  for (const item of list) {
    if (isGroup(item))
      for (const child of item.items) made.steps.push({ from: 'item', item: child, extra: [], group: item.text.replace(/:$/, '') });
    else if (item.text !== '' || item.rest.length > 0) made.steps.push({ from: 'item', item, extra: [] });
  }
}

/** `**Short-term:**` with a list under it names a group; "Determine the scope:" is a step of its own. */
export function isGroup(item: Item): boolean {
  const label = item.lead !== undefined && item.text.replace(/:$/, '') === item.lead.replace(/:$/, '');
  return item.items.length > 0 && item.rest.length === 0 && label && /:$/.test(item.text) && !isAction(item.text);
}

/** A sub-heading is a step; numbered steps inside it, or deeper headings, are steps in its place. */
function stepsOfSection(made: PhaseDraft, section: Section, group?: string): void {
  const children = section.sections.filter((child) => !isReference(child.heading.title));
  const named = { ...(group === undefined ? {} : { group }) };
  if (children.length === 0) {
    made.steps.push({ from: 'section', section, blocks: section.blocks, ...named });
    return;
  }
  if (section.blocks.length > 0) made.steps.push({ from: 'section', section, blocks: section.blocks, ...named });
  for (const child of children) stepsOfSection(made, child, section.heading.title);
}

/** No phase is named anywhere: the headings below the title are steps of one phase. */
function unnamed(plan: Plan, top: Section[], parent: Section): void {
  const made: PhaseDraft = { title: 'Response', section: parent, intro: [], steps: [] };
  for (const section of top) {
    if (isReference(section.heading.title))
      plan.context.push({ title: section.heading.title, section, blocks: section.blocks, whole: true });
    else stepsOfSection(made, section);
  }
  if (made.steps.length === 0) {
    plan.context = plan.context.filter((part) => part.section !== parent);
    items(made, parent, false);
  }
  if (made.steps.length > 0) plan.phases.push(made);
}

export function listBlocks(blocks: Block[]): (Block & { kind: 'items' })[] {
  return blocks.filter((block) => block.kind === 'items');
}

/** Whether a list is there to be worked through: boxes, numbers, or mostly imperatives. */
export function isActionList(list: Item[], ordered: boolean): boolean {
  const asking = list.filter((item) => !isLinkOnly(item));
  if (asking.length * 2 < list.length || asking.length === 0) return false;
  if (ordered || asking.some((item) => item.checked !== null)) return true;
  return asking.filter((item) => isAction(item.text)).length * 2 >= asking.length;
}

function isActionable(section: Section): boolean {
  return (
    listBlocks(section.blocks).some((block) => isActionList(block.items, block.ordered)) || section.sections.some(isActionable)
  );
}

export function draftSource(draft: StepDraft): Source {
  return draft.from === 'item' ? draft.item.source : draft.section.source;
}
