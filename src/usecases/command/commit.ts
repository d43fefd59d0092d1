import type { Act, ActorRef, Draft } from '../../domain/acts/act.ts';
import { besideRecords, misplaced } from '../../domain/acts/streams.ts';
import type { Actor } from '../../domain/access/policy.ts';
import type { Campaign } from '../../domain/campaign/campaign.ts';
import { formatInstant, parseInstant, startOfDate, type Instant } from '../../domain/kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { untidyPath } from '../../domain/kernel/text.ts';
import { factContext } from '../../domain/projections/context.ts';
import { factsOfCampaign } from '../../domain/projections/fact-list.ts';
import { personalTexts } from '../../domain/acts/personal.ts';
import { actStatements } from '../../storage/acts/append.ts';
import { type CommandRow, commandsStatement, startCommands } from '../../storage/acts/commands.ts';
import { listSealed, PersonalBook, personalStatements } from '../../storage/acts/personal.ts';
import { getCampaignAt, listActsOfStreams, type CampaignRow } from '../../storage/acts/read.ts';
import { streamStatements } from '../../storage/acts/streams.ts';
import type { Tx } from '../../storage/database.ts';
import { projectionStatements, type StreamChange } from '../../storage/projections/write.ts';
import { runTogether } from '../../storage/statements.ts';
import type { Services } from '../services.ts';
import { Loaded, PutOff, type Decide } from './decision.ts';
import { Numbers } from './numbers.ts';

export interface CommandRequest {
  readonly row: CampaignRow;
  readonly actor: Actor;
  /** The client's id; made here when absent. */
  readonly id: string | undefined;
  readonly happenedAt: string | undefined;
  /** All that the command says, for telling a repetition from another command with the same id. */
  readonly content: Record<string, unknown>;
  readonly subjectId: string;
  /** The decision writes nothing itself, so that it may share a transaction with others (see `takeCommand`). */
  readonly shares?: boolean;
  /** Commands that have this in common are taken one after the other: each of their decisions counts what the ones before it did. */
  readonly apart?: string | undefined;
  readonly decide: Decide;
}

export interface CommandDone {
  readonly acts: Act[];
  readonly repeated: boolean;
  /** All acts of the command's subject, these included. */
  readonly subject: readonly Act[];
  readonly campaign: Campaign;
  /** Names by the commitments that stand for them in the acts, as far as the command came by them. */
  readonly names: ReadonlyMap<string, string>;
}

/** A command with its id and the fingerprint of what it says. */
export interface ReadyCommand extends CommandRequest {
  readonly commandId: string;
  readonly hash: Buffer;
}

/** What all commands of a transaction share. */
interface Shared {
  readonly tx: Tx;
  readonly row: CampaignRow;
  readonly campaign: Campaign;
  readonly at: Instant;
  readonly book: PersonalBook;
  readonly numbers: Numbers;
}

/**
 * Decides commands of one campaign one after the other and writes what they lead to, in a transaction that is the caller's.
 *
 * A command that touches a stream which an earlier one of the list writes is put off ('again'); of no two may the subject or the
 * id be the same. What is refused writes nothing.
 * @param list  not empty, all of one campaign
 * @throws a unique violation when another transaction took a stream's next place, an id or a number meanwhile
 */
