import { z } from 'zod';
import { command } from './commands.ts';
import { uuid } from './common.ts';
import { figureValue, stamp } from './figures.ts';
import { line, plainDate } from './text.ts';

export const newBatch = command
  .extend({
    campaign: z.string(),
    name: line(60),
    deadline: plainDate,
    /** Confirmed problems to go out, grouped by city into one letter each. */
    problems: z.array(uuid).min(1).max(5000),
  })
  .strict();

export const batchPage = stamp.extend({
  batch: z.object({ no: z.number().int(), name: z.string(), issuedAt: z.string(), deadline: z.string() }),
  /** A row per city with its letter and figures within the batch. */
  cities: z.array(
    z.object({
      place: z.number().int(),
      name: z.string(),
      letter: z
        .object({
          id: z.string(),
          docNo: z.string(),
          issuedAt: z.string(),
          receivedAt: z.string().nullable(),
          /** The asker belongs to its addressee and may sign for it now. */ canReceive: z.boolean(),
        })
        .nullable(),
      figures: z.array(figureValue),
    }),
  ),
  total: z.array(figureValue),
});
export type BatchPage = z.infer<typeof batchPage>;

/** All batches, the newest first; letters are those of the asker's jurisdiction. */
export const batchList = stamp.extend({
  batches: z.array(
    z.object({
      no: z.number().int(),
      name: z.string(),
      issuedAt: z.string(),
      deadline: z.string(),
      letters: z.number().int(),
      received: z.number().int(),
      /** Letters that the asker may sign for now. */
      mine: z.number().int(),
      figures: z.array(figureValue),
    }),
  ),
});
export type BatchList = z.infer<typeof batchList>;

export const receiveLetterBody = command.strict();
export const letterReceived = z.object({ receivedAt: z.string() });
