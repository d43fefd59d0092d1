import { masksOf, type Masks } from '../../domain/access/masks.ts';
import { judge, type Actor, type PlaceVerb } from '../../domain/access/policy.ts';
import type { Act } from '../../domain/acts/act.ts';
import { leafHash } from '../../domain/acts/leaf.ts';
import { openAct, textOf } from '../../domain/acts/personal.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import { cityOf } from '../../domain/kernel/place.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { factContext } from '../../domain/projections/context.ts';
import { clocksOf } from '../../domain/projections/project.ts';
import { problemVerbs } from '../../domain/problems/commands.ts';
import { mayDo } from '../../domain/problems/decide.ts';
import { foldProblem, type Problem } from '../../domain/problems/state.ts';
import { openSealed } from '../../storage/acts/personal.ts';
import { listStreamActs } from '../../storage/acts/read.ts';
import { listAlike } from '../../storage/evidence/alike.ts';
import { findLine } from '../../storage/ledger/read.ts';
import { countedSubjects } from '../../storage/figures/membership.ts';
import { findNeighbours, listCasesOf } from '../../storage/ledger/related.ts';
import { conditionsOf, termsOf } from '../../storage/figures/definition.ts';
import type { Services } from '../services.ts';
import { openView, standingOf, type View } from '../figures/as-of.ts';
import { readValues, requestsOf, type FigureValue } from '../figures/values.ts';
import { ledgerFilter } from '../ledger/filter.ts';
import { lineSeen } from '../ledger/line.ts';

/** Stands where a name was erased (已依法删除). */
const erased = '〔已删除 erased〕';

/** An act as somebody sees it: names opened from their commitments, masked for whom the policy says so. */
export interface ActSeen {
  readonly act: Act;
  /** That of the act as it is stored. */
  readonly leafHash: string;
}

/** Acts as the asker sees them. */
export async function actsSeen(s: Services, acts: readonly Act[], view: View, actor: Actor, known?: ReadonlyMap<string, string>) {
  const names = await openSealed(s.database.db, view.row.id, acts, known);
  const masks = masksOf(actor, view.row.slug);
  return acts.map((act): ActSeen => ({ act: masks.act(openAct(act, opened(names))), leafHash: leafHash(act) }));
}

/** The name behind a commitment, or that it was erased. */
export function opened(names: ReadonlyMap<string, string>) {
  return (hash: string) => names.get(hash) ?? erased;
}

/**
 * The page of a problem, a case or an outside record as of an instant.
 * @refuses item.unknown (also outside the asker's jurisdiction and before it had been recorded), what opening a view refuses
 */
export async function readItem(
  s: Services,
  actor: Actor,
  q: { campaign: string; id: string; asOf?: string | undefined },
): Promise<ItemSeen | Refusal> {
  const view = await openView(s, actor, 'item.read', q.campaign, q.asOf);
  if (isRefusal(view)) return view;
  for (const kind of ['problem', 'record', 'case']) {
    const filter = await ledgerFilter(s, actor, view, { kind });
    if (isRefusal(filter)) return filter;
    const line = await findLine(s.database.db, filter, q.id);
    if (line !== undefined) return itemSeen(s, actor, view, line);
  }
  return refuse('item.unknown', {});
}

export type ItemSeen = Awaited<ReturnType<typeof itemSeen>>;

