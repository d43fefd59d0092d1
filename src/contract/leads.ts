import { z } from 'zod';
import { uuid } from './common.ts';
import { text } from './text.ts';

/** Leads: what the records themselves give reason to look at. */
export const leadList = z.object({
  leads: z.array(
    z.object({
      id: z.string(),
      rule: z.literal('rapid-clearing'),
      by: z.object({ id: z.string(), org: z.string(), name: z.string() }),
      raisedAt: z.string(),
      /** Clearances by one person within so many minutes, and how many of them soon after their claim. */
      count: z.number().int(),
      fast: z.number().int(),
      minutes: z.number().int(),
      closed: z.object({ by: z.string(), at: z.string(), finding: z.string() }).nullable(),
      canClose: z.boolean(),
    }),
  ),
});
export type LeadList = z.infer<typeof leadList>;

export const closeLeadBody = z.object({ id: uuid.optional(), finding: text() }).strict();
