import type { Actor } from '../../domain/access/policy.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import { covers } from '../../domain/kernel/place.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import type { FigureRef } from '../../domain/campaign/settings.ts';
import { listActsByFact } from '../../storage/acts/offices.ts';
import type { Services } from '../services.ts';
import { openView, standingOf, type View } from '../figures/as-of.ts';
import { readValues, requestsOf } from '../figures/values.ts';

export interface BatchLine {
  readonly no: number;
  readonly name: string;
  readonly issuedAt: Instant;
  readonly deadline: string;
}

/** Batches issued as of a view's instant, in their order. */
export async function listBatches(s: Services, view: View): Promise<BatchLine[]> {
  const fact = await s.names.find(s.database.db, 'batch.issued');
  if (fact === undefined) return [];
  const acts = await listActsByFact(s.database.db, view.row, fact, view.watermark);
  return acts.flatMap((a) => (a.kind === 'BatchIssued' ? [{ ...a.payload, issuedAt: a.recordedAt }] : [])).sort((a, b) => a.no - b.no);
}

const columns = [
  'problems.supervised',
  'problems.claimed',
  'problems.rectified',
  'clearance.rate',
  'clearance.net',
  'problems.rebounded',
  'problems.overdue',
  'problems.open',
];

export type BatchSeen = Exclude<Awaited<ReturnType<typeof readBatch>>, Refusal>;

/**
 * A batch by city: letters with their receipts, and the figures within the batch.
 * @refuses batch.unknown
 */
export async function readBatch(s: Services, actor: Actor, q: { campaign: string; no: number; asOf?: string | undefined }) {
  const view = await openView(s, actor, 'batch.read', q.campaign, q.asOf);
  if (isRefusal(view)) return view;
  const batch = (await listBatches(s, view)).find((b) => b.no === q.no);
  if (batch === undefined) return refuse('batch.unknown', { no: q.no });
  const fact = await s.names.find(s.database.db, 'letter.issued');
  const acts = fact === undefined ? [] : await listActsByFact(s.database.db, view.row, fact, view.watermark, q.no);
  const letters = new Map<number, { id: string; docNo: string; issuedAt: Instant; receivedAt: Instant | null }>();
  for (const a of acts) {
    if (a.kind === 'LetterIssued') {
      letters.set(a.payload.place, {
        id: a.streamId,
        docNo: a.payload.docNo,
        issuedAt: a.recordedAt,
        receivedAt: null,
      });
    } else if (a.kind === 'LetterReceived') {
      for (const [place, letter] of letters) if (letter.id === a.streamId) letters.set(place, { ...letter, receivedAt: a.happenedAt });
    }
  }
  const cities = view.campaign.settings.places.filter(
    (p) => p.code % 100 === 0 && p.code !== view.campaign.settings.root && view.scope.some((r) => covers(r, p.code)),
  );
  const refs = (more: FigureRef['filter']): FigureRef[] => columns.map((id) => ({ id, filter: { batches: [q.no], ...more } }));
  const all = await readValues(s, view, requestsOf(view, [...refs({}), ...cities.flatMap((c) => refs({ city: String(c.code) }))]));
  return {
    standing: await standingOf(s, view),
    batch,
    cities: cities.map((c, i) => ({
      place: c.code,
      name: c.name,
      letter: letters.get(c.code) ?? null,
      figures: all.slice((i + 1) * columns.length, (i + 2) * columns.length),
    })),
    total: all.slice(0, columns.length),
  };
}
