import { refusedAt, type Actor } from '../../domain/access/policy.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { decideReceipt, foldLetter } from '../../domain/supervision/letter.ts';
import { findCampaign } from '../../storage/acts/read.ts';
import { takeCommand } from '../command/take.ts';
import type { Services } from '../services.ts';

/**
 * Signs for a letter (签收督办函).
 * @refuses letter.unknown (also outside the jurisdiction), access.forbidden, what `decideReceipt` and `takeCommand` refuse
 */
export async function receiveLetter(
  s: Services,
  actor: Actor,
  q: { campaign: string; letter: string; id?: string | undefined; happenedAt?: string | undefined },
): Promise<{ receivedAt: Instant } | Refusal> {
  const row = await findCampaign(s.database.db, q.campaign);
  if (row === undefined) return refuse('letter.unknown', {});
  const letterId = q.letter.toLowerCase();
  const done = await takeCommand(s, {
    row,
    actor,
    id: q.id,
    happenedAt: q.happenedAt,
    subjectId: letterId,
    content: { do: 'receive', letter: letterId },
    decide: async (tools) => {
      const letter = foldLetter(await tools.hold(letterId));
      if (letter === undefined) return refuse('letter.unknown', {});
      const refused = refusedAt(actor, 'letter.receive', q.campaign, letter.place);
      if (refused !== undefined) return refused.code === 'item.unknown' ? refuse('letter.unknown', {}) : refused;
      return decideReceipt(letter, tools.actor);
    },
  });
  if (isRefusal(done)) return done;
  const received = foldLetter(done.subject)?.received;
  return received === undefined || received === null ? refuse('letter.unknown', {}) : { receivedAt: received.at };
}
