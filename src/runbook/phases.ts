import type { RootContent } from 'mdast';
import { guides, isActionable, isActionList, isWords, refers } from './content.ts';
import { draftContainer, draftPhase, draftUnnamed, listBlocks, type PhaseDraft } from './drafts.ts';
import { readHeading } from './heading.ts';
import type { Block, Item } from './items.ts';
import type { Section } from './outline.ts';
import { isImperative } from './verbs.ts';
import { isCorePhase, phaseStrength } from './vocabulary.ts';

export type ContextDraft = { title: string; section: Section; blocks: Block[]; whole: boolean };
export type Plan = { phases: PhaseDraft[]; context: ContextDraft[] };

/** How phases are told: by clear names, by names like "L1 Actions", or not at all. */
type Naming = 'strong' | 'weak' | 'none';
type Place = 'reference' | 'phase' | 'container' | 'own' | 'context';

/** Sorts the outline into phases with their steps, and the context that guides nobody by itself. */
export function planOf(root: Section, title: Section | undefined): Plan {
  const plan: Plan = { phases: [], context: [] };
  const top = root.sections.flatMap((section) => (section === title ? section.sections : [section]));
  addContext(plan, root, '', root.blocks);
  const naming = namingOf(top);
  if (naming === 'none') unnamed(plan, top, title ?? root);
  else {
    if (title !== undefined) opening(plan, title);
    for (const section of top) place(plan, section, naming);
  }
  return plan;
}

/** Names count where they carry a fair part of the file; a stray "Internal communication" among ten other headings does not. */
function namingOf(top: Section[]): Naming {
  for (const naming of ['strong', 'weak'] as const) {
    const places = top.flatMap((section) => placesOf(section, naming));
    const phases = places.filter((found) => found === 'phase').length;
    const own = places.filter((found) => found === 'own').length;
    if (phases > 0 && phases * (naming === 'strong' ? 2 : 1) >= own) return naming;
  }
  return 'none';
}

function placesOf(section: Section, naming: Naming): Place[] {
  const found = placeOf(section, naming);
  return found === 'container' ? section.sections.flatMap((child) => placesOf(child, naming)) : [found];
}

function placeOf(section: Section, naming: Naming): Place {
  const { title } = section.heading;
  if (refers(section) && section.sections.filter((child) => placeOf(child, naming) === 'phase').length >= 2) return 'container';
  if (refers(section))
    return section.name === 'sign' && section.sections.some((child) => placeOf(child, naming) !== 'context' && !refers(child))
      ? 'container'
      : 'reference';
  if (section.name === 'sign' && section.sections.some((child) => hasPhase(child, naming) || isActionable(child)))
    return 'container';
  const { strength } = section;
  if (strength === 'strong') return section.blocks.length + section.sections.length === 0 ? 'context' : 'phase';
  if (section.sections.some((child) => hasPhase(child, naming))) return 'container';
  if (naming === 'weak' && strength === 'weak') return 'phase';
  if (isActionable(section)) return 'own';
  // Prose that orders something under a name that says so ("Response", "Close the ticket").
  return (strength === 'weak' || isImperative(title)) && guides(section) ? 'own' : 'context';
}

function hasPhase(section: Section, naming: Naming): boolean {
  const found = placeOf(section, naming);
  return found === 'phase' || found === 'container';
}

function place(plan: Plan, section: Section, naming: Naming): void {
  const found = placeOf(section, naming);
  if (found === 'reference' || found === 'context') addContext(plan, section, section.heading.title, section.blocks, true);
  else if (found === 'container') {
    const before = plan.phases.length;
    opening(plan, section);
    for (const child of section.sections) place(plan, child, naming);
    for (const made of plan.phases.slice(before))
      made.part = made.part === undefined ? section.raw : `${section.raw} › ${made.part}`;
    // A part in which nothing turned out to be work is still a part of the file.
    if (plan.phases.length === before) plan.context.push({ title: section.heading.title, section, blocks: [], whole: false });
  } else addPhase(plan, section);
}

