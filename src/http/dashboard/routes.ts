import { asOfQuery } from '../../contract/common.ts';
import { dashboardView } from '../../contract/dashboard.ts';
import { api } from '../../contract/paths/api.ts';
import { readsReleasedOnly } from '../../domain/access/masks.ts';
import { readDashboard, type DashboardSeen } from '../../usecases/dashboard/read.ts';
import { releasedDashboard } from '../../usecases/public/released-dashboard.ts';
import type { Services } from '../../usecases/services.ts';
import type { Feature } from '../server/feature.ts';
import { presented } from '../server/presented.ts';
import type { AddRoute } from '../server/route.ts';
import { presentDashboard } from './present.ts';

export const dashboard: Feature = { name: 'dashboard', routes, schemas: { Dashboard: dashboardView } };

function routes(add: AddRoute, s: Services): void {
  add({
    method: 'GET',
    url: api.dashboard,
    permission: 'figure.read',
    summary: 'Everything on the dashboard as of one instant',
    query: asOfQuery.strict(),
    response: dashboardView,
    sample: (e) => ({ query: { campaign: e.campaign }, place: null }),
    // The press reads what was released, from the same address.
    handle: ({ query, actor }) =>
      presented<DashboardSeen, ReturnType<typeof presentDashboard>>(
        (readsReleasedOnly(actor, query.campaign) ? releasedDashboard : readDashboard)(s, actor, query),
        presentDashboard,
      ),
  });
}
