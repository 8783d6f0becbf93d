import { MARKS } from '../../law/marks.ts';
import { DATA_ELEMENTS, FLAGS, INCIDENT_TYPES, SECTORS } from '../../law/vocabulary.ts';
import type { Incident } from '../../record/incident.ts';
import {
  type Block,
  type Choice,
  choiceInput,
  context,
  input,
  manyInput,
  menuInput,
  modal,
  textInput,
  type View,
  whenInput,
} from '../blocks.ts';
import { anchorWords } from './anchor-words.ts';
import { anchorForm } from './forms.ts';
import { questionWords } from './questions.ts';

/** The form that answers one question about who must be told. What it says back is read in `fact-answer.ts`. */
export function factForm(incident: Incident, field: string): View {
  if (field.startsWith('anchors.')) return anchorForm(incident, field.slice(8));
  const metadata = JSON.stringify({ record: incident.record, field });
  return modal('clock.answer', 'State a fact', 'Record', metadata, [...blocksOf(incident, field), context(HINT)]);
}

const HINT = 'What you know, not what you guess: "not known" is an answer, and it can be changed later. The record keeps both.';

const YES_NO: Choice[] = [
  { text: 'Yes', value: 'true' },
  { text: 'No', value: 'false' },
  { text: 'Not known', value: 'unknown' },
];

function blocksOf(incident: Incident, field: string): Block[] {
  const question = questionWords(field);
  const known = (fact: string) => shown(incident, fact);
  switch (field) {
    case 'entity':
      return entityBlocks(known);
    case 'residents':
      return [
        input(
          'residents',
          question,
          textInput({ multiline: true, initial: residentsOf(incident), placeholder: 'US-TX: 300' }),
          RESIDENTS,
        ),
      ];
    case 'data_elements':
      return [input('data_elements', question, manyInput(choices(Object.keys(DATA_ELEMENTS)), 'Kinds of data'), DATA)];
    case 'encrypted':
      return [
        input('encrypted', 'Were the data encrypted?', choiceInput(YES_NO, known('encrypted') || 'unknown')),
        input(
          'key_taken',
          'Was the key, or a password that opens them, taken too?',
          choiceInput(YES_NO, known('key_taken') || 'unknown'),
        ),
      ];
    case 'risk':
      return [input('risk', question, choiceInput(RISKS, known('risk') || 'unknown'))];
    case 'harm_unlikely':
      return [
        input('harm_unlikely', 'Is harm to the people unlikely, after an investigation?', choiceInput(YES_NO, 'unknown')),
        input('harm_determination_documented', 'Is that determination in writing?', choiceInput(YES_NO, 'unknown')),
      ];
    case 'incident_type':
      return [input('incident_type', question, manyInput(choices(INCIDENT_TYPES), 'Kinds of incident'))];
    case 'contract':
      return CONTRACT;
    case 'law_enforcement_hold':
      return HOLD;
    default:
      return [input('value', question, valueInput(field, known(field)))];
  }
}

const RESIDENTS = { hint: 'One place a line: US-TX: 300, DE: unknown, UK: 12. A place you take out counts as 0.' };
const DATA = { hint: 'Leave it empty where no personal data are affected.', optional: true };

const RISKS: Choice[] = [
  { text: 'A risk is unlikely', value: 'unlikely' },
  { text: 'A risk is likely', value: 'likely' },
  { text: 'A high risk is likely', value: 'high' },
  { text: 'Not known', value: 'unknown' },
];

const ROLES: Choice[] = [
  { text: 'Ours: we decide what the data are for', value: 'owner', description: 'owner, controller, covered entity' },
  { text: "Our customers': we work for them", value: 'service-provider', description: 'processor, MSP, business associate' },
  { text: 'Both', value: 'both' },
  { text: 'We make a product that is hit', value: 'manufacturer' },
];

function entityBlocks(known: (fact: string) => string): Block[] {
  return [
    input('role', 'Whose data or systems are hit?', choiceInput(ROLES, known('entity.role'))),
    input(
      'jurisdiction',
      'Where are we at home?',
      textInput({ initial: known('entity.jurisdiction'), placeholder: 'DE, UK, US-TX, CA-QC', max: 10 }),
    ),
    input('zone', 'Our time zone', textInput({ initial: known('entity.zone'), placeholder: 'Europe/Berlin', max: 60 }), {
      optional: true,
      hint: 'Leave it empty to take the one of the place.',
    }),
    input('sector', 'What are we?', manyInput(choices(SECTORS), 'Sectors'), { optional: true }),
    input(
      'main',
      'Main establishment in the EU, if there is one',
      textInput({ initial: known('entity.eu_main_establishment'), placeholder: 'IE', max: 10 }),
      {
        optional: true,
      },
    ),
  ];
}

const CONTRACT: Block[] = [
  input('party', 'With whom?', textInput({ placeholder: 'Tulip BV, or the insurer', max: 150 })),
  input(
    'kind',
    'What is it?',
    choiceInput([
      { text: 'Data processing agreement', value: 'dpa' },
      { text: 'Service agreement', value: 'msa' },
      { text: 'Insurance policy', value: 'policy' },
      { text: 'Card scheme', value: 'card-scheme' },
      { text: 'Policy: proof of loss', value: 'proof-of-loss' },
      { text: 'Vendor: time to claim', value: 'vendor-claim' },
    ]),
  ),
  input('hours', 'Hours it gives us', textInput({ placeholder: '48', max: 6 }), { optional: true }),
  input('days', 'Or days', textInput({ max: 4 }), { optional: true }),
  input('business_days', 'Or business days', textInput({ max: 4 }), { optional: true }),
  input(
    'anchor',
    'Counted from',
    menuInput(choices(['aware', 'discovered', 'confirmed', 'occurred', 'detected'], anchorWords), 'aware'),
  ),
];

const HOLD: Block[] = [
  input('agency', 'Which agency?', textInput({ max: 150 })),
  input('written', 'Is the request in writing?', choiceInput(YES_NO, 'unknown')),
  input('start', 'Since when?', whenInput()),
  input('end', 'Released when? (empty while it lasts)', whenInput(), { optional: true }),
];

/** A mark takes yes, no or one of its own words; a flag yes or no; anything else is a number. */
function valueInput(field: string, initial: string) {
  const mark = MARKS[field.replace(/^entity\./, '')];
  if (mark?.words !== undefined) {
    const own = mark.words
      .filter((word) => word !== 'none')
      .map((word) => ({ text: `Yes: ${word.replaceAll('-', ' ')}`, value: word }));
    return choiceInput([...own.slice(0, 7), ...YES_NO], initial);
  }
  if (mark !== undefined || FLAGS[field] !== undefined || field === 'key_taken') return choiceInput(YES_NO, initial);
  return textInput({ initial, placeholder: 'a whole number, or: unknown', max: 15 });
}

function choices(words: readonly string[], say: (word: string) => string = (word) => word.replaceAll('-', ' ')): Choice[] {
  return words.map((word) => ({ text: say(word), value: word }));
}

function shown({ owed }: Incident, fact: string): string {
  const value = owed.facts.get(fact)?.value;
  return value === undefined || typeof value === 'object' ? '' : String(value);
}

function residentsOf({ owed }: Incident): string {
  const stated = [...owed.facts].filter(([fact, { value }]) => fact.startsWith('residents.') && value !== 0);
  return stated.map(([fact, { value }]) => `${fact.slice(10)}: ${String(value)}`).join('\n');
}
