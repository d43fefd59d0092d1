import type { Act, ActorRef, Draft } from '../../domain/acts/act.ts';
import type { Actor } from '../../domain/access/policy.ts';
import type { Campaign } from '../../domain/campaign/campaign.ts';
import { parseInstant, startOfDate, type Instant } from '../../domain/kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { factContext } from '../../domain/projections/facts.ts';
import { factsOfCampaign } from '../../domain/projections/fact-list.ts';
import { personalTexts } from '../../domain/acts/personal.ts';
import { actStatements } from '../../storage/acts/append.ts';
import { type CommandRow, commandsStatement, nextItemNo, startCommands } from '../../storage/acts/commands.ts';
import { listSealed, PersonalBook, personalStatements } from '../../storage/acts/personal.ts';
import { getCampaignAt, listActsOfStreams, listStreamActs, type CampaignRow } from '../../storage/acts/read.ts';
import type { Tx } from '../../storage/database.ts';
import { projectionStatements, type StreamChange } from '../../storage/projections/write.ts';
import { runTogether } from '../../storage/statements.ts';
import type { Services } from '../services.ts';

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
  /** The next free number of a kind of item; each call gives another one. */
  readonly takeNo: (kind: string) => Promise<number>;
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
  /** The decision writes nothing itself, so that it may share a transaction with others (see `takeCommand`). */
  readonly shares?: boolean;
  readonly decide: (tools: DecideTools) => Promise<Draft[] | Refusal>;
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
  const campaign = start.campaignLeaf === null ? undefined : await getCampaignAt(tx, row, start.campaignLeaf);
  if (campaign === undefined) return list.map(() => refuse('campaign.unknown', { campaign: row.slug }));
  const book = new PersonalBook(row);
  for (const known of start.sealed) book.know(known.value, known.subject, known.sealed);
  const shared: Shared = { tx, row, campaign, at: start.at, book, numbers: new Numbers(tx, row) };
  const out: (CommandDone | Refusal | 'again')[] = [];
  const taken: { command: ReadyCommand; acts: Act[] }[] = [];
  const changes = new Map<string, StreamChange>();
  for (const command of list) {
    const acts = start.acts.get(command.subjectId) ?? [];
    const before = start.commands.get(command.commandId);
    if (before !== undefined) {
      out.push(repetition(command, before, acts, campaign));
      continue;
    }
    const numbered = shared.numbers.mark();
    const decided = await decide(s, shared, command, acts, changes);
    if (decided === 'again' || isRefusal(decided)) {
      shared.numbers.reset(numbered);
      out.push(decided);
      continue;
    }
    for (const change of decided.changes) changes.set(change.streamId, change);
    taken.push({ command, acts: decided.acts });
    const subject = changes.get(command.subjectId)?.after ?? acts;
    out.push({ acts: decided.acts, repeated: false, subject, campaign, names: book.opened });
  }
  if (taken.length > 0) await write(s, shared, taken, changes);
  return out;
}

async function write(
  s: Services,
  { tx, row, campaign, at, book }: Shared,
  taken: readonly { command: ReadyCommand; acts: readonly Act[] }[],
  changes: ReadonlyMap<string, StreamChange>,
): Promise<void> {
  // Projections know the campaign as it is before these commands: an aspect defined now counts from the next ones on.
  const facts = await s.names.ensure(s.database.db, factsOfCampaign(campaign.settings));
  // In order of the stream, so that two transactions that write the same rows wait for each other in one direction only.
  const ordered = [...changes.values()].toSorted((a, b) => (a.streamId < b.streamId ? -1 : 1));
  await runTogether(tx, [
    ...actStatements(
      row,
      taken.flatMap((t) => t.acts),
      s.marks,
    ),
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
  written: ReadonlyMap<string, StreamChange>,
): Promise<{ acts: Act[]; changes: StreamChange[] } | Refusal | 'again'> {
  const { tx, row, campaign, at, numbers } = shared;
  const happenedAt = readHappened(command.happenedAt, at, campaign);
  if (isRefusal(happenedAt)) return happenedAt;
  const loaded = new Map<string, Act[]>([[command.subjectId, subject]]);
  const load = async (streamId: string) => {
    const acts = loaded.get(streamId) ?? (await listStreamActs(tx, row, streamId));
    loaded.set(streamId, acts);
    return acts;
  };
  const actor: ActorRef = { id: command.actor.id, org: command.actor.org, name: command.actor.name };
  const takeNo = (kind: string) => numbers.take(kind);
  const drafts = await command.decide({ tx, campaign, row, at, happenedAt, actor, load, takeNo, newId: s.newId });
  if (isRefusal(drafts)) return drafts;
  if (drafts.some((d) => written.has(d.streamId))) return 'again';
  return toActs(s, shared, drafts, loaded, { id: command.commandId, actor, happenedAt });
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
  { tx, row, at, book }: Shared,
  drafts: readonly Draft[],
  loaded: ReadonlyMap<string, Act[]>,
  by: { readonly id: string; readonly actor: ActorRef; readonly happenedAt: Instant },
): Promise<{ acts: Act[]; changes: StreamChange[] }> {
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
      recordedAt: last !== undefined && last.recordedAt > at ? last.recordedAt : at,
    } as Act);
    list.push(act);
    after.set(d.streamId, list);
    acts.push(act);
  }
  const changes = [...after].map(([streamId, list]) => ({ streamId, before: before.get(streamId) ?? [], after: list }));
  return { acts, changes };
}

/** The act with commitments instead of names; a name that has one in this campaign keeps it. */
async function sealed(tx: Tx, row: CampaignRow, book: PersonalBook, act: Act): Promise<Act> {
  const others = personalTexts(act).filter((t) => t.subject !== act.actor.id);
  for (const known of await listSealed(tx, row, others)) book.know(known.value, known.subject, known.sealed);
  return book.seal(act);
}

/** Numbers of items that the commands of one transaction take: none is written yet, so the second goes on from the first. */
class Numbers {
  private next = new Map<string, number>();
  private readonly tx: Tx;
  private readonly row: CampaignRow;

  constructor(tx: Tx, row: CampaignRow) {
    this.tx = tx;
    this.row = row;
  }

  async take(kind: string): Promise<number> {
    const no = this.next.get(kind) ?? (await nextItemNo(this.tx, this.row, kind));
    this.next.set(kind, no + 1);
    return no;
  }

  mark(): ReadonlyMap<string, number> {
    return new Map(this.next);
  }

  /** Gives back what was taken since the mark, by a command that writes nothing. */
  reset(mark: ReadonlyMap<string, number>): void {
    this.next = new Map(mark);
  }
}
