/** Irregular forms to their base form; regular ones are stripped by rule. */
const IRREGULAR: Record<string, string> = Object.fromEntries(
  `take took taken|see saw seen|begin began begun|run ran|go went gone|tell told|say said|send sent|find found|steal stole stolen theft thefts
withdraw withdrew withdrawn|break broke broken|write wrote written|keep kept|leave left|lose lost loss losses|make made|meet met|pay paid
rise rose risen|sell sold|know knew known|hold held|give gave given|get got gotten|come came|become became|bring brought|build built
buy bought|catch caught|choose chose chosen|deal dealt|do did done does|draw drew drawn|fall fell fallen|feel felt|grow grew grown
hear heard|hide hid hidden|lead led|mean meant|rebuild rebuilt|seek sought|show shown showed|spend spent|stand stood|think thought
throw threw thrown|understand understood|wake woke|win won|be is are was were been being am|have has had having|die died|lie lay lain
person people persons|man men|woman women|child children|datum data|medium media|index indices indexes|analysis analyses analyse analysed analyze analyzed analysing
criterion criteria|datum data|staff staffs|learn learnt|spell spelt|rewrite rewrote rewritten|overwrite overwrote overwritten|shut shutting
log logged logging|delete deletion deleted deleting|receive receipt|safe safety|secure security|proof prove proven proved|advise advice advisory advisories
restore restoration|access accessed accessing accesses|process processed processing|encrypt encryption|complete completion|decide decision|choose choice
intrude intrusion|expose exposure|seize seizure|fail failure|arrive arrival|remove removal|compromise compromised|notify notification notified
explain explanation|confirm confirmation|revoke revocation|verify verification|know knowledge|believe belief|grow growth|recover recovery recoveries|discover discovery
reply replied|apply applied|deny denied denial|deploy deployment|bus buses|virus viruses|hypothesis hypotheses|service services|device devices|license licence|agency agencies`
    .split(/[|\n]/)
    .flatMap((line) => {
      const [base = '', ...forms] = line.trim().split(' ');
      return [base, ...forms].map((form) => [form, base] as const);
    }),
);

const SUFFIXES = ['isations', 'isation', 'ising', 'ised', 'ises', 'ise', 'izations', 'ization', 'izing', 'ized', 'izes', 'ize'];
const ENDINGS = /(ations|ation|ating|ated|ates|ate|ions|ion|ments|ment|ings|ing|ed|ly)$/;

/**
 * A key under which the forms of one word meet ("encrypted", "encrypts", "encryption"). Not a word to show:
 * it exists so that a paraphrase of an entry is recognised.
 */
export function stem(word: string): string {
  const lower = word
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/'s$|s'$/, (m) => (m === "s'" ? 's' : ''));
  const base = IRREGULAR[lower];
  if (base !== undefined) return base;
  const singular = strip(lower);
  const bare = lower.replace(/(ing|ed)$/, '');
  return IRREGULAR[singular] ?? (bare !== lower ? (IRREGULAR[bare] ?? IRREGULAR[`${bare}e`]) : undefined) ?? ending(singular);
}

function strip(word: string): string {
  if (word.length <= 3 || /(ss|us|is)$/.test(word)) return word;
  if (/ies$/.test(word)) return word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
  if (/(x|z|ch|sh|ss)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

function ending(word: string): string {
  const long = SUFFIXES.find((it) => word.endsWith(it) && word.length - it.length >= 4);
  if (long !== undefined) return word.slice(0, -long.length);
  const cut =
    /ied$/.test(word) && word.length > 4
      ? `${word.slice(0, -3)}y`
      : word.replace(ENDINGS, (m) => (word.length - m.length >= 3 ? '' : m));
  const single = cut !== word ? cut.replace(/([bdfgklmnprt])\1$/, '$1') : cut;
  return single.length > 3 ? single.replace(/e$/, '').replace(/y$/, 'i') : single;
}
