import type { Blockquote, RootContent, Table } from 'mdast';
import { conditionClause, itemClause } from './clauses.ts';
import { isInformational, isReferenceItem, isRemark, sortChildren } from './content.ts';
import { asksDecision, looksLikeOption, readOption } from './decision.ts';
import { commentsToTick, type Derived, sentencesToTick } from './derive.ts';
import type { StepDraft } from './drafts.ts';
import type { FrontMatter } from './front-matter.ts';
import { type Heading, readHeading } from './heading.ts';
import { timedLead, titleOf, trailingRole } from './item-title.ts';
import { type Block, blocksOf, type Item } from './items.ts';
import { type Label, readLabels } from './label.ts';
import { plain, slice, sourceOf, squeeze, unmark } from './markdown.ts';
import { noticeDraft } from './notice-fence.ts';
import { blockText, type Section } from './outline.ts';
import { readPrecondition } from './precondition.ts';
import type { Check, Evidence, Scope, Source, Step } from './runbook.ts';
import { evidenceKind, evidenceRows, tickRows, workingTable } from './table.ts';
import { timing } from './timing.ts';
import { isImperative } from './verbs.ts';

/** What a step is made in: the source text, the front matter, and the phase it stands in. */
export type Setting = {
  text: string;
  meta: FrontMatter;
  phase: string;
  parallel: boolean;
  condition?: string;
  role?: string;
  scope?: Scope;
};

/** A step as written: anchors of branches are not yet ids, and `anchors` are the names a link may use for it. */
export type RawStep = { step: Step; anchors: string[]; unreadable: { key: string; value: string; source: Source }[] };

/** `intro` is the paragraph last read: it says what the list after it is. */
type Making = RawStep & { setting: Setting; body: string[]; intro: string; prose: Derived[]; awaiting?: 'evidence' | 'after' };

export function makeStep(setting: Setting, draft: StepDraft): RawStep {
  const making =
    draft.from === 'item'
      ? fromItem(setting, draft.item, draft.extra)
      : fromSection(setting, draft.section.heading, draft.section.raw, draft.section.source, draft.blocks);
  if (draft.from === 'section') inherit(making, draft.above);
  if (draft.from === 'item' && draft.group !== undefined) making.step.group = draft.group;
  making.step.body = making.body.filter((part) => part !== '').join('\n\n');
  deriveChecks(making);
  if (setting.condition !== undefined)
    making.step.if ??= conditionClause(setting.condition, setting.meta.questions, making.step.source);
  const role = setting.role ?? setting.meta.defaultRole;
  if (role !== undefined) making.step.role ??= role;
  finishKind(making.step);
  return { step: making.step, anchors: making.anchors, unreadable: making.unreadable };
}

/** What holds for a group of steps holds for each of them: its condition, and that they may be open together. */
function inherit({ step, setting }: Making, above: Section[]): void {
  if (above.length > 0) step.group = above.map(({ heading }) => heading.title).join(' › ');
  const condition = above.findLast(({ heading }) => heading.condition !== undefined)?.heading.condition;
  if (condition !== undefined) step.if ??= conditionClause(condition, setting.meta.questions, step.source);
  if (above.some(({ heading }) => heading.parallel)) step.parallel = true;
}

/**
 * A step told in prose or in commented commands only has its orders lifted out as checks; the words stay in the body. A
 * title that is itself an order needs none.
 */
function deriveChecks({ step, prose }: Making): void {
  const empty = step.checks.length + step.options.length + step.notices.length + step.evidence.length === 0;
  if (!empty || step.kind === 'decision' || isImperative(step.title)) return;
  const found = [...prose.flatMap(({ text, source }) => sentencesToTick(text, source)), ...step.commands.flatMap(commentsToTick)];
  step.checks = found
    .toSorted((a, b) => a.source.line - b.source.line)
    .map(({ text, source }) => ({ text, checked: false, checks: [], source }));
}

function emptyStep(setting: Setting, title: string, source: Source): Making {
  const step: Step = {
    id: '',
    title,
    phase: setting.phase,
    kind: 'action',
    scope: setting.scope ?? setting.meta.scope ?? 'once',
    after: [],
    parallel: setting.parallel,
    checks: [],
    evidence: [],
    options: [],
    clauses: [],
    notices: [],
    warnings: [],
    commands: [],
    tables: [],
    body: '',
    source,
  };
  return { step, anchors: [], unreadable: [], setting, body: [], intro: '', prose: [] };
}

function fromSection(setting: Setting, heading: Heading, raw: string, source: Source, blocks: Block[]): Making {
  const making = emptyStep(setting, heading.title, source);
  making.anchors.push(raw, heading.title);
  if (raw !== '' && raw !== heading.title) making.step.heading = raw;
  applyHeading(making, heading);
  if (asksDecision(heading.title)) making.step.kind = 'decision';
  for (const block of blocks) addBlock(making, block);
  return making;
}

