import { judge, refusedAt, type Actor } from '../../domain/access/policy.ts';
import { draft, type Draft } from '../../domain/acts/act.ts';
import type { EvidenceRef } from '../../domain/evidence/acts.ts';
import { aspectInForce } from '../../domain/campaign/campaign.ts';
import { levelOf } from '../../domain/kernel/place.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { findCampaign } from '../../storage/acts/read.ts';
import { foldSource } from '../../domain/sources/source.ts';
import { idOr, takeCommand, type CommandDone, type DecideTools } from '../command/take.ts';
import type { Services } from '../services.ts';

export interface NewProblem {
  readonly campaign: string;
  readonly id?: string | undefined;
  readonly happenedAt?: string | undefined;
  /** A number in the campaign's own pattern, for who may name one; else the next one is taken. */
  readonly no?: string | undefined;
  /** The number that somebody else knows it by. */
  readonly outsideNo?: string | undefined;
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
 *          problem.place-unknown, problem.number-pattern, problem.number-taken, problem.source-unknown, problem.source-elsewhere,
 *          and what `takeCommand` refuses
 */
export async function recordProblem(s: Services, actor: Actor, q: NewProblem): Promise<(CommandDone & { problemId: string }) | Refusal> {
  const row = await findCampaign(s.database.db, q.campaign);
  if (row === undefined) return refuse('campaign.unknown', { campaign: q.campaign });
  const wrong = refusedAt(actor, 'problem.found', q.campaign, q.place);
  if (wrong !== undefined) return wrong;
  const { campaign: _c, id, happenedAt, ...content } = q;
  // The act's own id names the problem too, so that sending it again finds the same problem.
  const problemId = idOr(id, s.newId);
  const done = await takeCommand(s, {
    row,
    actor,
    id: problemId,
    happenedAt,
    subjectId: problemId,
    content: JSON.parse(JSON.stringify(content)) as Record<string, unknown>,
    shares: true,
    decide: (tools) => decideFound(tools, q, problemId, actor),
  });
  return 'refused' in done ? done : { ...done, problemId };
}

async function decideFound(tools: DecideTools, q: NewProblem, problemId: string, actor: Actor): Promise<Draft[] | Refusal> {
  const { settings } = tools.campaign;
  const aspect = aspectInForce(tools.campaign, q.aspect);
  if (aspect === undefined) return refuse('problem.aspect-unknown', { aspect: q.aspect });
  if (!settings.types.some((t) => t.code === q.type)) return refuse('problem.type-unknown', { type: q.type });
  if (!settings.places.some((p) => p.code === q.place && levelOf(p.code) === 'county'))
    return refuse('problem.place-unknown', { place: q.place });
  const sourceId = q.sourceId ?? null;
  const source = sourceId === null ? undefined : foldSource(await tools.hold(sourceId));
  if (sourceId !== null && (source === undefined || judge(actor, 'source.read', q.campaign, source.place) !== 'allowed'))
    return refuse('problem.source-unknown', {});
  if (source !== undefined && source.place !== q.place) return refuse('problem.source-elsewhere', { source: source.no });
  const no = q.no === undefined ? await tools.numbers.next() : await namedNumber(tools, q.no, actor);
  if (isRefusal(no)) return no;
  return [
    draft('problem', problemId, 'ProblemFound', {
      no,
      ...(q.outsideNo === undefined ? {} : { outsideNo: q.outsideNo }),
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
}

/** Naming a number of the campaign is asked at its root: elsewhere it would tell which numbers are in use. */
async function namedNumber(tools: DecideTools, typed: string, actor: Actor): Promise<string | Refusal> {
  if (judge(actor, 'problem.found', tools.row.slug, tools.campaign.settings.root) !== 'allowed')
    return refuse('access.forbidden', { verb: 'problem.number' });
  return tools.numbers.name(typed);
}
