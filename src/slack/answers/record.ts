import { openSeqs } from '../../desk/open-entries.ts';
import { searched, wordsOf } from '../../desk/search.ts';
import type { RecordView } from '../../desk/view.ts';
import { sentenceOf } from '../../export/sentence.ts';
import { defanged } from '../../notice/wording-of-entry.ts';
import type { Entry } from '../../record/entry.ts';
import { clock, nameOf } from '../../record/turn.ts';
import { clip, safe } from '../mrkdwn.ts';
import { valuesOf } from '../notices/desk.ts';
import { cite } from '../talk/entry-links.ts';
import { STATUS_WORDS } from '../words.ts';

/** Answers that list one kind of thing out of the record: who was told, what was decided, what is open, what the vendor said. Pure. */

const time = (at: string, { now }: RecordView): string => clock(at, new Date(now).toISOString());
const isAbout = (text: string, wanted: string[]): boolean => {
  const words = wordsOf(text);
  return wanted.every((word) => words.some((one) => one === word || one.startsWith(word)));
};

/** Who was told: notices that went out, then whatever else speaks of it. No entry is no proof that nobody did. */
export function toldWords(view: RecordView, about: string): string {
  const { incident } = view;
  const wanted = wordsOf(about).filter((word) => !/^(?:th(?:em|eir|is|at|ese)|client|customer|already|yet)$/.test(word));
  const open = openSeqs(view);
  const sent = [...incident.notices.values()].flatMap((notice) =>
    notice.sent
      .filter(({ seq, recipient }) => open.has(seq) && isAbout(`${recipient} ${valuesOf(notice).client ?? ''}`, wanted))
      .map(
        ({ seq, at, recipient, road }) =>
          `• Notice ${notice.id} to *${safe(recipient)}* (${safe(road)}), ${time(at, view)} _(${cite(seq)})_`,
      ),
  );
  const filed = [...incident.owed.duties.values()].flatMap(({ duty, filings }) =>
    filings
      .filter(() => isAbout(duty.replaceAll('-', ' '), wanted))
      .map(({ seq, at }) => `• Filed: ${safe(duty)}, ${time(at, view)} _(${cite(seq)})_`),
  );
  const name = wanted.length === 0 ? '' : ` to “${safe(clip(about, 60))}”`;
  const head = sent.length + filed.length === 0 ? [`No notice${name} is on record as sent.`] : [...sent, ...filed];
  const spoken =
    wanted.length === 0
      ? []
      : searched(view, about, 4).map(
          (hit) => `• ${safe(clip(hit.text, 250))} _(${hit.what}, ${cite(hit.seq)}, ${time(hit.at, view)})_`,
        );
  const beside = spoken.length === 0 ? [] : ['What else speaks of it:', ...spoken];
  const hint = sent.length + spoken.length === 0 ? ['If somebody called them, say so: `note: called … at …`.'] : [];
  return [...head, ...beside, ...hint].join('\n');
}

export function decidedWords(view: RecordView, about: string): string {
  const { incident } = view;
  const wanted = wordsOf(about);
  const open = openSeqs(view);
  const found = incident.decisions.filter(
    ({ seq, question, choice, reason }) => open.has(seq) && isAbout(`${question} ${choice} ${reason}`, wanted),
  );
  const on = wanted.length === 0 ? '' : ` on “${safe(clip(about, 60))}”`;
  if (found.length === 0) return `No decision${on} is on record. Record one: \`decide … because …\`.`;
  const OUTCOME = { decided: 'Decided', 'decided-not-to': 'Decided not to', deferred: 'Deferred' } as const;
  return found
    .slice(-8)
    .map(({ seq, outcome, choice, question, reason, at, decider, reopened }) => {
      const of = question === choice ? '' : ` (${safe(clip(question, 120))})`;
      const again = reopened ? ' *To decide again.*' : '';
      return `• ${OUTCOME[outcome]}: *${safe(clip(choice, 200))}*${of}. Why: ${safe(clip(reason, 200))}. ${safe(nameOf(incident, decider))}, ${time(at, view)} _(${cite(seq)})_${again}`;
    })
    .join('\n');
}

/** What holds things up: steps that are blocked, questions without an answer, decisions put off, promises of others. */
export function openWords(view: RecordView): string {
  const { incident, guide } = view;
  const open = openSeqs(view);
  const shown = <T extends { seq: number }>(those: readonly T[]) => those.filter(({ seq }) => open.has(seq));
  const blocked = (guide?.steps ?? []).filter(({ standing }) => standing === 'blocked');
  const lines = [
    ...blocked.map(
      ({ index, step, state }) =>
        `• Blocked: step ${index + 1}, ${safe(step.title)}${state?.reason ? `: ${safe(state.reason)}` : ''}`,
    ),
    ...shown(incident.asks.filter(({ answer }) => answer === undefined)).map(
      ({ question, to, due, seq }) =>
        `• Asked${to === undefined ? '' : ` ${safe(nameOf(incident, to))}`}: ${safe(question)}${due === undefined ? '' : `, by ${time(due, view)}`} _(${cite(seq)})_`,
    ),
    ...shown(incident.decisions.filter(({ outcome, reopened }) => outcome === 'deferred' || reopened)).map(
      ({ question, seq }) => `• To decide: ${safe(question)} _(${cite(seq)})_`,
    ),
    ...shown(incident.promises.filter(({ kept }) => kept === undefined)).map(
      ({ who, text, due, seq }) =>
        `• Promised by ${safe(who)}: ${safe(text)}, ${due === undefined ? 'no time named' : `by ${time(due, view)}`} _(${cite(seq)})_`,
    ),
  ];
  return lines.length === 0 ? 'Nothing is blocked, asked, put off or promised.' : lines.slice(0, 20).join('\n');
}

