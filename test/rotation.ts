import { rotationText } from '../src/export/keys.ts';
import { packOf } from '../src/export/pack.ts';
import { toBase64, utf8 } from '../src/record/bytes.ts';
import type { Event } from '../src/record/event.ts';
import { checkpoint, events, house, type Made, made, sealed } from './export-fixture.ts';

/** A pack whose key is replaced by entry 13; checkpoints of 9 entries by the old key, of 14 by the new one. */
export function rotated(signatureBy: 'previous' | 'new' = 'previous'): Made & { next: ReturnType<typeof house> } {
  const [by, next] = [house(), house('firebreak-next')];
  const text = utf8(rotationText('inc-test', by.verifierKey, next.verifierKey));
  const signatureByPrevious = toBase64((signatureBy === 'previous' ? by : next).signed(text));
  const body = { verifierKey: next.verifierKey, previous: by.verifierKey, signatureByPrevious };
  const more: Event[] = [
    { kind: 'key.rotated', body, texts: {} },
    { kind: 'note.recorded', body: {}, texts: { text: 'The signing machine was replaced.' } },
  ];
  const all = [...events(by.verifierKey), ...more.map((event) => ({ event }))];
  const entries = sealed(all);
  const input = {
    ...made([], {}, by, all).input,
    checkpoints: [
      { size: 9, note: checkpoint(by, entries, 9) },
      { size: 14, note: checkpoint(next, entries, 14) },
    ],
    verifierKeys: [by.verifierKey, next.verifierKey],
  };
  return { by, next, entries, input, pack: packOf(input) };
}
