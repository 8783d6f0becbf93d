import { utf8 } from '../../record/bytes.ts';
import type { PackFiles } from '../files.ts';
import type { Verdict } from '../verdict.ts';
import { verifyPack } from '../verify.ts';
import { element } from './dom.ts';
import { startFilter } from './filter.ts';
import { entriesShownWrongly } from './shown.ts';

/** The one script of an exported timeline: it verifies the record that the page carries, and filters the entries. */
const files: PackFiles = new Map(
  Object.entries<string>(JSON.parse(element('#pack').textContent ?? '{}')).map(([path, text]) => [path, utf8(text)]),
);

element('#check').addEventListener('submit', (event) => {
  event.preventDefault();
  void check();
});
element('#check').hidden = false;
startFilter();

async function check(): Promise<void> {
  const [bar, outside] = [element('#progress'), element('#outside').value];
  bar.hidden = false;
  say('', 'Checking…', '');
  try {
    const verdict = await verifyPack(files, { progress: draw, ...(outside.trim() === '' ? {} : { checkpoint: outside }) });
    report(verdict);
  } catch (error) {
    say('bad', error instanceof Error ? error.message : String(error), '');
  }
  bar.hidden = true;
}

/** Lets the browser draw between two steps: a long check must not look like a dead page. */
function draw(step: string, done: number): Promise<void> {
  element('#progress').value = String(done);
  element('#detail').textContent = step;
  return new Promise((drawn) => setTimeout(drawn, 0));
}

function report(verdict: Verdict): void {
  const wrong = verdict.ok ? entriesShownWrongly(files) : [];
  const compared = verdict.ok && wrong.length === 0 ? ' The words on this page are those of the record in it.' : '';
  const detail = `${verdict.entries} entries, root ${verdict.root}.${compared}`;
  const problems = verdict.problems.slice(0, 20).map(({ message }) => `\n${message}`);
  if (wrong.length > 0)
    say(
      'bad',
      `The record in this page verifies, but the page shows other words at: ${wrong.slice(0, 20).join(', ')}. ${verdict.says}`,
      detail,
    );
  else say(moodOf(verdict), `${verdict.says}${verdict.ok ? '' : problems.join('')}`, detail);
}

/** Green is for what an outside copy vouches for, and for nothing else. */
function moodOf({ ok, checkpoints }: Verdict): Mood {
  if (!ok) return 'bad';
  return checkpoints.some(({ witnessed }) => witnessed) ? 'good' : 'alone';
}

type Mood = '' | 'good' | 'alone' | 'bad';

function say(mood: Mood, words: string, detail: string): void {
  element('#verdict').className = mood;
  element('#verdict').textContent = words;
  element('#detail').textContent = detail;
}
