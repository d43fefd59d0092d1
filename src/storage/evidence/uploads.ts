import { sql } from 'kysely';
import type { EvidenceKind } from '../../domain/evidence/limits.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import { ts, type Db, type Tx } from '../database.ts';
import { locks } from '../locks.ts';

/** An upload under way, or completed lately. */
export interface UploadRow {
  readonly id: string;
  readonly campaign_id: number;
  readonly item_id: string;
  readonly user_id: string;
  readonly sha256: string;
  readonly length: number;
  /** Bytes on the disk: an upload goes on from here. */
  readonly received: number;
  readonly name: string;
  readonly kind: EvidenceKind;
  readonly taken_at: string | null;
  readonly expires_at: Instant;
  readonly finished_at: Instant | null;
}

const columns = sql.raw(
  "id, campaign_id, item_id, user_id, encode(sha256, 'hex') as sha256, length, received, name, kind, taken_at, expires_at, finished_at",
);

export async function findUpload(tx: Tx, id: string): Promise<UploadRow | undefined> {
  return (await sql<UploadRow>`select ${columns} from uploads where id = ${id}`.execute(tx)).rows[0];
}

/** Opens an upload unless the person has too much under way; then answers how many. */
export async function insertUpload(
  db: Db,
  u: UploadRow & { created_at: Instant },
  most: { uploads: number; bytes: number },
): Promise<number | undefined> {
  return db.transaction().execute(async (tx) => {
    // Two at once count each other.
    await sql`select pg_advisory_xact_lock(${sql.lit(locks.uploads)}, hashtext(${u.user_id}))`.execute(tx);
    const r = await sql<{ n: number; bytes: number }>`select count(*) as n, coalesce(sum(length), 0) as bytes from uploads
      where user_id = ${u.user_id} and finished_at is null and expires_at > ${ts(u.created_at)}`.execute(tx);
    const open = r.rows[0] ?? { n: 0, bytes: 0 };
    if (open.n >= most.uploads || open.bytes + u.length > most.bytes) return open.n;
    await sql`insert into uploads (id, campaign_id, item_id, user_id, sha256, length, received, name, kind, taken_at, created_at, expires_at)
      values (${u.id}, ${u.campaign_id}, ${u.item_id}, ${u.user_id}, ${Buffer.from(u.sha256, 'hex')}, ${u.length}, 0, ${u.name}, ${u.kind},
        ${u.taken_at}, ${ts(u.created_at)}, ${ts(u.expires_at)})`.execute(tx);
    return undefined;
  });
}

/** Says that more bytes are on the disk; false when someone else has written meanwhile. */
export async function advanceUpload(tx: Tx, id: string, from: number, to: number): Promise<boolean> {
  const r = await sql`update uploads set received = ${to} where id = ${id} and received = ${from} and finished_at is null`.execute(tx);
  return r.numAffectedRows === 1n;
}

export async function finishUpload(tx: Tx, id: string, at: Instant): Promise<void> {
  await sql`update uploads set finished_at = ${ts(at)} where id = ${id}`.execute(tx);
}

export async function deleteUpload(tx: Tx, id: string): Promise<void> {
  await sql`delete from uploads where id = ${id}`.execute(tx);
}

/** Drops what has expired by the clock of the database, which no process with a wrong clock can hurry; answers the ids. */
export async function deleteExpiredUploads(tx: Tx): Promise<string[]> {
  const r = await sql<{ id: string }>`delete from uploads where expires_at <= clock_timestamp() returning id`.execute(tx);
  return r.rows.map((row) => row.id);
}

/** Of some ids, those that are uploads not completed yet. */
export async function openUploads(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const r = await sql<{ id: string }>`select id from uploads where id = any(${ids as string[]}::uuid[]) and finished_at is null`.execute(
    tx,
  );
  return new Set(r.rows.map((row) => row.id));
}
