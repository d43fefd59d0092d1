import { z } from 'zod';

export const instantText = z.string().min(1).max(40).describe('ISO 8601 instant with an offset, inclusive');
export const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
  .describe('campaign, such as shanxi-2019');
/** The one type of ids; the one form of an id is lower-case. The two ids that by their standard name nothing are none. */
export const uuid = z
  .uuid()
  .toLowerCase()
  .regex(/^(?!0{8}-0{4}-0{4}-0{4}-0{12}$|f{8}-f{4}-f{4}-f{4}-f{12}$)/);
/** A text of an address: neither control characters nor halves of characters, which no table and no file can hold. */
export const plainText = z
  .string()
  .min(1)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u);
/** A thing by its id or its number. */
export const idOrNumber = plainText.max(100).transform((text) => uuid.safeParse(text).data ?? text);
/** Where a list goes on, as its last page said: values of its order and an id. */
export const pageKey = z.string().max(120).describe('the `next` of the page before');
/** The language of headings and words in a table that is taken away. */
export const tableLanguage = z.enum(['zh', 'en']).optional();
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
  batches: z.string().max(40_000).optional(),
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

/** An answer on its way out: nothing changes it any more. */
export type Sent<T> = T extends readonly (infer E)[] ? readonly Sent<E>[] : T extends object ? { readonly [K in keyof T]: Sent<T[K]> } : T;
