import { scopeOf, seesCampaign, type Actor } from '../../domain/access/policy.ts';
import { draft } from '../../domain/acts/act.ts';
import { parseInstant } from '../../domain/kernel/instant.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { decidePublish } from '../../domain/publication/published.ts';
import { findCampaign } from '../../storage/acts/read.ts';
import { takeCommand, type CommandDone } from '../command/take.ts';
import type { Services } from '../services.ts';
import { readPublished } from './view.ts';

/**
 * Releases figures to the public as of an instant (公布): from here on the campaign has public pages for it.
 * @refuses campaign.unknown, access.forbidden, asof.malformed, figure.unknown, publication.future, publication.not-later
 */
export async function publishFigures(
  s: Services,
  actor: Actor,
  q: { campaign: string; asOf: string; figures?: readonly string[] | undefined; id?: string | undefined },
): Promise<CommandDone | Refusal> {
  const row = await findCampaign(s.database.db, q.campaign);
  if (row === undefined || !seesCampaign(actor, q.campaign)) return refuse('campaign.unknown', { campaign: q.campaign });
  if (scopeOf(actor, 'figure.publish', q.campaign) === undefined) return refuse('access.forbidden', { verb: 'figure.publish' });
  const asOf = parseInstant(q.asOf);
  if (asOf === undefined) return refuse('asof.malformed', { value: q.asOf.slice(0, 60) });
  const payload = { asOf: q.asOf, ...(q.figures === undefined ? {} : { figures: [...new Set(q.figures)].sort() }) };
  // The command's id is the publication's too, so that the same command again finds the same thing.
  const id = q.id ?? s.newId();
  return takeCommand(s, {
    row,
    actor,
    id,
    happenedAt: undefined,
    subjectId: id,
    content: payload,
    decide: async ({ campaign, at }) => {
      const known = campaign.figures.map((f) => f.id);
      const unknown = q.figures?.find((figure) => !known.includes(figure));
      if (unknown !== undefined) return refuse('figure.unknown', { figure: unknown, known });
      return decidePublish(await readPublished(s, row), asOf, q.asOf, at) ?? [draft('publication', id, 'FiguresPublished', payload)];
    },
  });
}
