import type { SessionView } from '../../../contract/session.ts';
import { paths, type Where } from '../../../contract/paths/office.ts';
import { may } from './session.ts';

/** Whether somebody has a desk in a campaign: registers of others hold nothing to act on, and the press reads figures. */
export function hasDesk(session: SessionView | undefined, slug: string): boolean {
  const campaign = session?.campaigns.find((c) => c.slug === slug);
  return campaign !== undefined && campaign.mode !== 'historic' && may(session, 'ledger.read', { slug, root: 0 });
}

/** The page that somebody begins with in a campaign: the desk, for the director the dashboard. */
export function homeOf(session: SessionView, where: Where): string {
  const directs = session.user.grants.some((g) => g.role === 'director' && (g.campaign === null || g.campaign === where.slug));
  return hasDesk(session, where.slug) && !directs ? paths.desk(where) : paths.dashboard(where);
}
