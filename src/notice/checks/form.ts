import type { Docket } from '../case.ts';
import type { KindRule } from '../kind-rules.ts';
import { KIND_RULES } from '../kind-rules.ts';
import type { Problem } from '../problem.ts';
import { fleschKincaid } from '../reading-grade.ts';

const AS_OF =
  /\b(?:as of|as at|status (?:at|on)|as known (?:at|on)|known (?:at|on) \d|on \d{1,2} \w+|at \d{1,2}:\d{2})\b|\d{4}-\d{2}-\d{2}|\b\d{1,2}:\d{2}\b/i;
const NEXT =
  /\bnext (?:update|message|report|notice|news)\b|\b(?:update|hear from us|hear|write|report|inform|tell|message|call|contact|brief)\b.{0,60}\b(?:by|at|on|before|every|within|no later than)\b.{0,20}\d|\b(?:again|more) (?:by|at|on) \d|\bby \d{1,2}[:.]\d{2}\b/i;

/** The draft as a whole: as-of time and next update, length, reading grade, the parts its kind must have. */
export function form(docket: Docket): Problem[] {
  const { kind, sentences } = docket.draft;
  if (kind === undefined) return [];
  const rules = KIND_RULES[kind];
  const text = sentences.map((it) => it.text).join(' ');
  return [...times(rules, text), ...size(rules, text, sentences.length), ...grade(rules, docket), ...parts(rules, text)];
}

function whole(level: Problem['level'], rule: string, message: string, suggestion: string): Problem {
  return { sentence: null, level, rule, message, suggestion };
}

function times(rules: KindRule, text: string): Problem[] {
  const asOf = whole('wording', 'wording.as_of', 'The draft gives no as-of time.', 'Open with "As of [time and zone] ...".');
  const next = whole(
    'wording',
    'wording.next_update',
    'The draft does not say when the next update comes.',
    'End with "Our next update comes by [time and zone]."',
  );
  return [...(rules.asOf && !AS_OF.test(text) ? [asOf] : []), ...(rules.next && !NEXT.test(text) ? [next] : [])];
}

function size(rules: KindRule, text: string, sentences: number): Problem[] {
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
function grade(rules: KindRule, docket: Docket): Problem[] {
  const reached = fleschKincaid(docket.draft.sentences.filter(({ text }) => !docket.fixed.has(text)).map((it) => it.text));
  if (reached <= rules.grade + 1) return [];
  return [
    whole('form', 'form.grade', `Reading grade ${reached.toFixed(1)}; the aim is ${rules.grade}.`, 'Shorten sentences and words.'),
  ];
}

function parts(rules: KindRule, text: string): Problem[] {
  return rules.parts
    .filter(({ pattern }) => !pattern.test(text))
    .map(({ name }) => whole('form', 'form.part', `The part "${name}" is missing.`, 'See the template of this kind.'));
}
