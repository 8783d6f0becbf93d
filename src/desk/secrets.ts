/** Credentials that people paste into a chat at 3 a.m. They must not reach a prompt, whoever runs the model. */
const SECRETS: RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\bxox[abeprs]-[\w-]{8,}/g,
  /\bxapp-[\w-]{8,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\b(?:ghp|gho|ghu|ghs|ghr)_\w{20,}/g,
  /\bgithub_pat_\w{20,}/g,
  /\bglpat-[\w-]{16,}/g,
  /\bnpm_\w{20,}/g,
  /\bsk-[\w-]{16,}/g,
  /\bsk_live_\w{10,}/g,
  /\bAIza[\w-]{30,}/g,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  /(?<=\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]+:)[^\s@/]+(?=@)/gi,
  /(?<=\b(?:bearer|basic)\s+)[\w.~+/=-]{12,}/gi,
  /(?<=\b(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|api[_ -]?key|access[_ -]?key|private[_ -]?key|recovery[_ -]?(?:code|key)|pin)\b\s*(?:is|was|=|:|=>)\s*["'`]?)[^\s"'`,;]{4,}/gi,
];

export const REMOVED = '[secret removed]';

/** The text with every credential replaced. Hashes of files stay: they are what a notice may need. */
export function withoutSecrets(text: string): string {
  return SECRETS.reduce((rest, pattern) => rest.replace(pattern, REMOVED), text);
}

/** Characters that nobody sees: zero-width, direction marks, tags, variation selectors. Hidden words must not reach a prompt or come out of it. */
export const visible = (text: string): string =>
  text.replace(/[\p{Cf}\p{Variation_Selector}]/gu, '').replace(/[\p{Cc}]/gu, (control) => (/[\n\t]/.test(control) ? control : ''));
