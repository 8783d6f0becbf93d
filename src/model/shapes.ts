import { z } from 'zod';
import { PROPOSED_KINDS } from '../desk/model-port.ts';

/** What a model must answer with. Strict schemas have no optional members: what does not apply is null. */
const cited = z.object({ text: z.string(), cites: z.array(z.int()) });

export const Sentences = z.object({ sentences: z.array(cited) });

/** As many lines as there were, in their order. */
export const Lines = z.object({ lines: z.array(z.string()) });

export const Proposals = z.object({
  proposals: z.array(
    z.object({
      message: z.int(),
      quote: z.string(),
      kind: z.enum(PROPOSED_KINDS),
      text: z.string(),
      about: z.string().nullable(),
      status: z.enum(['confirmed', 'suspected', 'ruled_out', 'unknown']).nullable(),
      reason: z.string().nullable(),
      who: z.string().nullable(),
      occurred: z.string().nullable(),
      due: z.string().nullable(),
      step: z.int().nullable(),
      entry: z.int().nullable(),
    }),
  ),
});
