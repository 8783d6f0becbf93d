import type { Place } from '../../desk/ports.ts';
import type { RecordView } from '../../desk/view.ts';
import { parseNote, spoken } from '../../record/checkpoint.ts';

type Head = { note?: string; size?: number };
type Copy = { copy?: (record: string, size: number, note: string) => string };

/** Later heads stand in the thread of the first: the channel stays readable, and every copy is outside. */
export const firstCheckpoint = ({ channel }: Place, { incident }: RecordView): string | undefined =>
  incident.published.find((one) => one.channel === channel)?.message;

/** Plain text on purpose: an edited message shows its edit mark only where it has no blocks. */
export function checkpointText({ copy }: Copy, { note = '', size = 0 }: Head, { incident }: RecordView): string {
  const first = incident.published.length === 0 ? `\nKey to check it with: ${incident.verifierKey ?? ''}` : '';
  const take = copy === undefined ? '' : `\n${copy(incident.record, size, note)}`;
  const words = spoken(parseNote(note).checkpoint.root);
  return `Checkpoint of ${incident.record} at ${size} entries (${words}). A copy kept outside proves that nothing before it was changed.${first}\n\`\`\`\n${note}\`\`\`${take}`;
}
