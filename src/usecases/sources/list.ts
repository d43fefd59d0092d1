import type { Actor } from '../../domain/access/policy.ts';
import { instant } from '../../domain/kernel/instant.ts';
import { readPageKey, writePageKey } from '../../domain/kernel/page-key.ts';
import { rangeOf } from '../../domain/kernel/place.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { isOpenState } from '../../domain/projections/item-kinds.ts';
import { listSources } from '../../storage/sources/list.ts';
import { openView, standingOf } from '../figures/as-of.ts';
import type { Services } from '../services.ts';

export interface SourcesAsk {
  readonly campaign: string;
  readonly asOf?: string | undefined;
  /** Words of number, name or credit code. */
  readonly q?: string | undefined;
  readonly city?: number | undefined;
  readonly county?: number | undefined;
  readonly scattered?: string | undefined;
  readonly open?: string | undefined;
  /** `never`, or the days within which there was no inspection. */
  readonly inspected?: 'never' | '30' | '90' | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

const day = 86_400_000;

export type SourcesSeen = Exclude<Awaited<ReturnType<typeof readSources>>, Refusal>;

/**
 * A page of the list of pollution sources as of an instant, by place.
 * @refuses what opening a view refuses, filter.unknown-value for a place of no part of the campaign, page.bad-key
 */
export async function readSources(s: Services, actor: Actor, ask: SourcesAsk) {
  const view = await openView(s, actor, 'source.read', ask.campaign, ask.asOf);
  if (isRefusal(view)) return view;
  const { settings } = view.campaign;
  let ranges = view.scope;
  for (const key of ['city', 'county'] as const) {
    const code = ask[key];
    if (code === undefined) continue;
    if (!settings.places.some((p) => p.code === code)) return refuse('filter.unknown-value', { key, value: String(code) });
    const wanted = rangeOf(code);
    ranges = ranges.map((r) => ({ from: Math.max(r.from, wanted.from), to: Math.min(r.to, wanted.to) })).filter((r) => r.from < r.to);
  }
  const after = ask.after === undefined ? undefined : readPageKey(ask.after, ['place']);
  if (ask.after !== undefined && after === undefined) return refuse('page.bad-key', {});
  const found = await listSources(
    s.database.db,
    {
      campaignId: view.row.id,
      ranges,
      text: ask.q ?? null,
      scattered: ask.scattered !== undefined,
      open: ask.open !== undefined,
      never: ask.inspected === 'never',
      inspectedBefore:
        ask.inspected === undefined || ask.inspected === 'never' ? null : instant(view.watermark - Number(ask.inspected) * day),
      openStates: settings.states.flatMap((state, i) => (isOpenState(state) || state === 'rebounded' || notYet.has(state) ? [i + 1] : [])),
      asOf: view.watermark,
    },
    { after: after === undefined ? undefined : { place: after.keys[0] ?? 0, id: after.id }, limit: ask.limit ?? 50 },
  );
  return {
    standing: await standingOf(s, view),
    lines: found.lines,
    next: found.next === null ? null : writePageKey({ keys: [found.next.place], id: found.next.id }),
  };
}

/** States of a problem before anything has to be done about it: not cleared either. */
const notYet: ReadonlySet<string> = new Set(['found', 'confirmed']);
