/** Which unanswered question opens or closes how many duties: every open question is answered both ways, and the duties compared. */
import { isOpen } from './bite.ts';
import { evaluate } from './duties.ts';
import type { Duty } from './duty.ts';
import { jurisdictionsOf } from './jurisdictions.ts';
import { MARKS } from './marks.ts';
import type { Moment } from './moment.ts';
import type { Rulebook } from './rulebook.ts';
import type { Findings, Scope } from './scope.ts';
import { NUMBERS } from './vocabulary.ts';

/** One question that nobody has answered, and what its answer is worth. */
export type OpenQuestion = {
  client: string | null;
  /** The key of the findings file that would hold the answer. */
  field: string;
  question: string;
  /** Duties that some answer would open, close, or give another date. */
  opens: string[];
  closes: string[];
  dates: string[];
};

type Question = { field: string; question: string; answers: Partial<Scope>[] };

/** The open questions, the most valuable first: the one whose answer changes most duties. Questions that change none are left out. */
export function whichAnswerMatters(findings: Findings, rules: Rulebook): OpenQuestion[] {
  const found = findings.scopes.flatMap((scope) => {
    const before = dutiesOf(scope, rules, findings.now);
    return questionsOf(scope, findings.now).map(({ field, question, answers }): OpenQuestion => {
      const changes = { opens: new Set<string>(), closes: new Set<string>(), dates: new Set<string>() };
      for (const answer of answers) compare(before, dutiesOf({ ...scope, ...answer }, rules, findings.now), changes);
      const { opens, closes, dates } = changes;
      return { client: scope.client, field, question, opens: [...opens], closes: [...closes], dates: [...dates] };
    });
  });
  return found.filter((q) => worth(q) > 0).sort((a, b) => worth(b) - worth(a));
}

function worth({ opens, closes, dates }: OpenQuestion): number {
  return opens.length + closes.length + dates.length;
}

function dutiesOf(scope: Scope, rules: Rulebook, now: number): Map<string, Duty> {
  return new Map(evaluate({ now, scopes: [scope] }, rules).duties.map((duty) => [`${duty.id}|${duty.instance ?? ''}`, duty]));
}

function compare(
  before: Map<string, Duty>,
  after: Map<string, Duty>,
  changes: Record<'opens' | 'closes' | 'dates', Set<string>>,
): void {
  for (const [key, duty] of after) {
    const was = before.get(key);
    const wasOpen = was !== undefined && isOpen(was);
    if (isOpen(duty) && !wasOpen) changes.opens.add(duty.id);
    else if (!isOpen(duty) && wasOpen) changes.closes.add(duty.id);
    else if (isOpen(duty) && wasOpen && (duty.due !== was.due || duty.state !== was.state)) changes.dates.add(duty.id);
  }
}

const COUNTS = [0, 1, 300, 600, 1_500, 20_000];
const DATA: [string[], string][] = [
  [[], 'none'],
  [['name', 'email'], 'contact data only'],
  [
    ['name', 'ssn', 'driver-license-or-state-id', 'financial-account-or-card-with-access-code', 'medical', 'health'],
    'identity, money or health data',
  ],
];

function questionsOf(scope: Scope, now: number): Question[] {
  return [...peopleQuestions(scope), ...dataQuestions(scope), ...anchorQuestions(scope, now), ...entityQuestions(scope)];
}

function peopleQuestions(scope: Scope): Question[] {
  const questions: Question[] = [];
  if (scope.residents === undefined) {
    const places = [...jurisdictionsOf(scope)].filter((place) => place !== 'XX');
    const answers = COUNTS.map((n) => ({ residents: new Map(places.map((place) => [place, n])) }));
    questions.push({ field: 'residents', question: 'How many people are affected, by the place where they live?', answers });
  }
  for (const [place, count] of scope.residents ?? []) {
    if (count !== 'unknown') continue;
    const answers = COUNTS.map((n) => ({ residents: new Map(scope.residents).set(place, n) }));
    questions.push({ field: `residents.${place}`, question: `How many people in ${place} are affected?`, answers });
  }
  if (scope.total === 'unknown') {
    const answers = COUNTS.map((total) => ({ total }));
    questions.push({ field: 'individuals_total', question: 'How many people are affected in all?', answers });
  }
  return questions;
}

function dataQuestions(scope: Scope): Question[] {
  const questions: Question[] = [];
  if (scope.data === undefined) {
    const answers = DATA.map(([data]) => ({ data: new Set(data) }));
    questions.push({ field: 'data_elements', question: 'Which kinds of personal data are affected?', answers });
  }
  if (scope.encrypted === undefined) {
    questions.push({
      field: 'encrypted',
      question: 'Were the data encrypted, and is the key safe?',
      answers: [{ encrypted: true, keyTaken: false }],
    });
  } else if (scope.encrypted && scope.keyTaken === undefined) {
    questions.push({ field: 'key_taken', question: 'Was the key taken too?', answers: [{ keyTaken: true }] });
  }
  if (scope.risk === undefined) {
    const answers = (['unlikely', 'likely', 'high'] as const).map((risk) => ({ risk }));
    questions.push({ field: 'risk', question: 'How likely is a risk to the people concerned?', answers });
  }
  if (!scope.harmUnlikely) {
    const answers = [{ harmUnlikely: true, harmDocumented: true }];
    questions.push({
      field: 'harm_unlikely',
      question: 'Is harm unlikely after an investigation, and is that in writing?',
      answers,
    });
  }
  return questions;
}

const ASKED_ANCHORS = [
  'discovered',
  'aware',
  'determined',
  'confirmed',
  'classified',
  'material',
  'scope_known',
  'decision_to_notify',
  'vendor_notified_us',
];

function anchorQuestions(scope: Scope, now: number): Question[] {
  const at: Moment = { at: now };
  return ASKED_ANCHORS.filter((name) => !scope.anchors.has(name)).map((name) => ({
    field: `anchors.${name}`,
    question: `Has it happened, and when: ${name.replaceAll('_', ' ')}?`,
    answers: [{ anchors: new Map(scope.anchors).set(name, at) }],
  }));
}

function entityQuestions(scope: Scope): Question[] {
  const marks = Object.entries(MARKS).filter(([mark]) => !scope.marks.has(mark));
  const places = jurisdictionsOf(scope);
  const questions: Question[] = marks
    .filter(([, { law }]) => law === undefined || places.has(law))
    .map(([mark, { about }]) => ({
      field: `entity.${mark}`,
      question: `Is this so: ${about}?`,
      answers: [{ marks: new Map(scope.marks).set(mark, true) }],
    }));
  for (const field of NUMBERS) {
    if (scope.numbers.has(field)) continue;
    const answers = [0, 100_000_000].map((value) => ({ numbers: new Map(scope.numbers).set(field, value) }));
    questions.push({ field, question: `What is the figure: ${field.replaceAll('_', ' ')}?`, answers });
  }
  return questions;
}
