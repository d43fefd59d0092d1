import { refusedAt, type Actor } from '../../domain/access/policy.ts';
import { draft } from '../../domain/acts/act.ts';
import { aspectInForce } from '../../domain/campaign/campaign.ts';
import { levelOf } from '../../domain/kernel/place.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { isUscc } from '../../domain/sources/uscc.ts';
import { findCampaign, listStreamActs } from '../../storage/acts/read.ts';
import { foldSource } from '../../domain/sources/source.ts';
import { identifierForm } from '../../domain/kernel/text.ts';
import { idOr, takeCommand, type CommandDone } from '../command/take.ts';
import type { Services } from '../services.ts';

export interface NewSource {
  readonly campaign: string;
  readonly id?: string | undefined;
  readonly happenedAt?: string | undefined;
  readonly name: string;
  readonly uscc: string | null;
  readonly place: number;
  readonly lon?: number | null | undefined;
  readonly lat?: number | null | undefined;
  readonly industry: string;
  readonly outlets?: readonly string[] | undefined;
  readonly scattered?: boolean | undefined;
}

/**
 * Registers a pollution source.
 * @refuses campaign.unknown, item.unknown, access.forbidden, source.uscc, problem.place-unknown
 */
export async function registerSource(s: Services, actor: Actor, q: NewSource): Promise<(CommandDone & { sourceId: string }) | Refusal> {
  const row = await findCampaign(s.database.db, q.campaign);
  if (row === undefined) return refuse('campaign.unknown', { campaign: q.campaign });
  const wrong = refusedAt(actor, 'source.register', q.campaign, q.place);
  if (wrong !== undefined) return wrong;
  if (q.uscc !== null && !isUscc(q.uscc)) return refuse('source.uscc', { uscc: q.uscc });
  const { campaign: _c, id, happenedAt, ...content } = q;
  const sourceId = idOr(id, s.newId);
  const done = await takeCommand(s, {
    row,
    actor,
    id: sourceId,
    happenedAt,
    subjectId: sourceId,
    content: JSON.parse(JSON.stringify(content)) as Record<string, unknown>,
    shares: true,
    decide: async (tools) => {
      if (!tools.campaign.settings.places.some((p) => p.code === q.place && levelOf(p.code) === 'county'))
        return refuse('problem.place-unknown', { place: q.place });
      return [
        draft('source', sourceId, 'SourceRegistered', {
          no: `Y-${sourceId.replaceAll('-', '').slice(-12)}`,
          name: q.name,
          uscc: q.uscc,
          place: q.place,
          lon: q.lon ?? null,
          lat: q.lat ?? null,
          industry: q.industry,
          outlets: q.outlets ?? [],
          scattered: q.scattered ?? false,
        }),
      ];
    },
  });
  return 'refused' in done ? done : { ...done, sourceId };
}

export interface NewInspection {
  readonly campaign: string;
  readonly id?: string | undefined;
  readonly happenedAt?: string | undefined;
  readonly sourceId: string;
  readonly aspect: string;
  readonly officers: readonly string[];
  readonly legalBody: string;
  readonly result: 'clean' | 'problems';
  readonly text: string;
}

/**
 * Records a completed inspection of a source: two officers, one legal body.
 * @refuses item.unknown, access.forbidden, problem.aspect-unknown, inspection.same-officer
 */
export async function recordInspection(s: Services, actor: Actor, q: NewInspection): Promise<CommandDone | Refusal> {
  const row = await findCampaign(s.database.db, q.campaign);
  if (row === undefined) return refuse('item.unknown', {});
  const found = foldSource(await listStreamActs(s.database.db, row, q.sourceId));
  if (found === undefined) return refuse('item.unknown', {});
  const wrong = refusedAt(actor, 'inspection.record', q.campaign, found.place) ?? twoOfficers(q.officers);
  if (wrong !== undefined) return wrong;
  const { campaign: _c, id, happenedAt, ...content } = q;
  return takeCommand(s, {
    row,
    actor,
    id,
    happenedAt,
    subjectId: q.sourceId,
    content: JSON.parse(JSON.stringify(content)) as Record<string, unknown>,
    shares: true,
    decide: async (tools) => {
      const source = foldSource(await tools.hold(q.sourceId));
      if (source === undefined) return refuse('item.unknown', {});
      const aspect = aspectInForce(tools.campaign, q.aspect);
      if (aspect === undefined) return refuse('problem.aspect-unknown', { aspect: q.aspect });
      const { officers, legalBody, result, text } = q;
      return [
        draft('source', source.id, 'InspectionCompleted', {
          no: `J-${source.inspections + 1}`,
          place: source.place,
          aspect: aspect.code,
          officers,
          legalBody,
          result,
          text,
        }),
      ];
    },
  });
}

/** Two officers are two persons (两名以上执法人员): a name that stands twice is one. */
function twoOfficers(names: readonly string[]): Refusal | undefined {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(identifierForm(name))) return refuse('inspection.same-officer', { name });
    seen.add(identifierForm(name));
  }
  return undefined;
}
