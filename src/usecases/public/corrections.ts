import type { Instant } from '../../domain/kernel/instant.ts';
import { listWithdrawnPublications } from '../../storage/public/withdrawn.ts';
import type { Services } from '../services.ts';
import type { PublicView } from './view.ts';

export interface Correction {
  readonly at: Instant;
  readonly reason: string;
  /** A published case by its number, or figures by the instant they stood for, as it was published. The name of a withdrawn case is not repeated. */
  readonly what: { readonly kind: 'case'; readonly no: string } | { readonly kind: 'figures'; readonly asOf: string };
}

/** What was published and taken back by the view's instant, newest first. */
export async function readCorrections(s: Services, view: PublicView): Promise<Correction[]> {
  const facts = await Promise.all(['publication.case', 'publication.figures'].map((name) => s.names.find(s.database.db, name)));
  const acts = await listWithdrawnPublications(
    s.database.db,
    view.row,
    facts.filter((no) => no !== undefined),
    view.peopleUpTo,
  );
  const what = new Map<string, Correction['what']>();
  const out: Correction[] = [];
  for (const a of acts) {
    if (a.kind === 'CasePublished') what.set(a.streamId, { kind: 'case', no: a.payload.no });
    if (a.kind === 'FiguresPublished') what.set(a.streamId, { kind: 'figures', asOf: a.payload.asOf });
    const subject = what.get(a.streamId);
    if (a.kind === 'PublicationWithdrawn' && subject !== undefined) {
      out.push({ at: a.recordedAt, reason: a.payload.reason, what: subject });
    }
  }
  return out.reverse();
}
