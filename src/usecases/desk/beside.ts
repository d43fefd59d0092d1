import { mayAtRoot, type Actor } from '../../domain/access/policy.ts';
import { openActor } from '../../domain/acts/personal.ts';
import { foldBulletin, mayRelease, type Bulletin } from '../../domain/publication/bulletin.ts';
import type { Act } from '../../domain/acts/act.ts';
import { openSealed } from '../../storage/acts/personal.ts';
import { listBulletinActs } from '../../storage/publication/bulletins.ts';
import type { View } from '../figures/as-of.ts';
import { opened } from '../items/read.ts';
import { leadsOf } from '../leads/read.ts';
import type { Services } from '../services.ts';
import { lettersToSign } from '../supervision/batches.ts';
import type { DeskGroupSeen, DeskPart, ReturnedSeen, SentSeen } from './seen.ts';

interface BulletinsOnDesk {
  readonly groups: readonly DeskGroupSeen[];
  readonly sent: readonly SentSeen[];
  readonly returned: readonly ReturnedSeen[];
}

/** Bulletins that wait for this person's release or another draft, those they put forward, and those that came back to them. */
export async function deskBulletins(s: Services, actor: Actor, view: View): Promise<BulletinsOnDesk> {
  const { root } = view.campaign.settings;
  const may = (verb: 'bulletin.write' | 'bulletin.release') => mayAtRoot(actor, verb, view.row.slug, root);
  if (!may('bulletin.write') && !may('bulletin.release')) return { groups: [], sent: [], returned: [] };
  const all: { b: Bulletin; acts: readonly Act[] }[] = [];
  for (const acts of (await listBulletinActs(s.database.db, view.row)).values()) {
    const b = foldBulletin(acts, view.peopleUpTo);
    if (b !== undefined) all.push({ b, acts: acts.filter((a) => a.recordedAt <= view.peopleUpTo) });
  }
  const release = all.filter(({ b }) => may('bulletin.release') && mayRelease(b, b.version, actor.id) === undefined);
  const back = all.filter(({ b }) => may('bulletin.write') && b.state === 'returned' && b.authors.includes(actor.id));
  const sent = all.filter(
    ({ b, acts }) => b.state === 'submitted' && acts.findLast((a) => a.kind === 'BulletinSubmitted')?.actor.id === actor.id,
  );
  return {
    groups: [group('release', release), group('revise', back)].filter((g) => g.count > 0),
    sent: sent.map(({ b }) => ({
      ...{ kind: 'BulletinSubmitted', state: 'submitted', count: 1, at: b.changedAt, no: String(b.no), text: b.title, id: b.id },
    })),
    returned: await Promise.all(back.map((x) => returnedOf(s, view, x))),
  };
}

function group(code: string, list: readonly { readonly b: Bulletin }[]): DeskGroupSeen {
  const oldest = list.map(({ b }) => b.changedAt).toSorted((a, b) => a - b);
  const lines = list
    .slice(0, 3)
    .map(({ b }): DeskPart => ({ place: null, count: 1, since: b.changedAt, due: null, no: String(b.no), text: b.title, id: b.id }));
  return { code, count: list.length, since: oldest[0] ?? null, due: null, ahead: [], later: null, query: null, lines };
}

async function returnedOf(s: Services, view: View, { b, acts }: { b: Bulletin; acts: readonly Act[] }): Promise<ReturnedSeen> {
  const act = acts.findLast((a) => a.kind === 'BulletinReturned');
  const names = opened(await openSealed(s.database.db, view.row.id, acts));
  const by = act === undefined ? { org: '', name: '' } : openActor(act.actor, names);
  return {
    ...{ kind: 'BulletinReturned', no: String(b.no), text: b.title, id: b.id, at: b.changedAt },
    ...{ org: by.org, by: by.name, reason: b.returnedFor ?? '' },
  };
}

/** Leads that this person may close. */
export async function deskLeads(s: Services, actor: Actor, view: View): Promise<DeskGroupSeen[]> {
  const { root } = view.campaign.settings;
  if (!mayAtRoot(actor, 'lead.close', view.row.slug, root)) return [];
  const open = (await leadsOf(s, view)).filter((lead) => lead.closed === null && lead.by.id !== actor.id);
  if (open.length === 0) return [];
  const oldest = open.at(-1)?.raisedAt ?? null;
  const lines = open
    .slice(0, 3)
    .map((lead): DeskPart => ({ place: null, count: lead.count, since: lead.raisedAt, due: null, no: null, text: lead.by.name, id: null }));
  return [{ code: 'lead', count: open.length, since: oldest, due: null, ahead: [], later: null, query: null, lines }];
}

/** Letters that the asker's government has to sign for. */
export async function deskLetters(s: Services, actor: Actor, view: View): Promise<DeskGroupSeen[]> {
  const letters = await lettersToSign(s, actor, view);
  if (letters.length === 0) return [];
  const lines = letters
    .slice(0, 3)
    .map((l): DeskPart => ({ place: null, count: 1, since: l.issuedAt, due: null, no: null, text: l.docNo, id: null }));
  const since = letters[0]?.issuedAt ?? null;
  return [{ code: 'receive', count: letters.length, since, due: null, ahead: [], later: null, query: null, lines }];
}
