import { z } from 'zod';
import { bilingual, uuid } from './common.ts';
import { line, text } from './text.ts';

const plainDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export const figureRef = z.object({ id: z.string(), filter: z.record(z.string(), z.unknown()) });

export const aspectView = z.object({
  code: z.string(),
  no: z.number().int(),
  version: z.number().int(),
  name: bilingual,
  unit: bilingual,
  criteria: bilingual,
  evidence: z.array(z.string()),
  acceptanceBody: z.string(),
  noticeDays: z.number().int(),
  deadlineDays: z.number().int(),
});

export const figureDefinitionView = z.object({
  id: z.string(),
  version: z.number().int(),
  unit: z.string(),
  name: bilingual,
  predicate: bilingual,
  filters: z.array(z.string()),
  kind: z.enum(['count', 'sum', 'ratio', 'estimate']),
});

/** Everything pages need to know of a campaign as of an instant; places carry the tile of the schematic map. */
export const campaignView = z.object({
  slug: z.string(),
  name: bilingual,
  mode: z.enum(['live', 'synthetic', 'historic']),
  notice: bilingual,
  utcOffsetMinutes: z.number().int(),
  currency: z.string(),
  root: z.number().int(),
  places: z.array(
    z.object({
      code: z.number().int(),
      name: z.string(),
      nameEn: z.string().optional(),
      level: z.enum(['province', 'city', 'county']),
      statisticsOnly: z.boolean().optional(),
      tile: z.tuple([z.number(), z.number()]).optional(),
    }),
  ),
  placesNote: bilingual,
  phases: z.array(z.object({ code: z.string(), name: bilingual, from: plainDate, to: plainDate })),
  windows: z.array(z.object({ name: bilingual, from: plainDate, to: plainDate })),
  moments: z.array(z.object({ at: z.string(), name: bilingual })),
  types: z.array(z.object({ code: z.string(), name: bilingual })),
  measures: z.array(z.object({ code: z.string(), name: bilingual })),
  currencyDigits: z.number().int(),
  /** Words of an outside register's own codes; null for a campaign of our own. */
  register: z
    .object({
      registers: z.record(z.string(), bilingual),
      states: z.record(z.string(), bilingual),
      steps: z.record(z.string(), bilingual),
      amounts: z.record(z.string(), bilingual),
      flags: z.record(z.string(), bilingual),
    })
    .nullable(),
  /** Names of organisations by code: who acts, owes, accepts. */
  organisations: z.array(z.object({ code: z.string(), name: z.string(), place: z.number().int(), kind: z.string() })),
  /** Ledger states in the order of the chart. */
  states: z.array(z.string()),
  aspects: z.array(aspectView),
  keyTasks: z.array(
    z.object({
      code: z.string(),
      name: bilingual,
      places: z.array(z.number().int()),
      lists: z.array(z.object({ name: bilingual, source: z.string(), entries: z.array(z.string()) })),
    }),
  ),
  batches: z.array(z.object({ no: z.number().int(), name: z.string(), issuedAt: z.string() })),
  extensionRules: z.array(z.object({ code: z.string(), name: bilingual, maxDays: z.number().int(), times: z.number().int() })),
  figures: z.array(figureDefinitionView),
  pressSet: z.array(figureRef),
  dashboard: z.object({
    headline: z.array(figureRef),
    placeColumns: z.array(figureRef),
    curve: z.array(figureRef),
    map: figureRef.nullable(),
  }),
  /** Instants between which answers exist; for a historic campaign `to` is its last loaded record. */
  recorded: z.object({ from: z.string().nullable(), to: z.string().nullable() }),
});
export type CampaignView = z.infer<typeof campaignView>;

const bilingualLine = z.object({ zh: line(200), en: line(200) }).strict();
const bilingualText = z.object({ zh: text(), en: text() }).strict();
export const newAspect = z
  .object({
    id: uuid.optional(),
    code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
    name: bilingualLine,
    unit: bilingualLine,
    criteria: bilingualText,
    evidence: z.array(line(60)).max(20),
    acceptanceBody: line(60),
    noticeDays: z.number().int().min(0).max(366),
    deadlineDays: z.number().int().min(0).max(3660),
  })
  .strict();
