import type { CallOutcome } from '../../record/event.ts';

/** What people write about calls: `call sheet`, `call acme reached: spoke to Bo`, and in a lane `call no answer`. */
export type CallTalk = { say: 'call sheet' } | { say: 'call'; client?: string; outcome: CallOutcome; who?: string; note?: string };

type Groups = { [name: string]: string | undefined };

const OUTCOMES: [RegExp, CallOutcome][] = [
  [/^reached|^spoke/i, 'reached'],
  [/^left/i, 'left-word'],
  [/^no/i, 'no-answer'],
];

export const CALL_RULES: { pattern: RegExp; read: (groups: Groups) => CallTalk }[] = [
  {
    pattern: /^(?:(?:the )?call ?sheet|calls|who(?:m)? (?:do|should|must) (?:we|i) (?:phone|call)(?: next| now)?)\??$/i,
    read: () => ({ say: 'call sheet' }),
  },
  {
    pattern:
      /^(?:call(?:ed)?|phoned?)(?: (?<client>(?!reached\b|left\b|no (?:answer|reply)\b).{1,80}?))?:? (?<outcome>reached|left (?:a )?(?:word|message|voicemail)|no (?:answer|reply))(?:[:,.;]\s*(?<note>.+))?$/is,
    read: ({ client, outcome = '', note }) => {
      const who = /\bspoke (?:to|with) ([\p{Lu}][\p{L}'’-]*(?: [\p{Lu}][\p{L}'’-]*){0,2})/u.exec(note ?? '')?.[1];
      return {
        say: 'call',
        outcome: OUTCOMES.find(([form]) => form.test(outcome))?.[1] ?? 'no-answer',
        ...(client === undefined ? {} : { client: client.trim() }),
        ...(who === undefined ? {} : { who }),
        ...(note === undefined ? {} : { note }),
      };
    },
  },
];

export const isCallTalk = (talk: { say: string }): talk is CallTalk => talk.say === 'call' || talk.say === 'call sheet';
