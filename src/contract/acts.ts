import { z } from 'zod';

export const actView = z.object({
  id: z.string(),
  seq: z.number().int(),
  kind: z.string(),
  payload: z.record(z.string(), z.unknown()),
  actor: z.object({ id: z.string(), org: z.string(), name: z.string() }),
  happenedAt: z.string(),
  recordedAt: z.string(),
  leafHash: z.string(),
});
export type ActView = z.infer<typeof actView>;