/** A phase; single-word phases inside it (`Remediate` > `Contain`) follow it as phases of their own. */
function addPhase(plan: Plan, section: Section): void {
  const tagged = section.blocks.find((block) => block.kind === 'items' && isTagged(block.items));
  if (tagged?.kind === 'items') addTagged(plan, section, tagged.items);
  const below = section.sections.filter((child) => isCorePhase(child.heading.title) && placeOf(child, 'strong') === 'phase');
  const aside = section.sections.filter((child) => !below.includes(child) && !guides(child));
  const own = {
    ...section,
    blocks: section.blocks.filter((block) => block !== tagged),
    sections: section.sections.filter((child) => !below.includes(child) && !aside.includes(child)),
  };
  const draft = draftPhase(own, below.length > 0 || tagged !== undefined);
  if (draft.steps.length > 0 || draft.intro.some(isWords)) plan.phases.push(draft);
  else plan.context.push({ title: section.heading.title, section, blocks: draft.intro, whole: false });
  for (const child of below) addPhase(plan, child);
  for (const child of aside) addContext(plan, child, child.heading.title, child.blocks, true);
  plan.context.push(
    ...draft.aside.map((child) => ({ title: child.heading.title, section: child, blocks: child.blocks, whole: true })),
  );
}

/** What stands under the title or a container before its first phase: a list of actions is worked through, prose is context. */
function opening(plan: Plan, section: Section): void {
  const actions = listBlocks(section.blocks).some(
    (block) => isActionList(block.items, block.ordered) && (block.ordered || block.items.some((item) => item.checked !== null)),
  );
  const tagged = listBlocks(section.blocks).some((block) => isTagged(block.items));
  if (tagged) addPhase(plan, { ...section, sections: [] });
  else if (actions) plan.phases.push(draftContainer(section));
  else addContext(plan, section, section.heading.title, section.blocks);
}

const TAG = /^\[([^\]]{4,40})\]\s*[:–—-]?\s*(?=\S)/;

/** `[**CONTAINMENT**] Isolate ...`: four such items make the list the runbook, and the tag its phase. */
function isTagged(items: Item[]): boolean {
  return items.filter((item) => tagOf(item) !== undefined).length >= 4;
}

function tagOf(item: Item): string | undefined {
  const tag = TAG.exec(item.text)?.[1];
  return tag !== undefined && phaseStrength(readHeading(tag).title) === 'strong' ? tag : undefined;
}

function addTagged(plan: Plan, section: Section, items: Item[]): void {
  for (const item of items) {
    const title = tagOf(item);
    const last = plan.phases.at(-1);
    const name = title === undefined ? (last?.title ?? section.heading.title) : sentenceCase(title);
    const text = item.text.replace(TAG, '');
    const step = {
      from: 'item' as const,
      item: { ...item, text, markdown: item.markdown.replace(/^\[[^\]]*\]\s*/, ''), lead: '' },
      extra: [],
    };
    if (last?.title === name && last.section === section) last.steps.push(step);
    else plan.phases.push({ title: name, section, intro: [], steps: [step], aside: [] });
  }
}

function sentenceCase(tag: string): string {
  return tag === tag.toUpperCase() ? tag.toLowerCase().replace(/\b(?!and\b|or\b)\p{L}/gu, (letter) => letter.toUpperCase()) : tag;
}

/** No phase is named anywhere: the headings below the title are steps of one phase. */
function unnamed(plan: Plan, top: Section[], parent: Section): void {
  const guiding = top.filter(guides);
  const kept = guiding.length > 0 ? guiding : top.filter((section) => !refers(section));
  const draft = draftUnnamed(parent, kept);
  if (draft.steps.length > 0) plan.phases.push(draft);
  else addContext(plan, parent, parent.heading.title, parent.blocks);
  for (const section of top.filter((child) => !kept.includes(child)))
    addContext(plan, section, section.heading.title, section.blocks, true);
  plan.context.push(
    ...draft.aside.map((child) => ({ title: child.heading.title, section: child, blocks: child.blocks, whole: true })),
  );
}

function addContext(plan: Plan, section: Section, title: string, blocks: Block[], whole = false): void {
  const empty = (node: RootContent) => node.type === 'thematicBreak';
  if (whole || blocks.some((block) => block.kind === 'items' || !empty(block.node)))
    plan.context.push({ title, section, blocks, whole });
}
