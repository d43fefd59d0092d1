import { mayAtRoot, seesCampaign, type Actor } from '../../domain/access/policy.ts';
import { draft } from '../../domain/acts/act.ts';
import type { AspectDefinition } from '../../domain/campaign/settings.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { campaignStreamId, findCampaign, getCampaignState } from '../../storage/acts/read.ts';
import { takeCommand, type CommandDone } from '../command/take.ts';
import type { Services } from '../services.ts';

/**
 * Adds an aspect while the campaign runs: known from the instant it was recorded, no release needed.
 * @refuses campaign.unknown, access.forbidden, aspect.exists
 */
export async function defineAspect(
  s: Services,
  actor: Actor,
  q: Omit<AspectDefinition, 'no' | 'version'> & { campaign: string; id?: string | undefined },
): Promise<(CommandDone & { aspect: AspectDefinition | undefined }) | Refusal> {
  const row = await findCampaign(s.database.db, q.campaign);
  if (row === undefined || !seesCampaign(actor, q.campaign)) return refuse('campaign.unknown', { campaign: q.campaign });
  const state = await getCampaignState(s.database.db, row);
  if (state === undefined || !mayAtRoot(actor, 'aspect.define', q.campaign, state.settings.root))
    return refuse('access.forbidden', { verb: 'aspect.define' });
  const { campaign: _c, id, ...definition } = q;
  const stream = campaignStreamId(row.id);
  const done = await takeCommand(s, {
    row,
    actor,
    id,
    happenedAt: undefined,
    subjectId: stream,
    content: JSON.parse(JSON.stringify(definition)) as Record<string, unknown>,
    decide: async (tools) => {
      await tools.hold(stream);
      const { aspects } = tools.campaign.settings;
      if (aspects.some((a) => a.code === q.code)) return refuse('aspect.exists', { code: q.code });
      const no = Math.max(0, ...aspects.map((a) => a.no)) + 1;
      return [draft('campaign', stream, 'AspectDefined', { ...definition, no, version: 1 })];
    },
  });
  if ('refused' in done) return done;
  const act = done.acts.find((a) => a.kind === 'AspectDefined');
  return { ...done, aspect: act?.kind === 'AspectDefined' ? act.payload : undefined };
}
