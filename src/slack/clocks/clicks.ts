import type { Clocks, OwedDuty } from '../../desk/clocks.ts';
import { clockBoard } from '../../desk/plan.ts';
import type { RecordView } from '../../desk/view.ts';
import { dutyKey } from '../../record/incident-duties.ts';
import type { View } from '../blocks.ts';
import { type Caller, type House, placeIn } from '../house.ts';
import { factForm } from './fact-form.ts';
import { acceptForm, anchorForm, filedForm, undoForm, waiveForm } from './forms.ts';
import { nextQuestion } from './questions.ts';
import { othersModal, whyModal } from './why.ts';

/** A click on something about clocks: `first` is a duty or the key of a finding, `second` the instance of the duty. */
export type ClockClick = {
  house: House;
  view: RecordView;
  caller: Caller;
  channel: string | undefined;
  first: string;
  second: string;
};

type Answer = { form: View } | { say: string } | undefined;

/** In the place of a duty: all that are not owed. */
const ALL = '*';

const GONE = { say: 'That duty is not on the board any more: look at it again. Nothing was recorded.' };

export async function clockClick(click: ClockClick, verb: string): Promise<Answer> {
  const { house, view, first } = click;
  const clocks = house.desk.reckoner?.clocks(view.incident, view.now);
  switch (verb) {
    case 'clock.open':
      return show(click);
    case 'clock.answer':
      return answer(click);
    case 'clock.time':
      return { form: anchorForm(view.incident, undefined) };
    case 'clock.undo':
      return clocks === undefined ? GONE : { form: undoForm(view, clocks) };
    default:
      return clocks === undefined ? GONE : onDuty(click, verb, clocks, first === '' ? undefined : find(clocks, click));
  }
}

function find({ duties }: Clocks, { first, second }: ClockClick): OwedDuty | undefined {
  const key = dutyKey(second === '' ? { duty: first } : { duty: first, instance: second });
  return duties.find((owed) => owed.key === key);
}

function onDuty({ view, first }: ClockClick, verb: string, clocks: Clocks, owed: OwedDuty | undefined): Answer {
  if (first !== '' && first !== ALL && owed === undefined) return GONE;
  switch (verb) {
    case 'clock.filed':
      return { form: filedForm(view, clocks, owed) };
    case 'clock.waive':
      return { form: waiveForm(view, clocks, owed) };
    case 'clock.why':
      return first === ALL
        ? { form: othersModal(view, clocks) }
        : owed === undefined
          ? GONE
          : { form: whyModal(view, clocks, owed) };
    case 'clock.accept':
      return owed?.change === undefined ? GONE : { form: acceptForm(view, owed) };
    default:
      return { say: 'That button is of an older version of this card. Nothing was recorded.' };
  }
}

/** The board comes to the channel: a delivery, and nothing to record. */
async function show({ house, caller, channel, view }: ClockClick): Promise<Answer> {
  if (channel === undefined) return { say: 'Open the board from the incident channel.' };
  const board = clockBoard(view.incident.record, placeIn(house, caller.team, channel));
  const sent = (await house.store.open(view.client).deliveries(view.incident.record)).find(({ id }) => id === board.id);
  await house.desk.send(view.client, [board]);
  return sent?.ref === undefined ? undefined : { say: 'The board of who must be told is pinned in this channel, and up to date.' };
}

function answer({ house, view, first }: ClockClick): Answer {
  const { incident, now } = view;
  const field = first === '' ? nextQuestion(incident, house.desk.reckoner?.questions(incident, now) ?? [])?.field : first;
  return field === undefined ? { say: 'No unanswered question would change the picture.' } : { form: factForm(incident, field) };
}
