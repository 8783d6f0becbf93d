import { toHex, utf8 } from '../src/record/bytes.ts';
import type { Command, Refusal } from '../src/record/command.ts';
import { decide } from '../src/record/decide.ts';
import type { Entry } from '../src/record/entry.ts';
import { evolve } from '../src/record/fold.ts';
import { emptyIncident, type Incident } from '../src/record/incident.ts';
import { sha256 } from '../src/record/sha256.ts';
import { compile } from '../src/runbook/compile.ts';
import type { Runbook } from '../src/runbook/runbook.ts';

export const ADA = { account: 'test/T/U1', name: 'Ada Okafor' };

export const fileOf = (id: string, source: string) => ({ id, file: `${id}.md`, source, digest: toHex(sha256(utf8(source))) });

/** An incident that grows by commands alone, without a store: what is decided is folded as it would be sealed. */
export class Given {
  incident: Incident = emptyIncident('inc-test', 'incident');
  entries: Entry[] = [];
  #ids = 0;

  constructor(source: string, id = 'book') {
    this.when({
      do: 'declareIncident',
      title: 'Test',
      looksLike: id,
      stillHappening: 'yes',
      canReachClients: 'unknown',
      talkingOverIt: 'no',
      runbook: fileOf(id, source),
      verifierKey: 'key',
    });
  }

  get runbook(): Runbook | undefined {
    const { runbook } = this.incident;
    return runbook === undefined ? undefined : compile(runbook.source, { file: runbook.file });
  }

  /** The entries that came of it, or the refusal. */
  try(command: Command, person: typeof ADA | undefined = ADA): Entry[] | Refusal {
    const context = { now: '2026-11-20T10:00:00Z', person, runbook: this.runbook, newId: () => `id${++this.#ids}` };
    const decision = decide(this.incident, command, context);
    if ('refused' in decision) return decision;
    const entries = decision.events.map(({ event, actor }, i): Entry => {
      const seq = this.entries.length + i + 1;
      const head = {
        record: 'inc-test',
        of: 'incident',
        seq,
        at: context.now,
        via: 'drill',
        label: 'internal',
        drill: false,
      } as const;
      return { ...event, ...head, actor: actor ?? decision.actor };
    });
    for (const entry of entries) this.incident = evolve(this.incident, entry);
    this.entries.push(...entries);
    return entries;
  }

  /** The entries that came of it; a refusal is a failure of the test. */
  when(command: Command, person: typeof ADA | undefined = ADA): Entry[] {
    const answer = this.try(command, person);
    if ('refused' in answer) throw new Error(answer.refused);
    return answer;
  }

  /** The sentence of the refusal; anything else is a failure of the test. */
  refusal(command: Command, person: typeof ADA | undefined = ADA): string {
    const answer = this.try(command, person);
    if (!('refused' in answer)) throw new Error(`not refused: ${command.do}`);
    return answer.refused;
  }
}
