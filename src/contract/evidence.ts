import { z } from 'zod';
import { evidenceKinds } from '../domain/evidence/limits.ts';
import { slug } from './common.ts';
import { anyText, line } from './text.ts';
import { actView } from './acts.ts';

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

export const sha256Text = z.string().regex(/^[0-9a-f]{64}$/);

/** What the `Upload-Metadata` of a new upload says. */
export const uploadMetadata = z
  .object({
    campaign: slug,
    item: z.string().min(1).max(100).describe('id or number of the problem'),
    sha256: sha256Text.describe('of the whole file'),
    name: line(200),
    kind: z.enum(evidenceKinds),
    takenAt: z.string().max(40).optional(),
  })
  .strict();

/** Evidence whose bytes are kept, of one problem. */
export const evidenceList = z.object({
  item: z.object({ id: z.string(), no: z.string() }),
  objects: z.array(
    z.object({
      sha256: z.string(),
      kind: z.enum(evidenceKinds),
      name: z.string(),
      mediaType: z.string(),
      bytes: z.number().int(),
      receivedAt: z.string(),
      sealed: z.boolean(),
      /** Viewing shows a copy without metadata; false: the object itself. */
      copy: z.boolean(),
      thumbnail: z.boolean(),
    }),
  ),
  can: z.object({ upload: z.boolean(), export: z.boolean() }),
});
export type EvidenceList = z.infer<typeof evidenceList>;

export const custody = z.object({ sha256: z.string(), acts: z.array(actView) });
export type Custody = z.infer<typeof custody>;

export const exportRequest = z.object({ purpose: anyText(400) }).strict();
