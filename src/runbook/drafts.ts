import { guides, isActionList, isReferenceItem, isRemark, isSignList, isTickTable, isWords } from './content.ts';
import type { Block, Item } from './items.ts';
import { plain, sourceOf } from './markdown.ts';
import { boldText, type Section } from './outline.ts';
import { asks, isAction } from './verbs.ts';

/** What will become a step: a section, a list item, or a phase's own words where it has nothing else. */
export type StepDraft =
  | { from: 'section'; section: Section; blocks: Block[]; above: Section[] }
  | { from: 'item'; item: Item; extra: Block[]; group?: string };

/** `intro` is said before the first step; `aside` holds sections that guide nobody. */
export type PhaseDraft = { title: string; part?: string; section: Section; intro: Block[]; steps: StepDraft[]; aside: Section[] };

/** A phase: its sub-headings are its steps; without any, its list items are; without a list it is one step. */
export function draftPhase(section: Section, hasMore: boolean): PhaseDraft {
  const draft: PhaseDraft = { title: section.heading.title, section, intro: [], steps: [], aside: [] };
  if (section.sections.length > 0) {
    addDirect(draft, section);
    for (const child of section.sections) addSection(draft, child, [], []);
  } else addFlat(draft, section, hasMore);
  return draft;
}

/** The list that stands before the phases of a container. */
export function draftContainer(section: Section): PhaseDraft {
  return draftPhase({ ...section, sections: [] }, false);
}

/** One phase "Response" for a file that names none. */
export function draftUnnamed(parent: Section, sections: Section[]): PhaseDraft {
  const draft: PhaseDraft = { title: 'Response', section: parent, intro: [], steps: [], aside: [] };
  if (sections.length === 0) addFlat(draft, parent, false);
  else addDirect(draft, parent);
  for (const section of sections) addSection(draft, section, [], [], false);
  return draft;
}

/** What stands in a phase before its first sub-heading: actions and commands are work, the rest introduces. */
function addDirect(draft: PhaseDraft, section: Section): void {
  const works = section.blocks.some(
    (block) => block.kind === 'node' && (isTickTable(block.node) || (block.node.type === 'code' && block.node.lang !== 'mermaid')),
  );
  if (works) {
    draft.steps.push({ from: 'section', section, blocks: section.blocks, above: [] });
    return;
  }
  for (const block of section.blocks) {
    if (
      block.kind === 'items' &&
      isActionList(block.items, block.ordered) &&
      !isSignList(block.items, block.ordered, introOf(section.blocks, block), '')
    )
      addItems(draft, block.items, undefined);
    else draft.intro.push(block);
  }
}

/** A phase without sub-headings. Code, tables and quotes under an item belong to it; a bold line names a group. */
function addFlat(draft: PhaseDraft, section: Section, hasMore: boolean): void {
  const lists = listBlocks(section.blocks).filter(
    (block) =>
      !block.items.every(isReferenceItem) &&
      !isSignList(block.items, block.ordered, introOf(section.blocks, block), section.heading.title),
  );
  if (lists.length === 0) {
    if (!section.blocks.some(isWords)) draft.intro.push(...section.blocks);
    else if (
      hasMore &&
      !section.blocks.some(
        (block) =>
          block.kind === 'items' || block.node.type === 'code' || (block.node.type === 'paragraph' && asks(plain(block.node))),
      )
    )
      draft.intro.push(...section.blocks);
    else if (section.blocks.length > 0) draft.steps.push({ from: 'section', section, blocks: section.blocks, above: [] });
    return;
  }
  let group: string | undefined;
  let label: Block | undefined;
  for (const block of section.blocks) {
    const last = draft.steps.at(-1);
    const under = label;
    label = undefined;
    if (block.kind === 'items' && lists.includes(block)) addItems(draft, block.items, group);
    else if (block.kind === 'items') draft.intro.push(block);
    else if (under !== undefined && group !== undefined && block.node.type === 'code')
      draft.steps.push({ from: 'item', item: labelItem(group, under), extra: [block] });
    else if (last?.from === 'item' && ['code', 'table', 'blockquote'].includes(block.node.type)) last.extra.push(block);
    else {
      const bold = boldText(block.node);
      if (bold === undefined) draft.intro.push(block);
      else {
        group = bold.replace(/[:.]$/, '');
        label = block;
        if (!isFollowedByList(section.blocks, block)) draft.intro.push(block);
      }
    }
  }
}

