import type { Bound, Mention } from './mention.ts';
import type { Scan } from './scan.ts';

/** Endings that make a dotted name a file, not a host. */
const FILE_ENDINGS =
  'exe|dll|sys|msi|ps1|psm1|bat|cmd|sh|bash|py|js|mjs|cjs|ts|jsx|tsx|json|jsonl|ya?ml|toml|lock|xml|csv|tsv|txt|log|md|pdf|docx?|xlsx?|pptx?|zip|gz|tgz|tar|7z|rar|jar|war|aspx?|php|jsp|html?|crt|pem|key|cer|pfx|p12|evtx|pcap|e01|raw|img|iso|vmdk|vhdx?|bak|sql|db|sqlite|dat|bin|tmp|conf|cfg|ini|env|so|dylib|dmg|pkg|deb|rpm|apk|eml|msg|pst|ost|reg|lnk|vbs|hta|scr|locked|encrypted';
const FILE = new RegExp(
  String.raw`(?:[A-Za-z]:\\|\\\\|~?/)?(?:[\w.@$%{}*-]+[\\/])*[\w.@$%*-]+\.(?:${FILE_ENDINGS})\b(?!\.\w)`,
  'gi',
);
const PATH = /(?:\b[A-Za-z]:\\|\\\\)[\w.\\$%-]+|(?<![\w.:/])~?\/(?:[\w.@-]+\/)+[\w.@*-]*/g;
const HOST = /\b(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}\b(?!\.?\w)/gi;
const NOT_A_HOST = /^(?:e\.g|i\.e|a\.m|p\.m|u\.s|u\.k|vs|etc|node\.js|next\.js|vue\.js|asp\.net|\.net)$/i;

const PREFIX_BOUND: [RegExp, Bound][] = [
  [/(?:up to and including|up to|through|no later than|<=|≤)\s*(?:version\s*)?$/i, 'at_most'],
  [/(?:before|prior to|earlier than|older than|below|lower than|<)\s*(?:version\s*)?$/i, 'less'],
  [/(?:at least|from|since|starting with|>=|≥|minimum)\s*(?:version\s*)?$/i, 'at_least'],
  [/(?:after|later than|newer than|above|higher than|>)\s*(?:version\s*)?$/i, 'more'],
];
const SUFFIX_BOUND: [RegExp, Bound][] = [
  [/^\s*(?:and|or)\s+(?:earlier|older|below|lower|prior|before)/i, 'at_most'],
  [/^\s*(?:and|or)\s+(?:later|newer|above|higher|up|onwards?)/i, 'at_least'],
];

/** Bound of a version from the words around it: "before 9.5.7", "9.5.7 and later". */
export function versionBound(text: string, start: number, end: number): Bound {
  if (
    /^\s*(?:to|until|through|-)\s*v?\d/i.test(text.slice(end, end + 12)) ||
    /\d\s*(?:to|through|-)\s*$/i.test(text.slice(0, start))
  )
    return 'exact';
  const after = SUFFIX_BOUND.find(([pattern]) => pattern.test(text.slice(end, end + 24)));
  const before = PREFIX_BOUND.find(([pattern]) => pattern.test(text.slice(Math.max(0, start - 30), start)));
  return after?.[1] ?? before?.[1] ?? 'exact';
}

/** Takes ids, hashes, addresses and files: what has one spelling, and is wrong when one character differs. */
export function takeArtifacts(scan: Scan): void {
  takeCves(scan);
  scan.take(/\b(?:CVE|cve)-\d{4}-\d{4,}\b/g, (m) => ({ type: 'id', keys: [m[0].toUpperCase()] }));
  scan.take(/\bGHSA(?:-[0-9a-z]{4}){3}\b/gi, (m) => ({ type: 'id', keys: [m[0].toUpperCase()] }));
  scan.take(/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>\])]+/gi, (m) => url(m[0]));
  scan.take(/\b[\w.+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}\b/gi, (m) => ({ type: 'address', keys: [`mail:${m[0].toLowerCase()}`] }));
  scan.take(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, (m) => ({ type: 'id', keys: [m[0].toLowerCase()] }));
  scan.take(/\b(?:sha(?:1|256|512)|md5):?\s?(?=[0-9a-f]{7})([0-9a-f]{7,128})(?:\.\.\.|…)?/gi, (m) => hash(m[1] ?? ''));
  scan.take(/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,128}\b(?:\.\.\.|…)?/gi, (m) => hash(m[0]));
  scan.take(/\b\d{32,128}\b/g, (m) => hash(m[0]));
  scan.take(/\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b/gi, (m) => ({
    type: 'address',
    keys: [`mac:${m[0].toLowerCase().replaceAll('-', ':')}`],
  }));
  scan.take(/\b(\d{1,3}(?:\.\d{1,3}){3})(\/\d{1,2}|:\d{1,5})?\b(?!\.\d)/g, (m) => ip(m));
  scan.take(/(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4})+(?:\/\d+)?(?![\w:])/gi, (m) =>
    /^\d{1,2}:\d{2}:\d{2}$/.test(m[0]) ? undefined : { type: 'address', keys: [`ip:${m[0].toLowerCase()}`] },
  );
  scan.take(FILE, (m) => file(m[0]));
  scan.take(PATH, (m) => file(m[0]));
  scan.take(HOST, (m) =>
    NOT_A_HOST.test(m[0]) || /^[A-Z]?[a-z]+\.[A-Z]/.test(m[0])
      ? undefined
      : { type: 'address', keys: [`host:${m[0].toLowerCase()}`] },
  );
}

