import type { LeadList } from '../../contract/leads.ts';
import { inCampaignTime } from '../../domain/kernel/standing.ts';
import type { LeadsSeen } from '../../usecases/leads/read.ts';

export function presentLeads(seen: LeadsSeen): LeadList {
  const at = inCampaignTime(seen);
  return {
    leads: seen.leads.map(({ lead, canClose }) => ({
      id: lead.id,
      rule: 'rapid-clearing',
      by: lead.by,
      raisedAt: at(lead.raisedAt),
      count: lead.count,
      fast: lead.fast,
      minutes: lead.minutes,
      closed: lead.closed === null ? null : { by: lead.closed.by.name, at: at(lead.closed.at), finding: lead.closed.finding },
      canClose,
    })),
  };
}
