import type { Actor } from '../../domain/access/policy.ts';
import type { FigureRef } from '../../domain/campaign/settings.ts';
import { dateOf, formatInstant, formatWithOffset } from '../../domain/kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import type { BulletinText } from '../../domain/publication/acts.ts';
import { endedPhases, phaseInstants, phaseSummary, questionSheet, type PhaseValue } from '../../domain/publication/proposals.ts';
import { printCohort } from '../../domain/publication/cohort.ts';
import type { TextLang } from '../../domain/publication/reading.ts';
import { openView } from '../figures/as-of.ts';
import { readValues, requestsOf } from '../figures/values.ts';
import { installation, type Services } from '../services.ts';
import { moneyOf } from './check.ts';
import { openOffice } from './access.ts';

export interface ProposeQuery {
  readonly campaign: string;
  readonly kind: string;
  readonly lang: TextLang;
  readonly asOf?: string | undefined;
  /** Code of an ended phase; the last one when absent. */
  readonly phase?: string | undefined;
}

/**
 * A text to begin with, written by the engine and stored nowhere: the questions and answers of the press conference, or the summary
 * of a phase that has ended. For the other kinds it is empty.
 * @refuses what opening refuses, bulletin.no-phase, asof.*
 */
export async function proposeText(s: Services, actor: Actor, q: ProposeQuery): Promise<BulletinText | Refusal> {
  const office = await openOffice(s, actor, 'bulletin.write', q.campaign);
  if (isRefusal(office)) return office;
  const { settings } = office.campaign;
  const view = await openView(s, installation, 'figure.read', q.campaign, q.asOf);
  if (isRefusal(view)) return view;
  const asOf = formatWithOffset(view.asOf, settings.utcOffsetMinutes);
  if (q.kind === 'qa' && view.campaign.figures.some((f) => f.id === 'clearance.rate')) {
    const published = settings.pressSet.find((r) => r.id === 'clearance.rate' && Array.isArray(r.filter.batches));
    return questionSheet(asOf, (published?.filter.batches as readonly number[] | undefined) ?? [], q.lang);
  }
  if (q.kind !== 'phase-summary') return { title: '', lang: q.lang, body: '', asOf };
  const ended = endedPhases(settings, dateOf(s.now(), settings.utcOffsetMinutes));
  const phase = q.phase === undefined ? ended[0] : ended.find((p) => p.code === q.phase);
  if (phase === undefined) return refuse('bulletin.no-phase', {});
  const { before, end } = phaseInstants(phase, settings.utcOffsetMinutes);
  const refs = settings.pressSet;
  const [old, now] = await Promise.all([valuesAt(s, q.campaign, before, refs), valuesAt(s, q.campaign, end, refs)]);
  if (isRefusal(now)) return now;
  const values = refs.flatMap((ref, i): PhaseValue[] => {
    const at = now[i];
    const definition = office.campaign.figures.findLast((f) => f.id === ref.id);
    if (at === undefined || definition === undefined) return [];
    const was = isRefusal(old) ? undefined : old[i];
    return [
      {
        ref,
        name: nameOf(settings, definition.name[q.lang], ref, q.lang),
        before: was?.numerator ?? null,
        end: at.numerator,
        unit: at.unit,
      },
    ];
  });
  return phaseSummary(settings, phase, values, moneyOf(office.campaign), q.lang);
}

async function valuesAt(s: Services, slug: string, at: ReturnType<typeof phaseInstants>['end'], refs: readonly FigureRef[]) {
  const view = await openView(s, installation, 'figure.read', slug, formatInstant(at));
  return isRefusal(view) ? view : readValues(s, view, requestsOf(view, refs));
}

function nameOf(settings: Parameters<typeof printCohort>[1], name: string, ref: FigureRef, lang: TextLang): string {
  const cohort = printCohort(ref.filter as never, settings, lang);
  return cohort === '' ? name : lang === 'zh' ? `${name}（${cohort}）` : `${name} (${cohort})`;
}
