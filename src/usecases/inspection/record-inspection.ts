import { refusedAt, type Actor } from '../../domain/access/policy.ts';
import { draft } from '../../domain/acts/act.ts';
import { aspectInForce } from '../../domain/campaign/campaign.ts';
import { sameOfficer } from '../../domain/inspection/officers.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { foldSource } from '../../domain/sources/source.ts';
import { findCampaign, listStreamActs } from '../../storage/acts/read.ts';
import { takeCommand, type CommandDone } from '../command/take.ts';
import type { Services } from '../services.ts';

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
  const wrong = refusedAt(actor, 'inspection.record', q.campaign, found.place) ?? sameOfficer(q.officers);
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
