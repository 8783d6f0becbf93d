/** Offsets in minutes of zone letters that notices use. Letters that mean two zones (IST, CST) take the one usual in notices. */
const OFFSETS: Record<string, number> = {
  utc: 0,
  gmt: 0,
  z: 0,
  wet: 0,
  bst: 60,
  west: 60,
  cet: 60,
  cest: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  trt: 180,
  gst: 240,
  pkt: 300,
  ist: 330,
  ict: 420,
  sgt: 480,
  hkt: 480,
  awst: 480,
  jst: 540,
  kst: 540,
  acst: 570,
  aest: 600,
  acdt: 630,
  aedt: 660,
  nzst: 720,
  nzdt: 780,
  ndt: -150,
  nst: -210,
  adt: -180,
  ast: -240,
  edt: -240,
  est: -300,
  cdt: -300,
  cst: -360,
  mdt: -360,
  mst: -420,
  pdt: -420,
  pst: -480,
  akdt: -480,
  akst: -540,
  hst: -600,
  brt: -180,
  sast: 120,
  wib: 420,
  'ist Europe/Dublin': 60,
  'ist Asia/Jerusalem': 120,
  'cst Asia/Shanghai': 480,
  'cst Asia/Taipei': 480,
};
const WALLS: [RegExp, string][] = [
  [/^(?:et|eastern(?: time)?|us eastern(?: time)?|new york(?: time)?)$/i, 'America/New_York'],
  [/^(?:ct|central(?: time)?|us central(?: time)?|chicago(?: time)?)$/i, 'America/Chicago'],
  [/^(?:mt|mountain(?: time)?|denver(?: time)?)$/i, 'America/Denver'],
  [/^(?:pt|pacific(?: time)?|us pacific(?: time)?|los angeles(?: time)?)$/i, 'America/Los_Angeles'],
  [/^(?:uk time|london(?: time)?|british time)$/i, 'Europe/London'],
  [
    /^(?:berlin|german|amsterdam|dutch|paris|french|brussels|vienna|zurich|madrid|rome|central european)(?: time)?$/i,
    'Europe/Berlin',
  ],
  [/^(?:tokyo|japan)(?: time)?$/i, 'Asia/Tokyo'],
  [/^(?:sydney|melbourne)(?: time)?$/i, 'Australia/Sydney'],
  [/^(?:singapore)(?: time)?$/i, 'Asia/Singapore'],
];

/** Matches a zone as written behind a time. Single letters and two-letter walls only in capitals. */
export const ZONE_SOURCE = String.raw`(?:(?:UTC|GMT)\s?[+-]\s?\d{1,2}(?::?\d{2})?|[+-]\d{2}:?\d{2}\b|(?:UTC|GMT|CES?T|EES?T|WES?T|BST|IST|MSK|TRT|GST|PKT|ICT|SGT|HKT|A[WCE][SD]T|JST|KST|NZ[SD]T|[AECMPN][SD]T|AK[SD]T|HST|BRT|SAST|WIB|Z|[ECMP]T)\b|[A-Z][a-z]+\/[A-Z][A-Za-z_]+(?:\/[A-Z][A-Za-z_]+)?|(?:[Ll]ocal|[Oo]ur(?: local)?|[A-Z][a-z]+(?: [A-Z][a-z]+)?) time\b|(?:Eastern|Central|Pacific|Mountain)\b(?!\s[A-Z]|\s(?:server|site|office|system|log|team))|Central European(?: Summer)? Time|coordinated universal time)`;

export type Zone = { offset?: number; zone?: string };

/** The offset or IANA zone that the words stand for; undefined where they name none ("local time" needs the reader's zone). */
export function readZone(words: string, local: string | undefined): Zone | undefined {
  const text = words
    .trim()
    .replace(/^\(|\)$/g, '')
    .trim();
  const plus = /^(?:UTC|GMT)?\s?([+-])\s?(\d{1,2})(?::?(\d{2}))?$/i.exec(text);
  if (plus) return { offset: (plus[1] === '-' ? -1 : 1) * (Number(plus[2]) * 60 + Number(plus[3] ?? 0)) };
  if (/^coordinated universal time$/i.test(text)) return { offset: 0 };
  const letters = OFFSETS[`${text.toLowerCase()} ${local}`] ?? OFFSETS[text.toLowerCase()];
  if (letters !== undefined) return { offset: letters };
  if (/^(?:local|our(?: local)?) time$/i.test(text)) return local === undefined ? undefined : { zone: local };
  const wall = WALLS.find(([pattern]) => pattern.test(text));
  if (wall) return { zone: wall[1] };
  if (/^central european (?:summer )?time$/i.test(text)) return { zone: 'Europe/Berlin' };
  if (/\//.test(text)) return isZone(text) ? { zone: text } : undefined;
  return placeZone(text.replace(/\s+time$/i, ''));
}

/** Nations whose every clock shows one time, by the word for what is theirs. */
const NATIONS: Record<string, string> = {
  irish: 'Europe/Dublin',
  british: 'Europe/London',
  uk: 'Europe/London',
  swiss: 'Europe/Zurich',
  austrian: 'Europe/Vienna',
  italian: 'Europe/Rome',
  spanish: 'Europe/Madrid',
  portuguese: 'Europe/Lisbon',
  belgian: 'Europe/Brussels',
  danish: 'Europe/Copenhagen',
  swedish: 'Europe/Stockholm',
  norwegian: 'Europe/Oslo',
  finnish: 'Europe/Helsinki',
  polish: 'Europe/Warsaw',
  czech: 'Europe/Prague',
  hungarian: 'Europe/Budapest',
  greek: 'Europe/Athens',
  romanian: 'Europe/Bucharest',
  ukrainian: 'Europe/Kyiv',
  turkish: 'Europe/Istanbul',
  israeli: 'Asia/Jerusalem',
  indian: 'Asia/Kolkata',
  japanese: 'Asia/Tokyo',
  korean: 'Asia/Seoul',
  arizona: 'America/Phoenix',
  hawaii: 'Pacific/Honolulu',
};

/** "Irish", "Oslo", "Denver": the zone of a nation or a city that has one. */
function placeZone(place: string): Zone | undefined {
  const nation = NATIONS[place.toLowerCase()];
  if (nation !== undefined) return { zone: nation };
  const city = place.replaceAll(' ', '_');
  const zone = ['Europe', 'America', 'Asia', 'Australia', 'Africa', 'Pacific'].map((part) => `${part}/${city}`).find(isZone);
  return zone === undefined ? undefined : { zone };
}

export function isZone(name: string): boolean {
  try {
    Temporal.Instant.from('2026-01-01T00:00Z').toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}
