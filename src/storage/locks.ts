import { sql, type RawBuilder } from 'kysely';

/**
 * Every advisory lock of the database, and what each is for. A number serves one purpose: two that share one wait for each other,
 * or give up on each other, for no reason that anybody can see.
 *
 * Whoever needs several takes them in the order in which they stand here. All but `migration` end with the transaction, so that
 * nothing is left behind by a process that dies.
 */
export const locks = {
  /** One key, held by the session that migrates, for as long as that takes; one migration at a time in one database. */
  migration: 7_301_961,
  /** One key, until the transaction ends: makers of a campaign's row, who take the next number. A bulk load holds it to its end. */
  campaigns: 7_301_962,
  /** With the campaign: one import of a register at a time, for all of the import. */
  snapshot: 7_301_968,
  /** With the campaign: whoever gives an item the next number, until it is stored. */
  itemNumbers: 7_301_963,
  /** With the campaign: whoever gives a batch the next number, until it is stored. */
  batchNumbers: 7_301_966,
  /** With the campaign: whoever gives a bulletin the next number, until it is stored. */
  bulletinNumbers: 7_301_965,
  /** With the campaign: whoever numbers acts and signs the log, one step long. Only the sequencer asks for it. */
  sequencer: 7_301_964,
  /** With a hash of the person: whoever opens an upload, while that person's open uploads are counted. */
  uploads: 7_301_967,
} as const;

/** The locks that are taken for one campaign. */
export type CampaignLock = 'snapshot' | 'itemNumbers' | 'batchNumbers' | 'bulletinNumbers' | 'sequencer';

/** `select ${...}` waits for a campaign's lock and holds it until the transaction ends. */
export const waitForCampaign = (lock: CampaignLock, campaignId: number): RawBuilder<unknown> =>
  sql`pg_advisory_xact_lock(${sql.lit(locks[lock])}, ${campaignId}::integer)`;

/** `select ${...}` is true when the lock was free, and is now held until the transaction ends. */
export const tryForCampaign = (lock: CampaignLock, campaignId: number): RawBuilder<boolean> =>
  sql<boolean>`pg_try_advisory_xact_lock(${sql.lit(locks[lock])}, ${campaignId}::integer)`;
