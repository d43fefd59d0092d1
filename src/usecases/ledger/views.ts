import { seesCampaign, type Actor } from '../../domain/access/policy.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { deleteSavedView, insertSavedView, listSavedViews, renameSavedView, type SavedView } from '../../storage/ledger/views.ts';
import type { Services } from '../services.ts';

/** Saved views of one person in one campaign. */
export async function readViews(s: Services, actor: Actor, campaign: string): Promise<SavedView[] | Refusal> {
  if (!seesCampaign(actor, campaign)) return refuse('campaign.unknown', { campaign });
  return listSavedViews(s.database.db, actor.id, campaign);
}

export async function addView(
  s: Services,
  actor: Actor,
  v: { campaign: string; name: string; query: string },
): Promise<SavedView | Refusal> {
  if (!seesCampaign(actor, v.campaign)) return refuse('campaign.unknown', { campaign: v.campaign });
  const view = { id: s.newId(), name: v.name, query: v.query };
  await insertSavedView(s.database.db, { ...view, userId: actor.id, campaign: v.campaign, at: s.now() });
  return view;
}

/** @refuses view.unknown, for someone else's too */
export async function dropView(s: Services, actor: Actor, id: string): Promise<{ dropped: boolean } | Refusal> {
  if (!(await deleteSavedView(s.database.db, actor.id, id))) return refuse('view.unknown', {});
  return { dropped: true };
}

/** @refuses view.unknown, for someone else's too */
export async function renameView(s: Services, actor: Actor, id: string, name: string): Promise<{ id: string; name: string } | Refusal> {
  return (await renameSavedView(s.database.db, actor.id, id, name)) ? { id, name } : refuse('view.unknown', {});
}
