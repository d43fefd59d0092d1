import { freeze, renderer } from '../../documents/publication/freeze.ts';
import type { Actor } from '../../domain/access/policy.ts';
import { draft } from '../../domain/acts/act.ts';
import type { Campaign } from '../../domain/campaign/campaign.ts';
import { parseInstant, type Instant } from '../../domain/kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import type { Artefact, ReleasedPayload } from '../../domain/publication/acts.ts';
import { decideRelease, foldBulletin, mayRelease, type Bulletin } from '../../domain/publication/bulletin.ts';
import { decideInstants } from '../../domain/publication/published.ts';
import { campaignStreamId, getCampaignState, listStreamActs } from '../../storage/acts/read.ts';
import { takeCommand } from '../command/take.ts';
import type { Services } from '../services.ts';
import { publishedIn } from '../../storage/publication/published.ts';
import { openBulletin, type Office } from './access.ts';
import { quotedInstants } from './check.ts';
import { currentCheckpoint } from './checkpoint.ts';
import { prepare, sha256, type Prepared } from './model.ts';
import { done, findErrors, type BulletinCommand, type BulletinDone } from './write.ts';

/**
 * Releases a submitted bulletin: figures are read as of their instants, files are made and stored, and one act freezes all of it.
 *
 * The files are made before the act is written; if the bulletin changed meanwhile the act is refused and the files lie unused.
 * The instants of its figures are published in the same transaction.
 * @refuses what opening refuses, bulletin.confirm, bulletin.two-persons, bulletin.wrong-state, bulletin.changed, bulletin.findings,
 *          bulletin.instant-passed, log.behind, log.stopped
 */
export async function releaseBulletin(
  s: Services,
  actor: Actor,
  q: BulletinCommand & { confirm: string },
): Promise<BulletinDone | Refusal> {
  const open = await openBulletin(s, actor, 'bulletin.release', q);
  if (isRefusal(open)) return open;
  const { bulletin } = open;
  const repeated = q.commandId !== undefined && open.acts.some((a) => a.id === q.commandId);
  let payload: ReleasedPayload | undefined;
  if (!repeated) {
    const refused = mayRelease(bulletin, q.version, actor.id);
    if (refused !== undefined) return refused;
    if (q.confirm.trim() !== String(bulletin.no)) return refuse('bulletin.confirm', { expected: String(bulletin.no) });
    const wrong = await findErrors(s, open, bulletin);
    if (wrong !== undefined) return wrong;
    const frozen = await freezeNow(s, open, bulletin);
    if (isRefusal(frozen)) return frozen;
    payload = frozen;
  }
  return done(
    await takeCommand(s, {
      row: open.row,
      actor,
      id: q.commandId,
      happenedAt: undefined,
      subjectId: q.id,
      content: { do: 'release', bulletin: q.id, version: q.version },
      decide: async (tools) => {
        const b = foldBulletin(await tools.hold(q.id));
        if (b === undefined || payload === undefined) return refuse('bulletin.unknown', {});
        const others = b.corrects === null ? [] : [b.corrects.id];
        // The campaign's own stream stands for all releases: one is decided after the other.
        const held = await tools.holdAll([campaignStreamId(open.row.id), ...others]);
        const corrected = b.corrects === null ? undefined : foldBulletin(held.get(b.corrects.id) ?? []);
        const drafts = decideRelease(b, q.version, tools.actor, payload, corrected);
        if (isRefusal(drafts)) return drafts;
        // What it quotes becomes public with it: its links lead to figures and records as of these instants.
        const instants = decideInstants(await publishedIn(tools.tx, open.row), quotedInstants(payload.figures), tools.at);
        if (isRefusal(instants)) return instants;
        return [...drafts, ...instants.map((asOf) => draft('publication', tools.newId(), 'FiguresPublished', { asOf }))];
      },
    }),
  );
}

