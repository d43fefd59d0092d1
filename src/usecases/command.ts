import { createHash } from 'node:crypto';
import type { Act, ActorRef, Draft } from '../domain/acts/act.ts';
import { canonicalJson } from '../domain/acts/leaf.ts';
import type { Actor } from '../domain/access/policy.ts';
import type { Campaign } from '../domain/campaign/campaign.ts';
import { parseInstant, startOfDate, type Instant } from '../domain/kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '../domain/kernel/refusal.ts';
import { factContext } from '../domain/projections/facts.ts';
import { factsOfCampaign } from '../domain/projections/fact-list.ts';
import { personalTexts } from '../domain/acts/personal.ts';
import { actStatements, violated } from '../storage/acts/append.ts';
import { type CommandRow, commandStatement, startCommand } from '../storage/acts/commands.ts';
import { listSealed, PersonalBook, personalStatements, type PersonalRow } from '../storage/acts/personal.ts';
import { getCampaignAt, listActsOfStreams, listStreamActs, type CampaignRow } from '../storage/acts/read.ts';
import type { Tx } from '../storage/database.ts';
import { projectionStatements, type StreamChange } from '../storage/projections/write.ts';
import { runTogether } from '../storage/statements.ts';
import type { Services } from './services.ts';

/** What a decision may load before it decides. */
export interface DecideTools {
  readonly tx: Tx;
  readonly campaign: Campaign;
  readonly row: CampaignRow;
  readonly at: Instant;
  readonly happenedAt: Instant;
  readonly actor: ActorRef;
  /** Acts of a stream; what a decision loads here is what its drafts are appended to. */
  readonly load: (streamId: string) => Promise<Act[]>;
  readonly newId: () => string;
}

export interface CommandRequest {
  readonly row: CampaignRow;
  readonly actor: Actor;
  /** The client's id; made here when absent. */
  readonly id: string | undefined;
  readonly happenedAt: string | undefined;
  /** All that the command says, for telling a repetition from another command with the same id. */
  readonly content: Record<string, unknown>;
  readonly subjectId: string;
  readonly decide: (tools: DecideTools) => Promise<Draft[] | Refusal>;
}

export interface CommandDone {
  readonly acts: Act[];
  readonly repeated: boolean;
  /** All acts of the command's subject, these included. */
  readonly subject: readonly Act[];
  readonly campaign: Campaign;
}

/**
 * Takes a command in: loads, decides, appends the acts and brings the projections up to date, all in one transaction.
 *
 * The same id with the same content is the same command and answers the same; with other content it is a conflict. When another
 * command took a stream's next place meanwhile, the decision is made again over what is there now.
 * @refuses command.id-conflict, command.busy, command.happened-future, command.happened-before-campaign, asof.malformed and
 *          whatever the decision refuses
 */
export async function takeCommand(s: Services, request: CommandRequest): Promise<CommandDone | Refusal> {
  const hash = createHash('sha256')
    .update(canonicalJson({ ...request.content, happenedAt: request.happenedAt ?? null }))
    .digest();
  const id = request.id ?? s.newId();
  for (let attempt = 0; ; attempt++) {
    try {
      return await s.database.db.transaction().execute((tx) => once(s, tx, request, id, hash));
    } catch (error) {
      if (error instanceof Refused) return error.refusal;
      const constraint = violated(error);
      if (constraint === 'items_campaign_id_kind_no_key') return refuse('problem.number-taken', { no: String(request.content.no ?? '') });
      if (constraint === undefined || attempt >= 4) {
        if (constraint !== undefined) return refuse('command.busy', {});
        throw error;
      }
    }
  }
}

/** Rolls the transaction back and carries the refusal out of it. */
class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

