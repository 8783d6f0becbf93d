/** What a conversation with the bot starts with; each works without a model. At most four. */
export const PROMPTS: { title: string; message: string }[] = [
  { title: 'What now?', message: 'What now?' },
  { title: 'What do we know?', message: 'What do we know so far?' },
  { title: 'Hand-over brief', message: 'Hand-over brief' },
  { title: 'Who must we tell?', message: 'Who must we tell?' },
];