function url(raw: string): Partial<Mention> {
  const clean = raw.replace(/[.,;:]+$/, '').toLowerCase();
  const host = /:\/\/(?:[^@/]*@)?([^/:?#]+)/.exec(clean)?.[1] ?? clean;
  const bare = clean.replace(/^[a-z]+:\/\//, '').replace(/\/$/, '');
  const own = bare === host ? `host:${host}` : `url:${bare}`;
  return { type: 'address', keys: [own], also: [`host:${host}`, `ip:${host}`], raw: clean };
}

function hash(raw: string): Partial<Mention> {
  return { type: 'hash', keys: [raw.toLowerCase().replace(/[.…]+$/, '')] };
}

function ip(m: RegExpExecArray): Partial<Mention> | undefined {
  const octets = (m[1] ?? '').split('.').map(Number);
  if (octets.some((it) => it > 255)) return undefined;
  const address = `ip:${octets.join('.')}`;
  const tail = m[2] ?? '';
  return { type: 'address', keys: [address + tail], also: tail === '' ? [] : [address] };
}

function file(raw: string): Partial<Mention> {
  const path = raw
    .toLowerCase()
    .replaceAll('\\', '/')
    .replace(/[.,]+$/, '');
  const base = path.split('/').at(-1) ?? path;
  return { type: 'file', keys: [path], also: base === path || base === '' ? [] : [base] };
}

const REFERENCE =
  /\b(ticket|case|claim|policy|reference|ref|docket|invoice|order|incident|contract|clause|article|art|section|advisory|change|request|bulletin)\.?\s*(?:no\.?|number|id|#)?[\s:]*#?(?=[\w/-]*\d)([A-Z0-9][\w/-]*(?:\.\d+)*)/gi;
const MIXED = /(?<![\w.@/-])(?=[\w-]*[A-Za-z])(?=[\w-]*\d)[A-Za-z0-9][\w-]*[A-Za-z0-9](?![\w@])/g;
const NOT_AN_ID =
  /^(?:\d+(?:st|nd|rd|th|h|hrs?|m|min|mins|d|s|k|kb|mb|gb|tb|gib|mib|tib|kib|am|pm|x|z|bn|mn|day|days|hour|hours|minutes?|week|weeks|person|year)|\d+-(?:day|hour|minute|month|week|year|person|bit|byte|digit|page|point|step|core)s?|(?:utc|gmt)[+-]?\d+|sha\d+|md5|v\d+|\d+-[a-z]+|[a-z]+-\d{4}|ipv[46]|http\d|tls\d|m365|o365|s3|ec2|oauth2|log4j|p2p|b2b|b2c|e01|g\d+)$/i;
const NAMED_ACCOUNT = /(?<![\w.@/-])(?:@[a-z0-9-]+\/[a-z0-9._-]+|[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+)(?![\w@])/g;

/** A repository by owner and name: "tj-actions/changed-files". */
const SLUG = /(?<![\w.@/-])[A-Za-z0-9][\w-]*\/[A-Za-z0-9][\w.-]*\w(?![\w/@-])/g;

/** "CVE-2024-57726, -57727 and 57728": the year is said once. */
const CVES = /\bCVE-(\d{4})-\d{4,7}(?:(?:,\s?(?:and\s)?|\sand\s|\/)-?\d{4,7}\b(?![\w-]|[.,]\d))+/gi;

function takeCves(scan: Scan): void {
  scan.take(CVES, (m) =>
    [...m[0].matchAll(/\d{4,7}\b(?!-)/g)].map((number) => ({
      type: 'id' as const,
      keys: [`CVE-${m[1]}-${number[0]}`],
      raw: number.index < 10 ? m[0].slice(0, number.index + number[0].length) : number[0],
      start: number.index < 10 ? m.index : m.index + number.index,
      end: m.index + number.index + number[0].length,
    })),
  );
}

/** "VIS-01 to VIS-05" carries those in between as well. */
export function spreadRanges(mentions: Mention[], text: string): void {
  for (const [at, first] of mentions.entries()) {
    const last = mentions[at + 1];
    if (first.type !== 'id' || last?.type !== 'id' || !/^\s*(?:to|through|-|until)\s*$/i.test(text.slice(first.end, last.start)))
      continue;
    const [a, b] = [first, last].map(({ keys }) => /^(.*?)(\d+)$/.exec(keys[0] ?? ''));
    if (a == null || b == null || a[1] !== b[1] || Number(b[2]) - Number(a[2]) > 500) continue;
    for (let number = Number(a[2]) + 1; number < Number(b[2]); number++)
      first.also.push(`${a[1]}${String(number).padStart((a[2] ?? '').length, '0')}`);
  }
}

/** File numbers in digits: "2026-12-0087", "4711/26", "26-10442". Before numbers, which would take them apart. */
export function takeFileNumbers(scan: Scan): void {
  scan.take(/(?<![\w.:/-])(?=[\d/-]*(?:\d{4}|[-/]0))\d+(?:[-/]\d+)+(?![\w:]|\.\d)/g, (m) => ({ type: 'id', keys: [m[0]] }));
  scan.take(
    /(?<=\b(?:case|ref|reference|claim|ticket|number|no|file|docket|policy|report)\.?:?\s(?:no\.?\s)?)\d+(?:[-/.]\d+)+(?![\w:])/gi,
    (m) => ({ type: 'id', keys: [m[0]] }),
  );
  scan.take(/(?<![\w/])\*\.[a-z][\w]{1,11}\b/gi, (m) => ({ type: 'file', keys: [m[0].toLowerCase()] }));
}

/** Takes ids that need the easier families out of the way: ticket and policy numbers, host and account names. After times and versions. */
export function takeIds(scan: Scan): void {
  scan.take(SLUG, (m) => (/[A-Za-z]/.test(m[0]) && /[\d_-]/.test(m[0]) ? { type: 'id', keys: [m[0].toLowerCase()] } : undefined));
  scan.take(NAMED_ACCOUNT, (m) => ({ type: 'id', keys: [m[0].toLowerCase()] }));
  scan.take(MIXED, (m) => (NOT_AN_ID.test(m[0]) ? undefined : { type: 'id', keys: [m[0].toLowerCase()] }));
  scan.take(REFERENCE, (m) => {
    const number = m[2] ?? '';
    if (
      /^\d{1,3}$/.test(number) &&
      /^(order|incident|change|request|case|claim)$/i.test(m[1] ?? '') &&
      !/#|no|number|id/i.test(m[0])
    )
      return undefined;
    return { type: 'id', keys: [number.toLowerCase()] };
  });
  scan.take(/#(\d+)\b/g, (m) => ({ type: 'id', keys: [m[1] ?? ''] }));
}

const PHONE =
  /(?<![\w.])(?:\+\d{1,3}[\s().-]*(?:\d[\s().-]*){5,13}\d|\(\d{2,5}\)\s?\d[\d\s-]{4,}\d|0\d{2,5}[\s/-]\d[\d\s-]{3,}\d|\d{3}-\d{3}-\d{4}|\d{3}-\d{4})(?!\w)/g;

export function takePhones(scan: Scan): void {
  scan.take(PHONE, (m) => ({ type: 'phone', keys: [m[0].replaceAll(/\D/g, '').replace(/^00?/, '')] }));
}

const VERSION =
  /(?<![\w.])(v|r)?(\d+(?:\.(?:\d+|x|\*)){2,}(?:[-+.]?[0-9a-z]+(?:\.[0-9a-z]+)*)?)(?![\w])|(?<=@)(\d+(?:\.\d+)+(?:-[0-9a-z.]+)?)/gi;
const NAMED_VERSION =
  /\b(version|versions|release|releases|build|builds|update|patch level|firmware|hotfix|rev|revision)\s+(v?\d+(?:\.(?:\d+|x|\*))*(?:\s?[-.]?(?:rc|beta|alpha|hf|sp|u|p|r)\.?\d+|[a-z]\b)?)/gi;
const SHORT_VERSION = /(?<![\w.])v(\d+(?:\.(?:\d+|x))*(?:-[0-9a-z.]+)?)\b/gi;

/** Takes versions, each with its bound. Dates (24.10.2026) must be gone before. */
export function takeVersions(scan: Scan): void {
  const made = (raw: string, start: number, end: number): Partial<Mention> => ({
    type: 'version',
    keys: [
      `v${raw
        .toLowerCase()
        .replace(/^[vr](?=\d)/, '')
        .replaceAll(/\s/g, '')}`,
    ],
    bound: versionBound(scan.text, start, end),
  });
  scan.take(VERSION, (m) =>
    /^\d{1,3}(\.\d{3}){2,}$/.test(m[2] ?? '') ? undefined : made(m[2] ?? m[3] ?? '', m.index, m.index + m[0].length),
  );
  scan.take(NAMED_VERSION, (m) => made(m[2] ?? '', m.index, m.index + m[0].length));
  scan.take(SHORT_VERSION, (m) => made(m[1] ?? '', m.index, m.index + m[0].length));
  // The second of "versions 9.5.6 and 9.5" reads as a version too when the first does.
  const others = new Set(scan.found.filter(({ type }) => type === 'version').map(({ keys }) => keys[0]?.split('.').length));
  if (others.size > 0 && /\bversions?\b/i.test(scan.text)) {
    scan.take(/(?<![\w.])(\d+\.\d+)(?![\w%]|\.\d)/g, (m) => made(m[1] ?? '', m.index, m.index + m[0].length));
  }
}
