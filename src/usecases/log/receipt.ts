import { base64, fromHex } from '../../domain/kernel/base64.ts';
import { formatInstant } from '../../domain/kernel/instant.ts';
import { leafHash } from '../../domain/acts/leaf.ts';
import type { Act } from '../../domain/acts/act.ts';
import type { Services } from '../services.ts';

/** Within how long an act is numbered in the log, as receipts promise. */
export const promisedMs = 2000;

/**
 * A signed receipt for acts that were taken in (回执): their leaf hashes, when they were recorded, and by when they stand in the log.
 *
 * Whoever holds it can prove that an act was taken in even if it is deleted before it is numbered.
 */
export function receiptFor(s: Services, campaign: string, acts: readonly Act[]): string {
  const first = acts[0];
  if (first === undefined) return '';
  const text =
    `clearzero.receipt/v1\n${s.log.origin(campaign)}\n${first.id}\n${formatInstant(first.recordedAt)}\nwithin ${promisedMs} ms\n` +
    acts.map((act) => `${base64(fromHex(leafHash(act)))}\n`).join('');
  return s.log.signText(campaign, text);
}
