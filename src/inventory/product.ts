/**
 * Installed software has no registry: the same product is listed as `Kaseya VSA Agent`, `VSA Agent (x64)` or
 * `VSA Agent 9.5.6`, its maker as `Kaseya`, `KASEYA, INC.` or `Kaseya GmbH`. Names match when nothing but the maker's
 * own name, an architecture, a language or the version itself differs; a word more is another product.
 */

const LEGAL = new Set(
  'inc incorporated corp corporation co company ltd limited llc llp lp plc gmbh ag kg ohg ug mbh se sa sas sarl srl spa bv nv oy oyj ab as aps pty pte kk dmcc sp zoo z o'.split(
    ' ',
  ),
);
const LANGUAGE = /^(?:[a-z]{2}[-_](?:[A-Z]{2}|[a-z]{2}|[A-Z][a-z]{3}))$/;
/** Instance ids that some agents carry in their name: `Client (4f2a9b1c03d7e586)`. */
const INSTANCE = /\([0-9a-f]{8,}\)/gi;
const ARCHITECTURE = /^(?:x64|x86|x86_64|amd64|arm64|aarch64|win32|win64|64bit|32bit)$/;

function words(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/\((?:r|c|tm)\)|[®©™]/g, ' ')
    .replace(/\b(64|32)[- ]?bit\b/g, '$1bit')
    .replace(/['’.](?=[a-z]\b)/g, '')
    .split(/[^\p{L}\p{N}.+#]+/u)
    .map((word) => word.replace(/^\.+|\.+$/g, ''))
    .filter((word) => word !== '');
}

/** A maker's name without its legal form: `3CX Ltd.` and `3CX LTD` are `3cx`. */
export function makerWords(publisher: string): string[] {
  const joined = publisher.replace(/\b([A-Za-z])\.(?=[A-Za-z]\b)/g, '$1').replace(/&\s*Co\.?(?:\s+KG)?/i, ' ');
  const all = words(joined);
  const kept = all.filter((word) => !LEGAL.has(word));
  return kept.length === 0 ? all : kept;
}

/** The same maker: equal, or one the beginning of the other (`Kaseya` and `Kaseya Holdings`). */
export function sameMaker(a: string, b: string): boolean {
  const [left, right] = [makerWords(a), makerWords(b)];
  if (left.join('') === right.join('')) return true;
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  return short.length > 0 && short.every((word, at) => word === long[at]);
}

/** A product's name without architecture, language and the version it carries. */
export function productWords(name: string, version?: string): string[] {
  const languages = name.replace(INSTANCE, ' ').replace(
    /\(([^()]*)\)/g,
    (_, inside: string) =>
      ` ${inside
        .split(/[\s,]+/)
        .filter((word) => !LANGUAGE.test(word))
        .join(' ')} `,
  );
  const bare = version === undefined ? languages : languages.replaceAll(version, ' ');
  const all = words(bare);
  const edition = isWindows(all) ? EDITIONS : NONE;
  const kept = all.filter(
    (word, at) => !ARCHITECTURE.test(word) && !(at > 0 && isVersionWord(word)) && word !== 'version' && !edition.has(word),
  );
  return kept.length === 0 ? all : kept;
}

const NONE: ReadonlySet<string> = new Set();
/** An edition of Windows is the same system: vendors name the system, inventories the edition. */
const EDITIONS: ReadonlySet<string> = new Set(
  'home pro professional enterprise education standard datacenter essentials foundation evaluation core ltsc ltsb n'.split(' '),
);

function isWindows([first, second]: string[]): boolean {
  return first === 'windows' || (first === 'microsoft' && second === 'windows');
}

function isVersionWord(word: string): boolean {
  return /^v?\d+(?:\.\d+)+[a-z]?\d*$/.test(word);
}

/** Version numbers that stand in a name and nowhere else: `TeamViewer 15.42.4`. */
export function versionInName(name: string): string | undefined {
  return /(?:^|[\s(])v?(\d+(?:\.\d+)+[a-z]?)(?=$|[\s)])/i.exec(name)?.[1];
}

/**
 * Every spelling under which a product can be looked up: its words, with its maker's name in front, and without it.
 * Two names speak of one product when they share a spelling and their makers agree.
 */
export function productSpellings(name: string, publisher?: string, version?: string): string[] {
  const all = productWords(name, version);
  const spellings = new Set([all.join('')]);
  if (publisher !== undefined) {
    const maker = makerWords(publisher);
    for (let length = maker.length; length > 0; length -= 1) {
      const front = maker.slice(0, length).join('');
      const bare = withoutFront(all, front);
      if (bare !== undefined && bare !== '') spellings.add(bare);
    }
    spellings.add(`${maker.join('')}${withoutFront(all, maker.join('')) ?? all.join('')}`);
    if (maker[0] !== undefined) spellings.add(`${maker[0]}${withoutFront(all, maker[0]) ?? all.join('')}`);
  }
  return [...spellings].filter((spelling) => spelling !== '');
}

function withoutFront(all: string[], front: string): string | undefined {
  let so = '';
  for (const [at, word] of all.entries()) {
    so += word;
    if (so === front) return all.slice(at + 1).join('');
    if (!front.startsWith(so)) return undefined;
  }
  return undefined;
}
