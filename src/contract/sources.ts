import { z } from 'zod';
import { actView } from './acts.ts';
import { command } from './commands.ts';
import { instantText, pageKey, slug } from './common.ts';
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

/** Query of the list of sources: the same keys in the page's address and the API. */
export const sourcesQuery = z.object({
  campaign: slug,
  asOf: instantText.optional(),
  q: z.string().max(100).optional(),
  city: z.coerce.number().int().optional(),
  county: z.coerce.number().int().optional(),
  scattered: z.literal('1').optional(),
  open: z.literal('1').optional(),
  /** Never inspected, or not within so many days. */
  inspected: z.enum(['never', '30', '90']).optional(),
  after: pageKey.optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});

export const sourceRow = z.object({
  id: z.string(),
  no: z.string(),
  name: z.string(),
  uscc: z.string().nullable(),
  place: z.number().int(),
  industry: z.string(),
  scattered: z.boolean(),
  closed: z.boolean(),
  inspections: z.number().int(),
  /** When it was last inspected; null: never. */
  inspectedAt: z.string().nullable(),
  problems: z.number().int(),
  /** Of them, those that are not cleared. */
  open: z.number().int(),
});
export type SourceRow = z.infer<typeof sourceRow>;

/** A page may be shorter than asked for and still go on: only so many sources are looked at for one page. */
export const sourcesPage = stamp.extend({ rows: z.array(sourceRow), next: z.string().nullable() });
export type SourcesPage = z.infer<typeof sourcesPage>;

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
