import { judge, scopeOf, type Actor } from '../../domain/access/policy.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import { covers } from '../../domain/kernel/place.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { foldLetter, mayReceive, type Letter } from '../../domain/supervision/letter.ts';
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

/** What the list of batches says of each. */
const listed = ['problems.supervised', 'problems.rectified', 'clearance.rate', 'problems.overdue'];

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

/** Letters as of a view's instant, of one batch or of all. */
async function lettersOf(s: Services, view: View, batch?: number): Promise<Letter[]> {
  const fact = await s.names.find(s.database.db, 'letter.issued');
  const acts = fact === undefined ? [] : await listActsByFact(s.database.db, view.row, fact, view.watermark, batch);
  return [...Map.groupBy(acts, (a) => a.streamId).values()].flatMap((own) => foldLetter(own) ?? []);
}

function letterSeen(view: View, actor: Actor, letter: Letter | undefined) {
  if (letter === undefined) return null;
  const { id, docNo, issuedAt, place } = letter;
  const mine = view.current && mayReceive(letter, actor.org) && judge(actor, 'letter.receive', view.row.slug, place) === 'allowed';
  return { id, docNo, issuedAt, receivedAt: letter.received?.at ?? null, canReceive: mine };
}

/** Letters that the asker may sign for now, the oldest first. */
export async function lettersToSign(s: Services, actor: Actor, view: View): Promise<Letter[]> {
  if (!view.current || scopeOf(actor, 'letter.receive', view.row.slug) === undefined) return [];
  const mine = (await lettersOf(s, view)).filter((l) => letterSeen(view, actor, l)?.canReceive === true);
  return mine.toSorted((a, b) => a.issuedAt - b.issuedAt);
}

export type BatchesSeen = Exclude<Awaited<ReturnType<typeof readBatches>>, Refusal>;

/**
 * All batches, the newest first, with their letters in the asker's jurisdiction.
 * @refuses what opening a view refuses
 */
export async function readBatches(s: Services, actor: Actor, q: { campaign: string; asOf?: string | undefined }) {
  const view = await openView(s, actor, 'batch.read', q.campaign, q.asOf);
  if (isRefusal(view)) return view;
  const batches = (await listBatches(s, view)).reverse();
  const letters = (await lettersOf(s, view)).filter((l) => view.scope.some((r) => covers(r, l.place)));
  const refs = requestsOf(
    view,
    batches.flatMap((b) => listed.map((id) => ({ id, filter: { batches: [b.no] } }))),
  );
  const figures = await readValues(s, view, refs);
  const each = batches.length === 0 ? 0 : refs.length / batches.length;
  return {
    standing: await standingOf(s, view),
    batches: batches.map((b, i) => {
      const own = letters.filter((l) => l.batch === b.no);
      return {
        ...b,
        letters: own.length,
        received: own.filter((l) => l.received !== null).length,
        mine: own.filter((l) => letterSeen(view, actor, l)?.canReceive === true).length,
        figures: figures.slice(i * each, (i + 1) * each),
      };
    }),
  };
}

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
  const letters = new Map((await lettersOf(s, view, q.no)).map((l) => [l.place, l]));
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
      letter: letterSeen(view, actor, letters.get(c.code)),
      figures: all.slice((i + 1) * columns.length, (i + 2) * columns.length),
    })),
    total: all.slice(0, columns.length),
  };
}
