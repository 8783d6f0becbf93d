import type { ExposureState } from '../inventory/investigation.ts';
import type { Stuck } from './board.ts';

/** The board's codes in words, said the same way on the card, the page and the command line. */
export const STATE_WORDS: Record<ExposureState, string> = {
  unknown: 'not known',
  not_present: 'not present',
  present_outside_window: 'outside the window',
  present_in_window: 'in the window',
  iocs_absent: 'in the window, no indicator found',
  iocs_found: 'indicators found',
  data_access_unknown: 'access to data not known',
  data_access_ruled_out: 'access to data ruled out',
  data_taken: 'data taken',
};

export const STUCK_WORDS: Record<Stuck, string> = {
  hit: 'they say they are hit',
  blocked: 'a step is blocked',
  waits: 'waits for a precondition',
  question: 'asked a question',
  quiet: 'nothing for an hour',
};
