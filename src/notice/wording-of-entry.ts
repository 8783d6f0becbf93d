import type { PlainEntry } from './record.ts';
import { isZone } from './values/zone.ts';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** "2 July 2026, 19:40 UTC", in the client's zone with its offset where it has one. A bare date stays a date. */
export function spoken(at: string | undefined, zone: string | undefined): string | undefined {
  if (at === undefined) return undefined;
  try {
    const instant = Temporal.Instant.from(at);
    const local = instant.toZonedDateTimeISO(zone !== undefined && isZone(zone) ? zone : 'UTC');
    const name = local.offset === '+00:00' ? 'UTC' : `UTC${local.offset}`;
    return `${dayOf(local)}, ${String(local.hour).padStart(2, '0')}:${String(local.minute).padStart(2, '0')} ${name}`;
  } catch {
    return dayOf(Temporal.PlainDate.from(at.slice(0, 10)));
  }
}

const dayOf = (it: { day: number; month: number; year: number }) => `${it.day} ${MONTHS[it.month - 1]} ${it.year}`;

/** Indicators and addresses so that nobody can click on them. */
export function defanged(text: string): string {
  return text
    .replaceAll(/\bhttp(s?):\/\//gi, 'hxxp$1://')
    .replaceAll(/(?<![\w[])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![\w.]\d)/g, '$1[.]$2[.]$3[.]$4')
    .replaceAll(
      /\b([\w.+-]+)@((?:[a-z0-9-]+\.)+[a-z]{2,})\b/gi,
      (_, name: string, host: string) => `${name}[@]${host.replaceAll('.', '[.]')}`,
    )
    .replaceAll(
      /(?<![\w@.\\/[\]-])((?:[a-z0-9-]+\.)+)(com|net|org|io|dev|xyz|top|info|biz|ru|cn|onion|example|co|cc|su|app|cloud|me)\b(?![\w(])/gi,
      (m) => m.replaceAll('.', '[.]'),
    );
}

const OPENINGS = {
  confirmed: '',
  suspected: 'We suspect, but have not confirmed: ',
  unknown: 'We do not know yet: ',
  ruled_out: 'We have ruled out: ',
} as const;

/** The entry in one sentence of a notice: its as-of time, its status, who says so, its own words, and what was checked. */
export function sentenceOf(entry: PlainEntry, zone: string | undefined, vendor: string): string {
  const at = spoken(entry.at, zone);
  const opening = OPENINGS[entry.status ?? 'confirmed'];
  const text = `${attribution(entry, vendor)}${ended(defanged(entry.text.trim()))}`;
  const asOf = at === undefined ? '' : `As of ${at}: `;
  return `${asOf}${opening}${opening === '' ? text : lowerStart(text)}${scopeOf(entry.value)}`;
}

/** One full stop at the end, unless it asks or calls. */
const ended = (text: string): string => (/[?!]$/.test(text) ? text : text.replace(/[.\s]*$/, '.'));

/** What the vendor says stays the vendor's word. */
function attribution(entry: PlainEntry, vendor: string): string {
  const said =
    /\b(?:says?|said|states?|stated|told|announced|expects?|promise[sd]?|published|according to|moved|(?:alert|mail|bulletin|statement) (?:from|of))\b/i.test(
      entry.text,
    );
  return !said && /vendor|supplier/i.test(entry.kind) ? `${vendor === '' ? 'The vendor' : vendor} says: ` : '';
}

/** What was checked, over which period, and what was missing, where the typed value of an entry has it. */
function scopeOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  const field = (name: string) =>
    Object.entries(value).find(([key, it]) => key === name && typeof it === 'string' && it !== '')?.[1];
  const [checked, from, to, missing] = ['checked', 'from', 'to', 'missing'].map(field);
  const period =
    from === undefined || to === undefined ? '' : `, from ${spoken(from, undefined) ?? from} to ${spoken(to, undefined) ?? to}`;
  return checked === undefined ? '' : ` We checked: ${checked}${period}. Missing from the check: ${missing ?? 'not recorded'}.`;
}

/** A lower-case start behind a colon, unless the word is a name, an abbreviation or a value. */
function lowerStart(text: string): string {
  return /^(?:Whether|How|Which|Was|Were|Is|Are|Did|Does|Do|Has|Have|Can|What|When|The|A|An|No|Some|All|Access|Use|Download|Leak|Copy|Theft|Deletion)\b/.test(
    text,
  )
    ? `${text[0]?.toLowerCase()}${text.slice(1)}`
    : text;
}
