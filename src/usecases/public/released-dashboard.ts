import type { Actor } from '../../domain/access/policy.ts';
import type { FigureRef } from '../../domain/campaign/settings.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import { listBatches } from '../supervision/batches.ts';
import { batchColumns } from '../dashboard/read.ts';
import { standingOf } from '../figures/as-of.ts';
import type { FigureValue } from '../figures/values.ts';
import type { Services } from '../services.ts';
import { openReleased, releasedValues } from './released.ts';
import type { PublicView } from './view.ts';

/** The dashboard of whoever reads only what was released: figures and places that are public, the curve at released instants. */
export async function releasedDashboard(s: Services, actor: Actor, q: { campaign: string; asOf?: string | undefined }) {
  const view = await openReleased(s, actor, q.campaign, q.asOf);
  if (isRefusal(view)) return view;
  const { settings } = view.campaign;
  const places = settings.places.filter((p) => p.statisticsOnly !== true && p.code !== settings.root);
  const cities = places.filter((p) => p.code % 100 === 0);
  const { map, placeColumns } = settings.dashboard;
  const within = (refs: readonly FigureRef[], more: FigureRef['filter']) =>
    shown(
      s,
      view,
      refs.map((r) => ({ id: r.id, filter: { ...r.filter, ...more } })),
    );
  const rows = [];
  for (const c of cities)
    rows.push({ place: c.code, name: c.name, figures: await within(placeColumns, { city: String(c.code) }), curve: [] });
  const counties = [];
  for (const c of map === null ? [] : places.filter((p) => p.code % 100 !== 0)) {
    const [figure] = await within(map === null ? [] : [map], { county: String(c.code) });
    if (figure !== undefined) counties.push({ place: c.code, figure });
  }
  const batches = [];
  for (const { no, name, issuedAt } of await listBatches(s, view)) {
    const figures = await within(
      batchColumns.map((id) => ({ id, filter: {} })),
      { batches: [no] },
    );
    batches.push({ no, name, issuedAt, figures });
  }
  return {
    standing: await standingOf(s, view),
    headline: await shown(s, view, settings.dashboard.headline),
    pressSet: await shown(s, view, settings.pressSet),
    ...{ cities: rows, counties, batches, curve: await curveOf(s, view) },
    overdue: { total: 0, buckets: [] },
    rebounds: { total: 0, rows: [] },
    today: [],
  };
}

async function shown(s: Services, view: PublicView, refs: readonly FigureRef[]): Promise<FigureValue[]> {
  return (await releasedValues(s, view, refs)).filter((v) => v !== null);
}

/** The campaign's lines at its released instants; a figure that was not released at each of them has none. */
async function curveOf(s: Services, view: PublicView) {
  const releases = view.published.filter((p) => p.asOf <= view.release.asOf);
  const at: (FigureValue | null)[][] = [];
  for (const release of releases) {
    at.push(
      await releasedValues(s, { ...view, release, asOf: release.asOf, watermark: release.asOf }, view.campaign.settings.dashboard.curve),
    );
  }
  const lines = view.campaign.settings.dashboard.curve.flatMap((ref, i) => {
    const values = at.flatMap((list) => (list[i] === null || list[i] === undefined ? [] : [list[i].numerator]));
    return values.length === releases.length ? [{ id: ref.id, values }] : [];
  });
  return { days: releases.map((r) => r.asOf), lines };
}
