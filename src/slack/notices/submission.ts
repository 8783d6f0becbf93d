import type { RecordView } from '../../desk/view.ts';
import type { About } from '../forms.ts';
import type { Caller, House } from '../house.ts';
import type { Form } from '../payloads.ts';
import type { NoticeShelf } from './desk.ts';

/** A form about a notice that came back. */
export type Submission = {
  house: House;
  form: Form;
  about: About;
  caller: Caller;
  key: string;
  view: RecordView;
  shelf: NoticeShelf;
};
