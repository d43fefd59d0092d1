import { inOrder, type Act } from '../acts/act.ts';
import { parseInstant, type Instant } from '../kernel/instant.ts';
import { refuse, type Refusal } from '../kernel/refusal.ts';

/** Figures released to the public as of an instant (公布时刻). */
export interface PublishedFigures {
  /** Instant the figures stand for. */
  readonly asOf: Instant;
  /** When the release was recorded. */
  readonly recordedAt: Instant;
  /** Ids released; null: every figure of the dictionary. */
  readonly figures: ReadonlySet<string> | null;
}

/**
 * Published instants of a campaign, ascending, each once.
 *
 * Two releases of one instant add up. A release that was withdrawn is none.
 * @param streams  acts of the publication streams, any order; other kinds are ignored
 */
export function publishedFigures(streams: Iterable<readonly Act[]>): PublishedFigures[] {
  const byInstant = new Map<number, PublishedFigures>();
  for (const acts of streams) {
    let released: PublishedFigures | undefined;
    for (const act of inOrder(acts)) {
      if (act.kind === 'FiguresPublished') {
        const asOf = parseInstant(act.payload.asOf);
        const figures = act.payload.figures === undefined ? null : new Set(act.payload.figures);
        if (asOf !== undefined) released = { asOf, recordedAt: act.recordedAt, figures };
      } else if (act.kind === 'PublicationWithdrawn') released = undefined;
    }
    if (released === undefined) continue;
    const before = byInstant.get(released.asOf);
    byInstant.set(released.asOf, before === undefined ? released : union(before, released));
  }
  return [...byInstant.values()].sort((a, b) => a.asOf - b.asOf);
}

function union(a: PublishedFigures, b: PublishedFigures): PublishedFigures {
  const recordedAt = a.recordedAt < b.recordedAt ? a.recordedAt : b.recordedAt;
  const figures = a.figures === null || b.figures === null ? null : new Set([...a.figures, ...b.figures]);
  return { asOf: a.asOf, recordedAt, figures };
}

/** The published instant at or before an asked one; undefined when there is none so early. */
export function publishedAt(all: readonly PublishedFigures[], asked: Instant): PublishedFigures | undefined {
  return all.findLast((p) => p.asOf <= asked);
}

/**
 * Whether figures may be released as of an instant.
 *
 * Releases go forward only: what is hidden as of an instant depends on what was shown before it (see `suppression`), and what was
 * once shown never changes.
 * @refuses publication.not-later, publication.future
 */
export function decidePublish(all: readonly PublishedFigures[], asOf: Instant, text: string, at: Instant): Refusal | undefined {
  if (asOf > at) return refuse('publication.future', { asOf: text });
  const last = all.at(-1);
  if (last !== undefined && asOf <= last.asOf) return refuse('publication.not-later', { asOf: text });
  return undefined;
}

/** An instant that is quoted, with the figures that are quoted as of it. */
export interface QuotedInstant {
  readonly asOf: string;
  readonly figures: readonly string[];
}

/**
 * Which of the instants that a bulletin quotes have to be published with it, ascending (随通报公布的时刻).
 *
 * An instant at which all that is quoted is public already is not published again. Releases go forward only, so one before the last
 * release that was never published cannot be any more.
 * @refuses bulletin.instant-passed, publication.future
 */
export function decideInstants(all: readonly PublishedFigures[], quoted: readonly QuotedInstant[], at: Instant): string[] | Refusal {
  const needed = new Map<Instant, string>();
  for (const q of quoted) {
    const asOf = parseInstant(q.asOf);
    if (asOf === undefined) return refuse('asof.malformed', { value: q.asOf.slice(0, 60) });
    const known = all.find((p) => p.asOf === asOf);
    if (known !== undefined && q.figures.every((id) => known.figures === null || known.figures.has(id))) continue;
    const refused = decidePublish(all, asOf, q.asOf, at);
    if (refused?.code === 'publication.not-later') return refuse('bulletin.instant-passed', { asOf: q.asOf });
    if (refused !== undefined) return refused;
    needed.set(asOf, q.asOf);
  }
  return [...needed].sort(([a], [b]) => a - b).map(([, text]) => text);
}
