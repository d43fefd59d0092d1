import { z } from 'zod';
import { actView } from './acts.ts';
import { command } from './commands.ts';
import { stamp } from './figures.ts';
import { ledgerRow } from './ledger.ts';
import { line } from './text.ts';

export const newSource = command
  .extend({
    campaign: z.string(),
    name: line(200),
    uscc: line(18)
      .overwrite((code) => code.toUpperCase())
      .nullable(),
    place: z.number().int(),
    lon: z.number().min(-180).max(180).nullable().optional(),
    lat: z.number().min(-90).max(90).nullable().optional(),
    industry: line(60),
    outlets: z.array(line(30)).max(50).optional(),
    scattered: z.boolean().optional(),
  })
  .strict();

export const sourcePage = stamp.extend({
  source: z.object({
    id: z.string(),
    no: z.string(),
    name: z.string(),
    uscc: z.string().nullable(),
    place: z.number().int(),
    lon: z.number().nullable(),
    lat: z.number().nullable(),
    industry: z.string(),
    outlets: z.array(z.string()),
    scattered: z.boolean(),
    closed: z.boolean(),
  }),
  acts: z.array(actView),
  problems: z.array(ledgerRow),
  cases: z.array(
    z.object({
      id: z.string(),
      no: z.string(),
      amount: z.number().int(),
      measure: z.string().nullable(),
      decidedAt: z.string().nullable(),
    }),
  ),
});
export type SourcePage = z.infer<typeof sourcePage>;
