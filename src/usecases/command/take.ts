import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/acts/leaf.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { untidyPath } from '../../domain/kernel/text.ts';
import { violated } from '../../storage/acts/append.ts';
import type { CampaignRow } from '../../storage/acts/read.ts';
import { inTransaction } from '../../storage/transaction.ts';
import { commitCommands, NamesMissing, type CommandDone, type CommandRequest, type ReadyCommand } from './commit.ts';
import { Gather, type Settled } from './gather.ts';
import type { Services } from '../services.ts';

export type { CommandDone, CommandRequest } from './commit.ts';
export type { DecideTools } from './decision.ts';

type Answer = CommandDone | Refusal;

/**
 * Takes a command in: loads, decides, appends the acts and brings the projections up to date, all in one transaction.
 *
 * The same id with the same content is the same command and answers the same; with other content it is a conflict. When another
 * command took a stream's next place meanwhile, the decision is made again over what is there now.
 *
 * Commands that wait at the same time share a transaction and are recorded at its instant, each decided by itself; if one of them
 * spoils it, all of it is rolled back and each is taken alone.
 * @refuses command.id-conflict, command.busy, command.happened-future, command.happened-before-campaign, asof.malformed and
 *          whatever the decision refuses
 */
export async function takeCommand(s: Services, request: CommandRequest): Promise<Answer> {
  const untidy = untidyPath(request.content);
  if (untidy !== undefined) return refuse('text.malformed', { field: untidy });
  const hash = createHash('sha256')
    .update(canonicalJson({ ...request.content, happenedAt: request.happenedAt ?? null }))
    .digest();
  const ready = { ...request, subjectId: request.subjectId.toLowerCase(), commandId: idOr(request.id, s.newId), hash };
  return request.shares === true ? lineOf(s, request.row).take(ready) : alone(s, ready);
}

/** The client's id in its canonical form, or a fresh one. An id is hashed, so it has one form. */
export function idOr(id: string | undefined, newId: () => string): string {
  return id === undefined ? newId() : id.toLowerCase();
}

/** Two transactions keep the database busy while the next commands are decided; each of at most so many commands as a statement takes well. */
const abreast = 2;
const most = 32;
const lines = new WeakMap<Services, Map<number, Gather<ReadyCommand, Answer>>>();

function lineOf(s: Services, row: CampaignRow): Gather<ReadyCommand, Answer> {
  const own = lines.get(s) ?? new Map<number, Gather<ReadyCommand, Answer>>();
  lines.set(s, own);
  let line = own.get(row.id);
  if (line === undefined) {
    line = new Gather((list) => together(s, list), {
      ...{ most, abreast },
      keys: (c) => (c.apart === undefined ? [c.subjectId, c.commandId] : [c.subjectId, c.commandId, c.apart]),
    });
    own.set(row.id, line);
  }
  return line;
}

async function together(s: Services, list: readonly ReadyCommand[]): Promise<Settled<Answer>[]> {
  if (list.length > 1) {
    let decided = false;
    try {
      return await inTransaction(s.database.db, async (tx) => {
        const outcomes = await commitCommands(s, tx, list);
        decided = true;
        return outcomes.map((o) => (o === 'again' ? o : { answer: o }));
      });
    } catch (error) {
      // Whether a commit that broke off holds is not known here; whoever sends the command again learns it by its id.
      if (decided) throw error;
      if (error instanceof NamesMissing) await s.names.ensure(s.database.db, error.names);
    }
  }
  const out: Settled<Answer>[] = [];
  for (const command of list) {
    try {
      out.push({ answer: await alone(s, command) });
    } catch (error) {
      out.push({ error });
    }
  }
  return out;
}

async function alone(s: Services, command: ReadyCommand): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await inTransaction(s.database.db, async (tx) => {
        const answer = (await commitCommands(s, tx, [command]))[0];
        if (answer === undefined || answer === 'again') throw new Error('a command was not decided');
        if (isRefusal(answer)) throw new Refused(answer);
        return answer;
      });
    } catch (error) {
      if (error instanceof Refused) return error.refusal;
      if (error instanceof NamesMissing && attempt < 4) {
        await s.names.ensure(s.database.db, error.names);
        continue;
      }
      const constraint = violated(error);
      if (constraint === 'acts_pkey' && attempt > 0) return refuse('command.id-conflict', { id: command.commandId });
      if (constraint === 'items_campaign_id_kind_no_key') return refuse('problem.number-taken', { no: String(command.content.no ?? '') });
      if (constraint === undefined || attempt >= 4) {
        if (constraint !== undefined) return refuse('command.busy', {});
        throw error;
      }
    }
  }
}

/**
 * What a command would lead to, over what is there now: decided by the same rules in a transaction that is rolled back.
 * @returns how many acts it would write
 */
export async function previewCommand(
  s: Services,
  request: Pick<CommandRequest, 'row' | 'actor' | 'subjectId' | 'decide'>,
): Promise<{ readonly acts: number } | Refusal> {
  const command = { ...request, id: undefined, happenedAt: undefined, content: {}, commandId: s.newId(), hash: Buffer.alloc(32) };
  try {
    return await inTransaction(s.database.db, async (tx) => {
      const answer = (await commitCommands(s, tx, [command]))[0];
      if (answer === undefined || answer === 'again') throw new Error('a command was not decided');
      // Rolled back by being thrown.
      throw new Previewed(isRefusal(answer) ? answer : { acts: answer.acts.length });
    });
  } catch (error) {
    if (error instanceof Previewed) return error.answer;
    if (!(error instanceof NamesMissing)) throw error;
    await s.names.ensure(s.database.db, error.names);
    return previewCommand(s, request);
  }
}

/** Rolls a preview back and carries its answer out of it. */
class Previewed extends Error {
  readonly answer: { readonly acts: number } | Refusal;
  constructor(answer: { readonly acts: number } | Refusal) {
    super('preview');
    this.answer = answer;
  }
}

/** Rolls the transaction back, with what the decision may have written, and carries the refusal out of it. */
class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}