function fromItem(setting: Setting, item: Item, extra: Block[]): Making {
  const { title, rest } = titleOf(item);
  const { title: withoutRole, role } = trailingRole(title, setting.meta.roles);
  const heading = readHeading(withoutRole);
  const making = emptyStep(setting, heading.title, item.source);
  making.anchors.push(heading.title, item.text);
  applyHeading(making, heading);
  if (role !== undefined) making.step.role = role;
  const handover = HANDOVER.exec(item.markdown)?.[1];
  if (handover !== undefined) making.step.handover = handover;
  if (item.checked !== null) making.step.checked = item.checked;
  const within = timedLead(item.markdown);
  if (within !== undefined) making.step.within ??= within;
  const clause = itemClause(item.text, setting.meta.questions, item.source);
  if (clause !== undefined) making.step.clauses.push(clause);
  if (/\]\(|\]\[|<\S/.test(item.markdown)) making.body.push(item.markdown);
  else if (rest !== '') making.body.push(rest);
  if (asksDecision(heading.title) && item.items.filter(looksLikeOption).length * 2 > item.items.length)
    making.step.kind = 'decision';
  const { ticks, notes } = sortChildren(item);
  if (notes.length > 0)
    making.body.push(blockText(setting.text, { kind: 'items', items: notes, ordered: false, source: item.source }));
  if (ticks.length > 0) addBlock(making, { kind: 'items', items: ticks, ordered: ticks[0]?.ordered === true, source: item.source });
  for (const block of [...blocksOf(setting.text, item.rest), ...extra]) addBlock(making, block);
  return making;
}

function applyHeading(making: Making, heading: Heading): void {
  const { step, setting } = making;
  if (heading.parallel) step.parallel = true;
  const within = heading.within === undefined ? undefined : timing(heading.within, 'step');
  if (within !== undefined) step.within = { ...within, text: heading.within ?? '' };
  if (heading.condition !== undefined) step.if = conditionClause(heading.condition, setting.meta.questions, step.source);
}

function addBlock(making: Making, block: Block): void {
  if (block.kind === 'node') addNode(making, block.node);
  else {
    const awaiting = making.awaiting;
    delete making.awaiting;
    if (awaiting === 'evidence') making.step.evidence.push(...block.items.map(evidenceItem));
    else if (awaiting === 'after')
      making.step.after.push(...block.items.map((item) => readPrecondition(item.markdown, item.source)));
    else addItems(making, block);
  }
}

function addItems(making: Making, block: Block & { kind: 'items' }): void {
  const { step, setting } = making;
  const labels = block.items.map((item) =>
    item.items.length === 0 ? readLabels(item.markdown) : { labels: [], rest: item.markdown },
  );
  if (labels.every(({ labels: found, rest }) => found.length === 1 && rest === '')) {
    for (const [index, { labels: found }] of labels.entries())
      for (const label of found) applyLabel(making, label, block.items[index]?.source ?? block.source);
  } else if (areOptions(step, block.items)) step.options.push(...block.items.map(readOption));
  else if (isInformational(block.items, block.ordered, making.intro, step.title)) making.body.push(blockText(setting.text, block));
  else
    for (const item of block.items) {
      if (isReferenceItem(item) || isRemark(item)) making.body.push(blockText(setting.text, { ...block, items: [item] }));
      else step.checks.push(checkOf(setting, step, item));
    }
}

function areOptions(step: Step, items: Item[]): boolean {
  if (step.kind !== 'decision' || step.options.length > 0) return false;
  return /^decide/i.test(step.title) || items.filter(looksLikeOption).length * 2 > items.length;
}

/** A line of a step: a check, with its own clause, code and sub-checks kept. */
function checkOf(setting: Setting, step: Step, item: Item): Check {
  const check: Check = { text: item.text, checked: item.checked === true, checks: [], source: item.source };
  if (item.markdown !== item.text) check.markdown = item.markdown;
  const clause = itemClause(item.text, setting.meta.questions, item.source);
  if (clause !== undefined) step.clauses.push(clause);
  const { ticks, notes: explained } = sortChildren(item);
  check.checks = ticks.map((child) => checkOf(setting, step, child));
  const notes =
    explained.length === 0
      ? []
      : [blockText(setting.text, { kind: 'items', items: explained, ordered: false, source: item.source })];
  for (const node of item.rest) {
    if (node.type === 'code' && node.lang !== 'notice')
      step.commands.push({ language: node.lang ?? '', text: node.value, source: sourceOf(node) });
    else notes.push(slice(setting.text, node));
  }
  if (notes.length > 0) check.note = notes.join('\n\n');
  return check;
}

function evidenceItem(item: Item): Evidence {
  const { what, kind } = evidenceKind(item.text);
  const how = item.items.map((child) => child.text).join('; ');
  return { what, ...(how === '' ? {} : { how }), ...(kind === undefined ? {} : { kind }), source: item.source };
}

function addNode(making: Making, node: RootContent): void {
  const { step, setting } = making;
  if (node.type !== 'paragraph') delete making.awaiting;
  if (node.type === 'paragraph') addParagraph(making, slice(setting.text, node), sourceOf(node));
  else if (node.type === 'code' && node.lang === 'notice') step.notices.push(noticeDraft(node));
  else if (node.type === 'code') step.commands.push({ language: node.lang ?? '', text: node.value, source: sourceOf(node) });
  else if (node.type === 'blockquote') addQuote(making, node);
  else if (node.type === 'table') addTable(step, node);
  else if (node.type !== 'thematicBreak') making.body.push(slice(setting.text, node));
}

