import { z } from 'zod';
import { uuid } from './common.ts';
import { line, plainDate, text as textOf } from './text.ts';
import { stamp, figureValue } from './figures.ts';
import { ledgerRow } from './ledger.ts';

export const evidence = z
  .object({
    sha256: z
      .string()
      .regex(/^[0-9a-fA-F]{64}$/)
      .overwrite((hash) => hash.toLowerCase()),
    kind: z.enum(['photo', 'document', 'monitoring', 'video']),
    name: line(200),
    takenAt: z.string().max(40),
    bytes: z.number().int().nonnegative().optional(),
  })
  .strict();

export const actView = z.object({
  id: z.string(),
  seq: z.number().int(),
  kind: z.string(),
  payload: z.record(z.string(), z.unknown()),
  actor: z.object({ id: z.string(), org: z.string(), name: z.string() }),
  happenedAt: z.string(),
  recordedAt: z.string(),
  leafHash: z.string(),
});
export type ActView = z.infer<typeof actView>;

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
  owners: z.array(z.object({ level: z.string(), name: z.string(), note: z.string().nullable(), at: z.string().nullable() })),
  extensions: z.array(z.object({ rule: z.string(), days: z.number().int() })),
  letter: z.object({ id: z.string(), docNo: z.string(), batch: z.number().int(), issuedAt: z.string() }).nullable(),
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

const text = textOf();
/** Common to every command: the client's own id makes a repetition harmless; `happenedAt` defaults to now. */
const command = z.object({ id: uuid.optional(), happenedAt: z.string().max(40).optional() });
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

export const newBatch = command
  .extend({
    campaign: z.string(),
    name: line(60),
    deadline: plainDate,
    /** Confirmed problems to go out, grouped by city into one letter each. */
    problems: z.array(uuid).min(1).max(5000),
  })
  .strict();

export const newInspection = command
  .extend({
    campaign: z.string(),
    sourceId: uuid,
    aspect: z.string().max(60),
    officers: z.array(line(60)).min(2).max(10),
    legalBody: line(120),
    result: z.enum(['clean', 'problems']),
    text,
  })
  .strict();

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

export const batchPage = stamp.extend({
  batch: z.object({ no: z.number().int(), name: z.string(), issuedAt: z.string(), deadline: z.string() }),
  /** A row per city with its letter and figures within the batch. */
  cities: z.array(
    z.object({
      place: z.number().int(),
      name: z.string(),
      letter: z.object({ id: z.string(), docNo: z.string(), issuedAt: z.string(), receivedAt: z.string().nullable() }).nullable(),
      figures: z.array(figureValue),
    }),
  ),
  total: z.array(figureValue),
});
export type BatchPage = z.infer<typeof batchPage>;
