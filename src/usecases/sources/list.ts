import type { Actor } from '../../domain/access/policy.ts';
import { instant } from '../../domain/kernel/instant.ts';
import { readPageKey, writePageKey } from '../../domain/kernel/page-key.ts';
import { rangeOf } from '../../domain/kernel/place.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { isOpenState } from '../../domain/projections/item-kinds.ts';
import { listSources, type SourceKey, type SourceLine, type SourcesQuestion } from '../../storage/sources/list.ts';
import { openView, standingOf, type View } from '../figures/as-of.ts';
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

export interface OpenSources {
  readonly view: View;
  readonly question: SourcesQuestion;
}

/**
 * The list of sources as of an instant: to be read, or to be taken away.
 * @refuses what opening a view refuses, filter.unknown-value for a place of no part of the campaign
 */
export async function openSources(
  s: Services,
  actor: Actor,
  ask: SourcesAsk,
  verb: 'source.read' | 'ledger.export',
): Promise<OpenSources | Refusal> {
  const view = await openView(s, actor, verb, ask.campaign, ask.asOf);
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
  const question: SourcesQuestion = {
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
  };
  return { view, question };
}

/**
 * A page of the list of pollution sources as of an instant, by place.
 * @refuses what `openSources` refuses, page.bad-key
 */
export async function readSources(s: Services, actor: Actor, ask: SourcesAsk) {
  const opened = await openSources(s, actor, ask, 'source.read');
  if (isRefusal(opened)) return opened;
  const after = ask.after === undefined ? undefined : readPageKey(ask.after, ['place']);
  if (ask.after !== undefined && after === undefined) return refuse('page.bad-key', {});
  const found = await listSources(s.database.db, opened.question, {
    after: after === undefined ? undefined : { place: after.keys[0] ?? 0, id: after.id },
    limit: ask.limit ?? 50,
  });
  return {
    standing: await standingOf(s, opened.view),
    lines: found.lines,
    next: found.next === null ? null : writePageKey({ keys: [found.next.place], id: found.next.id }),
  };
}

/** Every source of a question, page by page; all as of the one instant at which it was opened. */
export async function* sourceLines(s: Services, question: SourcesQuestion): AsyncGenerator<SourceLine> {
  let after: SourceKey | undefined;
  for (;;) {
    const page = await listSources(s.database.db, question, { after, limit: 200 });
    yield* page.lines;
    if (page.next === null) return;
    after = page.next;
  }
}

/** States of a problem before anything has to be done about it: not cleared either. */
const notYet: ReadonlySet<string> = new Set(['found', 'confirmed']);
