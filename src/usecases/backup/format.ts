import { z } from 'zod';

/** First file of a backup: what it holds and of when. */
export const backupHeader = z.object({
  format: z.literal('clearzero-backup/1'),
  madeAt: z.string(),
  migrations: z.array(z.string()),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()) })),
  /** The signed logs at the moment of the backup: where a restored installation must end. */
  logs: z.array(z.object({ campaign: z.string(), size: z.number().int(), root: z.string(), note: z.string() })),
});
export type BackupHeader = z.infer<typeof backupHeader>;

/** Last file: hash of every file before it. A backup without it is not whole. */
export const backupManifest = z.object({
  files: z.record(z.string(), z.object({ sha256: z.string(), bytes: z.number().int() })),
  evidence: z.number().int(),
});
export type BackupManifest = z.infer<typeof backupManifest>;

/** A backup that cannot be taken for what it says it is. */
export class BackupDamaged extends Error {
  /** The file in it where the damage shows. */
  readonly at: string;
  readonly why: string;
  constructor(at: string, why: string) {
    super(`the backup is damaged at ${at}: ${why}`);
    this.name = 'BackupDamaged';
    this.at = at;
    this.why = why;
  }
}
