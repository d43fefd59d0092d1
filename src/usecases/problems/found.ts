import { judge, type Actor } from '../../domain/access/policy.ts';
import { draft } from '../../domain/acts/act.ts';
import type { EvidenceRef } from '../../domain/acts/payloads.ts';
import { aspectInForce } from '../../domain/campaign/campaign.ts';
import { levelOf } from '../../domain/kernel/place.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { findCampaign } from '../../storage/acts/read.ts';
import { takeCommand, type CommandDone } from '../command/take.ts';
import type { Services } from '../services.ts';
import { newNumber } from './command.ts';

export interface NewProblem {
  readonly campaign: string;
  readonly id?: string | undefined;
  readonly happenedAt?: string | undefined;
  readonly no?: string | undefined;
  readonly sourceId?: string | null | undefined;
  readonly unit: string;
  readonly place: number;
  readonly lon?: number | null | undefined;
  readonly lat?: number | null | undefined;
  readonly aspect: string;
  readonly tags?: readonly string[] | undefined;
  readonly type: string;
  readonly text: string;
  readonly clue: string;
  readonly evidence: readonly EvidenceRef[];
}

/**
 * Records a problem that was found.
 * @refuses campaign.unknown, item.unknown outside the jurisdiction, access.forbidden, problem.aspect-unknown, problem.type-unknown,
 *          problem.place-unknown, problem.number-taken, and what `takeCommand` refuses
 */
export async function recordProblem(s: Services, actor: Actor, q: NewProblem): Promise<(CommandDone & { problemId: string }) | Refusal> {
  const row = await findCampaign(s.database.db, q.campaign);
  if (row === undefined) return refuse('campaign.unknown', { campaign: q.campaign });
  const verdict = judge(actor, 'problem.found', q.campaign, q.place);
  if (verdict !== 'allowed')
    return verdict === 'absent' ? refuse('item.unknown', {}) : refuse('access.forbidden', { verb: 'problem.found' });
  const { campaign: _c, id, happenedAt, ...content } = q;
  // The act's own id names the problem too, so that sending it again finds the same problem.
  const problemId = id ?? s.newId();
  const done = await takeCommand(s, {
    row,
    actor,
    id,
    happenedAt,
    subjectId: problemId,
    content: JSON.parse(JSON.stringify(content)) as Record<string, unknown>,
    shares: true,
    decide: async (tools) => {
      const { settings } = tools.campaign;
      const aspect = aspectInForce(tools.campaign, q.aspect);
      if (aspect === undefined) return refuse('problem.aspect-unknown', { aspect: q.aspect });
      if (!settings.types.some((t) => t.code === q.type)) return refuse('problem.type-unknown', { type: q.type });
      if (!settings.places.some((p) => p.code === q.place && levelOf(p.code) === 'county'))
        return refuse('problem.place-unknown', { place: q.place });
      return [
        draft('problem', problemId, 'ProblemFound', {
          no: q.no ?? (await newNumber(tools)),
          sourceId: q.sourceId ?? null,
          unit: q.unit,
          place: q.place,
          lon: q.lon ?? null,
          lat: q.lat ?? null,
          aspect: aspect.code,
          aspectVersion: aspect.version,
          tags: q.tags ?? [],
          type: q.type,
          text: q.text,
          clue: q.clue,
          evidence: q.evidence,
        }),
      ];
    },
  });
  return 'refused' in done ? done : { ...done, problemId };
}
