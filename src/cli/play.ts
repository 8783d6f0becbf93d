import type { Desk, Done } from '../desk/desk.ts';
import {
  type Drill,
  type DrillMemory,
  type DrillMoment,
  drillPerson,
  factCommand,
  instant,
  lineCommands,
  momentsOf,
  nextOfResponder,
  remember,
} from '../desk/drill.ts';
import type { Delivery } from '../desk/ports.ts';
import type { RecordView } from '../desk/view.ts';
import type { Command, Refusal } from '../record/command.ts';
import type { Answer } from '../record/event.ts';
import type { Library } from '../slack/house.ts';
import { UsageError } from './command.ts';
import { US } from './house.ts';

/** Plays a drill through the desk: every action is a command like anybody else's, marked as a drill, and no network is needed. */
export type Stage = {
  desk: Desk;
  library: Library;
  drill: Drill;
  /** Waits until it is time for the next moment, and may end the play. */
  pace(moment: DrillMoment, before: string): Promise<boolean>;
  /** Told after every moment, for the progress line. */
  said(moment: DrillMoment, view: RecordView, refusal: string | undefined): void;
  /** What else the declaration sends out: the channel to play in. */
  also?: (record: string) => Delivery[];
};

export async function declareDrill(stage: Stage): Promise<string> {
  const { desk, library, drill } = stage;
  const record = `inc-${desk.newId()}`;
  const runbook = library.source(drill.runbook);
  if (runbook === undefined) throw new UsageError(`The drill plays the runbook "${drill.runbook}", which is not in runbooks/.`);
  const line = drill.script.find((one) => one.do === 'declare');
  const by = drillPerson(drill, line?.by ?? drill.people[0]?.id ?? 'responder');
  const occurred = instant(line?.at ?? drill.timeline[0]?.at ?? '2021-01-01');
  const answer = await desk.do({
    client: US,
    record,
    person: by,
    via: 'drill',
    drill: true,
    occurred,
    also: () => stage.also?.(record) ?? [],
    command: {
      do: 'declareIncident',
      title: String(line?.title ?? drill.title),
      looksLike: drill.runbook,
      stillHappening: answerOf(line?.still_happening),
      canReachClients: answerOf(line?.reaches_clients),
      talkingOverIt: answerOf(line?.talking_over_it),
      runbook,
      verifierKey: desk.verifierKey,
    },
  });
  if ('refused' in answer) throw new UsageError(answer.refused);
  for (const { id, roles } of drill.people) for (const role of roles) await assign(stage, record, id, role, occurred);
  return record;
}

const answerOf = (value: unknown): Answer => (value === 'yes' || value === 'no' ? value : 'unknown');

async function assign({ desk, drill }: Stage, record: string, id: string, word: string, occurred: string): Promise<void> {
  const role = word.toLowerCase().replace(/\s+/g, '-') as never;
  const to = drillPerson(drill, id);
  await desk.do({ client: US, record, person: to, via: 'drill', occurred, command: { do: 'assignRole', role, to } });
}

/** Plays everything after the declaration, to the end or until `pace` says stop. */
export async function playOn(stage: Stage, record: string): Promise<void> {
  const memory: DrillMemory = { findings: new Map(), asks: new Map() };
  let before = '';
  for (const moment of momentsOf(stage.drill)) {
    if (!(await stage.pace(moment, before))) return;
    before = moment.at;
    const refusal = await playMoment(stage, record, moment, memory);
    const view = await stage.desk.view(US, record);
    if (view === undefined) return;
    stage.said(moment, view, refusal);
  }
  if (stage.drill.script.length === 0) await finish(stage, record);
}

async function playMoment(
  stage: Stage,
  record: string,
  { fact, line, at }: DrillMoment,
  memory: DrillMemory,
): Promise<string | undefined> {
  const view = await stage.desk.view(US, record);
  if (view === undefined) return 'The record is gone.';
  const by = drillPerson(stage.drill, line?.by ?? stage.drill.people[0]?.id ?? 'responder');
  const commands =
    fact === undefined ? (line === undefined ? [] : lineCommands(stage.drill, line, view, memory)) : [factCommand(fact)];
  const unscripted = fact !== undefined && stage.drill.script.length === 0 ? nextOfResponder(view) : [];
  let refusal: string | undefined;
  for (const command of [...commands, ...unscripted]) {
    const answer: Done | Refusal = await stage.desk.do({ client: US, record, person: by, via: 'drill', occurred: at, command });
    if ('refused' in answer) refusal = answer.refused;
    else if (line !== undefined) remember(line, answer.view, memory);
  }
  return refusal;
}

/** The rest of the runbook, and the close: a timeline without a script still ends. */
async function finish(stage: Stage, record: string): Promise<void> {
  const by = drillPerson(stage.drill, stage.drill.people[0]?.id ?? 'responder');
  const act = (command: Command) => stage.desk.do({ client: US, record, person: by, via: 'drill', command });
  for (let turn = 0; turn < 500; turn++) {
    const view = await stage.desk.view(US, record);
    const commands = view === undefined ? [] : nextOfResponder(view);
    if (commands.length === 0) break;
    for (const command of commands) await act(command);
  }
  await act({ do: 'closeIncident', as: 'resolved', reason: 'End of the drill' });
}