async function once(s: Services, tx: Tx, request: CommandRequest, id: string, hash: Buffer): Promise<CommandDone> {
  const start = await startCommand(tx, request.row, request.id, request.subjectId, request.actor);
  const { at } = start;
  const campaign = start.campaignLeaf === null ? undefined : await getCampaignAt(tx, request.row, start.campaignLeaf);
  if (campaign === undefined) throw new Refused(refuse('campaign.unknown', { campaign: request.row.slug }));
  if (start.before !== undefined) return repetition(request, start.before, start.acts, campaign, hash);
  const happenedAt = readHappened(request.happenedAt, at, campaign);
  if (isRefusal(happenedAt)) throw new Refused(happenedAt);
  const loaded = new Map<string, Act[]>([[request.subjectId, start.acts]]);
  const load = async (streamId: string) => {
    const acts = loaded.get(streamId) ?? (await listStreamActs(tx, request.row, streamId));
    loaded.set(streamId, acts);
    return acts;
  };
  const actor: ActorRef = { id: request.actor.id, org: request.actor.org, name: request.actor.name };
  const drafts = await request.decide({ tx, campaign, row: request.row, at, happenedAt, actor, load, newId: s.newId });
  if (isRefusal(drafts)) throw new Refused(drafts);
  const by = { id, actor, at, happenedAt, sealedName: start.actorSealed };
  const { acts, changes, personal } = await toActs(s, tx, request.row, drafts, loaded, by);
  // Projections know the campaign as it is before this command: an aspect defined now counts from the next one on.
  const facts = await s.names.ensure(s.database.db, factsOfCampaign(campaign.settings));
  await runTogether(tx, [
    ...actStatements(request.row, acts),
    ...personalStatements(request.row, personal),
    ...projectionStatements(request.row, changes, factContext(campaign.settings), facts),
    commandStatement(request.row, {
      id,
      content_hash: hash,
      actor_id: actor.id,
      act_ids: acts.map((a) => a.id),
      subject_id: request.subjectId,
      recordedAt: at,
    }),
  ]);
  const subject = changes.find((c) => c.streamId === request.subjectId)?.after ?? start.acts;
  return { acts, repeated: false, subject, campaign };
}

function repetition(request: CommandRequest, before: CommandRow, subject: readonly Act[], campaign: Campaign, hash: Buffer): CommandDone {
  if (!before.content_hash.equals(hash) || before.actor_id !== request.actor.id) {
    throw new Refused(refuse('command.id-conflict', { id: request.id ?? '' }));
  }
  const ids = new Set(before.act_ids);
  return { acts: subject.filter((a) => ids.has(a.id)), repeated: true, subject, campaign };
}

function readHappened(text: string | undefined, at: Instant, campaign: Campaign): Instant | Refusal {
  if (text === undefined) return at;
  const happenedAt = parseInstant(text);
  if (happenedAt === undefined) return refuse('asof.malformed', { value: text });
  if (happenedAt > at) return refuse('command.happened-future', { happenedAt: text });
  const first = campaign.settings.phases[0]?.from;
  if (first !== undefined && happenedAt < startOfDate(first, campaign.settings.utcOffsetMinutes)) {
    return refuse('command.happened-before-campaign', { happenedAt: text, first });
  }
  return happenedAt;
}

async function toActs(
  s: Services,
  tx: Tx,
  row: CampaignRow,
  drafts: readonly Draft[],
  loaded: ReadonlyMap<string, Act[]>,
  by: { id: string; actor: ActorRef; at: Instant; happenedAt: Instant; sealedName: string | null },
): Promise<{ acts: Act[]; changes: StreamChange[]; personal: PersonalRow[] }> {
  const book = new PersonalBook(row);
  if (by.sealedName !== null) book.know(by.actor.name, by.actor.id, by.sealedName);
  const missing = [...new Set(drafts.map((d) => d.streamId))].filter((id) => !loaded.has(id));
  const others = missing.length === 0 ? new Map<string, Act[]>() : await listActsOfStreams(tx, row, missing);
  const after = new Map<string, Act[]>();
  const before = new Map<string, Act[]>();
  const acts: Act[] = [];
  for (const d of drafts) {
    const known = before.get(d.streamId) ?? loaded.get(d.streamId) ?? others.get(d.streamId) ?? [];
    before.set(d.streamId, known);
    const list = after.get(d.streamId) ?? [...known];
    const last = list.at(-1);
    const act = await sealed(tx, row, book, {
      id: acts.length === 0 ? by.id : s.newId(),
      campaign: row.slug,
      stream: d.stream,
      streamId: d.streamId,
      seq: list.length + 1,
      kind: d.kind,
      schema: 1,
      payload: d.payload,
      actor: by.actor,
      happenedAt: by.happenedAt,
      // Within a stream, recording never goes back, whatever the server's clock did.
      recordedAt: last !== undefined && last.recordedAt > by.at ? last.recordedAt : by.at,
    } as Act);
    list.push(act);
    after.set(d.streamId, list);
    acts.push(act);
  }
  const changes = [...after].map(([streamId, list]) => ({ streamId, before: before.get(streamId) ?? [], after: list }));
  return { acts, changes, personal: book.take() };
}

/** The act with commitments instead of names; a name that has one in this campaign keeps it. */
async function sealed(tx: Tx, row: CampaignRow, book: PersonalBook, act: Act): Promise<Act> {
  const others = personalTexts(act).filter((t) => t.subject !== act.actor.id);
  for (const known of await listSealed(tx, row, others)) book.know(known.value, known.subject, known.sealed);
  return book.seal(act);
}
