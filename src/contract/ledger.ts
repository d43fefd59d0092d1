import { z } from 'zod';
import { instantText, pageKey, slug } from './common.ts';
import { deskTaskNames } from '../domain/desk/tasks.ts';
import { stamp } from './figures.ts';

/** Civil days of the campaign, such as `2019-07-01..2019-07-31`; either end may be left open. */
const dayRange = z.string().max(30).optional();

/**
 * Query of the ledger: the same keys in the page's address, the API and the export.
 * Lists are comma-separated and as long as there are values: any subset of all places of a campaign. `view` is one of the built-in views.
 */
export const ledgerQuery = z.object({
  campaign: slug,
  asOf: instantText.optional(),
  kind: z.string().max(20).optional(),
  view: z.enum(['all', 'mine', 'unsent', 'due7', 'overdue', 'claimed', 'rebounded', 'open']).optional(),
  q: z.string().max(100).optional(),
  city: z.string().optional(),
  county: z.string().optional(),
  batches: z.string().optional(),
  state: z.string().optional(),
  aspect: z.string().optional(),
  type: z.string().optional(),
  clue: z.string().optional(),
  task: z.string().max(60).optional(),
  desk: z.enum(deskTaskNames).optional().describe('only what waits for the asker, by what has to be done'),
  due: dayRange.describe('civil days of the deadline, both included'),
  found: dayRange.describe('civil days of finding'),
  updated: dayRange.describe('civil days of the last change as of the instant'),
  sort: z.enum(['no', '-no', 'deadline', '-deadline', 'found', '-found', 'place', '-place', 'state', 'updated', '-updated']).optional(),
  after: pageKey.optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});
export type LedgerQuery = z.infer<typeof ledgerQuery>;

export const ledgerRow = z.object({
  id: z.string(),
  kind: z.string(),
  no: z.string(),
  unit: z.string(),
  sourceId: z.string().nullable(),
  place: z.number().int(),
  aspect: z.string().nullable(),
  type: z.string().nullable(),
  text: z.string(),
  clue: z.string(),
  batch: z.number().int().nullable(),
  state: z.string(),
  /** Last day of the deadline in force. */
  deadline: z.string().nullable(),
  /** Whole days left as of the answer's instant, negative when overdue; null when closed or without a deadline. */
  daysLeft: z.number().int().nullable(),
  overdue: z.boolean(),
  foundAt: z.string(),
  updatedAt: z.string(),
  /** Number of the last act: goes along with an export so that a re-import can be compared. */
  version: z.number().int(),
  /** Money of a case or an outside record, in the smallest unit. */
  amounts: z.record(z.string(), z.number()).nullable(),
});
export type LedgerRow = z.infer<typeof ledgerRow>;

export const ledgerPage = stamp.extend({ rows: z.array(ledgerRow), next: z.string().nullable() });
export type LedgerPage = z.infer<typeof ledgerPage>;

export const ledgerTotal = stamp.extend({ total: z.number().int() });
export type LedgerTotal = z.infer<typeof ledgerTotal>;

/** Where a record stands in a list: `index` counts from 1 and is null outside the list and beyond its first ten thousand lines. */
export const ledgerPosition = stamp.extend({
  no: z.string(),
  index: z.number().int().nullable(),
  inList: z.boolean(),
  total: z.number().int(),
  /** Numbers of the neighbours in the list; of a record outside it, those between which its values would stand. */
  previous: z.string().nullable(),
  following: z.string().nullable(),
});
export type LedgerPosition = z.infer<typeof ledgerPosition>;

/** Counts per value of each facet under the current filter (a facet ignores its own filter), and per built-in view. */
export const ledgerFacets = stamp.extend({
  facets: z.record(z.string(), z.array(z.object({ value: z.string(), count: z.number().int() }))),
  views: z.record(z.string(), z.number().int()),
});
export type LedgerFacets = z.infer<typeof ledgerFacets>;

export const savedView = z.object({ id: z.string(), name: z.string(), query: z.string() });
export const newSavedView = z.object({ name: z.string().min(1).max(60), query: z.string().max(60_000) }).strict();
export const renamedView = z.object({ name: z.string().min(1).max(60) }).strict();