export function findingsWords(view: RecordView): string {
  const { incident } = view;
  const open = openSeqs(view);
  const current = incident.findings.filter(({ seq, supersededBy }) => supersededBy === undefined && open.has(seq));
  const tiers = [...Map.groupBy([...incident.lanes.sorted.values()], ({ tier }) => tier)].sort(([a], [b]) => (a < b ? -1 : 1));
  const counts = tiers.length === 0 ? [] : [`Clients: ${tiers.map(([tier, those]) => `${tier}: ${those.length}`).join(', ')}`];
  if (current.length === 0)
    return [...counts, 'No finding is on record yet. Record one: `find … confirmed|suspected|unknown: …`.'].join('\n');
  const lines = current.map(
    ({ about, text, status, asOf, seq }) =>
      `• *${safe(about)}: ${STATUS_WORDS[status]}.* ${safe(clip(text, 200))} _(${cite(seq)}, as of ${time(asOf, view)})_`,
  );
  return [...counts, ...lines.slice(-12)].join('\n');
}

/** What others said, newest first, and what they promised. */
export function vendorWords(view: RecordView): string {
  const { incident, entries } = view;
  const open = openSeqs(view);
  const said = entries.filter(
    (entry): entry is Extract<Entry, { kind: 'statement.read' }> => entry.kind === 'statement.read' && open.has(entry.seq),
  );
  const lines = said
    .slice(-4)
    .reverse()
    .map(({ seq, texts, at, occurred }) => {
      const changed = incident.changedStatements.get(seq);
      const gone = changed === undefined ? '' : ` *Changed since, see* ${cite(changed)}.`;
      return `• ${safe(texts.speaker)}, ${time(occurred ?? at, view)}: ${safe(clip(texts.text, 350))} _(${cite(seq)})_${gone}`;
    });
  const promised = incident.promises
    .filter(({ kept, seq }) => kept === undefined && open.has(seq))
    .map(
      ({ who, text, due, seq }) =>
        `• Promised by ${safe(who)}: ${safe(text)}${due === undefined ? '' : `, by ${time(due, view)}`} _(${cite(seq)})_`,
    );
  const all = [...lines, ...promised];
  return all.length === 0 ? 'No statement of a vendor is on record. Record one: `statement Kaseya: …`.' : all.join('\n');
}

const ROUTINE = /^(?:delivery|checkpoint|actor|reminder)\./;

/** The last entries as the timeline will tell them. */
export function logWords(view: RecordView): string {
  const { incident, entries } = view;
  const open = openSeqs(view);
  const names = new Map([...incident.people.keys()].map((actor) => [actor, nameOf(incident, actor)]));
  const shown = entries.filter(({ seq, kind }) => open.has(seq) && !ROUTINE.test(kind)).slice(-10);
  return shown
    .map(
      (entry) => `• ${time(entry.occurred ?? entry.at, view)}: ${safe(clip(sentenceOf(entry, names), 220))} _(${cite(entry.seq)})_`,
    )
    .join('\n');
}

/** One entry in words, for whoever asked to see it. What is for counsel is not shown. */
export function entryWords(view: RecordView, seq: number): string | undefined {
  const entry = view.entries[seq - 1];
  if (entry === undefined) return undefined;
  if (!openSeqs(view).has(seq)) return `:lock: Entry ${seq} is for counsel.`;
  const { incident } = view;
  const names = new Map([...incident.people.keys()].map((actor) => [actor, nameOf(incident, actor)]));
  const corrected = incident.corrections.get(seq);
  const replaced = incident.findings.find((one) => one.seq === seq)?.supersededBy;
  const happened = entry.occurred === undefined ? '' : `, happened ${time(entry.occurred, view)}`;
  return [
    `*Entry ${seq}*, recorded ${time(entry.at, view)} by ${safe(nameOf(incident, entry.actor))}${happened}`,
    safe(defanged(clip(sentenceOf(entry, names), 2_000))),
    corrected === undefined ? '' : `_Corrected by entry ${corrected.by}:_ ${safe(corrected.text ?? '')}`,
    replaced === undefined ? '' : `_Replaced by entry ${replaced}._`,
  ]
    .filter((line) => line !== '')
    .join('\n');
}
