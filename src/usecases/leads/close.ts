import { mayAtRoot, seesCampaign, type Actor } from '../../domain/access/policy.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { decideClose, foldLead } from '../../domain/leads/haste.ts';
import { findCampaign, getCampaignState } from '../../storage/acts/read.ts';
import { takeCommand } from '../command/take.ts';
import type { Services } from '../services.ts';

/**
 * Closes a lead with what was found when it was looked into.
 * @refuses campaign.unknown, access.forbidden, lead.unknown, what `decideClose` and `takeCommand` refuse
 */
export async function closeLead(
  s: Services,
  actor: Actor,
  q: { campaign: string; lead: string; finding: string; id?: string | undefined },
): Promise<{ closed: true } | Refusal> {
  const row = await findCampaign(s.database.db, q.campaign);
  if (row === undefined || !seesCampaign(actor, q.campaign)) return refuse('campaign.unknown', { campaign: q.campaign });
  const state = await getCampaignState(s.database.db, row);
  if (state === undefined || !mayAtRoot(actor, 'lead.close', q.campaign, state.settings.root))
    return refuse('access.forbidden', { verb: 'lead.close' });
  const leadId = q.lead.toLowerCase();
  const done = await takeCommand(s, {
    row,
    actor,
    id: q.id,
    happenedAt: undefined,
    subjectId: leadId,
    content: { lead: leadId, finding: q.finding },
    decide: async (tools) => {
      const lead = foldLead(await tools.hold(leadId));
      return lead === undefined ? refuse('lead.unknown', {}) : decideClose(lead, tools.actor, q.finding);
    },
  });
  return isRefusal(done) ? done : { closed: true };
}
