import { $, el, fill, toast } from './dom.js';
import { Editor } from './preview-editor.js';
import { mark, outline } from './preview-outline.js';
import { act } from './wire.js';

/** A runbook as it is written, with what it compiles to beside it. Nothing leaves this tab but for compiling. */
const KEPT = 'preview-text';
const MOST = 256 * 1024;
/** What was last put in from a template or a file: over it nothing is asked before it is replaced. */
let untouched = '';
let latest = 0;
let made;

const editor = new Editor($('text'), $('lines'), {
  onChange: () => {
    keep();
    later();
  },
  onMove: (line) => made !== undefined && mark($('outline'), line),
});

addEventListener('signed-out', () => location.reload());
addEventListener('keydown', (event) => {
  if (event.key !== 'F8') return;
  event.preventDefault();
  nextProblem(event.shiftKey ? -1 : 1);
});
$('template').addEventListener('change', () => begin($('template').value));
$('file').addEventListener('change', open);
$('save').addEventListener('click', save);
start();

async function start() {
  const { templates = [] } = await act('templates');
  fill(
    $('template'),
    el('option', { value: '-' }, 'a runbook…'),
    el('option', { value: '' }, 'An empty one'),
    templates.map(({ id, title }) => el('option', { value: id }, title)),
  );
  const kept = sessionStorage.getItem(KEPT);
  if (kept === null) return begin('');
  editor.put(kept);
  compile();
}

/** Starts from a template. What was typed is not thrown away unasked. */
async function begin(id) {
  if (id === '-') return;
  const answer = await act('template', { id });
  $('template').value = '-';
  if (!answer.ok) return toast(answer.error);
  replace(answer.text);
}

function replace(text) {
  const before = editor.text;
  if (before !== '' && before !== untouched && before !== text)
    toast('Another text was put in.', { label: 'Take the old one back', run: () => replaceBy(before) });
  untouched = text;
  replaceBy(text);
}

function replaceBy(text) {
  editor.put(text);
  keep();
  compile();
}

async function open() {
  const [file] = $('file').files;
  if (file === undefined) return;
  if (file.size > MOST) toast('A runbook has at most 256 KB; this file is larger and was not opened.');
  else replace(await file.text());
  $('file').value = '';
}

function save() {
  const url = URL.createObjectURL(new Blob([editor.text], { type: 'text/markdown' }));
  const link = el('a', { href: url, download: `${made?.id ?? 'runbook'}.md` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function keep() {
  try {
    sessionStorage.setItem(KEPT, editor.text);
  } catch {
    // No room left in this tab's storage: the text stays where it is typed.
  }
}

let timer;
/** How long the room took last: a long text is compiled less often, so that it does not keep the room from others. */
let took = 0;
function later() {
  clearTimeout(timer);
  timer = setTimeout(compile, Math.max(250, 3 * took));
}

async function compile() {
  clearTimeout(timer);
  const mine = ++latest;
  const { text } = editor;
  if (text.length > MOST) return say('A runbook has at most 256 KB; split this one into several.');
  const from = performance.now();
  const answer = await act('preview', { text });
  took = performance.now() - from;
  if (mine !== latest) return;
  if (!answer.ok) return say(answer.error);
  say();
  made = answer.runbook;
  draw();
}

const say = (sentence) => fill($('trouble'), sentence);

function draw() {
  const { problems, phases } = made;
  const steps = phases.reduce((sum, phase) => sum + phase.steps.length, 0);
  const count = (level, one, many) => {
    const found = problems.filter((problem) => problem.level === level).length;
    return found === 0 ? [] : [`${found} ${found === 1 ? one : many}`];
  };
  const sums = [
    `${steps} ${steps === 1 ? 'step' : 'steps'} in ${phases.length} ${phases.length === 1 ? 'phase' : 'phases'}`,
    ...(problems.length === 0 ? ['no unclear place'] : []),
    ...count('error', 'error', 'errors'),
    ...count('warn', 'warning', 'warnings'),
    ...count('info', 'note', 'notes'),
  ];
  if ($('summary').textContent !== sums.join(' · ')) $('summary').textContent = sums.join(' · ');
  drawProblems(problems);
  fill(
    $('outline'),
    outline(made, (line) => editor.goTo(line)),
  );
  editor.mark(problems);
  mark($('outline'), editor.line, false);
}

const WORDS = { error: 'Error', warn: 'Warning', info: 'Note' };

function drawProblems(problems) {
  const folded = $('problems').querySelector('details')?.open === false;
  const mendable = problems.filter(({ fix }) => fix !== undefined).length;
  const items = problems.map(({ line, column, level, message, rule, hint }) =>
    el(
      'li',
      { class: level },
      el(
        'button',
        { type: 'button', onclick: () => editor.goTo(line, column) },
        el('span', { class: 'level' }, WORDS[level]),
        el('span', { class: 'place' }, `line ${line}`),
        el('span', { class: 'words' }, message, hint === undefined ? null : el('small', {}, hint)),
        el('code', {}, rule),
      ),
    ),
  );
  if (items.length === 0) return fill($('problems'));
  fill(
    $('problems'),
    el(
      'details',
      { open: !folded },
      el('summary', {}, el('h2', {}, 'Places to look at'), el('span', { class: 'hint keys' }, 'F8: the next one')),
      mendable === 0 ? null : el('button', { type: 'button', class: 'mend', onclick: mend }, `Mend what is certain (${mendable})`),
      el('ul', {}, items),
    ),
  );
}

async function mend() {
  const answer = await act('mend', { text: editor.text });
  if (!answer.ok) return toast(answer.error);
  replace(answer.text);
  editor.focus();
}

/** The next place to look at after the line of the caret, around the end. */
function nextProblem(way) {
  const lines = [...new Set((made?.problems ?? []).map(({ line }) => line))].sort((a, b) => a - b);
  const ahead = way > 0 ? lines.find((line) => line > editor.line) : lines.findLast((line) => line < editor.line);
  const line = ahead ?? (way > 0 ? lines[0] : lines.at(-1));
  if (line !== undefined) editor.goTo(line, made.problems.find((problem) => problem.line === line).column);
}
