import { readsReleasedOnly } from '../../domain/access/masks.ts';
import { scopeOf, seesCampaign, type Actor, type PlaceVerb } from '../../domain/access/policy.ts';
import type { Campaign } from '../../domain/campaign/campaign.ts';
import { formatInstant, instant, parseInstant, type Instant } from '../../domain/kernel/instant.ts';
import type { PlaceRange } from '../../domain/kernel/place.ts';
import type { Standing } from '../../domain/kernel/standing.ts';
import { refuse, isRefusal, type Refusal } from '../../domain/kernel/refusal.ts';
import { findCampaign, getCampaignState, type CampaignRow } from '../../storage/acts/read.ts';
import { logSizeAt } from '../../storage/figures/totals.ts';
import { lastRecord } from '../../storage/acts/latest.ts';
import type { Services } from '../services.ts';

/** How long an answer for "now" waits for commits in flight. */
const patienceMs = 3000;

/** No earlier instant is asked for: the tables know no year 0. 0001-01-02T00:00:00Z. */
const beginning = -62_135_510_400_000;

/** A campaign seen by someone as of an instant: what every read starts from. */
export interface View {
  readonly row: CampaignRow;
  readonly campaign: Campaign;
  /** What was asked for. */
  readonly asOf: Instant;
  /** What the answer stands for: nothing recorded at or before it can still appear. */
  readonly watermark: Instant;
  /**
   * Up to when what people did is seen. Only in a historic campaign it differs from the watermark: its records stand at a snapshot of
   * long ago, and people publish them today.
   */
  readonly peopleUpTo: Instant;
  readonly scope: readonly PlaceRange[];
  /** True when no instant was asked for: the answer is the newest there can be. */
  readonly current: boolean;
}

/**
 * Reads the instant of a question: ISO 8601 with an offset, not in the future.
 * @refuses asof.malformed, asof.future
 */
export function readAsOf(text: string, now: Instant): Instant | Refusal {
  const at = parseInstant(text);
  if (at === undefined || at < beginning) return refuse('asof.malformed', { value: text.slice(0, 60) });
  if (at > now) return refuse('asof.future', { value: text, now: formatInstant(now) });
  return at;
}

/**
 * Opens a campaign for reading as of an instant, within the asker's rights.
 *
 * An answer for T is only given once nothing recorded at or before T can still be committed, so it never changes afterwards. A
 * historic campaign stands still after its last loaded record: later instants are answered for that one, and say so.
 * @param asOfText  undefined: the newest instant there is an answer for
 * @refuses campaign.unknown (also when the asker may not see it), asof.malformed, asof.future, asof.in-flight, asof.before-campaign
 */
export async function openView(
  s: Services,
  actor: Actor,
  verb: PlaceVerb,
  slug: string,
  asOfText: string | undefined,
): Promise<View | Refusal> {
  const row = await findCampaign(s.database.db, slug);
  if (row === undefined || !seesCampaign(actor, slug)) return refuse('campaign.unknown', { campaign: slug });
  const scope = scopeOf(actor, verb, slug);
  // What was released is read elsewhere: here everything up to now would be.
  if (scope === undefined || (verb === 'figure.read' && readsReleasedOnly(actor, slug))) return refuse('access.forbidden', { verb });
  const moment = await settleInstant(s, row, asOfText);
  if (isRefusal(moment)) return moment;
  const campaign = await getCampaignState(s.database.db, row, moment.watermark);
  if (campaign === undefined) return refuse('asof.before-campaign', { campaign: slug, asOf: formatInstant(moment.asOf) });
  return { row, campaign, scope: scope.ranges, current: asOfText === undefined, ...moment };
}

/** The instant an answer stands for: proven final before it is given. */
export async function settleInstant(
  s: Services,
  row: CampaignRow,
  text: string | undefined,
): Promise<{ asOf: Instant; watermark: Instant; peopleUpTo: Instant } | Refusal> {
  const asked = text === undefined ? undefined : readAsOf(text, s.now());
  if (isRefusal(asked)) return asked;
  if (row.mode === 'historic') {
    const last = await lastRecord(s.database.db, row.id);
    // A snapshot counts from when it is proven that nothing can come in before it any more: its place in the log is known by then.
    const proven = await s.watermark.reach(last.enteredAt, patienceMs);
    if (proven < last.enteredAt) return refuse('asof.in-flight', { watermark: formatInstant(proven) });
    const asOf = asked ?? last.at;
    return { asOf, watermark: instant(Math.min(asOf, last.at)), peopleUpTo: instant(Math.min(asked ?? proven, proven)) };
  }
  const proven = asked === undefined ? await s.watermark.look() : await s.watermark.reach(asked, patienceMs);
  if (asked === undefined) {
    const now = proven > 0 ? proven : await s.watermark.reach(instant(1), patienceMs);
    if (now === 0) return refuse('asof.in-flight', { watermark: formatInstant(now) });
    return { asOf: now, watermark: now, peopleUpTo: now };
  }
  if (proven < asked) return refuse('asof.in-flight', { watermark: formatInstant(proven) });
  return { asOf: asked, watermark: asked, peopleUpTo: asked };
}

/** What an answer from a view stands for. */
export async function standingOf(s: Services, view: View): Promise<Standing> {
  return {
    campaign: view.row.slug,
    asOf: view.asOf,
    watermark: view.watermark,
    logSize: await logSizeAt(s.database.db, view.row, view.watermark),
    utcOffsetMinutes: view.campaign.settings.utcOffsetMinutes,
  };
}
