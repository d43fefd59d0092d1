import { z } from 'zod';

export const instantText = z.string().min(1).max(40).describe('ISO 8601 instant with an offset, inclusive');
export const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
  .describe('campaign, such as shanxi-2019');
/** An id in its one form: what is hashed has lower case. */
export const uuid = z.uuid().overwrite((id) => id.toLowerCase());
export const bilingual = z.object({ zh: z.string(), en: z.string() });

/** RFC 9457 problem details with a stable code. */
export const problemDetails = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  messages: bilingual,
  details: z.record(z.string(), z.unknown()),
  instance: z.string().optional(),
});
export type ProblemDetails = z.infer<typeof problemDetails>;

export const asOfQuery = z.object({ campaign: slug, asOf: instantText.optional() });

/** Filter keys as they stand in addresses; batches are comma-separated. */
export const figureFilterQuery = z.object({
  batches: z.string().max(200).optional(),
  city: z.string().max(6).optional(),
  county: z.string().max(6).optional(),
  aspect: z.string().max(60).optional(),
  type: z.string().max(60).optional(),
  measure: z.string().max(60).optional(),
});

export const figureFilter = z.object({
  batches: z.array(z.number().int()).optional(),
  city: z.string().optional(),
  county: z.string().optional(),
  aspect: z.string().optional(),
  type: z.string().optional(),
  measure: z.string().optional(),
});
