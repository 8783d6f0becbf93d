import type { Entry } from '../record/entry.ts';
import type { CitedSentence, Fact, Model, PromptView, Proposed, SaidMessage, Told } from './model-port.ts';
import { isOpen } from './open-entries.ts';
import { Pseudonyms } from './pseudonyms.ts';
import type { RecordView } from './view.ts';

/** Characters of facts in one prompt: under 6,000 tokens for a record of 300 entries. */
const FACTS_MAX = 12_000;
const FACT_MAX = 280;

/**
 * Asks a model about one record. What goes in: this client's open entries, without secrets, names or hidden characters. What
 * comes out has its names back, and is still only a proposal.
 */
export class Consultation {
  readonly #model: Model;
  readonly #view: RecordView;
  readonly #names: Pseudonyms;

  /** `speakers` are the people whose words are asked about. */
  constructor(model: Model, view: RecordView, speakers: readonly string[] = []) {
    this.#model = model;
    this.#view = view;
    this.#names = new Pseudonyms(view.incident, speakers);
  }

  async answer(question: string): Promise<Told<CitedSentence[]>> {
    return this.#sentences(await this.#model.answer(this.#names.hide(question), this.#about()));
  }

  async draft(kind: string): Promise<Told<CitedSentence[]>> {
    return this.#sentences(await this.#model.draft(this.#facts(), kind));
  }

  /** Names and addresses are stand-ins on the way, and come back as they were. */
  async translate(sentences: readonly string[], language: string): Promise<Told<string[]>> {
    const told = await this.#model.translate(
      sentences.map((text) => this.#names.hide(text)),
      language,
    );
    return 'reason' in told ? told : { ...told, value: told.value.map((text) => this.#names.restore(text)) };
  }

  async propose(messages: readonly SaidMessage[]): Promise<Told<Proposed[]>> {
    const hidden = messages.map((message) => ({
      ...message,
      speaker: this.#names.hide(message.speaker),
      text: this.#names.hide(message.text),
    }));
    const told = await this.#model.propose(hidden, this.#about());
    return 'reason' in told ? told : { ...told, value: told.value.map((one) => this.#named(one)) };
  }

  #sentences(told: Told<CitedSentence[]>): Told<CitedSentence[]> {
    if ('reason' in told) return told;
    return { ...told, value: told.value.map(({ text, cites }) => ({ text: this.#names.restore(text), cites })) };
  }

  #named(proposed: Proposed): Proposed {
    const restored = (text: string | null) => (text === null ? null : this.#names.restore(text));
    const { text, quote, about, reason, who } = proposed;
    return {
      ...proposed,
      text: this.#names.restore(text),
      quote: this.#names.restore(quote),
      about: restored(about),
      reason: restored(reason),
      who: restored(who),
    };
  }

  #about(): PromptView {
    const steps = (this.#view.guide?.steps ?? [])
      .filter(({ standing }) => standing !== 'off')
      .map(({ index, step, standing }) => ({ number: index + 1, title: step.title, standing }));
    return { now: new Date(this.#view.now).toISOString(), facts: this.#facts(), steps };
  }

  #facts(): Fact[] {
    const facts = factsOf(this.#view).map((fact) => ({ ...fact, text: this.#names.hide(fact.text).slice(0, FACT_MAX) }));
    return newest(facts, FACTS_MAX);
  }
}

/** Findings first, then the newest of the rest, as many as there is room for; in their own order. */
function newest(facts: Fact[], room: number): Fact[] {
  let left = room;
  const ranked = [...facts].sort((a, b) => Number(b.kind === 'finding') - Number(a.kind === 'finding') || b.seq - a.seq);
  const kept = ranked.filter(({ text }) => {
    left -= text.length + 40;
    return left >= 0;
  });
  return kept.sort((a, b) => a.seq - b.seq);
}

/** The entries a prompt may hold: of this record, not counsel's, not replaced. */
export function factsOf(view: RecordView): Fact[] {
  const { corrections } = view.incident;
  return view.entries
    .flatMap((entry) => (isOpen(view, entry) ? factOf(view, entry) : []))
    .map((fact) => ({ ...fact, text: corrections.get(fact.seq)?.text ?? fact.text }));
}

function factOf({ incident }: RecordView, entry: Entry): Fact[] {
  const { seq } = entry;
  const at = entry.occurred ?? entry.at;
  switch (entry.kind) {
    case 'finding.recorded': {
      const replaced = incident.findings.find((finding) => finding.seq === seq)?.supersededBy !== undefined;
      const { status, asOf } = entry.body;
      return replaced ? [] : [{ seq, kind: 'finding', at: asOf, status, text: `${entry.texts.about}: ${entry.texts.text}` }];
    }
    case 'note.recorded':
    case 'message.kept': {
      const note = incident.notes.find((one) => one.seq === seq);
      return note === undefined || note.deleted ? [] : [{ seq, kind: 'note', at, text: note.text }];
    }
    case 'decision.taken':
      return [
        { seq, kind: 'decision', at, text: `${entry.texts.choice} (${entry.texts.question}), because ${entry.texts.reason}` },
      ];
    case 'statement.read':
      return [{ seq, kind: 'vendor statement', at, text: `${entry.texts.speaker}: ${entry.texts.text}` }];
    case 'ask.answered':
      return [{ seq, kind: 'answer', at, text: entry.texts.answer }];
    case 'promise.given':
      return [{ seq, kind: 'promise', at, text: `${entry.texts.who}: ${entry.texts.text}` }];
    default:
      return [];
  }
}
