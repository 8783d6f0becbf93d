import { type RecordView, viewOf } from '../src/desk/view.ts';
import type { Command, CommandOf, NamedPerson, Refusal } from '../src/record/command.ts';
import { decide } from '../src/record/decide.ts';
import { type Entry, type Sealed, seal, unseal } from '../src/record/entry.ts';
import { evolve } from '../src/record/fold.ts';
import { emptyIncident, type Incident } from '../src/record/incident.ts';
import { compile } from '../src/runbook/compile.ts';
import type { Runbook } from '../src/runbook/runbook.ts';
import { counting } from './room-server.ts';
import { SMALL } from './small-runbook.ts';

export const ADA: NamedPerson = { account: 'slack/T1/U1', name: 'Ada' };
export const BEN: NamedPerson = { account: 'slack/T1/U2', name: 'Ben' };

export const DECLARE: CommandOf<'declareIncident'> = {
  do: 'declareIncident',
  title: 'The tool is abused',
  looksLike: 'small',
  stillHappening: 'yes',
  canReachClients: 'unknown',
  talkingOverIt: 'no',
  runbook: SMALL,
  verifierKey: 'firebreak-test+00000000+AQ==',
};

const START = Date.UTC(2026, 0, 5, 9);

/** One record played in memory: commands are decided, sealed and folded, with neither a store nor a clock. */
export class Play {
  readonly incident: Incident = emptyIncident('inc-play', 'incident');
  readonly entries: Entry[] = [];
  readonly sealed: Sealed[] = [];
  readonly #random = counting(5);
  #ids = 0;
  #minutes = 0;
  readonly #runbook: Runbook;

  constructor(source = SMALL.source) {
    this.#runbook = compile(source, { file: SMALL.file });
  }

  /** The record as cards and forms see it, a minute after what was done last. */
  view(): RecordView {
    return viewOf('us', this.incident, this.#runbook, this.entries, START + this.#minutes * 60_000);
  }

  /** What comes of a command: the entries it became, or a refusal, which seals nothing. */
  do(command: Command, by: NamedPerson | 'bot' = ADA): Entry[] | Refusal {
    const now = new Date(START + this.#minutes++ * 60_000).toISOString();
    const context = {
      now,
      person: by === 'bot' ? undefined : by,
      runbook: this.incident.runbook === undefined ? undefined : this.#runbook,
      newId: () => `id${++this.#ids}`,
    };
    const decision = decide(this.incident, command, context);
    if ('refused' in decision) return decision;
    const sealed = decision.events.map(({ event, occurred, label, actor }, i) =>
      seal(event, {
        record: 'inc-play',
        of: 'incident',
        seq: this.incident.size + i + 1,
        at: now,
        ...(occurred === undefined ? {} : { occurred }),
        actor: actor ?? decision.actor,
        via: 'slack-signature',
        label: label ?? 'internal',
        drill: false,
        nonce: this.#random(16),
        salts: () => this.#random(32),
      }),
    );
    const entries = sealed.map(({ line, texts }) => unseal(line, texts));
    for (const entry of entries) evolve(this.incident, entry);
    this.entries.push(...entries);
    this.sealed.push(...sealed);
    return entries;
  }

  /** The same for what must not be refused. */
  given(...commands: (Command | [Command, NamedPerson | 'bot'])[]): this {
    for (const one of commands) {
      const [command, person] = Array.isArray(one) ? one : [one, ADA];
      const answer = this.do(command, person);
      if ('refused' in answer) throw new Error(`given ${command.do}: ${answer.refused}`);
    }
    return this;
  }
}
