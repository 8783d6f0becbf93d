import { refusalOf } from './admission.ts';
import type { PhaseDraft } from './drafts.ts';
import { readFrontMatter } from './front-matter.ts';
import { readLabels } from './label.ts';
import { anchorsOf, nameSteps, resolveLinks, shorten } from './links.ts';
import { inOrder, lint } from './lint.ts';
import { parseMarkdown, slug } from './markdown.ts';
import { blockText, outlineOf, type Section, sectionBody } from './outline.ts';
import { type ContextDraft, planOf } from './phases.ts';
import type { Context, Phase, Problem, Runbook } from './runbook.ts';
import { makeStep, type RawStep, type Setting } from './step.ts';

/** `file` is named in problems and gives title and id where the text has none; `today` (ISO date) is what `review` is held against. */
export type CompileOptions = { file: string; today?: string };

/** Compiles markdown into a runbook. Never throws: what is unclear is in `problems`, what is unknown stays as text. */
export function compile(source: string, options: CompileOptions): Runbook {
  const text = source.replace(/^\ufeff/, '');
  const refusal = refusalOf(text);
  if (refusal !== undefined) return refused(options.file, refusal);
  const tree = parseMarkdown(text);
  const { meta, problems, unread } = readFrontMatter(tree);
  const root = outlineOf(text, tree);
  const titleSection = titleOf(root);
  const title = meta.title ?? titleSection?.heading.title ?? nameOf(options.file);
  const plan = planOf(root, titleSection);
  const raw: RawStep[] = [];
  const phases = plan.phases.map((draft) =>
    phaseOf(text, draft, { text, meta, phase: draft.title, parallel: meta.parallel || draft.section.heading.parallel }, raw),
  );
  nameSteps(raw);
  const anchors = anchorsOf(
    raw,
    phases.map((phase, index) => ({
      title: phase.title,
      raw: plan.phases[index]?.section.raw ?? '',
      ...(phase.steps[0] === undefined ? {} : { first: phase.steps[0] }),
    })),
  );
  problems.push(...resolveLinks(raw, anchors));
  const runbook: Runbook = {
    id: meta.id ?? (shorten(slug(title)) || shorten(slug(nameOf(options.file))) || 'runbook'),
    title,
    appliesTo: meta.appliesTo,
    roles: meta.roles,
    ...(meta.defaultRole === undefined ? {} : { defaultRole: meta.defaultRole }),
    questions: meta.questions,
    ...(meta.review === undefined ? {} : { review: meta.review }),
    ...(meta.language === undefined ? {} : { language: meta.language }),
    phases,
    context: [
      ...(unread === '' ? [] : [{ title: 'Front matter', body: unread, source: { line: 1, column: 1, endLine: 1 } }]),
      ...plan.context.map((draft) => contextOf(text, draft)),
    ],
    problems: [],
  };
  const seen = lint({
    tree,
    lines: text.split(/\r?\n/),
    meta,
    drafts: plan.phases,
    raw,
    runbook,
    ...(options.today === undefined ? {} : { today: options.today }),
  });
  runbook.problems = inOrder([...problems, ...seen]);
  return runbook;
}

/** What a text that must not be parsed compiles to: no steps, and the sentence why. */
function refused(file: string, sentence: string): Runbook {
  const title = nameOf(file);
  const problems: Problem[] = [{ line: 1, column: 1, level: 'error', rule: 'refused', message: sentence }];
  return { id: slug(title) || 'runbook', title, appliesTo: [], roles: [], questions: [], phases: [], context: [], problems };
}

/** The first heading, when it stands before all others and is neither a phase nor a reference. */
function titleOf(root: Section): Section | undefined {
  const [first] = root.sections;
  if (first === undefined || first.strength === 'strong' || first.name === 'reference') return undefined;
  const others = root.sections.slice(1);
  const wraps = first.depth === 1 || others.every((other) => other.depth > first.depth);
  return wraps ? first : undefined;
}

/** The file's own name, without folders and ending, as words. */
function nameOf(file: string): string {
  const name = file.split(/[\\/]/).at(-1) ?? file;
  return name
    .replace(/\.[A-Za-z]+$/, '')
    .replace(/[-_]+/g, ' ')
    .trim();
}

function phaseOf(text: string, draft: PhaseDraft, setting: Setting, raw: RawStep[]): Phase {
  const said = saidOf(text, draft);
  const made = draft.steps.map((step) =>
    makeStep(
      {
        ...setting,
        ...said,
        ...(draft.section.heading.condition === undefined ? {} : { condition: draft.section.heading.condition }),
      },
      step,
    ),
  );
  raw.push(...made);
  const body = draft.intro.map((block) => blockText(text, block)).join('\n\n');
  return {
    title: draft.title,
    ...asWritten(draft.section, draft.title),
    ...(draft.part === undefined ? {} : { part: draft.part }),
    steps: made.map(({ step }) => step),
    ...(body === '' ? {} : { body }),
    source: draft.section.source,
  };
}

/** `Role:` and `Scope:` between a phase's heading and its list hold for every step of the list. */
function saidOf(text: string, draft: PhaseDraft): Pick<Setting, 'role' | 'scope'> {
  const labels = draft.intro.flatMap((block) =>
    block.kind === 'node' && block.node.type === 'paragraph' ? readLabels(blockText(text, block)).labels : [],
  );
  const role = labels.find(({ key }) => key === 'role')?.value;
  const scope = labels.find(({ key }) => key === 'scope')?.value;
  return {
    ...(role === undefined ? {} : { role }),
    ...(scope === undefined ? {} : { scope: /each|every|per/i.test(scope) ? 'each client' : 'once' }),
  };
}

function contextOf(text: string, draft: ContextDraft): Context {
  const body = draft.whole ? sectionBody(text, draft.section) : draft.blocks.map((block) => blockText(text, block)).join('\n\n');
  return { title: draft.title, ...asWritten(draft.section, draft.title), body, source: draft.section.source };
}

/** The heading's own words where they differ from the title made of them. */
function asWritten(section: Section, title: string): { heading?: string } {
  return section.raw === '' || section.raw === title ? {} : { heading: section.raw };
}
