import { z } from 'zod';
import { instantText, slug } from './common.ts';
import { stamp } from './figures.ts';

/** `mine`: assigned to the asker's organisation; `all`: wherever the asker may do it. */
export const deskQuery = z.object({ campaign: slug, asOf: instantText.optional(), scope: z.enum(['mine', 'all']).optional() });

/** A deadline as people read it: its last day, and whole days left (negative when over). */
const due = z.object({ on: z.string(), daysLeft: z.number().int() });

/** A part of a group: a city or county with its count, or one record. */
const deskLine = z.object({
  place: z.number().int().nullable(),
  count: z.number().int(),
  since: z.string().nullable(),
  due: due.nullable(),
  /** Of one record: its number (of a problem or a bulletin), what it is about, and its id where that opens it. */
  no: z.string().nullable(),
  text: z.string(),
  id: z.string().nullable(),
});

export const deskGroup = z.object({
  /** What has to be done: a task of the ledger's `desk` key, or release, revise, lead, receive. */
  code: z.string(),
  count: z.number().int(),
  /** Since when the oldest waits. */
  since: z.string().nullable(),
  due: due.nullable(),
  /** How many fall due on each of the next days. */
  ahead: z.array(z.object({ on: z.string(), count: z.number().int() })),
  /** What can be done later only, and when first. */
  later: z.object({ count: z.number().int(), next: z.string() }).nullable(),
  /** The ledger's question that lists exactly these; null for what is on another page. */
  query: z.string().nullable(),
  lines: z.array(deskLine),
});
export type DeskGroup = z.infer<typeof deskGroup>;
export type DeskLine = z.infer<typeof deskLine>;

/** What waits for the signed-in person (今日), what they sent away, and what came back. */
export const deskView = stamp.extend({
  /** False as of the past: then nothing of it can be done. */
  current: z.boolean(),
  /** Scopes among which the asker may choose; one when there is no choice. */
  scopes: z.array(z.enum(['mine', 'all'])),
  scope: z.enum(['mine', 'all']),
  groups: z.array(deskGroup),
  sent: z.array(
    z.object({
      /** The kind of the act that sent it. */
      kind: z.string(),
      /** Where it is now: the problem's state, or that of a bulletin. */
      state: z.string(),
      count: z.number().int(),
      at: z.string(),
      no: z.string(),
      text: z.string(),
      id: z.string().nullable(),
    }),
  ),
  returned: z.array(
    z.object({
      kind: z.string(),
      no: z.string(),
      text: z.string(),
      id: z.string().nullable(),
      at: z.string(),
      org: z.string(),
      /** Empty where the asker does not learn it. */
      by: z.string(),
      reason: z.string(),
    }),
  ),
});
export type DeskView = z.infer<typeof deskView>;
