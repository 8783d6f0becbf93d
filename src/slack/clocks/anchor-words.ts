import { ANCHORS } from '../../law/vocabulary.ts';

/** What an anchor asks, in words a person can answer at 3 a.m. The laws keep these apart, and so must the team. */
const WORDS: Partial<Record<string, string>> = {
  detected: 'An alert rang, or somebody noticed something',
  suspected: 'We suspected an incident',
  aware: 'We became aware: reasonably certain that data or systems were hit',
  discovered: 'We discovered the breach, or should have (US wording)',
  determined: 'We determined that there was a breach',
  occurred: 'It happened: the break-in, the loss, the wrong mail',
  believed: 'We had reason to believe that data were taken',
  confirmed: 'It was confirmed',
  determined_likely_harm: 'We determined that harm is likely',
  determined_no_harm: 'We determined that no harm is likely',
  classified: 'We classified it as a major or significant incident',
  material: 'We determined that it is material (to investors)',
  scope_known: 'We knew who and what is affected',
  decision_to_notify: 'We decided to notify',
  vendor_discovered: 'Our vendor discovered it',
  vendor_notified_us: 'Our vendor or processor told us',
  we_notified_customer: 'We told our customer',
  notice_sent: 'The letters to the people went out',
  initial_filed: 'The first report was filed',
  early_warning_filed: 'The early warning was filed',
  notification_filed: 'The incident notification was filed',
  intermediate_filed: 'The intermediate report was filed',
  final_filed: 'The final report was filed',
  hhs_notified: 'HHS was notified',
  le_notified: 'Law enforcement was told',
  ransom_paid: 'A ransom was paid',
  fix_available: 'A fix became available',
  handled: 'The incident was handled',
  hold_start: 'Law enforcement asked us to wait',
  hold_end: 'Law enforcement released us',
  information_available: 'The information asked for became available',
  disclosed_abroad: 'It was disclosed abroad',
  recovered: 'We had recovered',
  policy_end: 'The policy period ends',
  requested: 'The authority asked',
};

export const anchorWords = (anchor: string): string => WORDS[anchor] ?? anchor.replaceAll('_', ' ');

/** Every anchor, the ones asked first at the top. */
export const anchorsInOrder = (): string[] => {
  const known = Object.keys(WORDS);
  return [...known, ...ANCHORS.filter((name) => !known.includes(name))];
};
