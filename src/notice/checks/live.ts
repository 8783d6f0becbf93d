import type { Check } from '../case.ts';
import { problem } from '../case.ts';
import { hasHidden } from '../values/scan.ts';

const LIVE: [RegExp, string][] = [
  [/\bhttps?:\/\/[^\s)>\]]+/i, 'live link'],
  [/(?<![\w@.[\]])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w.]\d)/, 'live IP address'],
  [/\b[\w.+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}\b/i, 'live e-mail address'],
  [
    /(?<![\w@.\\/[\]-])(?:[a-z0-9-]+\.)+(?:com|net|org|io|dev|xyz|top|info|biz|ru|cn|onion|example|test|co|cc|su|pw|club|site|online|app|cloud|me|to|eu|de|uk|nl|fr|at|ch|be|it|es|pl|us|ca|au|in|br|tk|ml|ga|cf|gq)\b(?![\w(])/i,
    'live domain',
  ],
];

/** Indicators are defanged, so that nobody clicks on them and no mail filter eats the notice. */
export const live: Check = (it) => {
  if (it.type === 'fixed') return [];
  const text = it.sentence.text;
  const hit = LIVE.find(([pattern]) => pattern.test(text));
  const found = hit?.[0].exec(text)?.[0];
  if (hit === undefined || found === undefined) return [];
  return [
    problem(
      it,
      'wording',
      'wording.live_address',
      `"${found}" is a ${hit[1]}.`,
      `Write it defanged: "${found.replace(/^http/i, 'hxxp').replaceAll('.', '[.]').replace('@', '[@]')}".`,
    ),
  ];
};

const SECRETS: [RegExp, string][] = [
  [/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/, 'a private key'],
  [/\bAKIA[0-9A-Z]{16}\b|\bASIA[0-9A-Z]{16}\b/, 'an AWS key'],
  [/\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}/, 'a GitHub token'],
  [/\bxox[abposr]-[\w-]{8,}|\bxapp-[\w-]{8,}/, 'a Slack token'],
  [/\bnpm_[A-Za-z0-9]{20,}/, 'an npm token'],
  [/\bsk-[A-Za-z0-9_-]{16,}|\bsk_live_\w{8,}/, 'an API key'],
  [/\bAIza[\w-]{20,}/, 'a Google key'],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/, 'a signed token'],
  [/\b[a-z]+:\/\/[^\s:@/]+:[^\s@/]+@/i, 'a password in an address'],
  [
    /\b(?:password|passwd|pwd|passphrase|pin|secret|api[ _-]?key|token|passcode|recovery key|license key)\b(?:\s+(?:is|was|for \w+ is|to use is))?\s*[:=]?\s*["'`](?=[^"'`\s]{4,})[^"'`\s]+["'`]/i,
    'a credential',
  ],
  [
    /\b(?:password|passwd|pwd|passphrase|passcode|pin|secret|api[ _-]?key|token|recovery key)\b(?:\s+(?:is|was|of \S+ is|for \S+(?: \S+)? (?:is|was)))?\s*(?:[:=]|\bis\b|\bwas\b)?\s*(?=\S*[A-Za-z])(?=\S*[\d!@#$%^&*])(?!\S*@\S+\.\w)[^\s"'`,;]{6,}/i,
    'a credential',
  ],
];

/** No credential leaves in a notice, whoever approves it. */
export const credentials: Check = (it) => {
  const hit = SECRETS.find(([pattern]) => pattern.test(it.sentence.text));
  return hit === undefined
    ? []
    : [
        problem(
          it,
          'wording',
          'wording.credential',
          `This holds ${hit[1]}.`,
          'Take it out, and rotate it: it has been written down.',
        ),
      ];
};

/** Characters nobody sees change what a reader or a machine reads. */
export const hidden: Check = (it) =>
  hasHidden(it.sentence.text)
    ? [problem(it, 'truth', 'text.hidden', 'This holds characters that cannot be seen.', 'Type the sentence again.')]
    : [];

const PLACEHOLDER = /\[\[[^\]]*\]\]/;

/** A gap is shown, and nothing with a gap goes out. */
export const placeholder: Check = (it) => {
  const gap = PLACEHOLDER.exec(it.sentence.text)?.[0];
  return gap === undefined
    ? []
    : [
        problem(
          it,
          'truth',
          'text.unknown',
          `${gap} is still open.`,
          'Record what is missing, or say in the draft that it is not known yet.',
        ),
      ];
};
