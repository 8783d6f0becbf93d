import type { RecordView } from '../desk/view.ts';
import type { View } from './blocks.ts';
import type { Caller, House } from './house.ts';
import type { BlockActions } from './payloads.ts';

/** What a click comes to: done (nothing to say), a form to open, or a sentence for the person who clicked. */
export type Answer = { form: View } | { say: string } | undefined;

/** What was clicked, by whom, and in which record. */
export type Click = {
  house: House;
  caller: Caller;
  view: RecordView;
  record: string;
  step: string;
  extra: string;
  payload: BlockActions;
  key: string;
};
