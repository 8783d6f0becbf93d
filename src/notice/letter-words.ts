/** The few words of a letter that are its form: in the language of the text, so that no letter is in two. Others read English. */
export type LetterWords = { toWhom: string; yours: string; reference: string; page: string; of: string; enclosures: string };

const words = (
  toWhom: string,
  yours: string,
  reference: string,
  [page, of]: [string, string],
  enclosures: string,
): LetterWords => ({ toWhom, yours, reference, page, of, enclosures });

const ENGLISH = words('To whom it may concern,', 'Yours faithfully,', 'Our reference', ['page', 'of'], 'Enclosed');

const WORDS: Readonly<Record<string, LetterWords>> = {
  en: ENGLISH,
  ar: words('إلى من يهمه الأمر،', 'وتفضلوا بقبول فائق الاحترام،', 'مرجعنا', ['صفحة', 'من'], 'المرفقات'),
  de: words('Sehr geehrte Damen und Herren,', 'Mit freundlichen Grüßen', 'Unser Zeichen', ['Seite', 'von'], 'Anlagen'),
  es: words('A quien corresponda:', 'Atentamente,', 'Nuestra referencia', ['página', 'de'], 'Anexos'),
  fr: words(
    'Madame, Monsieur,',
    'Veuillez agréer nos salutations distinguées.',
    'Notre référence',
    ['page', 'sur'],
    'Pièces jointes',
  ),
  he: words('לכל המעוניין,', 'בכבוד רב,', 'סימוכין', ['עמוד', 'מתוך'], 'נספחים'),
  it: words('A chi di competenza,', 'Distinti saluti', 'Nostro riferimento', ['pagina', 'di'], 'Allegati'),
  nl: words('Geachte heer, mevrouw,', 'Met vriendelijke groet,', 'Ons kenmerk', ['pagina', 'van'], 'Bijlagen'),
  pl: words('Szanowni Państwo,', 'Z poważaniem', 'Nasz znak', ['strona', 'z'], 'Załączniki'),
  pt: words('A quem possa interessar,', 'Atenciosamente,', 'Nossa referência', ['página', 'de'], 'Anexos'),
  sv: words('Till den det berör,', 'Med vänlig hälsning', 'Vår referens', ['sida', 'av'], 'Bilagor'),
};

/** By the language of a BCP 47 tag. */
export const lettersIn = (language: string): LetterWords => WORDS[languageOf(language)] ?? ENGLISH;

const languageOf = (tag: string): string => tag.split('-')[0]?.toLowerCase() ?? '';

const RIGHT_TO_LEFT = new Set(['ar', 'he', 'fa', 'ur', 'yi', 'ps', 'sd', 'ug', 'dv', 'ckb']);

/** Whether a language is written from right to left. */
export const isRightToLeft = (language: string): boolean => RIGHT_TO_LEFT.has(languageOf(language));

const LATIN = /[\p{Script=Latin}\d+][\p{Script=Latin}\d\s.,:+()@/[\]_-]*[\p{Script=Latin}\d)\]]/gu;

/** In a text from right to left, what runs from left to right stands apart: else "+46 8 555" would read "555 8 46+". */
export const isolated = (text: string, language: string): string =>
  isRightToLeft(language) ? text.replace(LATIN, '\u2066$&\u2069') : text;

/** A day as its reader writes it: "July 2, 2026" in the United States, "2 July 2026" in Britain. */
export const dayIn = (language: string, at: Temporal.PlainDate): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', calendar: 'gregory', numberingSystem: 'latn', timeZone: 'UTC' }).format(
    Date.UTC(at.year, at.month - 1, at.day),
  );

const LETTER_PAPER = /^(?:US|CA|MX|PH|CL|CO|VE|CR|GT|PA|PR|DO)(?:-|$)/;

/** Letter paper in North America and some other places, A4 elsewhere. `country` is ISO 3166, or US-XX. */
export const paperIn = (country: string): 'a4' | 'letter' => (LETTER_PAPER.test(country.toUpperCase()) ? 'letter' : 'a4');
