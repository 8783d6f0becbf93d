import type { RecordView } from '../../desk/view.ts';
import type { Command } from '../../record/command.ts';
import { ERASED } from '../../record/entry.ts';
import type { Label } from '../../record/event.ts';
import type { Answer } from '../click.ts';
import { act, type Caller, type House, isRefusal, personOf, placeIn } from '../house.ts';
import { clip, safe } from '../mrkdwn.ts';
import type { Form } from '../payloads.ts';
import { keepingForm, REASON_MAX } from './forms.ts';
import { secondDelivery, unpacked, type Wish } from './second-card.ts';

type Clicked = { house: House; view: RecordView; caller: Caller; record: string; extra: string; channel: string | undefined };

/** The menu of the record, and the button by which a second person confirms what a first one asked for. */
export async function keepingClick(clicked: Clicked, verb: string): Promise<Answer> {
  if (verb === 'record.second') return confirm(clicked);
  const form = keepingForm(clicked.extra, clicked.view.incident);
  return form === undefined ? { say: 'That choice is of an older version of this card. Nothing was recorded.' } : { form };
}

async function confirm({ house, view, caller, record, extra, channel }: Clicked): Promise<Answer> {
  const asked = unpacked(extra);
  const command = { ...asked.wish, second: asked.by };
  const answer = await act(house, caller, record, command, { key: `second/${record}/${asked.id}` });
  if (isRefusal(answer)) return { say: safe(`${answer.refused} Nothing was recorded.`) };
  if (channel !== undefined)
    await house.desk.send(view.client, [secondDelivery(record, placeIn(house, caller.team, channel), asked)]);
  return undefined;
}

type Kept = { command: Command } | { errors: Record<string, string> } | { asked: true };

/** What a form of the menu comes to: a command, or a card on which somebody else confirms it. */
export async function keepingSubmission(house: House, view: RecordView, what: string, form: Form, caller: Caller): Promise<Kept> {
  const reason = form.text('reason');
  if (what === 'rename') {
    const title = form.text('title');
    return title === ''
      ? { errors: { title: 'Give the incident a name, however rough.' } }
      : { command: { do: 'renameIncident', title } };
  }
  if (what === 'hold') return ask(house, view, caller, { do: 'placeHold', hold: house.desk.newId(), reason });
  if (what === 'lift') return ask(house, view, caller, { do: 'liftHold', hold: form.text('hold'), reason });
  const seq = Number(/^#?(\d+)$/.exec(form.text('entry'))?.[1] ?? Number.NaN);
  const entry = view.entries[seq - 1];
  if (entry === undefined)
    return { errors: { entry: `There is no entry "${form.text('entry')}": they run from 1 to ${view.incident.size}.` } };
  switch (what) {
    case 'correct':
      return { command: { do: 'correctEntry', replaces: seq, text: form.text('text'), reason } };
    case 'label':
      return { command: { do: 'relabelEntry', of: seq, label: form.text('label') as Label, ...(reason === '' ? {} : { reason }) } };
    default: {
      const fields = Object.entries(entry.texts).flatMap(([field, value]) => (value === ERASED ? [] : [field]));
      const refused = unerasable(view, entry.kind, fields);
      if (refused !== undefined) return { errors: { entry: refused } };
      const basis = form.text('basis') as 'erasure' | 'privilege' | 'mistake';
      return ask(house, view, caller, { do: 'redactText', of: seq, fields, basis, reason });
    }
  }
}

/** Heard before a second person is bothered. The text of a runbook is what the guide runs on, and nobody's personal data. */
function unerasable({ incident }: RecordView, kind: string, fields: string[]): string | undefined {
  if (incident.holds.size > 0) return 'This record is under a legal hold: nothing in it may be erased.';
  if (kind.startsWith('runbook.')) return 'That entry holds the runbook that this incident follows: it is not erased.';
  return fields.length === 0 ? 'That entry has no words that could be erased.' : undefined;
}

async function ask(house: House, view: RecordView, caller: Caller, wish: Wish): Promise<Kept> {
  if (!wish.reason?.trim()) return { errors: { reason: 'Say why: the record keeps it.' } };
  const place = view.incident.places.find(({ surface, workspace }) => surface === house.surface && workspace === caller.team);
  if (place === undefined)
    return { errors: { reason: 'This incident has no channel here in which somebody else could confirm it.' } };
  const short = { ...wish, reason: clip(wish.reason, REASON_MAX) };
  const asked = { id: house.desk.newId(), by: await personOf(house, caller), wish: short };
  await house.desk.send(view.client, [secondDelivery(view.incident.record, placeIn(house, caller.team, place.channel), asked)]);
  return { asked: true };
}
