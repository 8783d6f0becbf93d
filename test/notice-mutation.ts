import type { Draft, Sentence } from '../src/notice/draft.ts';
import type { PlainRecord } from '../src/notice/record.ts';

/** A seeded bad draft: a good one with one thing wrong, in a family of mistakes. */
export type Seeded = { family: string; what: string; draft: Draft; level: 'truth' | 'any' };

type Rewrite = { family: string; from: RegExp; to: (m: RegExpExecArray) => string | undefined; level?: 'any' };

const digits = (text: string) => text.replace(/\d(?=\D*$)/, (d) => String((Number(d) + 3) % 10));
const WORDS = [
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'fourteen',
  'sixty',
];
const MONTH = '(?:January|February|March|April|May|June|July|August|September|October|November|December)';

/** One wrong value in one place, everything else as it was. */
const REWRITES: Rewrite[] = [
  { family: 'number', from: /(?<![\w.:/#[@-])\d{1,3}(?:,\d{3})+(?![\w:.]\d)/g, to: (m) => digits(m[0]) },
  {
    family: 'number',
    from: /(?<![\w.:/#[@,-])\d{1,5}(?![\w.:,/%\]-]|\.\d|,\d)(?!\s+(?:UTC|CEST|CET|BST|CDT|PDT|EDT|JST|IST|January|February|March|April|May|June|July|August|September|October|November|December|to \d|and \d))(?=\s+[a-z]+)/g,
    to: (m) => digits(m[0]),
  },
  {
    family: 'number-word',
    from: new RegExp(`\\b(?:${WORDS.slice(1).join('|')})\\b`, 'gi'),
    to: (m) => WORDS[(WORDS.indexOf(m[0].toLowerCase()) + 1) % WORDS.length],
  },
  { family: 'magnitude', from: /(?<![\w.:/#[@-])\d{1,3}(?:,\d{3})+(?![\w:])/g, to: (m) => `${m[0]},000` },
  { family: 'date', from: new RegExp(`\\b(\\d{1,2})( ${MONTH})`, 'g'), to: (m) => `${(Number(m[1]) % 27) + 1}${m[2]}` },
  {
    family: 'month',
    from: new RegExp(`(\\d{1,2} )(${MONTH})`, 'g'),
    to: (m) => `${m[1]}${m[2] === 'October' ? 'November' : 'October'}`,
  },
  { family: 'year', from: /\b2026\b(?!-|\.)/g, to: () => '2025' },
  { family: 'time', from: /\b(\d{2}):(\d{2})\b/g, to: (m) => `${m[1]}:${String((Number(m[2]) + 7) % 60).padStart(2, '0')}` },
  { family: 'hour', from: /\b(\d{2}):(\d{2})\b/g, to: (m) => `${String((Number(m[1]) + 1) % 24).padStart(2, '0')}:${m[2]}` },
  { family: 'zone', from: /\b(UTC|CEST|BST|CDT|PDT|EDT|JST|IST)\b/g, to: (m) => (m[1] === 'UTC' ? 'CEST' : 'UTC') },
  {
    family: 'zone',
    from: /\b(UTC|CEST|CDT|PDT|EDT)\b/g,
    to: (m) => ({ UTC: 'EST', CEST: 'CET', CDT: 'CST', PDT: 'PST', EDT: 'EST' })[m[1] ?? ''],
  },
  { family: 'zone-dropped', from: /(\d{2}:\d{2}) (?:UTC|CEST|BST|CDT|PDT|EDT|JST|IST)\b(?! to| and)/g, to: (m) => m[1] },
  {
    family: 'unit',
    from: /\b(\d[\d.,]*|[a-z]+) (minutes|hours|days|GB|MB)\b/g,
    to: (m) => `${m[1]} ${{ minutes: 'hours', hours: 'minutes', days: 'weeks', GB: 'MB', MB: 'GB' }[m[2] ?? '']}`,
  },
  { family: 'currency', from: /\b(EUR|USD)\b/g, to: (m) => (m[1] === 'EUR' ? 'USD' : 'EUR') },
  { family: 'percent', from: /\b(\d+)( ?%| percent)/g, to: (m) => `${Number(m[1]) + 10}${m[2]}` },
  { family: 'version', from: /\b(\d+\.\d+\.)(\d+)\b(?!\.\d)/g, to: (m) => `${m[1]}${Number(m[2]) + 1}` },
  {
    family: 'hash',
    from: /\b[0-9a-f]{40,64}\b/g,
    to: (m) => `${m[0].slice(0, 10)}${m[0][10] === '0' ? '1' : '0'}${m[0].slice(11)}`,
  },
  { family: 'cve', from: /CVE-\d{4}-(\d+)/g, to: (m) => m[0].replace(/\d$/, (d) => String((Number(d) + 1) % 10)) },
  { family: 'ghsa', from: /GHSA-(\w)/g, to: (m) => `GHSA-${m[1] === 'q' ? 'r' : 'q'}` },
  { family: 'address', from: /\d+\[\.\]\d+\[\.\]\d+\[\.\]\d+/g, to: (m) => digits(m[0]) },
  { family: 'identifier', from: /\b(?:CL|CY|I)-?\d[\w-]*\d\b|\b631\.882\b/g, to: (m) => digits(m[0]) },
  { family: 'file', from: /\b[\w-]+\.(?:exe|txt|aspx)\b/g, to: (m) => `x${m[0]}` },
  { family: 'host', from: /\b(?:FS-02|SRV-DB1|VSA01|svc_portal)\b/g, to: (m) => digits(m[0]).replace('svc_portal', 'svc_backup') },
];

const NEGATIONS: [RegExp, string][] = [
  [/\bwas not\b/, 'was'],
  [/\bwere not\b/, 'were'],
  [/\bis not\b/, 'is'],
  [/\bare not\b/, 'are'],
  [/\bnever\b/, ''],
  [/\bno (?=payment|VSA|use|sign)/, 'a '],
  [/\bwas (?!not|never)/, 'was not '],
  [/\bwere (?!not|never)/, 'were not '],
  [/\bare (?!not|never)/, 'are not '],
  [/\bhas (?!not|never)/, 'has not '],
  [/\bhave (?!not|never)/, 'have not '],
  [/\bhad (?!not|never)/, 'had not '],
  [/\b(?:switched|revoked|found|reset|paused|closed|updated|installed|downloaded)\b/, 'did not $&'],
];

/** Every bad draft that one rule of this file makes of a good one. */
export function seeded(draft: Draft, record: PlainRecord): Seeded[] {
  return draft.sentences.flatMap((sentence, index) => {
    const put = (family: string, changed: Partial<Sentence>, what: string, level: Seeded['level'] = 'truth'): Seeded => ({
      family,
      what,
      level,
      draft: {
        ...draft,
        id: `${draft.id}#${index}:${family}`,
        sentences: draft.sentences.map((it, at) => (at === index ? { ...it, ...changed } : it)),
      },
    });
    if (sentence.cites.length === 0) return [];
    return [
      ...rewritten(sentence, put),
      ...statused(sentence, record, put),
      ...recited(sentence, draft, record, put),
      ...spoiled(sentence, draft, record, put),
      ...crossed(sentence, put),
    ];
  });
}

type Put = (family: string, changed: Partial<Sentence>, what: string, level?: Seeded['level']) => Seeded;

function rewritten({ text }: Sentence, put: Put): Seeded[] {
  const values = REWRITES.flatMap(({ family, from, to, level }) =>
    [...text.matchAll(from)].flatMap((m) => {
      const made = to(m);
      if (made === undefined || made === m[0]) return [];
      const changed = text.slice(0, m.index) + made + text.slice(m.index + m[0].length);
      return [put(family, { text: changed }, changed, level)];
    }),
  );
  const negated = NEGATIONS.filter(([from]) => from.test(text))
    .slice(0, 1)
    .map(([from, to]) => put('negation', { text: text.replace(from, to) }, text.replace(from, to)));
  return [...values, ...negated];
}

/** Suspected to confirmed, unknown to known, known to hedged. */
function statused({ text, cites }: Sentence, record: PlainRecord, put: Put): Seeded[] {
  const statuses = cites.map((id) => record.entries.find((entry) => entry.id === id)?.status);
  const made: [string, string][] = [];
  if (statuses.includes('suspected')) {
    made.push([
      'suspected-to-confirmed',
      text
        .replace(/\b[Ww]e suspect that /, '')
        .replace(/,? but this is not confirmed|; we have not confirmed it/, '')
        .replace(/\b(?:is|are|was) suspected (?:to be|of)\b/, 'is')
        .replace(/\bmay be\b/, 'are')
        .replace(/^That is not confirmed/, 'That is confirmed'),
    ]);
    made.push([
      'suspected-to-confirmed',
      text
        .replace(/\b[Ww]e suspect that/, 'We have confirmed that')
        .replace(/,? but this is not confirmed|; we have not confirmed it/, '')
        .replace(/\b(?:is|are|was) suspected (?:to be|of)\b/, 'is confirmed to be')
        .replace(/\bmay be\b/, 'are')
        .replace(/^That is not/, 'That is now'),
    ]);
  }
  if (statuses.includes('unknown'))
    made.push([
      'unknown-to-known',
      text
        .replace(
          /\b(?:We do not (?:yet )?know (?:yet )?|It is (?:not known|unclear) |We have not been able to determine )whether /i,
          'We know that ',
        )
        .replace(/^Whether (.*) (?:were|was) read is not known/, '$1 were read')
        .replace(/We do not know how many/, 'We know of 40'),
    ]);
  if (statuses.every((it) => it === 'confirmed')) {
    const hedged = text
      .replace(/\b(was|were) (?!not)(\w+ed|stolen|sent|found|taken)\b/, 'may have been $2')
      .replace(/\bare (\w+ed)\b/, 'might be $1')
      .replace(/\b[Ww]e (switched|revoked|found|paused|closed|reset|updated)\b/, 'We may have $1');
    made.push(['hedge', hedged], ['confirmed-to-suspected', `It is suspected that ${text[0]?.toLowerCase()}${text.slice(1)}`]);
  }
  return made
    .filter(([, changed]) => changed !== text)
    .map(([family, changed]) => put(family, { text: changed }, changed, family === 'hedge' ? 'any' : 'truth'));
}

/** Citations gone wrong: none, invented, foreign, replaced, privileged, redacted, another entry's. */
function recited(sentence: Sentence, draft: Draft, record: PlainRecord, put: Put): Seeded[] {
  const replaced = new Set(record.entries.flatMap(({ supersedes }) => supersedes));
  const one = (test: (entry: PlainRecord['entries'][number]) => boolean) =>
    record.entries.find((entry) => test(entry) && !sentence.cites.includes(entry.id))?.id;
  const foreign = one((entry) => entry.client !== 'shared' && entry.client !== draft.client);
  const special: [string, string | undefined][] = [
    ['cite-foreign', foreign],
    ['cite-superseded', one((entry) => replaced.has(entry.id) && (entry.client === draft.client || entry.client === 'shared'))],
    ['cite-privileged', one(({ privileged }) => privileged)],
    ['cite-redacted', one(({ redacted }) => redacted)],
    ['cite-unknown', 'zz-404'],
  ];
  const usable = record.entries.filter(
    (entry) =>
      (entry.client === draft.client || entry.client === 'shared') &&
      !entry.privileged &&
      !entry.redacted &&
      !replaced.has(entry.id) &&
      !sentence.cites.includes(entry.id),
  );
  return [
    put('uncited', { cites: [] }, sentence.text),
    ...special.flatMap(([family, id]) =>
      id === undefined
        ? []
        : [
            put(family, { cites: [id] }, `${sentence.text} [${id}]`),
            put(family, { cites: [...sentence.cites, id] }, `${sentence.text} [+${id}]`),
          ],
    ),
    ...usable.slice(0, 6).map(({ id }) => put('cite-swapped', { cites: [id] }, `${sentence.text} [${id}]`)),
  ];
}

/** Things added that no entry carries. */
function spoiled({ text }: Sentence, draft: Draft, record: PlainRecord, put: Put): Seeded[] {
  const bare = text.replace(/[.]$/, '');
  const other = record.clients.find(({ id }) => id !== draft.client);
  const more: [string, string, Seeded['level']?][] = [
    ['cause', `${bare} because an employee opened a phishing mail.`],
    ['cause', `${bare}; the root cause was an unpatched firewall.`],
    ['actor', `${bare}, carried out by the Volt Spider group.`],
    ['actor', `${bare}; a former employee is behind it.`],
    ['absence', `${bare}, and there is no evidence that any data was taken.`],
    ['absence', `${bare}. Your data was not accessed.`],
    ['absence', `${bare}; the incident is contained.`],
    ['harm', `${bare}, and customer passwords were stolen.`],
    ['live-link', `${bare}; see https://status.evil-host.net/update.`, 'any'],
    ['live-link', `${bare} (185.220.101.34).`, 'any'],
    ['credential', `${bare}; the password is Winter2026!x.`, 'any'],
    ['blame', `${bare}, which is the fault of ${record.vendor}.`, 'any'],
    ['trap', `${bare}, a highly sophisticated attack.`, 'any'],
    ['trap', `Out of an abundance of caution: ${text}`, 'any'],
    ['trap', `${bare}, and only a limited number of systems is concerned.`, 'any'],
    ['trap', `${bare}; your data is completely safe.`, 'any'],
    ['vendor-promise', `${bare}, and the patch will be available tomorrow at noon UTC.`],
  ];
  if (other !== undefined) more.push(['other-client', `${bare}, as at ${other.name}.`]);
  const name =
    /\b(?:Tom Becker|Julia Brandt|Dana Reyes|Eva Novak|Petr Dvorak|Grace Oyelaran|Sean Walsh|Marta Klein|Ines Roth)\b/.exec(
      text,
    )?.[0];
  if (name !== undefined) more.push(['name', text.replace(name, name.startsWith('P') ? 'Karl Brenner' : 'Priya Menon')]);
  return more.map(([family, changed, level]) => put(family, { text: changed }, changed, level ?? 'truth'));
}

const PAIRS: [string, RegExp][] = [
  ['swapped-times', /\b\d{2}:\d{2}\b/g],
  [
    'swapped-numbers',
    /(?<![\w.:/#[@-])\d{1,3}(?:,\d{3})*(?=\s+(?:of|clients|workstations|servers|live|in|files|residents|people|cases|have))/g,
  ],
  ['swapped-versions', /\b\d+\.\d+\.\d+\b/g],
];

/** Two values of one sentence exchanged. */
function crossed({ text }: Sentence, put: Put): Seeded[] {
  return PAIRS.flatMap(([family, pattern]) => {
    const [a, b] = [...text.matchAll(pattern)];
    if (a === undefined || b === undefined || a[0] === b[0]) return [];
    const changed =
      text.slice(0, a.index) + b[0] + text.slice(a.index + a[0].length, b.index) + a[0] + text.slice(b.index + b[0].length);
    return [put(family, { text: changed }, changed)];
  });
}