async function itemSeen(s: Services, actor: Actor, view: View, line: NonNullable<Awaited<ReturnType<typeof findLine>>>) {
  const { db } = s.database;
  const acts = await listStreamActs(db, view.row, line.id, view.watermark);
  const name = opened(await openSealed(db, view.row.id, acts));
  // Folded from what is shown: its people have names.
  const shown = acts.map((act) => openAct(act, name));
  const p = line.kind === 'problem' ? foldProblem(shown, view.watermark) : undefined;
  const record = acts.filter((a) => a.kind === 'RecordAppeared' || a.kind === 'RecordChanged').at(-1);
  const item = record?.kind === 'RecordAppeared' || record?.kind === 'RecordChanged' ? record.payload.item : undefined;
  const letterActs =
    p === undefined || p.supervised === null ? [] : await listStreamActs(db, view.row, p.supervised.letterId, view.watermark);
  const neighbours = await findNeighbours(db, view.row.id, line.id, view.scope);
  return {
    standing: await standingOf(s, view),
    item: lineSeen(line, view, actor),
    lon: p?.found.lon ?? item?.lon ?? null,
    lat: p?.found.lat ?? item?.lat ?? null,
    tags: [...(p?.found.tags ?? [])],
    acts: await actsSeen(s, acts, view, actor),
    plan: p?.plan ?? null,
    evidence: acts.flatMap((act) =>
      act.kind === 'ProblemFound' || act.kind === 'RectificationClaimed' // a rebound's evidence lies with its new problem
        ? act.payload.evidence.map((e) => ({ ...e, actKind: act.kind, happenedAt: act.happenedAt }))
        : [],
    ),
    alike: await alikeOf(s, view, actor, p),
    owners: ownersOf(view, p, line, letterActs),
    clocks: clocksOf(acts, factContext(view.campaign.settings), view.watermark),
    extensions: [...(p?.extensions ?? [])],
    letter: letterOf(p, letterActs),
    proposal: proposalOf(p, masksOf(actor, view.row.slug)),
    rebound: p === undefined || p.rebound === null ? null : { newProblemId: p.rebound.newProblemId, newNo: p.rebound.newNo },
    reboundOf: await reboundParent(s, view, p),
    fields: item === undefined ? null : { ...item.fields },
    steps: (item?.steps ?? []).map((x) => ({ code: x.code, on: x.on })),
    countedIn: await countedIn(s, view, line.id),
    cases: await listCasesOf(db, view.row.id, line.id),
    can: allowed(view, actor, p),
    previous: neighbours.previous,
    following: neighbours.following,
  };
}

/** Pictures of the standing claim that were handed in for other problems before, whatever was done to the file. */
async function alikeOf(s: Services, view: View, actor: Actor, p: Problem | undefined) {
  if (p === undefined || !p.claimStanding) return [];
  const found = await listAlike(
    s.database.db,
    view.row,
    p.id,
    p.claimEvidence.map((e) => e.sha256),
    view.watermark,
  );
  return found.map((a) => {
    const seen = judge(actor, 'evidence.read', view.row.slug, a.place) === 'allowed';
    return {
      sha256: a.sha256,
      other: seen ? a.other : null,
      id: seen ? a.itemId : null,
      no: seen ? a.no : null,
      receivedAt: a.receivedAt,
    };
  });
}

/** A withdrawal or a merge that waits for its second person. */
function proposalOf(p: Problem | undefined, masks: Masks) {
  if (p === undefined || p.proposal === null) return null;
  const { kind, by, reason } = p.proposal;
  return masks.actor(by.org) ? { kind, by: '', byId: '', reason } : { kind, by: by.name, byId: by.id, reason };
}

async function reboundParent(s: Services, view: View, p: Problem | undefined): Promise<{ id: string; no: string } | null> {
  const id = p?.found.reboundOf;
  if (id === undefined) return null;
  const parent = foldProblem(await listStreamActs(s.database.db, view.row, id, view.watermark));
  return parent === undefined ? null : { id, no: parent.found.no };
}

function letterOf(p: Problem | undefined, acts: readonly Act[]) {
  const issued = acts.find((a) => a.kind === 'LetterIssued');
  if (p === undefined || p.supervised === null || issued?.kind !== 'LetterIssued') return null;
  return {
    id: issued.streamId,
    docNo: issued.payload.docNo,
    batch: issued.payload.batch,
    issuedAt: issued.recordedAt,
  };
}

