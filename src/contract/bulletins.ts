import { z } from 'zod';
import { artefactFormats, bulletinKinds } from '../domain/publication/acts.ts';
import { bilingual, figureFilter, instantText, slug, uuid } from './common.ts';
import { anyText, line, text as saidText } from './text.ts';

const details = z.record(z.string(), z.unknown());
export const textLang = z.enum(['zh', 'en']);
export const bulletinKind = z.enum(bulletinKinds);
export const artefactFormat = z.enum(artefactFormats);

const text = {
  title: line(200),
  lang: textLang,
  body: anyText(200_000).describe('text form: one line a paragraph, # headings, - lists, | tables, {{figure@1 key=value}}'),
  asOf: instantText,
};

export const bulletinText = z.object(text).strict();
export const checkedBulletin = z.object({ campaign: slug, ...text, title: anyText(200) }).strict();
export const newBulletin = z
  .object({
    campaign: slug,
    commandId: uuid.optional(),
    kind: bulletinKind,
    ...text,
    corrects: z
      .object({ id: uuid, reason: saidText(1000) })
      .nullable()
      .optional(),
  })
  .strict();

const command = { commandId: uuid.optional(), version: z.number().int().min(1) };
export const reviseBody = z.object({ ...command, ...text }).strict();
export const submitBody = z.object(command).strict();
export const returnBody = z.object({ ...command, reason: saidText(1000) }).strict();
export const releaseBody = z.object({ ...command, confirm: anyText(100) }).strict();

export const bulletinDone = z.object({
  id: z.string(),
  no: z.number().int(),
  version: z.number().int(),
  state: z.string(),
  repeated: z.boolean(),
});

const location = z.object({
  block: z.number().int(),
  part: z.number().int(),
  inline: z.number().int(),
  from: z.number().int(),
  to: z.number().int(),
});

export const bulletinFinding = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  at: location.nullable(),
  details,
  messages: bilingual,
});
export type BulletinFinding = z.infer<typeof bulletinFinding>;

const reading = z.object({
  id: z.string(),
  version: z.number().int(),
  filter: figureFilter,
  asOf: z.string(),
  numerator: z.number().int(),
  denominator: z.number().int().nullable(),
  value: z.number().nullable(),
  unit: z.string(),
});

export const tokenValue = z.object({
  token: z.string(),
  shown: z.string().nullable(),
  name: bilingual.nullable(),
  cohort: z.string(),
  figure: reading.nullable(),
});
export type TokenValueView = z.infer<typeof tokenValue>;

export const bulletinCheck = z.object({ findings: z.array(bulletinFinding), values: z.array(tokenValue) });
export type BulletinCheck = z.infer<typeof bulletinCheck>;

const link = z.object({ id: z.string(), no: z.number().int(), reason: z.string() });

export const bulletinLine = z.object({
  id: z.string(),
  no: z.number().int(),
  kind: bulletinKind,
  title: z.string(),
  lang: textLang,
  state: z.enum(['draft', 'submitted', 'returned', 'released']),
  version: z.number().int(),
  asOf: z.string(),
  draftedAt: z.string(),
  changedAt: z.string(),
  releasedAt: z.string().nullable(),
  corrects: link.nullable(),
  correctedBy: z.array(link),
  path: z.string(),
});
export type BulletinLine = z.infer<typeof bulletinLine>;

export const bulletinList = z.object({
  bulletins: z.array(bulletinLine),
  /** Ended phases without a summary. */
  offers: z.array(z.object({ phase: z.string(), name: bilingual })),
  /** Instants that are public, the newest first. */
  published: z.array(
    z.object({
      asOf: z.string(),
      recordedAt: z.string(),
      /** Ids of the figures; null: the whole dictionary. */
      figures: z.array(z.string()).nullable(),
    }),
  ),
  can: z.object({ write: z.boolean(), publish: z.boolean() }),
});
export type BulletinList = z.infer<typeof bulletinList>;

const frozen = reading.extend({
  definitionHash: z.string(),
  logSize: z.number().int(),
  recordsRoot: z.string(),
  denominatorRoot: z.string().nullable(),
  role: z.enum(['quoted', 'beside']),
});
const checkpoint = z.object({ size: z.number().int(), rootHash: z.string(), note: z.string() }).nullable();
const change = z.object({ kind: z.enum(['same', 'gone', 'new']), text: z.string() });

export const bulletinPage = bulletinLine.extend({
  body: z.string(),
  returnedFor: z.string().nullable(),
  values: z.array(tokenValue),
  findings: z.array(bulletinFinding),
  released: z
    .object({
      figures: z.array(frozen.extend({ name: bilingual, cohort: z.string(), shown: z.string() })),
      artefacts: z.array(z.object({ format: artefactFormat, sha256: z.string(), bytes: z.number().int() })),
      checkpoint,
      corrects: z.string().nullable(),
      releasedAt: z.string(),
      renderer: z.string(),
      seal: z.string(),
      /** The seal as QR code, SVG. */
      qr: z.string(),
    })
    .nullable(),
  changes: z.array(z.object({ from: z.number().int(), to: z.number().int(), reason: z.string(), changes: z.array(change) })),
  history: z.array(z.object({ kind: z.string(), at: z.string(), by: z.string(), reason: z.string().nullable() })),
  can: z.object({
    write: z.boolean(),
    release: z.boolean(),
    releaseRefused: z.string().nullable(),
    return: z.boolean(),
    correct: z.boolean(),
  }),
});
export type BulletinPage = z.infer<typeof bulletinPage>;

export const releasePreview = z.object({
  no: z.number().int(),
  version: z.number().int(),
  title: z.string(),
  asOf: z.string(),
  blocks: z.array(z.unknown()),
  figures: z.array(
    frozen.extend({
      name: z.string(),
      predicate: bilingual,
      cohort: z.string(),
      shown: z.string(),
      fraction: z.string().nullable(),
      path: z.string(),
    }),
  ),
  /** Numbers that the author marked as no figures: nobody checks them, so they are shown with their sentences. */
  plain: z.array(z.object({ text: z.string(), sentence: z.string(), kind: z.enum(['share', 'count', 'other']) })),
  corrects: z.unknown(),
  checkpoint,
  seal: z.string(),
});
export type ReleasePreview = z.infer<typeof releasePreview>;

export const rebuildReport = z.object({
  no: z.number().int(),
  same: z.boolean(),
  sameRenderer: z.boolean(),
  renderer: z.string(),
  figures: z.array(
    z.object({
      id: z.string(),
      filter: figureFilter,
      asOf: z.string(),
      frozen: z.string(),
      rebuilt: z.string().nullable(),
      same: z.boolean(),
    }),
  ),
  artefacts: z.array(
    z.object({ format: artefactFormat, sha256: z.string(), rebuilt: z.string().nullable(), same: z.boolean(), stored: z.boolean() }),
  ),
});
export type RebuildReport = z.infer<typeof rebuildReport>;
