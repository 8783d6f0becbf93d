import type { OpenQuestion } from '../../law/answers.ts';
import { MARKS } from '../../law/marks.ts';
import { FLAGS, NUMBERS } from '../../law/vocabulary.ts';
import type { Incident } from '../../record/incident.ts';
import type { Choice } from '../blocks.ts';
import { clip } from '../mrkdwn.ts';
import { anchorWords } from './anchor-words.ts';

/** Questions about who must be told. `field` is the key of the findings that holds the answer, or a topic with a form of its own. */
export type Question = { field: string; question: string; worth: string };

/** Topics that come before any law can be asked, and those a person may bring up unasked. */
const TOPICS: Record<string, string> = {
  entity: 'Who are we in this, and where?',
  residents: 'How many people are affected, by the place where they live?',
  data_elements: 'Which kinds of personal data are affected?',
  encrypted: 'Were the data encrypted, and is the key safe?',
  risk: 'How likely is a risk to the people concerned?',
  incident_type: 'What kind of incident is it?',
  contract: 'Which contract or policy names a time for telling somebody?',
  law_enforcement_hold: 'Has law enforcement asked us to wait?',
};

export function questionWords(field: string): string {
  const topic = TOPICS[field];
  if (topic !== undefined) return topic;
  if (field.startsWith('anchors.')) return `When was it, if it has happened: ${anchorWords(field.slice(8))}?`;
  if (field.startsWith('residents.')) return `How many people in ${field.slice(10)} are affected?`;
  const mark = MARKS[field.replace(/^entity\./, '')];
  if (mark !== undefined) return `Is this so: ${mark.about}?`;
  if (FLAGS[field] !== undefined) return `Is this so: ${FLAGS[field]}?`;
  if ((NUMBERS as readonly string[]).includes(field)) return `What is the figure: ${field.replaceAll('_', ' ')}?`;
  if (field === 'individuals_total') return 'How many people are affected in all?';
  if (field === 'key_taken') return 'Was the key taken too?';
  return field === 'harm_unlikely'
    ? 'Is harm unlikely after an investigation, and is that in writing?'
    : field.replaceAll('_', ' ');
}

/** The one to ask next: first what no law can do without, then the one whose answer changes most duties. */
export function nextQuestion(incident: Incident, questions: OpenQuestion[]): Question | undefined {
  const first = basics(incident)[0];
  if (first !== undefined) return { field: first, question: questionWords(first), worth: '' };
  const asked = questions.filter(({ field }) => incident.owed.facts.get(field)?.value !== 'unknown');
  const best = asked[0] ?? questions[0];
  return best === undefined ? undefined : { field: best.field, question: questionWords(best.field), worth: worthOf(best) };
}

function basics({ owed }: Incident): string[] {
  const has = (prefix: string) => [...owed.facts.keys()].some((fact) => fact.startsWith(prefix));
  const knows = ['aware', 'discovered'].some((anchor) => owed.anchors.get(anchor)?.at !== undefined);
  return [
    ...(owed.facts.has('entity.jurisdiction') ? [] : ['entity']),
    ...(has('residents.') ? [] : ['residents']),
    ...(knows ? [] : ['anchors.aware']),
  ];
}

/** What an answer would be worth: how many duties it opens, closes or dates. */
function worthOf({ opens, closes, dates }: OpenQuestion): string {
  const parts = [
    opens.length === 0 ? '' : `open ${opens.length}`,
    closes.length === 0 ? '' : `close ${closes.length}`,
    dates.length === 0 ? '' : `change the date of ${dates.length}`,
  ].filter((part) => part !== '');
  return `An answer could ${parts.join(', ')} ${opens.length + closes.length + dates.length === 1 ? 'duty' : 'duties'}.`;
}

/** Everything that can be stated: the topics, then the open questions by what their answer is worth. */
export function questionChoices({ record }: Incident, questions: OpenQuestion[]): Choice[] {
  const open = questions.map((question) => ({ field: question.field, worth: worthOf(question) }));
  const topics = Object.keys(TOPICS).map((field) => open.find((one) => one.field === field) ?? { field, worth: '' });
  const others = open.filter(({ field }) => TOPICS[field] === undefined);
  return [...topics, ...others].slice(0, 25).map(({ field, worth }) => ({
    text: clip(questionWords(field), 75),
    value: `${record}|${field}`,
    ...(worth === '' ? {} : { description: worth }),
  }));
}