/** From the province down to the unit: who has the duty, since when. */
function ownersOf(view: View, p: Problem | undefined, line: { place: number; unit: string }, letter: readonly Act[]) {
  if (p === undefined) return [];
  const { root } = view.campaign.settings;
  const placeName = (code: number) => view.campaign.settings.places.find((x) => x.code === code)?.name ?? String(code);
  const at = (act: Act | undefined): Instant | null => act?.happenedAt ?? null;
  const issued = letter.find((a) => a.kind === 'LetterIssued');
  const received = letter.find((a) => a.kind === 'LetterReceived');
  return [
    { level: 'office', name: placeName(root), place: root, note: null, at: at(issued) },
    { level: 'city', name: placeName(cityOf(line.place)), place: cityOf(line.place), note: null, at: at(received) },
    { level: 'county', name: placeName(line.place), place: line.place, note: p.owner?.department ?? null, at: null },
    ...(p.owner === null ? [] : [{ level: 'person', name: textOf(p.owner.person), place: null, note: null, at: null }]),
    { level: 'unit', name: line.unit, place: null, note: null, at: null },
  ];
}

/** Figures of the press set and the dashboard that count this item, in the numerator or the denominator. */
async function countedIn(
  s: Services,
  view: View,
  id: string,
): Promise<{ figure: FigureValue; numerator: boolean; denominator: boolean | null }[]> {
  const { settings } = view.campaign;
  const refs = [...settings.dashboard.headline, ...settings.pressSet, ...settings.dashboard.placeColumns];
  const unique = [...new Map(refs.map((r) => [JSON.stringify([r.id, r.filter]), r])).values()];
  const requests = requestsOf(view, unique);
  const values = await readValues(s, view, requests);
  const facts = await countedSubjects(s.database.db, view.row.id, id, view.watermark);
  const names = new Map<string, number | undefined>();
  const out: { figure: FigureValue; numerator: boolean; denominator: boolean | null }[] = [];
  for (const [i, request] of requests.entries()) {
    const terms = termsOf(request.definition, request.filter);
    const c = conditionsOf(request.filter, view.scope, settings);
    const holds = async (name: string) => {
      if (!names.has(name)) names.set(name, await s.names.find(s.database.db, name));
      const no = names.get(name);
      return facts.some(
        (f) =>
          f.fact === no &&
          (c.batches === null || c.batches.includes(f.batch)) &&
          (c.aspect === null || c.aspect === f.aspect) &&
          (c.type === null || c.type === f.type) &&
          (c.measure === null || c.measure === f.measure),
      );
    };
    const among = async (list: typeof terms.numerator) => {
      let held = false;
      for (const t of list) if (await holds(t.fact)) held = t.sign > 0;
      return held;
    };
    const numerator = await among(terms.numerator);
    const denominator = terms.denominator === null ? null : await among(terms.denominator);
    // Figures about other kinds of things (sources, letters) are left out.
    const about = await anyOf(
      terms.numerator.map((t) => t.fact),
      facts,
      names,
      s,
    );
    if (numerator || denominator === true || about) out.push({ figure: values[i] as FigureValue, numerator, denominator });
  }
  return out;
}

async function anyOf(
  list: readonly string[],
  facts: readonly { fact: number }[],
  names: Map<string, number | undefined>,
  s: Services,
): Promise<boolean> {
  const own = new Set(facts.map((f) => f.fact));
  // A problem is asked about problem figures even where it does not count.
  const problem = await s.names.find(s.database.db, 'problem.found');
  return problem !== undefined && own.has(problem) && list.every((name) => name.startsWith('problem.')) && names.size > 0;
}

/** Commands the asker may give now: allowed by the policy and possible by the chart; none as of the past. */
function allowed(view: View, actor: Actor, p: Problem | undefined): string[] {
  if (p === undefined || !view.current) return [];
  return problemVerbs.filter(
    (verb) => mayDo(p.state, verb) && judge(actor, `problem.${verb}` as PlaceVerb, view.row.slug, p.found.place) === 'allowed',
  );
}
