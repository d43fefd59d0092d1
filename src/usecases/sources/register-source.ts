import { refusedAt, type Actor } from '../../domain/access/policy.ts';
import { draft } from '../../domain/acts/act.ts';
import { levelOf } from '../../domain/kernel/place.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { isUscc } from '../../domain/sources/uscc.ts';
import { findCampaign } from '../../storage/acts/read.ts';
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
