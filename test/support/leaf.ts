import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Act } from '../../src/domain/acts/act.ts';

/** The leaf hash once more, from its definition: SHA-256 over 0x00 and the canonical JSON of the whole act. */
export function recomputedLeaf(act: Act): string {
  const whole = { ...act, happenedAt: new Date(act.happenedAt).toISOString(), recordedAt: new Date(act.recordedAt).toISOString() };
  return createHash('sha256')
    .update(Buffer.from([0]))
    .update(canonicalize(whole) as string, 'utf8')
    .digest('hex');
}
