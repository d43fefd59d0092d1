import { mayAtRoot, seesCampaign, type Actor } from '../../domain/access/policy.ts';
import { draft } from '../../domain/acts/act.ts';
import { formatInstant, parseInstant } from '../../domain/kernel/instant.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { decidePublish } from '../../domain/publication/published.ts';
import { lastRecord } from '../../storage/acts/latest.ts';
import { campaignStreamId, findCampaign, getCampaignState } from '../../storage/acts/read.ts';
import { idOr, takeCommand, type CommandDone } from '../command/take.ts';
import type { Services } from '../services.ts';
import { publishedIn } from '../../storage/publication/published.ts';

/**
 * Releases figures to the public as of an instant (公布): from here on the campaign has public pages for it.
 * @refuses campaign.unknown, access.forbidden, asof.malformed, figure.unknown, publication.future, publication.not-later,
 *   publication.after-records
 */
export async function publishFigures(
  s: Services,
  actor: Actor,
  q: { campaign: string; asOf: string; figures?: readonly string[] | undefined; id?: string | undefined },
): Promise<CommandDone | Refusal> {
  const row = await findCampaign(s.database.db, q.campaign);
  if (row === undefined || !seesCampaign(actor, q.campaign)) return refuse('campaign.unknown', { campaign: q.campaign });
  const state = await getCampaignState(s.database.db, row);
  if (state === undefined || !mayAtRoot(actor, 'figure.publish', q.campaign, state.settings.root))
    return refuse('access.forbidden', { verb: 'figure.publish' });
  const asOf = parseInstant(q.asOf);
  if (asOf === undefined) return refuse('asof.malformed', { value: q.asOf.slice(0, 60) });
  const payload = { asOf: q.asOf, ...(q.figures === undefined ? {} : { figures: [...new Set(q.figures)].sort() }) };
  // The command's id is the publication's too, so that the same command again finds the same thing.
  const id = idOr(q.id, s.newId);
  return takeCommand(s, {
    row,
    actor,
    id,
    happenedAt: undefined,
    subjectId: id,
    content: payload,
    decide: async (tools) => {
      const { campaign, at } = tools;
      const known = campaign.figures.map((f) => f.id);
      const unknown = q.figures?.find((figure) => !known.includes(figure));
      if (unknown !== undefined) return refuse('figure.unknown', { figure: unknown, known });
      // Releases go forward only, so one is decided after the other: the campaign's own stream stands for all of them.
      await tools.hold(campaignStreamId(row.id));
      // A snapshot may still come for any instant behind the last one, and would change what had been published of it.
      const last = row.mode === 'historic' ? await lastRecord(tools.tx, row.id) : undefined;
      if (last !== undefined && asOf > last.at) return refuse('publication.after-records', { asOf: q.asOf, last: formatInstant(last.at) });
      return decidePublish(await publishedIn(tools.tx, row), asOf, q.asOf, at) ?? [draft('publication', id, 'FiguresPublished', payload)];
    },
  });
}