async function freezeNow(s: Services, office: Office, b: Bulletin): Promise<ReleasedPayload | Refusal> {
  const releasedAt = s.now();
  const checkpoint = await currentCheckpoint(s, office.row);
  if (isRefusal(checkpoint)) return checkpoint;
  const { prepared, files } = await makeFiles(s, office, b, releasedAt, checkpoint);
  const artefacts: Artefact[] = [];
  for (const { format, bytes } of files) {
    const stored = await s.blobs.put(bytes);
    artefacts.push({ format, sha256: stored.sha256, bytes: bytes.byteLength });
  }
  return {
    figures: prepared.figures,
    artefacts,
    checkpoint,
    corrects: b.corrects?.id ?? null,
    releasedAt: prepared.model.releasedAt,
    renderer,
  };
}

/** The files of a bulletin as of its release; later on the same ones again. */
export async function makeFiles(
  s: Services,
  office: Office,
  b: Bulletin,
  releasedAt: Instant,
  checkpoint: ReleasedPayload['checkpoint'],
): Promise<{ prepared: Prepared; files: Awaited<ReturnType<typeof freeze>> }> {
  const campaign = (await getCampaignState(s.database.db, office.row, releasedAt)) as Campaign;
  const corrected = b.corrects === null ? undefined : foldBulletin(await listStreamActs(s.database.db, office.row, b.corrects.id));
  const prepared = await prepare(s, office, campaign, b, { releasedAt, checkpoint, corrected });
  return { prepared, files: await freeze(prepared.model, prepared.proof) };
}

export interface ReleasePreviewed {
  readonly bulletin: Bulletin;
  readonly model: Prepared['model'];
}

/** What would be frozen if it were released now: for the person who is asked to release it. @refuses as releasing, before the act */
export async function previewRelease(s: Services, actor: Actor, q: { campaign: string; id: string }): Promise<ReleasePreviewed | Refusal> {
  const open = await openBulletin(s, actor, 'bulletin.draft', q);
  if (isRefusal(open)) return open;
  const { bulletin } = open;
  if (bulletin.state === 'released') return refuse('bulletin.frozen', { no: bulletin.no });
  const wrong = await findErrors(s, open, bulletin);
  if (wrong !== undefined) return wrong;
  const checkpoint = await currentCheckpoint(s, open.row);
  if (isRefusal(checkpoint)) return checkpoint;
  const { prepared } = await makeFiles(s, open, bulletin, s.now(), checkpoint);
  return { bulletin, model: prepared.model };
}

/**
 * Makes a released bulletin again from the records (重建核对): every figure as of its instant, every file, compared with what was frozen.
 * @refuses bulletin.unknown, bulletin.wrong-state for one that is not released
 */
export async function rebuildBulletin(s: Services, actor: Actor, q: { campaign: string; id: string }) {
  const open = await openBulletin(s, actor, 'bulletin.read', q);
  if (isRefusal(open)) return open;
  const { bulletin } = open;
  const { released } = bulletin;
  if (released === null) return refuse('bulletin.wrong-state', { no: bulletin.no, state: bulletin.state, verb: 'rebuild' });
  const { prepared, files } = await makeFiles(s, open, bulletin, parseInstant(released.releasedAt) as Instant, released.checkpoint);
  const figures = released.figures.map((f, i) => {
    const now = prepared.figures[i];
    const same = now !== undefined && JSON.stringify(sorted(now)) === JSON.stringify(sorted(f));
    return { id: f.id, filter: f.filter, asOf: f.asOf, frozen: f.recordsRoot, rebuilt: now?.recordsRoot ?? null, same };
  });
  const artefacts = await Promise.all(
    released.artefacts.map(async (a) => {
      const made = files.find((f) => f.format === a.format);
      const rebuilt = made === undefined ? null : sha256(made.bytes);
      const stored = await s.blobs.stat(a.sha256);
      return { format: a.format, sha256: a.sha256, rebuilt, same: rebuilt === a.sha256, stored: stored?.bytes === a.bytes };
    }),
  );
  const sameRenderer = released.renderer === renderer;
  const same = figures.length === prepared.figures.length && figures.every((f) => f.same) && artefacts.every((a) => a.same && a.stored);
  return { no: bulletin.no, same, sameRenderer, renderer: released.renderer, figures, artefacts };
}

const sorted = (value: object) => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
