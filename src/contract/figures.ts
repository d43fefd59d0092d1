import { z } from 'zod';
import { figureFilter } from './common.ts';

export const figureValue = z.object({
  id: z.string(),
  version: z.number().int(),
  filter: figureFilter,
  numerator: z.number().int(),
  denominator: z.number().int().nullable(),
  /** The count, or the unrounded ratio; null if the denominator is 0. */
  value: z.number().nullable(),
  unit: z.string(),
});
export type FigureValue = z.infer<typeof figureValue>;

/** What every answer as of an instant carries. */
export const stamp = z.object({
  campaign: z.string(),
  asOf: z.string(),
  /** The instant the answer stands for: below every commit in flight, never after asOf. */
  watermark: z.string(),
  /** How many acts of the campaign were recorded by the watermark. */
  logSize: z.number().int(),
});
export type Stamp = z.infer<typeof stamp>;

export const figureSet = stamp.extend({ figures: z.array(figureValue) });
export type FigureSet = z.infer<typeof figureSet>;

/** One figure. For a rate, `overall` is the same rate without the batch cohort, shown beside it. */
export const figureAnswer = stamp.extend({
  figure: figureValue.nullable(),
  overall: figureValue.nullable(),
  /** Why there is no value, for estimates that have no draw yet. */
  absent: z.string().nullable(),
  definition: z.object({
    id: z.string(),
    version: z.number().int(),
    unit: z.string(),
    name: z.object({ zh: z.string(), en: z.string() }),
    predicate: z.object({ zh: z.string(), en: z.string() }),
    filters: z.array(z.string()),
    sql: z.object({ count: z.string(), ids: z.string() }),
  }),
  /** Other definitions over the same cohort: what this number is not. */
  beside: z.array(figureValue),
  /** Open leads about clearances given too quickly, where the figure counts clearances. */
  haste: z.object({ leads: z.number().int(), clears: z.number().int() }).nullable(),
});
export type FigureAnswer = z.infer<typeof figureAnswer>;

/** A record behind a figure. `no`, `unit` and `title` are null where the thing has none. */
export const figureRecord = z.object({
  id: z.string(),
  kind: z.string(),
  no: z.string().nullable(),
  unit: z.string().nullable(),
  title: z.string().nullable(),
  place: z.number().int(),
  batch: z.number().int().nullable(),
  aspect: z.string().nullable(),
  type: z.string().nullable(),
  /** From when it counts (recorded). */
  since: z.string(),
  /** When what made it count happened. */
  happenedAt: z.string().nullable(),
  amount: z.number().int(),
});
export type FigureRecord = z.infer<typeof figureRecord>;

export const figureRecords = stamp.extend({
  part: z.enum(['numerator', 'denominator', 'difference']),
  total: z.number().int(),
  records: z.array(figureRecord),
  next: z.string().nullable(),
});
export type FigureRecords = z.infer<typeof figureRecords>;

export const figureHistory = stamp.extend({
  points: z.array(z.object({ at: z.string(), numerator: z.number().int(), denominator: z.number().int().nullable() })),
});
export type FigureHistory = z.infer<typeof figureHistory>;

/** Why a figure changed between two instants: parts that add up to the difference of the numerators. */
export const figureWaterfall = z.object({
  campaign: z.string(),
  from: z.string(),
  to: z.string(),
  before: figureValue,
  after: figureValue,
  /** `entered`: came to count by an act that happened in between; `late`: by an act that happened before `from`; `left`: stopped counting. */
  parts: z.array(z.object({ code: z.enum(['enteredInTime', 'enteredOverdue', 'entered', 'late', 'left']), change: z.number().int() })),
});
export type FigureWaterfall = z.infer<typeof figureWaterfall>;
