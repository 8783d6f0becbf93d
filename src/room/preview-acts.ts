import { z } from 'zod';
import { compile } from '../runbook/compile.ts';
import { mend } from '../runbook/mend.ts';
import type { Runbook } from '../runbook/runbook.ts';
import { skeleton } from '../runbook/skeleton.ts';
import type { Actor } from './interactions.ts';
import type { JsonObject } from './json.ts';
import { Unanswered } from './replies.ts';
import type { Workspace } from './workspace.ts';

type Act = (w: Workspace, actor: Actor, body: unknown) => JsonObject;

/** The size up to which a file is read as a runbook at all; above it nothing is compiled. */
const MOST = 256 * 1024;

function textOf(body: unknown): string {
  const { text } = z.object({ text: z.string() }).parse(body);
  if (text.length > MOST) throw new Unanswered('A runbook has at most 256 KB; split this one into several.');
  return text;
}

function compiled({ now }: Workspace, text: string): Runbook {
  const today = Temporal.Instant.fromEpochMilliseconds(now()).toZonedDateTimeISO('UTC').toPlainDate();
  return compile(text, { file: 'runbook.md', today: today.toString() });
}

/** What the text compiles to. Nothing of it is kept: a preview is nobody's record. */
const preview: Act = (w, _, body) => ({ runbook: compiled(w, textOf(body)) });

/** The same text with every certain mend made. */
const mended: Act = (w, _, body) => {
  const text = textOf(body);
  return { text: mend(text, compiled(w, text).problems) };
};

const templates: Act = ({ templates: known }) => ({ templates: known.list().map(({ id, title }) => ({ id, title })) });

/** The text to start from: a runbook of the library, or an empty one with everything in its place. */
const template: Act = ({ templates: known, now }, _, body) => {
  const { id } = z.object({ id: z.string().max(200) }).parse(body);
  if (id === '') return { text: skeleton('What to do when it happens', 'what-to-do', inSixMonths(now())) };
  const found = known.source(id);
  if (found === undefined) throw new Unanswered('That runbook is not in the library any more. Load the page again.');
  return { text: found.source };
};

function inSixMonths(now: number): string {
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC').toPlainDate().add({ months: 6 }).toString();
}

export const PREVIEW_ACTS: Record<string, Act> = { preview, mend: mended, templates, template };
