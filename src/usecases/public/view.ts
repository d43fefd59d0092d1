import { publicScope } from '../../domain/access/policy.ts';
import type { Act } from '../../domain/acts/act.ts';
import { formatInstant, instant } from '../../domain/kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { publishedAt, publishedFigures, type PublishedFigures } from '../../domain/publication/published.ts';
import { listActsByFact } from '../../storage/acts/offices.ts';
import { findCampaign, getCampaignState, listCampaigns, type CampaignRow } from '../../storage/acts/read.ts';
import { lastRecordedAt } from '../../storage/acts/latest.ts';
import { readAsOf, settleInstant, type View } from '../figures/as-of.ts';
import type { Services } from '../services.ts';

/** A campaign as anybody sees it, as of a published instant. */
export interface PublicView extends View {
  /** All published instants, ascending. */
  readonly published: readonly PublishedFigures[];
  readonly release: PublishedFigures;
  /** What was asked for when it is not a published instant; the answer is the nearest earlier one. */
  readonly instead: string | null;
  /** True when no instant was asked for. */
  readonly newest: boolean;
}

/** Acts of the streams that count under a publication fact now. */
async function releases(s: Services, row: CampaignRow, fact: string): Promise<Act[]> {
  const no = await s.names.find(s.database.db, fact);
  // What counts now, whatever the instant that is asked for: a release withdrawn today is public no longer.
  return no === undefined ? [] : listActsByFact(s.database.db, row, no, instant(await lastRecordedAt(s.database.db, row.id)));
}

/** Published instants of a campaign; none: it has no public pages. */
export async function readPublished(s: Services, row: CampaignRow): Promise<PublishedFigures[]> {
  const streams = new Map<string, Act[]>();
  for (const act of await releases(s, row, 'publication.figures')) streams.set(act.streamId, [...(streams.get(act.streamId) ?? []), act]);
  return publishedFigures(streams.values());
}

/**
 * Opens a campaign for anybody, as of a published instant.
 *
 * No actor is asked for, so none can see more. A campaign without a release does not exist here, and neither does an instant before
 * its first release; another instant is answered with the nearest earlier published one, which is said.
 * @refuses campaign.unknown, asof.malformed, asof.future, asof.in-flight, publication.none-so-early
 */
export async function openPublicView(s: Services, slug: string, asOfText?: string): Promise<PublicView | Refusal> {
  const row = await findCampaign(s.database.db, slug);
  const published = row === undefined ? [] : await readPublished(s, row);
  const last = published.at(-1);
  if (row === undefined || last === undefined) return refuse('campaign.unknown', { campaign: slug });
  const asked = asOfText === undefined ? last.asOf : readAsOf(asOfText, s.now());
  if (isRefusal(asked)) return asked;
  const release = publishedAt(published, asked);
  if (release === undefined) return refuse('publication.none-so-early', { asOf: asOfText ?? '' });
  const moment = await settleInstant(s, row, formatInstant(release.asOf));
  if (isRefusal(moment)) return moment;
  const campaign = await getCampaignState(s.database.db, row, moment.watermark);
  if (campaign === undefined) return refuse('campaign.unknown', { campaign: slug });
  return {
    row,
    campaign,
    ...moment,
    // A snapshot of long ago is released today: what was published beside it, and taken back, is shown as it is now.
    ...(row.mode === 'historic' ? { peopleUpTo: s.now() } : {}),
    current: false,
    scope: publicScope(campaign.settings.root).ranges,
    published,
    release,
    instead: asked === release.asOf ? null : (asOfText ?? null),
    newest: asOfText === undefined,
  };
}

/** Whether a figure was released as of the view's instant. */
export function isReleased(view: PublicView, id: string): boolean {
  return view.release.figures === null || view.release.figures.has(id);
}

/** Campaigns with public pages. */
export async function listPublicCampaigns(s: Services): Promise<PublicView[]> {
  const out: PublicView[] = [];
  for (const row of await listCampaigns(s.database.db)) {
    const view = await openPublicView(s, row.slug);
    if (!isRefusal(view)) out.push(view);
  }
  return out;
}

export { releases };
