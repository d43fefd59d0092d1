import { inScope, mayAtRoot, scopeOf, type Actor } from '../../domain/access/policy.ts';
import { dateOf } from '../../domain/kernel/instant.ts';
import { cityOf, type PlaceCode } from '../../domain/kernel/place.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { addresseeOf, letterNumber, placeName } from '../../domain/supervision/letters.ts';
import { foldProblem } from '../../domain/problems/state.ts';
import { decideIssue } from '../../domain/supervision/issue.ts';
import { nextBatchNo } from '../../storage/acts/batches.ts';
import { findCampaign, getCampaignState } from '../../storage/acts/read.ts';
import { idOr, takeCommand, type CommandDone } from '../command/take.ts';
import type { Services } from '../services.ts';

export interface IssueBatch {
  readonly campaign: string;
  readonly id?: string | undefined;
  readonly happenedAt?: string | undefined;
  readonly name: string;
  readonly deadline: string;
  readonly problems: readonly string[];
}

/**
 * Issues the next batch: one letter a city, every problem supervised, all or nothing.
 * @refuses campaign.unknown, access.forbidden, item.unknown for a problem outside sight, batch.*
 */
export async function issueBatch(s: Services, actor: Actor, q: IssueBatch): Promise<(CommandDone & { no: number }) | Refusal> {
  const row = await findCampaign(s.database.db, q.campaign);
  const scope = row === undefined ? undefined : scopeOf(actor, 'item.read', q.campaign);
  if (row === undefined || scopeOf(actor, 'campaign.read', q.campaign) === undefined)
    return refuse('campaign.unknown', { campaign: q.campaign });
  const state = await getCampaignState(s.database.db, row);
  if (state === undefined || scope === undefined || !mayAtRoot(actor, 'batch.issue', q.campaign, state.settings.root))
    return refuse('access.forbidden', { verb: 'batch.issue' });
  const batchId = idOr(q.id, s.newId);
  let no = 0;
  const done = await takeCommand(s, {
    row,
    actor,
    id: batchId,
    happenedAt: q.happenedAt,
    subjectId: batchId,
    content: { name: q.name, deadline: q.deadline, problems: [...q.problems].sort() },
    decide: async (tools) => {
      const ids = [...new Set(q.problems.map((id) => id.toLowerCase()))];
      const streams = await tools.holdAll(ids);
      const problems = [];
      for (const id of ids) {
        const p = foldProblem(streams.get(id) ?? []);
        if (p === undefined || !inScope(scope, p.found.place)) return refuse('item.unknown', {});
        problems.push(p);
      }
      no = await nextBatchNo(tools.tx, row);
      const { settings, organisations } = tools.campaign;
      const issuedOn = dateOf(tools.happenedAt, settings.utcOffsetMinutes);
      const letters = new Map<PlaceCode, { id: string; government: string; docNo: string }>();
      for (const p of problems) {
        const city = cityOf(p.found.place);
        if (letters.has(city)) continue;
        const government = addresseeOf(organisations, city);
        if (government === undefined) return refuse('batch.no-addressee', { city: placeName(settings, city) });
        const docNo = letterNumber(settings, { name: q.name, batch: no, n: letters.size + 1, issuedOn });
        letters.set(city, { id: tools.newId(), government: government.code, docNo });
      }
      return decideIssue({ batchId, no, name: q.name, deadline: q.deadline, issuedOn, problems, letters });
    },
  });
  if ('refused' in done) return done;
  const issued = done.acts.find((a) => a.kind === 'BatchIssued');
  return { ...done, no: issued?.kind === 'BatchIssued' ? issued.payload.no : no };
}
