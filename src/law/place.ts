/** Places: codes, the regions they belong to, and the zones in which their days end. */

export const EU = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');
export const EEA = [...EU, 'IS', 'LI', 'NO'];
const IN_EU = new Set(EU);
const IN_EEA = new Set(EEA);

const US_STATES =
  'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR GU VI AS MP'.split(
    ' ',
  );
const TERRITORIES = new Set(['PR', 'GU', 'VI', 'AS', 'MP']);
const STATE_CODES = new Set(US_STATES.map((state) => `US-${state}`));
const PROVINCES = new Set('AB BC MB NB NL NS NT NU ON PE QC SK YT'.split(' ').map((p) => `CA-${p}`));

/**
 * The zones of a place whose parts keep different time, the one whose day ends first at the head: a date limit is read for
 * the earliest end of day. Time of the residents' state, or of the authority's seat.
 */
const ZONES: Record<string, string> = {
  'US-AL': 'America/Chicago',
  'US-AK': 'America/Anchorage',
  'US-AZ': 'America/Phoenix',
  'US-AR': 'America/Chicago',
  'US-CA': 'America/Los_Angeles',
  'US-CO': 'America/Denver',
  'US-CT': 'America/New_York',
  'US-DE': 'America/New_York',
  'US-FL': 'America/New_York',
  'US-GA': 'America/New_York',
  'US-HI': 'Pacific/Honolulu',
  'US-ID': 'America/Boise',
  'US-IL': 'America/Chicago',
  'US-IN': 'America/Indiana/Indianapolis',
  'US-IA': 'America/Chicago',
  'US-KS': 'America/Chicago',
  'US-KY': 'America/New_York',
  'US-LA': 'America/Chicago',
  'US-ME': 'America/New_York',
  'US-MD': 'America/New_York',
  'US-MA': 'America/New_York',
  'US-MI': 'America/Detroit',
  'US-MN': 'America/Chicago',
  'US-MS': 'America/Chicago',
  'US-MO': 'America/Chicago',
  'US-MT': 'America/Denver',
  'US-NE': 'America/Chicago',
  'US-NV': 'America/Los_Angeles',
  'US-NH': 'America/New_York',
  'US-NJ': 'America/New_York',
  'US-NM': 'America/Denver',
  'US-NY': 'America/New_York',
  'US-NC': 'America/New_York',
  'US-ND': 'America/Chicago',
  'US-OH': 'America/New_York',
  'US-OK': 'America/Chicago',
  'US-OR': 'America/Boise',
  'US-PA': 'America/New_York',
  'US-RI': 'America/New_York',
  'US-SC': 'America/New_York',
  'US-SD': 'America/Chicago',
  'US-TN': 'America/New_York',
  'US-TX': 'America/Chicago',
  'US-UT': 'America/Denver',
  'US-VT': 'America/New_York',
  'US-VA': 'America/New_York',
  'US-WA': 'America/Los_Angeles',
  'US-WV': 'America/New_York',
  'US-WI': 'America/Chicago',
  'US-WY': 'America/Denver',
  'US-DC': 'America/New_York',
  'US-PR': 'America/Puerto_Rico',
  'US-GU': 'Pacific/Guam',
  'US-VI': 'America/St_Thomas',
  'US-AS': 'Pacific/Pago_Pago',
  'US-MP': 'Pacific/Saipan',
  AT: 'Europe/Vienna',
  BE: 'Europe/Brussels',
  BG: 'Europe/Sofia',
  CY: 'Asia/Nicosia',
  CZ: 'Europe/Prague',
  DE: 'Europe/Berlin',
  DK: 'Europe/Copenhagen',
  EE: 'Europe/Tallinn',
  ES: 'Europe/Madrid',
  FI: 'Europe/Helsinki',
  FR: 'Europe/Paris',
  GR: 'Europe/Athens',
  HR: 'Europe/Zagreb',
  HU: 'Europe/Budapest',
  IE: 'Europe/Dublin',
  IT: 'Europe/Rome',
  LT: 'Europe/Vilnius',
  LU: 'Europe/Luxembourg',
  LV: 'Europe/Riga',
  MT: 'Europe/Malta',
  NL: 'Europe/Amsterdam',
  PL: 'Europe/Warsaw',
  PT: 'Europe/Lisbon',
  RO: 'Europe/Bucharest',
  SE: 'Europe/Stockholm',
  SI: 'Europe/Ljubljana',
  SK: 'Europe/Bratislava',
  IS: 'Atlantic/Reykjavik',
  LI: 'Europe/Vaduz',
  NO: 'Europe/Oslo',
  GB: 'Europe/London',
  CH: 'Europe/Zurich',
  AU: 'Australia/Sydney',
  NZ: 'Pacific/Auckland',
  SG: 'Asia/Singapore',
  JP: 'Asia/Tokyo',
  KR: 'Asia/Seoul',
  HK: 'Asia/Hong_Kong',
  TW: 'Asia/Taipei',
  IN: 'Asia/Kolkata',
  PH: 'Asia/Manila',
  TH: 'Asia/Bangkok',
  MY: 'Asia/Kuala_Lumpur',
  ID: 'Asia/Jakarta',
  VN: 'Asia/Ho_Chi_Minh',
  CN: 'Asia/Shanghai',
  CA: 'America/Toronto',
  'CA-QC': 'America/Toronto',
  'CA-AB': 'America/Edmonton',
  BR: 'America/Sao_Paulo',
  MX: 'America/Mexico_City',
  AR: 'America/Argentina/Buenos_Aires',
  CL: 'America/Santiago',
  CO: 'America/Bogota',
  ZA: 'Africa/Johannesburg',
  NG: 'Africa/Lagos',
  KE: 'Africa/Nairobi',
  IL: 'Asia/Jerusalem',
  AE: 'Asia/Dubai',
  'AE-DIFC': 'Asia/Dubai',
  'AE-ADGM': 'Asia/Dubai',
  SA: 'Asia/Riyadh',
  TR: 'Europe/Istanbul',
};