function addTable(step: Step, table: Table): void {
  const evidence = evidenceRows(table);
  const rows = evidence === undefined ? tickRows(table, true) : undefined;
  if (evidence !== undefined) step.evidence.push(...evidence);
  else if (rows === undefined) step.tables.push(workingTable(table));
  else
    for (const { text, note, ticked, row } of rows)
      step.checks.push({ text, checked: ticked, checks: [], ...(note === '' ? {} : { note }), source: sourceOf(row) });
}

function addParagraph(making: Making, markdown: string, source: Source): void {
  const { labels, rest } = readLabels(markdown);
  for (const label of labels)
    applyLabel(making, label, { line: source.line + label.offset, column: source.column, endLine: source.line + label.offset });
  making.intro = unmark(rest);
  making.prose.push({ text: making.intro, source });
  if (rest === '') return;
  delete making.awaiting;
  const admonition = /^!!!\s*(?:warning|danger|caution|important)\b\s*(.*)$/is.exec(rest);
  if (admonition !== null) making.step.warnings.push(squeeze(admonition[1] ?? ''));
  else making.body.push(rest);
}

function applyLabel(making: Making, label: Label, source: Source): void {
  const { step } = making;
  delete making.awaiting;
  if (label.key === 'role' && step.role === undefined) step.role = label.value;
  else if (label.key === 'role') making.body.push(`Role: ${label.markdown}`);
  else if (label.key === 'scope' && /^(once|each client|every client|per client)\b/i.test(label.value))
    step.scope = /^once/i.test(label.value) ? 'once' : 'each client';
  else if (label.key === 'scope') {
    if (label.value.split(' ').length <= 4) making.unreadable.push({ key: 'scope', value: label.value, source });
    making.body.push(`Scope: ${label.markdown}`);
  } else if (label.key === 'evidence') {
    if (label.value === '') making.awaiting = 'evidence';
    else step.evidence.push({ ...evidenceKind(label.value), source });
  } else if (label.key === 'after') {
    if (label.value === '') making.awaiting = 'after';
    else step.after.push(...splitPreconditions(label.markdown).map((one) => readPrecondition(one, source)));
  } else applyTime(making, label.key, label.value, source);
}

/** `After: [A](#a), [B](#b)` names two; a sentence with commas is one. */
function splitPreconditions(markdown: string): string[] {
  const links = markdown.match(/\[[^\]]*\]\(#[^)]*\)/g) ?? [];
  const between = links.reduce((rest, link) => rest.replace(link, ''), markdown);
  return links.length > 1 && /^[\s,;]*(and[\s,;]*)*$/i.test(between) ? links : [markdown];
}

function applyTime(making: Making, key: 'within' | 'due' | 'repeat', value: string, source: Source): void {
  const read = timing(value, key === 'due' ? 'incident' : 'step');
  if (read !== undefined && making.step[key] === undefined) making.step[key] = read;
  else {
    if (read === undefined) making.unreadable.push({ key, value, source });
    making.body.push(`${key.charAt(0).toUpperCase()}${key.slice(1)}: ${value}`);
  }
}

const SIGN = /^(?:\u26a0|\u{1f6a8}|\u2757|\u203c|\u26d4|\u{1f6d1}|\u{1f525})\ufe0f?\s*/u;
const ALERT = /^\[!(?:CAUTION|WARNING|IMPORTANT|DANGER)\]\s*/i;

/** GitHub alerts and quotes that open with a warning sign are warnings; `[Privacy Officer]` in backticks is a role. */
function addQuote(making: Making, quote: Blockquote): void {
  const text = plain(quote);
  if (ALERT.test(text) || SIGN.test(text)) {
    making.step.warnings.push(squeeze(text.replace(ALERT, '').replace(SIGN, '')));
    return;
  }
  const markdown = slice(making.setting.text, quote);
  const role = /^>\s*`\[([^\]`]{2,40})\]`/.exec(markdown)?.[1];
  if (role !== undefined) making.step.role ??= role;
  making.body.push(markdown);
}

const HANDOVER = /^\[[^\]]*\]\(([^):#]+\.(?:md|markdown)(?:#[^)]*)?)\)\.?$/i;

function finishKind(step: Step): void {
  const only = step.checks.length === 0 ? HANDOVER.exec(step.body)?.[1] : undefined;
  if (only !== undefined) step.handover ??= only;
  // "How does it look?" explains; only with options is it a choice.
  if (step.options.length === 0 && /^(how|what|why|where|who|when|which)\b/i.test(step.title)) step.kind = 'action';
  const questionsOnly = step.options.length === 0 && step.checks.length > 0 && !/^decide/i.test(step.title);
  if (step.kind === 'decision') step.kind = questionsOnly ? 'action' : 'decision';
  else if (step.handover !== undefined) step.kind = 'handover';
  else if (step.notices.length > 0 && step.checks.length === 0) step.kind = 'notice';
}
