import type { Docket } from '../case.ts';
import { PARTS } from '../parts.ts';
import type { Problem } from '../problem.ts';
import { fleschKincaid } from '../reading-grade.ts';
import type { Template } from '../template.ts';

const AS_OF =
  /\b(?:as of|as at|status (?:at|on)|as known (?:at|on)|known (?:at|on) \d|on \d{1,2} \w+|at \d{1,2}:\d{2})\b|\d{4}-\d{2}-\d{2}|\b\d{1,2}:\d{2}\b/i;
const NEXT =
  /\bnext (?:update|message|report|notice|news)\b|\b(?:update|hear from us|hear|write|report|inform|tell|message|call|contact|brief)\b.{0,60}\b(?:by|at|on|before|every|within|no later than)\b.{0,20}\d|\b(?:again|more) (?:by|at|on) \d|\bby \d{1,2}[:.]\d{2}\b/i;

/** The draft as a whole: as-of time and next update, length, reading grade, the parts and headings its kind must have. */
export function form(docket: Docket): Problem[] {
  const { sentences } = docket.draft;
  const { template } = docket;
  if (template === undefined) return [];
  const text = sentences.map((it) => it.text).join(' ');
  return [
    ...times(template, text),
    ...size(template, text, sentences.length),
    ...grade(template, docket),
    ...parts(template, text),
  ];
}

function whole(level: Problem['level'], rule: string, message: string, suggestion: string): Problem {
  return { sentence: null, level, rule, message, suggestion };
}

function times(rules: Template, text: string): Problem[] {
  const asOf = whole('wording', 'wording.as_of', 'The draft gives no as-of time.', 'Open with "As of [time and zone] ...".');
  const next = whole(
    'wording',
    'wording.next_update',
    'The draft does not say when the next update comes.',
    'End with "Our next update comes by [time and zone]."',
  );
  return [...(rules.as_of && !AS_OF.test(text) ? [asOf] : []), ...(rules.next_update && !NEXT.test(text) ? [next] : [])];
}

function size(rules: Template, text: string, sentences: number): Problem[] {
  const count = text.split(/\s+/).filter((it) => /\w/.test(it)).length;
  const mean = count / Math.max(1, sentences);
  const [least, most] = rules.words;
  return [
    ...(count > most
      ? [
          whole(
            'form',
            'form.length',
            `${count} words; a notice of this kind has at most ${most}.`,
            'Cut what the reader does not need now.',
          ),
        ]
      : []),
    ...(count < least
      ? [
          whole(
            'form',
            'form.length',
            `${count} words; a notice of this kind has at least ${least}.`,
            'See the template of this kind for what is missing.',
          ),
        ]
      : []),
    ...(mean > 20
      ? [
          whole(
            'form',
            'form.sentences',
            `${mean.toFixed(0)} words a sentence on average.`,
            'Keep the average at 20 words or below.',
          ),
        ]
      : []),
  ];
}

/** Statutory lines are exempt: their words are not ours to shorten. */
function grade(rules: Template, docket: Docket): Problem[] {
  const reached = fleschKincaid(docket.draft.sentences.filter(({ text }) => !docket.fixed.has(text)).map((it) => it.text));
  if (reached <= rules.grade + 1) return [];
  return [
    whole('form', 'form.grade', `Reading grade ${reached.toFixed(1)}; the aim is ${rules.grade}.`, 'Shorten sentences and words.'),
  ];
}

function parts(rules: Template, text: string): Problem[] {
  const missing = rules.must.filter((name) => PARTS[name]?.pattern.test(text) === false).map((name) => PARTS[name]?.says ?? name);
  const headings = rules.headings
    .filter((heading) => !text.toLowerCase().includes(heading.toLowerCase()))
    .map((heading) => `the heading "${heading}"`);
  return [...missing, ...headings].map((name) => whole('form', 'form.part', `Missing: ${name}.`, 'See the template of this kind.'));
}
