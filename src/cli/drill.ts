import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Desk } from '../desk/desk.ts';
import type { DrillMoment } from '../desk/drill.ts';
import type { RecordView } from '../desk/view.ts';
import { openSigner } from '../store/signer.ts';
import { openSqlite } from '../store/sqlite.ts';
import { readArguments } from './arguments.ts';
import { type Command, type Terminal, UsageError } from './command.ts';
import { readDrill } from './drill-file.ts';
import { settingsOf, US, world } from './house.ts';
import { openLibrary } from './library.ts';
import { packInMemory, writePack } from './pack.ts';
import { declareDrill, playOn, type Stage } from './play.ts';

const USAGE = 'usage: firebreak drill TIMELINE.yaml [--speed N] [--out PATH]';

/** `drill`: replays a real timeline through the bot, marked DRILL, in a store of its own and without network; leaves a verified export. */
export const drill: Command = async (args, terminal) => {
  const { words, options } = readArguments(args, { options: ['speed', 'out'] }, USAGE);
  const [file] = words;
  const speed = Number(options.get('speed') ?? Number.POSITIVE_INFINITY);
  if (file === undefined || !(speed > 0)) throw new UsageError(USAGE);
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-drill-'));
  const store = openSqlite(folder);
  try {
    const desk = new Desk(store, world, openSigner(folder));
    const stage: Stage = {
      desk,
      library: openLibrary(settingsOf(terminal.env).runbooks),
      drill: readDrill(file),
      pace: pacer(speed),
      said: progress(terminal),
    };
    terminal.out(`DRILL · ${stage.drill.title}`);
    const record = await declareDrill(stage);
    await playOn(stage, record);
    return await leavePack(store, record, options.get('out'), terminal);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** At speed 60 an hour takes a minute; nights are not slept through: no wait is longer than ten seconds. */
function pacer(speed: number): Stage['pace'] {
  return async ({ at }, before) => {
    const gap = before === '' ? 0 : Temporal.Instant.from(at).epochMilliseconds - Temporal.Instant.from(before).epochMilliseconds;
    if (gap > 0 && Number.isFinite(speed)) await wait(Math.min(gap / speed, 10_000));
    return true;
  };
}

function progress(terminal: Terminal): Stage['said'] {
  return (moment, view, refusal) => {
    const done = `${String(view.guide?.done ?? 0).padStart(2)}/${view.guide?.total ?? 0}`;
    terminal.out(
      `${moment.at.slice(0, 16).replace('T', ' ')}Z  ${done}  ${moment.who}: ${words(moment, view)}${refusal === undefined ? '' : `  [${refusal}]`}`,
    );
  };
}

function words({ fact, line }: DrillMoment, view: RecordView): string {
  if (fact !== undefined) return fact.text.length > 110 ? `${fact.text.slice(0, 109)}…` : fact.text;
  const step = view.guide?.steps.find((guided) => guided.step.id === line?.step)?.step.title;
  const what = line?.choice ?? line?.reason ?? line?.text ?? line?.note ?? line?.fact ?? '';
  return [line?.do, step, what].filter((part) => part !== undefined && part !== '').join(' · ');
}

async function leavePack(
  store: ReturnType<typeof openSqlite>,
  record: string,
  out: string | undefined,
  terminal: Terminal,
): Promise<0 | 1> {
  const order = {
    client: US,
    record,
    out: out ?? '',
    audience: 'full',
    zone: 'UTC',
    at: terminal.now().toString(),
    by: 'drill',
  } as const;
  const { files, verdict } = await packInMemory(store, order);
  if (out !== undefined) writePack(files, out);
  terminal.out(
    `\n${verdict.entries} entries. ${verdict.says}${out === undefined ? ' (--out PATH keeps the export.)' : ` Export: ${out}`}`,
  );
  return verdict.ok ? 0 : 1;
}