export async function commitCommands(s: Services, tx: Tx, list: readonly ReadyCommand[]): Promise<(CommandDone | Refusal | 'again')[]> {
  const row = (list[0] as ReadyCommand).row;
  const start = await startCommands(tx, row, list);
  const campaign = start.campaignEnd === null ? undefined : await getCampaignAt(tx, row, start.campaignEnd);
  if (campaign === undefined) return list.map(() => refuse('campaign.unknown', { campaign: row.slug }));
  const book = new PersonalBook(row);
  for (const known of start.sealed) book.know(known.value, known.subject, known.sealed);
  const shared: Shared = { tx, row, campaign, at: start.at, book, numbers: new Numbers(tx, row, campaign) };
  const out: (Taken | CommandDone | Refusal | 'again')[] = [];
  const written = new Set<string>();
  for (const command of list) {
    const acts = start.acts.get(command.subjectId) ?? [];
    const before = start.commands.get(command.commandId);
    if (before !== undefined) {
      out.push(repetition(command, before, acts, campaign));
      continue;
    }
    if (start.usedIds.has(command.commandId)) {
      out.push(refuse('command.id-conflict', { id: command.commandId }));
      continue;
    }
    const numbered = shared.numbers.mark();
    const decided = await decide(s, shared, command, acts, written);
    if (decided === 'again' || isRefusal(decided)) {
      shared.numbers.reset(numbered);
      out.push(decided);
      continue;
    }
    for (const change of decided.changes) written.add(change.streamId);
    out.push({ command, ...decided });
  }
  const taken = out.filter(isTaken);
  if (taken.length > 0) {
    await sealAll(shared, taken);
    await write(s, shared, taken);
  }
  return out.map((o) => (isTaken(o) ? done(o, start.acts.get(o.command.subjectId) ?? [], campaign, book) : o));
}

/** A command that was decided and is written with the others of its transaction. */
interface Taken {
  readonly command: ReadyCommand;
  acts: Act[];
  changes: StreamChange[];
}

function isTaken(o: Taken | CommandDone | Refusal | 'again'): o is Taken {
  return typeof o === 'object' && 'command' in o;
}

function done({ command, acts, changes }: Taken, before: readonly Act[], campaign: Campaign, book: PersonalBook): CommandDone {
  const subject = changes.find((c) => c.streamId === command.subjectId)?.after ?? before;
  return { acts, repeated: false, subject, campaign, names: book.opened };
}

/** Puts commitments in the place of names in all acts of a transaction; a name that has one in this campaign keeps it. */
async function sealAll({ tx, row, book }: Shared, taken: readonly Taken[]): Promise<void> {
  const others = taken.flatMap((t) => t.acts).flatMap((act) => personalTexts(act).filter((p) => p.subject !== act.actor.id));
  for (const known of await listSealed(tx, row, others)) book.know(known.value, known.subject, known.sealed);
  for (const t of taken) {
    const sealed = new Map(t.acts.map((act) => [act, book.seal(act)]));
    t.acts = [...sealed.values()];
    t.changes = t.changes.map((c) => ({ ...c, after: c.after.map((act) => sealed.get(act) ?? act) }));
  }
}

/** The facts of a campaign have no numbers yet: they are given some outside of this transaction, and it is run again. */
export class NamesMissing extends Error {
  readonly names: readonly string[];
  constructor(names: readonly string[]) {
    super('facts without a number');
    this.names = names;
  }
}

async function write(s: Services, { tx, row, campaign, at, book, numbers }: Shared, taken: readonly Taken[]): Promise<void> {
  // Projections know the campaign as it is before these commands: an aspect defined now counts from the next ones on.
  const wanted = factsOfCampaign(campaign.settings);
  const facts = s.names.known(wanted);
  if (facts === undefined) throw new NamesMissing([...wanted]);
  // In order of the stream, so that two transactions that write the same rows wait for each other in one direction only.
  const ordered = taken.flatMap((t) => t.changes).toSorted((a, b) => (a.streamId < b.streamId ? -1 : 1));
  const acts = taken.flatMap((t) => t.acts);
  await runTogether(tx, [
    ...streamStatements(row, acts),
    ...actStatements(row, acts, s.marks),
    ...numbers.statements(),
    ...personalStatements(row, book.take()),
    ...projectionStatements(row, ordered, factContext(campaign.settings), facts),
    commandsStatement(
      row,
      at,
      taken.map(({ command, acts }) => ({
        id: command.commandId,
        content_hash: command.hash,
        actor_id: command.actor.id,
        act_ids: acts.map((a) => a.id),
        subject_id: command.subjectId,
      })),
    ),
  ]);
}

