import type { Act } from '../../src/domain/acts/act.ts';
import { addDays, instant } from '../../src/domain/kernel/instant.ts';
import type { House } from './law-house.ts';

type Loose = Record<string, unknown>;
/** Acts that the house decided, with one thing in them that it did not decide; undefined where there is no such thing in them. */
export interface Spoil {
  readonly name: string;
  /** It fits every act, so it is not to crowd the others out. */
  readonly rare?: boolean;
  readonly spoil: (acts: readonly Act[], house: House) => readonly object[] | undefined;
}

/** Changes the first act of a kind. */
function inFirst(kind: Act['kind'], change: (payload: Loose, act: Act, house: House) => Loose | undefined): Spoil['spoil'] {
  return (acts, house) => {
    const at = acts.findIndex((a) => a.kind === kind);
    const act = acts[at];
    const payload = act === undefined ? undefined : change({ ...(act.payload as unknown as Loose) }, act, house);
    return payload === undefined ? undefined : acts.map((a, i) => (i === at ? { ...a, payload } : a));
  };
}

/** Leaves out the first act of a kind, or what `which` says. */
function without(kind: Act['kind'], which: (act: Act) => boolean = () => true): Spoil['spoil'] {
  return (acts) => {
    const at = acts.findIndex((a) => a.kind === kind && which(a));
    return at < 0 || acts.length === 1 ? undefined : acts.filter((_, i) => i !== at);
  };
}

/** Changes the act that comes first, whatever it is. */
const anyAct =
  (change: (act: Act, house: House) => object | undefined): Spoil['spoil'] =>
  (acts, house) => {
    const [first, ...rest] = acts;
    const changed = first === undefined ? undefined : change(first, house);
    return changed === undefined ? undefined : [changed, ...rest];
  };

const isPart = (act: Act) => act.kind === 'ProblemFound' && act.payload.splitFrom !== undefined;
const isReborn = (act: Act) => act.kind === 'ProblemFound' && act.payload.reboundOf !== undefined;
/** Changes a finding that goes with another act: a part of a split problem, or a problem that came back. */
function inFinding(which: (act: Act) => boolean, change: (payload: Loose, house: House) => Loose): Spoil['spoil'] {
  return (acts, house) => {
    const at = acts.findIndex(which);
    return at < 0
      ? undefined
      : acts.map((a, i) => (i === at ? { ...a, payload: change({ ...(a.payload as unknown as Loose) }, house) } : a));
  };
}

const elsewhere = (place: unknown) => (place === 140_105 ? 140_212 : 140_105);
const set = (field: string, value: (payload: Loose, house: House) => unknown) => (payload: Loose, _act: Act, house: House) => ({
  ...payload,
  [field]: value(payload, house),
});

/** A claim on an object that is sealed, or handed in for this problem, eleven seconds after the claim. */
function handedInLater(acts: readonly Act[], house: House, late: 'receipt' | 'seal'): object[] | undefined {
  const claim = acts[0];
  if (claim?.kind !== 'RectificationClaimed') return undefined;
  const sha256 = house.hash();
  const streamId = house.id();
  const afterwards = instant(claim.recordedAt + 11_000);
  const on = { campaign: claim.campaign, stream: 'evidence', streamId, schema: 1, actor: claim.actor };
  const at = (recordedAt: number) => ({ happenedAt: recordedAt, recordedAt });
  const receipt = (itemId: string) => ({ kind: 'EvidenceReceived', payload: { sha256, deviceTakenAt: null, itemId } });
  const seal = { kind: 'EvidenceSealed', payload: { reason: 'receipt' } };
  const custody =
    late === 'seal'
      ? [receipt(claim.streamId), seal].map((a, i) => ({ ...a, ...at(i === 1 ? afterwards : claim.recordedAt) }))
      : [receipt(house.id()), seal, receipt(claim.streamId)].map((a, i) => ({ ...a, ...at(i === 2 ? afterwards : claim.recordedAt) }));
  const claimed = { ...claim, payload: { ...claim.payload, evidence: claim.payload.evidence.map((e) => ({ ...e, sha256 })).slice(0, 1) } };
  const all = [claimed, ...custody.map((a, i) => ({ ...on, ...a, id: house.id(), seq: i + 1 }))];
  // Of what is recorded at one instant the stream with the smaller id comes first.
  return all.toSorted(
    (a, b) => a.recordedAt - b.recordedAt || (a.streamId < b.streamId ? -1 : a.streamId > b.streamId ? 1 : a.seq - b.seq),
  );
}

