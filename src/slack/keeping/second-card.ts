import { queueOf } from '../../desk/plan.ts';
import type { Delivery, Place } from '../../desk/ports.ts';
import type { RecordView } from '../../desk/view.ts';
import { fromBase64, fromUtf8, toBase64, utf8 } from '../../record/bytes.ts';
import type { CommandOf, NamedPerson } from '../../record/command.ts';
import { nameOf } from '../../record/turn.ts';
import { actions, button, context, section } from '../blocks.ts';
import type { Card } from '../card.ts';
import { clip, safe } from '../mrkdwn.ts';

/** What takes two people: one asks, another confirms, and only then it is a command. Nothing is recorded before. */
type Two = 'redactText' | 'placeHold' | 'liftHold';
export type Wish = { [D in Two]: Omit<CommandOf<D>, 'second'> }[Two];
export type Asked = { id: string; by: NamedPerson; wish: Wish };

/** The whole of what was asked travels in the button, so that nothing has to be remembered between the two clicks. */
const packed = (asked: Asked): string => toBase64(utf8(JSON.stringify(asked)));
/** @throws where it is not one of ours. */
export const unpacked = (value: string): Asked => JSON.parse(fromUtf8(fromBase64(value)));

export function secondDelivery(record: string, place: Place, asked: Asked): Delivery {
  const id = `${record}/second/${asked.id}@${place.channel}`;
  return { id, record, kind: 'second-card', queue: queueOf(place), body: JSON.stringify({ place, asked }), coalescing: true };
}

export function secondCard(view: RecordView, asked: Asked): Card {
  const { incident } = view;
  const text = `${safe(asked.by.name)} asks: ${wordsOf(asked.wish)}`;
  const done = view.entries.find((entry) => entry.kind === EVENT[asked.wish.do] && entry.seq > 0 && isOf(entry, asked));
  const why = section(`_Why:_ ${safe(clip(asked.wish.reason ?? '', 500))}`);
  if (done !== undefined) {
    const by = `${nameOf(incident, done.actor)} and ${asked.by.name}`;
    return { text, blocks: [section(`:lock: *${text}*`), why, context(`Done by ${safe(by)}: entry ${done.seq}.`)] };
  }
  const confirm = button('record.second', 'Confirm', `${incident.record}||${packed(asked)}`, {
    style: 'danger',
    says: 'Confirm as the second person',
  });
  return {
    text,
    blocks: [
      section(`:lock: *${text}*`),
      why,
      actions(`second|${asked.id}`, [confirm]),
      context('It counts when somebody else confirms it. Nothing has been recorded yet.'),
    ],
  };
}

const EVENT = { redactText: 'text.redacted', placeHold: 'hold.placed', liftHold: 'hold.lifted' } as const;

function isOf(entry: RecordView['entries'][number], { wish }: Asked): boolean {
  if (entry.kind === 'text.redacted') return wish.do === 'redactText' && entry.body.of === wish.of;
  return (entry.kind === 'hold.placed' || entry.kind === 'hold.lifted') && 'hold' in wish && entry.body.hold === wish.hold;
}

function wordsOf(wish: Wish): string {
  switch (wish.do) {
    case 'redactText':
      return `erase the words of entry ${wish.of} for good`;
    case 'placeHold':
      return 'a legal hold, so that nothing of this record is erased';
    case 'liftHold':
      return `lift the legal hold ${safe(wish.hold)}`;
  }
}
