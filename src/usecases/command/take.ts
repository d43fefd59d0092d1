import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/acts/leaf.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { violated } from '../../storage/acts/append.ts';
import type { CampaignRow } from '../../storage/acts/read.ts';
import { commitCommands, type CommandDone, type CommandRequest, type ReadyCommand } from './commit.ts';
import { Gather, type Settled } from './gather.ts';
import type { Services } from '../services.ts';

export type { CommandDone, CommandRequest, DecideTools } from './commit.ts';

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
export function takeCommand(s: Services, request: CommandRequest): Promise<Answer> {
  const hash = createHash('sha256')
    .update(canonicalJson({ ...request.content, happenedAt: request.happenedAt ?? null }))
    .digest();
  const ready = { ...request, commandId: request.id ?? s.newId(), hash };
  return request.shares === true ? lineOf(s, request.row).take(ready) : alone(s, ready);
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
    line = new Gather((list) => together(s, list), { most, abreast, keys: (c) => [c.subjectId, c.commandId] });
    own.set(row.id, line);
  }
  return line;
}

async function together(s: Services, list: readonly ReadyCommand[]): Promise<Settled<Answer>[]> {
  if (list.length > 1) {
    let decided = false;
    try {
      return await s.database.db.transaction().execute(async (tx) => {
        const outcomes = await commitCommands(s, tx, list);
        decided = true;
        return outcomes.map((o) => (o === 'again' ? o : { answer: o }));
      });
    } catch (error) {
      // Whether a commit that broke off holds is not known here; whoever sends the command again learns it by its id.
      if (decided) throw error;
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
      return await s.database.db.transaction().execute(async (tx) => {
        const answer = (await commitCommands(s, tx, [command]))[0];
        if (answer === undefined || answer === 'again') throw new Error('a command was not decided');
        if (isRefusal(answer)) throw new Refused(answer);
        return answer;
      });
    } catch (error) {
      if (error instanceof Refused) return error.refusal;
      const constraint = violated(error);
      if (constraint === 'items_campaign_id_kind_no_key') return refuse('problem.number-taken', { no: String(command.content.no ?? '') });
      if (constraint === undefined || attempt >= 4) {
        if (constraint !== undefined) return refuse('command.busy', {});
        throw error;
      }
    }
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