export const spoils: readonly Spoil[] = [
  {
    name: 'a deadline a day later than the rule gives',
    spoil: inFirst(
      'DeadlineExtended',
      set('deadline', (p) => addDays(String(p.deadline), 1)),
    ),
  },
  {
    name: 'a notice a day longer',
    spoil: inFirst(
      'ProblemAccepted',
      set('noticeDays', (p) => Number(p.noticeDays) + 1),
    ),
  },
  { name: 'no notice', spoil: inFirst('ProblemAccepted', (p) => (p.noticeDays === 0 ? undefined : { ...p, noticeDays: 0 })) },
  {
    name: 'an acceptance in the name of another body',
    spoil: inFirst(
      'ProblemAccepted',
      set('body', () => 'sx-office'),
    ),
  },
  {
    name: 'an acceptance with neither penalty nor reason',
    spoil: inFirst('ProblemAccepted', (p) => ({ ...p, penaltyCase: null, noPenaltyReason: null })),
  },
  {
    name: 'a withdrawal that another person is said to have proposed',
    spoil: inFirst(
      'ProblemWithdrawn',
      set('proposedBy', (p) => (p.proposedBy === 'county.3' ? 'county.2' : 'county.3')),
    ),
  },
  {
    name: 'a merger that another person is said to have proposed',
    spoil: inFirst(
      'ProblemMerged',
      set('proposedBy', (p) => (p.proposedBy === 'county.3' ? 'county.2' : 'county.3')),
    ),
  },
  { name: 'a problem merged into itself', spoil: inFirst('ProblemMerged', (p, act) => ({ ...p, into: act.streamId })) },
  ...['implementer', 'goal', 'deadline', 'measures', 'acceptanceBody'].map((field) => ({
    name: `a plan without its ${field}`,
    spoil: inFirst('ProblemPlanned', (p) => Object.fromEntries(Object.entries(p).filter(([key]) => key !== field))),
  })),
  {
    name: 'a claim without evidence',
    spoil: inFirst(
      'RectificationClaimed',
      set('evidence', () => []),
    ),
  },
  { name: 'a claim on evidence that is handed in afterwards', spoil: (acts, house) => handedInLater(acts, house, 'receipt') },
  { name: 'a claim on evidence that is sealed afterwards', spoil: (acts, house) => handedInLater(acts, house, 'seal') },
  { name: 'a part that does not name who found the whole', spoil: inFinding(isPart, (p) => ({ ...p, firstFoundBy: [] })) },
  { name: 'a part in another county', spoil: inFinding(isPart, (p) => ({ ...p, place: elsewhere(p.place), sourceId: null })) },
  { name: 'a part of another type', spoil: inFinding(isPart, (p) => ({ ...p, type: 'scattered' })) },
  { name: 'a part that was never found', spoil: without('ProblemFound', isPart) },
  { name: 'a part of nothing', spoil: without('ProblemSplit') },
  {
    name: 'a problem split into a part that is another problem',
    spoil: inFirst('ProblemSplit', (p, _a, house) => ({ ...p, into: [...(p.into as string[]).slice(1), house.id()] })),
  },
  { name: 'a rebound that nobody found', spoil: without('ProblemFound', isReborn) },
  { name: 'a rebound of a problem that did not rebound', spoil: without('ProblemRebounded') },
  { name: 'a rebound in another county', spoil: inFinding(isReborn, (p) => ({ ...p, place: elsewhere(p.place), sourceId: null })) },
  { name: 'a rebound of another unit', spoil: inFinding(isReborn, (p) => ({ ...p, unit: '别家' })) },
  {
    name: 'a rebound as another problem',
    spoil: inFirst(
      'ProblemRebounded',
      set('newProblemId', (_p, house) => house.id()),
    ),
  },
  {
    name: 'a rebound by the number of another problem',
    spoil: inFirst(
      'ProblemRebounded',
      set('newNo', () => 'LAW-0'),
    ),
  },
  { name: 'a letter that was never issued', spoil: without('LetterIssued') },
  { name: 'a batch that was never issued', spoil: without('BatchIssued') },
  {
    name: 'a batch without letters',
    spoil: (acts) => (acts.some((a) => a.kind === 'BatchIssued') ? acts.filter((a) => a.kind === 'BatchIssued') : undefined),
  },
  {
    name: 'a letter of one problem more',
    spoil: inFirst(
      'LetterIssued',
      set('problems', (p) => Number(p.problems) + 1),
    ),
  },
  { name: 'a letter without one of its problems', spoil: without('ProblemSupervised') },
  {
    name: 'a letter with a later deadline',
    spoil: inFirst(
      'LetterIssued',
      set('deadline', (p) => addDays(String(p.deadline), 1)),
    ),
  },
  {
    name: 'a letter of another batch',
    spoil: inFirst(
      'LetterIssued',
      set('batch', (p) => Number(p.batch) + 1),
    ),
  },
  {
    name: 'a letter to another city',
    spoil: inFirst(
      'LetterIssued',
      set('place', (p) => (p.place === 140_100 ? 140_200 : 140_100)),
    ),
  },
  {
    name: 'a supervised problem with a later deadline',
    spoil: inFirst(
      'ProblemSupervised',
      set('deadline', (p) => addDays(String(p.deadline), 1)),
    ),
  },
  {
    name: 'a supervised problem of another batch',
    spoil: inFirst(
      'ProblemSupervised',
      set('batch', (p) => Number(p.batch) + 1),
    ),
  },
  {
    name: 'a supervised problem of another government',
    spoil: inFirst(
      'ProblemSupervised',
      set('government', () => 'gov-140212'),
    ),
  },
  { name: 'a batch number for the second time', spoil: inFirst('BatchIssued', (p) => (Number(p.no) < 2 ? undefined : { ...p, no: 1 })) },
  {
    name: 'a problem number for the second time',
    rare: true,
    spoil: inFirst('ProblemFound', (p, _a, house) => {
      const other = [...house.problems.values()][0];
      return other === undefined ? undefined : { ...p, no: other.found.no };
    }),
  },
  {
    name: 'a finding under a version of its aspect that nobody knows',
    spoil: inFirst(
      'ProblemFound',
      set('aspectVersion', () => 9),
    ),
  },
  {
    name: 'a bulletin that does not say what it corrects',
    spoil: inFirst('BulletinReleased', (p) => (p.corrects === null ? undefined : { ...p, corrects: null })),
  },
  {
    name: 'a bulletin that corrects what its authors did not correct',
    spoil: inFirst('BulletinReleased', (p, act, house) => {
      const other = [...house.bulletins.values()].find((b) => b.state === 'released' && b.id !== act.streamId);
      return p.corrects !== null || other === undefined ? undefined : { ...p, corrects: other.id };
    }),
  },
  { name: 'a correction that the corrected bulletin does not know', spoil: without('BulletinCorrected') },
  { name: 'a correction by nothing', spoil: without('BulletinReleased') },
  {
    name: 'an inspection in another county',
    spoil: inFirst(
      'InspectionCompleted',
      set('place', (p) => elsewhere(p.place)),
    ),
  },
  {
    name: 'evidence of another object',
    spoil: (acts, house) => {
      const known = acts.findIndex((a) => a.kind === 'EvidenceReceived' && a.seq > 1);
      return known < 0 ? undefined : acts.map((a, i) => (i === known ? { ...a, payload: { ...a.payload, sha256: house.hash() } } : a));
    },
  },
  { name: 'a kind that nobody knows', rare: true, spoil: anyAct((a) => ({ ...a, kind: 'ProblemBlessed' })) },
  { name: 'a stream of another kind', rare: true, spoil: anyAct((a) => ({ ...a, stream: a.stream === 'problem' ? 'case' : 'problem' })) },
  { name: 'a place in its stream that was left out', rare: true, spoil: anyAct((a) => ({ ...a, seq: a.seq + 1 })) },
  { name: 'a place in its stream for the second time', rare: true, spoil: anyAct((a) => ({ ...a, seq: a.seq - 1 })) },
  { name: 'an id for the second time', rare: true, spoil: anyAct((a, house) => ({ ...a, id: house.acts[0]?.id })) },
  { name: 'an id in capitals', rare: true, spoil: anyAct((a) => ({ ...a, id: 'ABCDEF00-0000-7000-8000-000000000000' })) },
  { name: 'a schema that nobody knows', rare: true, spoil: anyAct((a) => ({ ...a, schema: 9 })) },
  { name: 'a bare name', rare: true, spoil: anyAct((a) => ({ ...a, actor: { ...a.actor, name: '李明远' } })) },
  {
    name: 'a recording before the entry before it',
    rare: true,
    spoil: anyAct((a, house) => {
      const last = house.acts.at(-1);
      const recordedAt = instant((last?.recordedAt ?? 0) - 1);
      return { ...a, recordedAt, happenedAt: recordedAt };
    }),
  },
  { name: 'a happening after its recording', rare: true, spoil: anyAct((a) => ({ ...a, happenedAt: instant(a.recordedAt + 1) })) },
];
