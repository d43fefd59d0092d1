import type { Instant } from '../../domain/kernel/instant.ts';
import type { Services } from '../services.ts';
import { releases, type PublicView } from './view.ts';

export interface PublicCase {
  readonly no: string;
  readonly unit: string;
  readonly text: string;
  readonly at: Instant;
}

/** Published typical cases in the words of their publication; one withdrawn today is gone from every page, whatever its instant. */
export async function readPublicCases(s: Services, view: PublicView): Promise<PublicCase[]> {
  const acts = await releases(s, view.row, 'publication.case');
  return acts
    .filter((a) => a.recordedAt <= view.peopleUpTo)
    .flatMap((a) => (a.kind === 'CasePublished' ? [{ ...a.payload, at: a.recordedAt }] : []))
    .sort((a, b) => (a.at < b.at ? -1 : 1));
}
