import { z } from 'zod';
import { clockNames, clockStandings } from '../domain/projections/clocks.ts';
import { actView } from './acts.ts';
import { evidence } from './evidence.ts';
import { figureValue, stamp } from './figures.ts';
import { ledgerRow } from './ledger.ts';

export const planFields = z.object({
  implementer: z.string(),
  goal: z.string(),
  deadline: z.string(),
  measures: z.string(),
  acceptanceBody: z.string(),
});

/** The problem page (or the page of an outside record): state as of the answer's instant. */
export const itemPage = stamp.extend({
  item: ledgerRow,
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  tags: z.array(z.string()),
  acts: z.array(actView),
  plan: planFields.nullable(),
  evidence: z.array(evidence.extend({ actKind: z.string(), happenedAt: z.string() })),
  /** Pictures of the claim that look like earlier ones of other problems; of a problem out of sight only that there is one. */
  alike: z.array(
    z.object({
      sha256: z.string(),
      other: z.string().nullable(),
      id: z.string().nullable(),
      no: z.string().nullable(),
      receivedAt: z.string(),
    }),
  ),
  /** From the province down to the unit. */
  owners: z.array(
    z.object({
      level: z.string(),
      name: z.string(),
      /** Code of a place, which has its name in either language. */ place: z.number().int().nullable(),
      note: z.string().nullable(),
      at: z.string().nullable(),
    }),
  ),
  extensions: z.array(z.object({ rule: z.string(), days: z.number().int() })),
  letter: z.object({ id: z.string(), docNo: z.string(), batch: z.number().int(), issuedAt: z.string() }).nullable(),
  /** Clocks that run or ran, in the order in which they began; `days` from the answer's day to the last day, below 0 when it is over. */
  clocks: z.array(
    z.object({
      name: z.enum(clockNames),
      no: z.number().int(),
      startedAt: z.string(),
      lastDay: z.string(),
      days: z.number().int(),
      standing: z.enum(clockStandings),
      endedAt: z.string().nullable(),
    }),
  ),
  proposal: z.object({ kind: z.string(), by: z.string(), byId: z.string(), reason: z.string() }).nullable(),
  rebound: z.object({ newProblemId: z.string(), newNo: z.string() }).nullable(),
  reboundOf: z.object({ id: z.string(), no: z.string() }).nullable(),
  /** Columns of an outside record as published, with its file and row. */
  fields: z.record(z.string(), z.string()).nullable(),
  steps: z.array(z.object({ code: z.string(), on: z.string() })),
  /** Figures and whether this item is in the numerator and the denominator. */
  countedIn: z.array(z.object({ figure: figureValue, numerator: z.boolean(), denominator: z.boolean().nullable() })),
  cases: z.array(z.object({ id: z.string(), no: z.string(), amount: z.number().int(), measure: z.string().nullable() })),
  /** Commands that the signed-in person may give now; empty as of the past. */
  can: z.array(z.string()),
  previous: z.string().nullable(),
  following: z.string().nullable(),
});
export type ItemPage = z.infer<typeof itemPage>;
