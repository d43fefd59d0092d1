import { z } from 'zod';
import { actView } from './acts.ts';
import { command } from './commands.ts';
import { slug, uuid } from './common.ts';
import { evidence } from './evidence.ts';
import { ledgerRow } from './ledger.ts';
import { line, plainDate, text as textOf } from './text.ts';

const text = textOf();
/** On a problem also the version that the person saw: a newer one refuses the command and says what was done meanwhile. */
const onProblem = command.extend({ version: z.number().int().min(1).optional() });

/** Body of `POST /api/problems/{id}/{verb}` by verb. */
export const problemCommandBodies = {
  confirm: onProblem.strict(),
  notFounded: onProblem.extend({ reason: text }).strict(),
  assign: onProblem.extend({ government: line(60), department: line(200), person: line(60) }).strict(),
  plan: onProblem.extend({ implementer: text, goal: text, deadline: plainDate, measures: text, acceptanceBody: line(60) }).strict(),
  changeBody: onProblem.extend({ body: line(60), reason: text }).strict(),
  start: onProblem.strict(),
  stage: onProblem.extend({ progress: text }).strict(),
  claim: onProblem.extend({ text, evidence: z.array(evidence).max(50) }).strict(),
  check: onProblem.extend({ text, alike: text.optional() }).strict(),
  return: onProblem.extend({ reason: text }).strict(),
  accept: onProblem
    .extend({ criteria: text, penaltyCase: line(100).nullable(), noPenaltyReason: text.nullable(), alike: text.optional() })
    .strict(),
  clear: onProblem.extend({ decisionNo: line(200) }).strict(),
  watch: onProblem.extend({ until: plainDate }).strict(),
  settle: onProblem.strict(),
  extend: onProblem.extend({ rule: line(60), days: z.number().int().min(1).max(366), reason: text }).strict(),
  withdraw: onProblem.extend({ reason: text }).strict(),
  merge: onProblem.extend({ into: line(60), reason: text }).strict(),
  split: onProblem.extend({ parts: z.array(text).min(2).max(20), reason: text }).strict(),
  rebound: onProblem.extend({ reason: text, evidence: z.array(evidence).max(50) }).strict(),
} as const;

export const commandAnswer = z.object({
  acts: z.array(actView),
  item: ledgerRow,
  /** True when the same id had been taken in before: nothing was written again. */
  repeated: z.boolean(),
  /** Signed note: leaf hashes of the acts, when they were recorded, and by when they stand in the log. */
  receipt: z.string(),
});
export type CommandAnswer = z.infer<typeof commandAnswer>;

/** A command for many problems: each is decided by itself; the answer says which could not be done and why. */
export const bulkCommand = z
  .object({
    /** The client's id of the whole: sent again, nothing is done again. */
    id: uuid.optional(),
    campaign: z.string(),
    verb: z.enum(['assign', 'extend', 'confirm']),
    ids: z.array(uuid).min(1).max(500),
    body: z.record(z.string(), z.unknown()),
    /** Only says what would happen. */
    preview: z.boolean().optional(),
  })
  .strict();
export const bulkAnswer = z.object({
  done: z.array(z.object({ id: z.string(), no: z.string() })),
  refused: z.array(z.object({ id: z.string(), no: z.string(), code: z.string(), messages: z.object({ zh: z.string(), en: z.string() }) })),
});
export type BulkAnswer = z.infer<typeof bulkAnswer>;

/** What is about to be recorded, as far as it is known: of the text the beginning is enough to tell what is alike. */
export const alikeQuery = z
  .object({
    campaign: slug,
    source: uuid.optional(),
    unit: z.string().max(200).optional(),
    place: z.coerce.number().int(),
    text: z.string().max(400).optional(),
  })
  .strict();

/** Problems that a new one may be the same as: the most alike first. Nothing is merged by it. */
export const alikeAnswer = z.object({
  duplicates: z.array(
    z.object({
      row: ledgerRow,
      because: z.enum(['source', 'unit', 'text']),
      /** How alike the texts are, in percent. */
      alike: z.number().int(),
    }),
  ),
});
export type AlikeAnswer = z.infer<typeof alikeAnswer>;

export const newProblem = command
  .extend({
    campaign: z.string(),
    /** A number in the campaign's pattern, for who may name one; without it the next one is taken. */
    no: line(60).optional(),
    /** The number that somebody else knows it by, such as a hotline's. */
    outsideNo: line(60).optional(),
    sourceId: uuid.nullable().optional(),
    unit: line(200),
    place: z.number().int(),
    lon: z.number().min(-180).max(180).nullable().optional(),
    lat: z.number().min(-90).max(90).nullable().optional(),
    aspect: z.string().max(60),
    tags: z.array(z.string().max(60)).max(10).optional(),
    type: z.string().max(60),
    text,
    clue: z.enum(['inspection', 'selfCheck', 'hotline', 'telemetry', 'handover']),
    evidence: z.array(evidence).max(50),
  })
  .strict();
