import { z } from 'zod';
import { figureValue, stamp } from './figures.ts';
import { ledgerRow } from './ledger.ts';

/** The dashboard in one answer; each number is a figure with its filter, so that it can be opened. */
export const dashboardView = stamp.extend({
  headline: z.array(figureValue),
  pressSet: z.array(figureValue),
  /** One row per city in the person's scope, with the figures of the campaign's place columns. */
  cities: z.array(
    z.object({ place: z.number().int(), name: z.string(), figures: z.array(figureValue), curve: z.array(z.array(z.number().int())) }),
  ),
  /** The map figure per county. */
  counties: z.array(z.object({ place: z.number().int(), figure: figureValue })),
  batches: z.array(z.object({ no: z.number().int(), name: z.string(), issuedAt: z.string(), figures: z.array(figureValue) })),
  /** Cumulative lines by day: `days[i]` is the end of a civil day (or the watermark for the last). */
  curve: z.object({ days: z.array(z.string()), lines: z.array(z.object({ id: z.string(), values: z.array(z.number().int()) })) }),
  /** By days since the deadline's day; `query` is the ledger's question that lists just these. */
  overdue: z.object({
    total: z.number().int(),
    buckets: z.array(z.object({ from: z.number().int(), to: z.number().int().nullable(), count: z.number().int(), query: z.string() })),
  }),
  rebounds: z.object({ total: z.number().int(), rows: z.array(ledgerRow.extend({ reason: z.string(), reboundedAt: z.string() })) }),
  /** Changes since the start of the civil day of the watermark, and what each figure is now. */
  today: z.array(z.object({ id: z.string(), change: z.number().int(), now: z.number().int() })),
});
export type DashboardView = z.infer<typeof dashboardView>;