/** The code in use here for a jurisdiction: UK is GB, EL is GR, a US territory's own ISO code is its US one. Undefined = no such code. */
export function placeCode(word: string): string | undefined {
  const code = word.trim().toUpperCase().replace('_', '-');
  if (code === 'UK') return 'GB';
  if (code === 'EL') return 'GR';
  if (TERRITORIES.has(code)) return `US-${code}`;
  if (code.startsWith('US-')) return STATE_CODES.has(code) ? code : undefined;
  if (code.startsWith('CA-')) return PROVINCES.has(code) ? code : undefined;
  if (ZONES[code] !== undefined || code === 'EU' || code === 'US') return code;
  return /^[A-Z]{2}(-[A-Z0-9]{1,4})?$/.test(code) ? code : undefined;
}

/** Whether a place lies in a region or place: DE in EU, US-TX in US, CA-QC in CA. */
export function within(place: string, region: string): boolean {
  if (place === region) return true;
  if (region === 'EU') return IN_EU.has(place);
  if (region === 'EEA') return place === 'EU' || IN_EEA.has(place);
  return place.length > region.length && place[region.length] === '-' && place.startsWith(region);
}

/** Every jurisdiction whose law is asked when this place is named: itself, its country, the EU. */
export function lawsOf(place: string): string[] {
  const laws = [place];
  const dash = place.indexOf('-');
  if (dash > 0) laws.push(place.slice(0, dash));
  if (EEA.includes(place)) laws.push('EU');
  return laws;
}

/** The zone in which a date limit of this jurisdiction ends, if one is known. */
export function zoneOf(place: string): string | undefined {
  return ZONES[place] ?? (place.includes('-') ? ZONES[place.slice(0, place.indexOf('-'))] : undefined);
}
