import { el } from './dom.js';

/** A compiled runbook as people will meet it: questions, phases, steps, and what was left as context. Text is set as text only. */
export function outline(runbook, goTo) {
  let number = 0;
  const titles = new Map(runbook.phases.flatMap(({ steps }) => steps.map(({ id, title }) => [id, title])));
  return [
    el('h2', { class: 'title' }, runbook.title),
    facts(runbook),
    runbook.phases.map((phase) =>
      el(
        'section',
        { class: 'phase' },
        el('h3', {}, place(phase.title, phase.source.line, goTo)),
        phase.body === undefined ? null : el('p', { class: 'body' }, phase.body),
        phase.steps.map((step) => card(step, ++number, titles, goTo)),
      ),
    ),
    runbook.phases.length === 0
      ? el('p', { class: 'note' }, 'No phase or step was found: a phase is a heading such as “Contain”, a step a heading below it.')
      : null,
    context(runbook, goTo),
  ];
}

/** Shows which step the caret stands in. */
export function mark(node, line, follow = true) {
  let here;
  for (const step of node.querySelectorAll('.step')) {
    const inside = line >= Number(step.dataset.from) && line <= Number(step.dataset.to);
    step.classList.toggle('here', inside);
    if (inside) here = step;
  }
  if (follow) here?.scrollIntoView({ block: 'nearest' });
}

const place = (words, line, goTo) =>
  el('button', { type: 'button', class: 'link place', title: `Line ${line}`, onclick: () => goTo(line) }, words);

function facts({ appliesTo, roles, questions, review }) {
  const lines = [
    appliesTo.length === 0 ? null : ['For', appliesTo.join(', ')],
    roles.length === 0 ? null : ['Roles', roles.join(', ')],
    review === undefined ? null : ['Look at it again by', review],
    ...questions.map(({ fact, question }) => [`${fact}?`, question]),
  ].filter((line) => line !== null);
  if (lines.length === 0) return null;
  return el(
    'dl',
    { class: 'facts' },
    lines.map(([name, words]) => [el('dt', {}, name), el('dd', {}, words)]),
  );
}

function card(step, number, titles, goTo) {
  const { line, endLine } = step.source;
  return el(
    'article',
    { class: `step ${step.kind}`, 'data-from': String(line), 'data-to': String(endLine) },
    el('h4', {}, el('span', { class: 'number' }, `${number}.`), place(step.title, line, goTo), kindOf(step)),
    chips(step),
    step.warnings.map((warning) => el('p', { class: 'warning' }, el('strong', {}, 'Warning: '), warning)),
    step.after.map((one) =>
      el(
        'p',
        { class: 'after' },
        el('strong', {}, one.perRow === undefined ? 'Not before: ' : 'Each row, before it is done: '),
        one.text,
      ),
    ),
    step.body === '' ? null : el('p', { class: 'body' }, step.body),
    checks(step),
    options(step, titles, goTo),
    evidence(step),
    step.tables.map(table),
    step.notices.map((notice) =>
      el('p', { class: 'kept' }, el('strong', {}, `Draft to ${notice.to}: `), notice.subject ?? notice.body.split('\n')[0]),
    ),
    step.commands.map(({ text }) => el('pre', {}, text)),
  );
}

const KINDS = { decision: 'Decision', notice: 'Notice', handover: 'Another runbook', reference: 'Reference' };
const kindOf = ({ kind }) => (KINDS[kind] === undefined ? null : el('span', { class: 'kind' }, KINDS[kind]));

function chips({ role, within, due, repeat, scope, parallel, if: clause, group }) {
  const words = [
    role,
    within && `within ${within.text}`,
    due && `due ${due.text}`,
    repeat && `repeat ${repeat.text}`,
    scope === 'each client' ? 'for each client' : undefined,
    parallel ? 'may run beside others' : undefined,
    clause && `only ${clause.negated ? 'unless' : 'if'} ${clause.fact}`,
    group && `under ${group}`,
  ].filter((word) => word !== undefined);
  return words.length === 0
    ? null
    : el(
        'p',
        { class: 'chips' },
        words.map((word) => el('span', {}, word)),
      );
}

function checks(step) {
  const list = (items) =>
    items.length === 0
      ? null
      : el(
          'ul',
          { class: 'checks' },
          items.map(({ text, checks: below, source }) => {
            const clause = step.clauses.find((one) => one.source.line === source.line);
            const note = clause === undefined ? null : el('span', { class: 'chip' }, `hangs on: ${clause.fact}`);
            return el('li', {}, text, note, list(below));
          }),
        );
  return list(step.checks);
}

function options({ options: all }, titles, goTo) {
  if (all.length === 0) return null;
  const way = ({ to, runbook, text }) => ((to ?? runbook) === undefined ? (text ?? '') : `→ ${titles.get(to) ?? runbook ?? to}`);
  return el(
    'ul',
    { class: 'options' },
    all.map((option) =>
      el(
        'li',
        {},
        place(option.label, option.source.line, goTo),
        option.isDefault ? el('span', { class: 'chip' }, 'default') : null,
        ` ${way(option)} `,
        option.consequence === undefined ? null : el('small', {}, option.consequence),
      ),
    ),
  );
}

function evidence({ evidence: all }) {
  if (all.length === 0) return null;
  return el(
    'p',
    { class: 'kept' },
    el('strong', {}, 'Keep: '),
    all.map(({ what, kind }) => (kind === undefined ? what : `${what} (${kind})`)).join('; '),
  );
}

const table = ({ columns, rows }) =>
  el(
    'p',
    { class: 'kept' },
    el('strong', {}, 'Table: '),
    columns.join(' | '),
    rows.length === 0 ? '' : ` (${rows.length} rows to start with)`,
  );

function context({ context: all }, goTo) {
  const named = all.filter(({ title, body }) => title !== '' || body !== '');
  if (named.length === 0) return null;
  return el(
    'details',
    { class: 'context' },
    el('summary', {}, `Context: ${named.length} ${named.length === 1 ? 'part' : 'parts'} that guide nobody by themselves`),
    el(
      'ul',
      {},
      named.map(({ title, body, source }) => el('li', {}, place(title || body.slice(0, 60), source.line, goTo))),
    ),
  );
}
