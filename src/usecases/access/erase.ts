import type { Actor } from '../../domain/access/policy.ts';
import { draft } from '../../domain/acts/act.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { erasePersonal } from '../../storage/acts/personal.ts';
import { campaignStreamId, findCampaign } from '../../storage/acts/read.ts';
import { takeCommand } from '../command/take.ts';
import type { Services } from '../services.ts';

/**
 * Deletes a person's name and its salts from a campaign (个人信息删除); the acts, their hashes and every proof stay as they are.
 *
 * What was erased is itself an act, by its commitments, so that an erased name can be told from a tampered one.
 * @param q  `subject`: the person's id as an actor; `name`: the name as it was written where no id is known
 * @returns  how many commitments can no longer be opened
 * @refuses  campaign.unknown, personal.none
 * @legal    Personal Information Protection Law (2021), art. 47
 */
export async function erasePerson(
  s: Services,
  actor: Actor,
  q: { readonly campaign: string; readonly subject?: string | undefined; readonly name?: string | undefined; readonly reason: string },
): Promise<{ erased: number } | Refusal> {
  const row = await findCampaign(s.database.db, q.campaign);
  if (row === undefined) return refuse('campaign.unknown', { campaign: q.campaign });
  const stream = campaignStreamId(row.id);
  let erased = 0;
  const done = await takeCommand(s, {
    row,
    actor,
    id: undefined,
    happenedAt: undefined,
    subjectId: stream,
    // Not who it is: the command is kept.
    content: { erase: true, reason: q.reason },
    decide: async (tools) => {
      const commitments = await erasePersonal(tools.tx, row, { subject: q.subject, value: q.name });
      erased = commitments.length;
      if (erased === 0) return refuse('personal.none', {});
      return [draft('campaign', stream, 'PersonalDataErased', { commitments, reason: q.reason })];
    },
  });
  return 'refused' in done ? done : { erased };
}