/** A bold line over a command: the line is the step. */
function labelItem(text: string, label: Block): Item {
  const source = label.kind === 'items' ? label.source : sourceOf(label.node);
  return { text, markdown: text, checked: null, ordered: false, form: 'list', items: [], rest: [], source };
}

function isFollowedByList(blocks: Block[], block: Block): boolean {
  return blocks[blocks.indexOf(block) + 1]?.kind === 'items';
}

function addItems(draft: PhaseDraft, list: Item[], group: string | undefined): void {
  const named = group === undefined ? {} : { group };
  for (const item of list) {
    if ((isReferenceItem(item) || isRemark(item)) && !/\.(md|markdown)(#[^)]*)?\)/i.test(item.markdown))
      draft.intro.push({ kind: 'items', items: [item], ordered: false, source: item.source });
    else if (isGroup(item))
      for (const child of item.items)
        draft.steps.push({ from: 'item', item: child, extra: [], group: item.text.replace(/:(?=\s*\(|$)/, '') });
    else if (item.text !== '' || item.rest.length > 0) draft.steps.push({ from: 'item', item, extra: [], ...named });
  }
}

/** `**Short-term:**` with a list under it names a group; "Determine the scope:" is a step of its own. */
export function isGroup(item: Item): boolean {
  const words = item.text.replace(/\s*\([^)]*\)$/, '');
  const label = item.lead !== undefined && words.replace(/:$/, '') === item.lead.replace(/:$/, '');
  return item.items.length > 0 && item.rest.length === 0 && label && /:$/.test(words) && !isAction(words);
}

/**
 * A sub-heading is a step; deeper headings are steps in its place. What a group says before its first step is said
 * with that step, unless it is work of its own.
 */
function addSection(draft: PhaseDraft, section: Section, before: Block[], above: Section[], inPhase = true): void {
  const children = section.sections.filter(guides);
  draft.aside.push(...section.sections.filter((child) => !children.includes(child)));
  const blocks = [...before, ...section.blocks];
  if (children.length === 0 && inPhase && isPlainLabel(section)) {
    addItemsOf(draft, { ...section, blocks }, above);
    return;
  }
  if (children.length === 0) {
    draft.steps.push({ from: 'section', section, blocks, above });
    return;
  }
  const works = section.blocks.some((block) =>
    block.kind === 'items' ? isActionList(block.items, block.ordered) : isTickTable(block.node) || block.node.type === 'code',
  );
  if (works) draft.steps.push({ from: 'section', section, blocks, above });
  for (const [index, child] of children.entries())
    addSection(draft, child, index === 0 && !works ? blocks : [], [...above, section]);
}

/** The paragraph right before a list. */
function introOf(blocks: Block[], list: Block): string {
  const before = blocks[blocks.indexOf(list) - 1];
  return before?.kind === 'node' && before.node.type === 'paragraph' ? plain(before.node) : '';
}

/** "Actions", "Checklist": a heading that names nothing but the list under it. */
function isPlainLabel(section: Section): boolean {
  return (
    /^(?:(?:key|immediate|required|recommended|response|main|next) )?(?:actions?|steps?|checklist|procedures?|tasks?|activities|to-?dos?|instructions?)$/i.test(
      section.heading.title,
    ) && listBlocks(section.blocks).some((block) => !block.items.every(isReferenceItem))
  );
}

/** The items of a plain label are steps themselves, and the label is their group. */
function addItemsOf(draft: PhaseDraft, section: Section, above: Section[]): void {
  const flat: PhaseDraft = { ...draft, intro: [], steps: [], aside: [] };
  addFlat(flat, section, false);
  const group = [...above, section].map(({ heading }) => heading.title).join(' › ');
  draft.steps.push(
    ...flat.steps.map((step) =>
      step.from === 'item' ? { ...step, group: step.group === undefined ? group : `${group} › ${step.group}` } : step,
    ),
  );
  draft.intro.push(...flat.intro);
}

export function listBlocks(blocks: Block[]): (Block & { kind: 'items' })[] {
  return blocks.filter((block) => block.kind === 'items');
}
