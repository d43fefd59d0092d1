import type { Actor } from '../../domain/access/policy.ts';
import { sentTogether, type SentOn } from '../../domain/desk/way.ts';
import { instant } from '../../domain/kernel/instant.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import { listHandedOn, listLastOf, type HandedOnAct } from '../../storage/desk/acts.ts';
import { listLines } from '../../storage/ledger/read.ts';
import type { View } from '../figures/as-of.ts';
import { actsSeen } from '../items/read.ts';
import { ledgerFilter } from '../ledger/filter.ts';
import { lineSeen, type LineSeen } from '../ledger/line.ts';
import type { Services } from '../services.ts';
import type { ReturnedSeen, SentSeen } from './seen.ts';

/** So many acts of one person are looked back over. */
const lookBack = 200;
const twoWeeks = 14 * 86_400_000;

/** Problems that somebody handed on, out of their last 200 such acts, with their lines. */
interface Handed {
  readonly acts: readonly HandedOnAct[];
  readonly lines: ReadonlyMap<string, LineSeen>;
}

/** What somebody sent away that is still where it went, and what came back to them. */
export async function readWays(s: Services, actor: Actor, view: View): Promise<{ sent: SentSeen[]; returned: ReturnedSeen[] }> {
  const acts = await listHandedOn(s.database.db, view.row.id, actor.id, view.watermark, lookBack);
  const handed = { acts, lines: await linesOf(s, actor, view, { ids: acts.map((a) => a.id) }) };
  return { sent: sentOf(handed), returned: await returnedOf(s, actor, view, handed) };
}

function sentOf({ acts, lines }: Handed): SentSeen[] {
  const sent = acts.flatMap((act): SentOn[] => {
    const line = lines.get(act.id);
    return line === undefined ? [] : [{ kind: act.kind, state: line.state, at: act.at, no: line.no, text: line.unit }];
  });
  return sentTogether(sent).map((x) => ({ ...x, at: instant(x.at), id: null }));
}

async function linesOf(s: Services, actor: Actor, view: View, only: { readonly ids: readonly string[] }): Promise<Map<string, LineSeen>> {
  const base = await ledgerFilter(s, actor, view, { kind: 'problem' });
  if (isRefusal(base) || only.ids.length === 0) return new Map();
  const lines = await listLines(s.database.db, { ...base, ...only }, { sort: 'updated', descending: true, limit: lookBack });
  return new Map(lines.map((line) => [line.id, lineSeen(line, view, actor)]));
}

/**
 * What came back: for who rectifies, problems returned to their places, the newest; for who finds, findings judged unfounded within two
 * weeks, out of their last 200.
 */
async function returnedOf(s: Services, actor: Actor, view: View, { acts, lines }: Handed): Promise<ReturnedSeen[]> {
  const back = await returnedTo(s, actor, view);
  const unfounded = acts.filter((a) => a.kind === 'ProblemFound' && lines.get(a.id)?.state === 'notFounded');
  const known = new Map([...back, ...lines]);
  const said = [
    ...(await listLastOf(s.database.db, view.row, [...back.keys()], 'ProblemReturned', view.watermark)),
    ...(
      await listLastOf(
        s.database.db,
        view.row,
        unfounded.map((a) => a.id),
        'ProblemNotFounded',
        view.watermark,
      )
    ).filter((act) => act.recordedAt > view.watermark - twoWeeks),
  ];
  return (await actsSeen(s, said, view, actor)).flatMap(({ act }): ReturnedSeen[] => {
    const line = known.get(act.streamId);
    if (line === undefined || (act.kind !== 'ProblemReturned' && act.kind !== 'ProblemNotFounded')) return [];
    return [
      {
        ...{ kind: act.kind, no: line.no, text: line.unit, id: null, at: act.recordedAt },
        ...{ org: act.actor.org, by: act.actor.name, reason: act.payload.reason },
      },
    ];
  });
}

/** Problems in the state of returned that wait for this person, the newest few. */
async function returnedTo(s: Services, actor: Actor, view: View): Promise<Map<string, LineSeen>> {
  const filter = await ledgerFilter(s, actor, view, { kind: 'problem', desk: 'redo' });
  if (isRefusal(filter)) return new Map();
  const lines = await listLines(s.database.db, filter, { sort: 'updated', descending: true, limit: 6 });
  return new Map(lines.map((line) => [line.id, lineSeen(line, view, actor)]));
}
