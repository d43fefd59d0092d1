import type { Sent } from '../../contract/common.ts';
import type { DashboardView } from '../../contract/dashboard.ts';
import { inCampaignTime, stampText } from '../../domain/kernel/standing.ts';
import type { DashboardSeen } from '../../usecases/dashboard/read.ts';
import { presentLine } from '../ledger/present.ts';

export function presentDashboard({ standing, ...page }: DashboardSeen): Sent<DashboardView> {
  const at = inCampaignTime(standing);
  return {
    ...stampText(standing),
    ...page,
    batches: page.batches.map((b) => ({ ...b, issuedAt: at(b.issuedAt) })),
    curve: { ...page.curve, days: page.curve.days.map(at) },
    rebounds: {
      total: page.rebounds.total,
      rows: page.rebounds.rows.map((r) => ({ ...presentLine(r.line, at), reason: r.reason, reboundedAt: at(r.reboundedAt) })),
    },
  };
}