async function decide(
  s: Services,
  shared: Shared,
  command: ReadyCommand,
  subject: Act[],
  written: ReadonlySet<string>,
): Promise<{ acts: Act[]; changes: StreamChange[] } | Refusal | 'again'> {
  const { tx, row, campaign, at, numbers } = shared;
  const happenedAt = readHappened(command.happenedAt, at, campaign);
  if (isRefusal(happenedAt)) return happenedAt;
  const loaded = new Loaded(tx, row, { id: command.subjectId, acts: subject }, written);
  const actor: ActorRef = { id: command.actor.id, org: command.actor.org, name: command.actor.name };
  const drafts = await command
    .decide({
      tx,
      campaign,
      row,
      at,
      happenedAt,
      actor,
      hold: async (id) => (await loaded.hold([id])).get(id) ?? [],
      holdAll: (ids) => loaded.hold(ids),
      numbers,
      newId: s.newId,
    })
    .catch((error: unknown) => {
      if (error instanceof PutOff) return 'again' as const;
      throw error;
    });
  if (drafts === 'again' || isRefusal(drafts)) return drafts;
  if (drafts.some((d) => written.has(d.streamId))) return 'again';
  return toActs(s, shared, drafts, loaded.acts, { id: command.commandId, actor, happenedAt, asked: command.happenedAt !== undefined });
}

function repetition(command: ReadyCommand, before: CommandRow, subject: readonly Act[], campaign: Campaign): CommandDone | Refusal {
  if (!before.content_hash.equals(command.hash) || before.actor_id !== command.actor.id) {
    return refuse('command.id-conflict', { id: command.commandId });
  }
  const ids = new Set(before.act_ids);
  return { acts: subject.filter((a) => ids.has(a.id)), repeated: true, subject, campaign, names: new Map() };
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
  { tx, row, at }: Shared,
  drafts: readonly Draft[],
  loaded: ReadonlyMap<string, Act[]>,
  by: { readonly id: string; readonly actor: ActorRef; readonly happenedAt: Instant; readonly asked: boolean },
): Promise<{ acts: Act[]; changes: StreamChange[] } | Refusal> {
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
    // Within a stream, recording never goes back, whatever the server's clock did; what happens now happens when it is recorded.
    const recordedAt = last !== undefined && last.recordedAt > at ? last.recordedAt : at;
    const happenedAt = by.asked ? by.happenedAt : recordedAt;
    if (row.mode === 'historic' && !besideRecords(d.stream, d.kind)) return refuse('campaign.records-only', { campaign: row.slug });
    const wrong = wrongPlace(d, list, by.id, happenedAt);
    if (wrong !== undefined) return wrong;
    const act = {
      id: acts.length === 0 ? by.id : s.newId(),
      campaign: row.slug,
      stream: d.stream,
      streamId: d.streamId,
      seq: list.length + 1,
      kind: d.kind,
      schema: 1,
      payload: d.payload,
      actor: by.actor,
      happenedAt,
      recordedAt,
    } as Act;
    list.push(act);
    after.set(d.streamId, list);
    acts.push(act);
  }
  const changes = [...after].map(([streamId, list]) => ({ streamId, before: before.get(streamId) ?? [], after: list }));
  return { acts, changes };
}

/** Why a draft cannot be appended where it wants to stand, whatever the decision thought of it. */
function wrongPlace(d: Draft, before: readonly Act[], commandId: string, happenedAt: Instant): Refusal | undefined {
  if (d.streamId !== d.streamId.toLowerCase()) throw new Error(`stream id ${d.streamId} is not in its canonical form`);
  const untidy = untidyPath(d.payload);
  if (untidy !== undefined) return refuse('text.malformed', { field: untidy });
  switch (misplaced({ stream: d.stream, kind: d.kind, happenedAt }, before)) {
    case undefined:
      return undefined;
    case 'taken':
    case 'foreign':
      return refuse('command.id-conflict', { id: commandId });
    case 'early': {
      const last = before.reduce((a, b) => (b.happenedAt > a.happenedAt ? b : a));
      return refuse('command.happened-before-last', { happenedAt: formatInstant(happenedAt), last: formatInstant(last.happenedAt) });
    }
    case 'unopened':
      throw new Error(`${d.kind} on a ${d.stream} stream that does not exist`);
  }
}
