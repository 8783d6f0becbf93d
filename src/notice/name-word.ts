import type { Reading, Token } from './reading.ts';
import type { Mention } from './values/mention.ts';

/** Abbreviations of the trade: they name nobody. */
const TRADE = new Set(
  `utc gmt cest cet est edt cst cdt pst pdt bst it ai api apis cpu cve cves ghsa db dc dns dpa dpo msa edr xdr mdr siem soc mfa 2fa sso idp rmm psa msp saas vpn rdp ssh ftp sftp http https tls ssl ip ips url urls pc pcs vm vms os ad sql sbom sboms ci cd ioc iocs pii phi ssn gdpr nis2 cra hipaa nydfs sec 8-k eu uk us usa u.s kb mb gb tb id ids pdf csv json tlp faq sla nas san lan wan usb ram hr erp crm pos ceo cto ciso cfo cio iban vat am pm ok q&a dkim spf dmarc oauth npm pypi iso nist html xml md5 sha sha1 sha256 sha-1 sha-256 sms fnol aka eta tba i ii iii iv active directory`.split(
    /\s+/,
  ),
);
const SALUTE = /^(?:dear|hello|hi|mr|mrs|ms|dr|prof)$/;
const CALENDAR =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun)$/;

/** The name without its genitive. */
export const bare = (token: Token) => token.lower.replace(/'s?$/, '');

/** Whether a word names somebody or something, by its capital and its place. */
export function isName(token: Token, at: number, tokens: Token[]): boolean {
  const lower = bare(token);
  if (
    token.mention !== undefined ||
    token.broken ||
    !/^\p{Lu}/u.test(token.text) ||
    TRADE.has(lower) ||
    CALENDAR.test(lower) ||
    lower.length < 2
  )
    return false;
  if (/^[IVX]+$/.test(token.text) || SALUTE.test(lower)) return false;
  const opens =
    at === 0 ||
    (/^[.:!?"(]$/.test(tokens[at - 1]?.text ?? '') && !SALUTE.test(tokens[at - 2]?.lower ?? '')) ||
    tokens.slice(0, at).every((it) => it.broken);
  if (!opens) return !/^(?:we|our|us|you|your|the|this|a|an|it|if|all|no)$/.test(lower);
  return !token.empty && token.concepts.size === 0 && nameLikeOpening(token, tokens[at + 1]);
}

/** The first word of a sentence is capitalised anyway: it is a name in capitals, before another capital, or where somebody speaks. */
function nameLikeOpening(token: Token, next: Token | undefined): boolean {
  if (/^\p{Lu}{2,}$/u.test(token.text) || /\p{Ll}\p{Lu}/u.test(token.text)) return true;
  if (next === undefined) return false;
  return (
    (/^\p{Lu}/u.test(next.text) && next.mention === undefined) ||
    /^(?:says?|said|told|tells|states?|stated|announced|confirmed|reported|promise[sd]?|expects?|called|phoned|wrote|approved|decided|asked|found|signed|has|is|will|'s)$/.test(
      next.lower,
    )
  );
}

const mentions = new WeakMap<Reading, Mention[]>();

/** The names of a text as values, so that who did what can be compared like any other value. A full name is one. */
export function nameMentions(reading: Reading): Mention[] {
  const known = mentions.get(reading) ?? runs(reading).map((tokens) => asMention(tokens, reading));
  mentions.set(reading, known);
  return known;
}

function runs({ tokens }: Reading): Token[][] {
  const found: Token[][] = [];
  tokens.forEach((token, at) => {
    if (!isName(token, at, tokens)) return;
    const last = found.at(-1);
    if (last !== undefined && last.at(-1) === tokens[at - 1]) last.push(token);
    else found.push([token]);
  });
  return found;
}

function asMention(tokens: Token[], { text }: Reading): Mention {
  const [start, end] = [tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0];
  return {
    type: 'name',
    keys: tokens.map(bare),
    also: [],
    raw: text.slice(start, end),
    start,
    end,
    bound: 'exact',
    amount: Number.NaN,
  };
}
