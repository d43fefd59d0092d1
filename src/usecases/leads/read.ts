import { mayAtRoot, type Actor } from '../../domain/access/policy.ts';
import { openAct } from '../../domain/acts/personal.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { foldLead, type Lead } from '../../domain/leads/haste.ts';
import { openSealed } from '../../storage/acts/personal.ts';
import { listLeadActs } from '../../storage/leads/clears.ts';
import { openView, type View } from '../figures/as-of.ts';
import { opened } from '../items/read.ts';
import type { Services } from '../services.ts';

/** Leads of a campaign as of a view, the newest first. */
export async function leadsOf(s: Services, view: View): Promise<Lead[]> {
  const streams = await listLeadActs(s.database.db, view.row, view.peopleUpTo);
  const name = opened(await openSealed(s.database.db, view.row.id, [...streams.values()].flat()));
  const leads = [...streams.values()].map((acts) => foldLead(acts.map((act) => openAct(act, name))));
  return leads.filter((lead) => lead !== undefined).sort((a, b) => b.raisedAt - a.raisedAt || (a.id < b.id ? -1 : 1));
}

export interface LeadsSeen {
  readonly utcOffsetMinutes: number;
  readonly leads: readonly { readonly lead: Lead; readonly canClose: boolean }[];
}

/**
 * Leads that the command office and the auditor look into.
 * @refuses what opening a view refuses, access.forbidden
 */
export async function readLeads(
  s: Services,
  actor: Actor,
  q: { campaign: string; asOf?: string | undefined },
): Promise<LeadsSeen | Refusal> {
  const view = await openView(s, actor, 'campaign.read', q.campaign, q.asOf);
  if (isRefusal(view)) return view;
  const { root, utcOffsetMinutes } = view.campaign.settings;
  if (!mayAtRoot(actor, 'lead.read', q.campaign, root)) return refuse('access.forbidden', { verb: 'lead.read' });
  const mayClose = view.current && mayAtRoot(actor, 'lead.close', q.campaign, root);
  const leads = (await leadsOf(s, view)).map((lead) => ({ lead, canClose: mayClose && lead.closed === null && lead.by.id !== actor.id }));
  return { utcOffsetMinutes, leads };
}
