import type { Command } from '../record/command.ts';
import type { NoticeBody } from './plan-notices.ts';
import type { Claimed, Outcome, Place } from './ports.ts';

const SEALED = new Set(['open-channel', 'checkpoint', 'approved-notice', 'tell', 'fetch-evidence', 'receipt-file']);

/** The fate of a delivery that belongs in the record: a place that opened, a checkpoint or a notice that left. */
export function observed({ kind, body, id }: Claimed, outcome: Outcome): Command | undefined {
  if (!SEALED.has(kind)) return undefined;
  if (outcome.state === 'refused')
    return {
      do: 'observe',
      event: { kind: 'delivery.refused', body: { delivery: id, ...released(kind, body), code: outcome.code }, texts: {} },
    };
  if (outcome.state === 'asking')
    return { do: 'observe', event: { kind: 'delivery.uncertain', body: { delivery: id }, texts: {} } };
  if (outcome.state !== 'sent') return undefined;
  if (kind === 'open-channel') return opened(JSON.parse(body), outcome.ref);
  if (kind === 'checkpoint') return published(JSON.parse(body), outcome.ref);
  if (kind === 'fetch-evidence') return { do: 'addEvidence', ...keptEvidence(outcome.ref) };
  if (kind === 'approved-notice') return sentNotice(JSON.parse(body), outcome.ref);
  return { do: 'observe', event: { kind: 'delivery.sent', body: { delivery: id, message: outcome.ref }, texts: {} } };
}

/** Of a notice: the entry that let it go, so that it is known which one did not arrive. */
const released = (kind: string, body: string): { of?: number } =>
  kind === 'approved-notice' ? { of: (JSON.parse(body) as NoticeBody).of } : {};

function opened({ surface, workspace }: { surface: string; workspace: string }, channel: string): Command {
  return { do: 'openPlace', surface, workspace, channel, purpose: 'incident' };
}

function published({ place, size, note }: { place: Place; size: number; note: string }, message: string): Command {
  const root = note.split('\n')[2] ?? '';
  return { do: 'observe', event: { kind: 'checkpoint.published', body: { size, root, ...place, message }, texts: {} } };
}

/** The message itself is the proof: anybody in the channel can look at it. */
function sentNotice({ place, notice, sha256 }: NoticeBody, message: string): Command {
  return { do: 'sendNotice', notice, sha256, road: 'slack', recipient: `channel ${place.channel}`, proof: `message ${message}` };
}

type Kept = { evidence: string; step?: string; name: string; sha256: string; bytes: number; mediaType: string };

/** What the carrier says of a file that it fetched and kept. */
function keptEvidence(ref: string): Kept {
  const { evidence, step, name, sha256, bytes, mediaType }: Kept = JSON.parse(ref);
  return { evidence, name, sha256, bytes, mediaType, ...(step === undefined ? {} : { step }) };
}
