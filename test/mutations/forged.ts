import { sql } from 'kysely';
import { v7 } from 'uuid';
import type { Act, StreamKind } from '../../src/domain/acts/act.ts';
import { instant, type Instant } from '../../src/domain/kernel/instant.ts';
import { rowOf } from '../../src/storage/acts/rows.ts';
import { campaignStreamId, listStreamActs } from '../../src/storage/acts/read.ts';
import { ts } from '../../src/storage/database.ts';
import type { Signed } from './rounds.ts';

const place = 140_105;
const photo = (hash: string, takenAt: number) => [
  { sha256: hash, kind: 'photo', name: '照片.jpg', takenAt: new Date(takenAt).toISOString() },
];
const plan = { implementer: '演示厂', goal: '达标', measures: '封闭堆场', acceptanceBody: 'sx-acceptance' };
const people = {
  office: { id: 'office.1', org: 'sx-office' },
  office2: { id: 'office.2', org: 'sx-office' },
  team: { id: 'team.1', org: 'team-140100' },
  county: { id: 'county.1', org: 'gov-140105' },
  acceptance: { id: 'acceptance.1', org: 'sx-acceptance' },
} as const;
type Who = { readonly id: string; readonly org: string };

/**
 * Acts as somebody writes them who has the database, and perhaps the marking key: each is put into the table past the product, with a
 * leaf hash that is right. Everything stands a few milliseconds after what stood before it.
 */
export class Forger {
  readonly acts: Act[] = [];
  private readonly signed: Signed;
  private readonly seqs = new Map<string, number>();
  private at: number;
  private serial = 0;

  constructor(signed: Signed, at: number) {
    this.signed = signed;
    this.at = at;
  }

  get now(): number {
    return this.at;
  }

  act(stream: StreamKind, streamId: string, kind: string, payload: object, by: Who, change: object = {}): Act {
    const seq = (this.seqs.get(streamId) ?? 0) + 1;
    this.seqs.set(streamId, seq);
    this.at += 3;
    const named = ['ProblemAssigned', 'InspectionCompleted', 'TeamFormed', 'LetterReceived'].includes(kind);
    const times = { happenedAt: instant(this.at), recordedAt: instant(this.at) };
    const actor = { id: by.id, org: by.org, name: '' };
    const { slug } = this.signed;
    const act = {
      id: v7(),
      campaign: slug,
      stream,
      streamId,
      seq,
      kind,
      schema: named ? 2 : 1,
      payload,
      actor,
      ...times,
      ...change,
    } as Act;
    this.acts.push(act);
    return act;
  }

  /** The streams that are there, so that acts go on where theirs stand. */
  async know(streamId: string): Promise<Act[]> {
    const acts = await listStreamActs(this.signed.services.database.db, this.signed.row, streamId);
    this.seqs.set(streamId, acts.length);
    return acts;
  }

  /** A hash of a person's name: of nobody, in `personal_values` there is none. */
  person(): { sealed: string } {
    return { sealed: (++this.serial).toString(16).padStart(64, 'd') };
  }

  /** A problem that came so far by acts that could have been decided, each by whom it may be. */
  problem(upTo: (typeof life)[number], letter?: { id: string; batch: number; deadline: string }): { id: string; evidence: string } {
    const id = v7();
    const evidence = (++this.serial).toString(16).padStart(64, 'f');
    const on = (kind: string, payload: object, by: Who) => this.act('problem', id, kind, payload, by);
    for (const state of life.slice(0, life.indexOf(upTo) + 1)) {
      if (state === 'found') {
        const found = {
          no: `F-${++this.serial}`,
          sourceId: null,
          unit: '演示厂',
          place,
          lon: null,
          lat: null,
          aspect: 'boilers',
          aspectVersion: 1,
        };
        on('ProblemFound', { ...found, tags: [], type: 'boilers', text: '无治理设施', clue: 'inspection', evidence: [] }, people.team);
      } else if (state === 'confirmed') on('ProblemConfirmed', {}, people.office);
      else if (state === 'supervised') {
        if (letter === undefined) throw new Error('no letter');
        const { id: letterId, batch, deadline } = letter;
        on('ProblemSupervised', { letterId, batch, deadline, government: 'gov-140100' }, people.office);
      } else if (state === 'planned') on('ProblemPlanned', { ...plan, deadline: letter?.deadline }, people.county);
      else if (state === 'rectifying') on('RectificationStarted', {}, people.county);
      else if (state === 'claimed') on('RectificationClaimed', { text: '已整改', evidence: photo(evidence, this.at) }, people.county);
      else if (state === 'checked') on('ProblemChecked', { text: '属实' }, { id: 'team.2', org: 'team-140200' });
      else if (state === 'accepted') on('ProblemAccepted', accepted, people.acceptance);
      else if (state === 'cleared') on('ProblemCleared', { decisionNo: '销1' }, people.acceptance);
    }
    return { id, evidence };
  }
}

const life = ['found', 'confirmed', 'supervised', 'planned', 'rectifying', 'claimed', 'checked', 'accepted', 'cleared'] as const;
const accepted = { body: 'sx-acceptance', criteria: '五项', penaltyCase: null, noPenaltyReason: '首次违法', noticeDays: 0 };

interface Forgery {
  readonly name: string;
  readonly act: Act;
}

/** Illegal acts of every kind that we know, each behind acts that could have been decided. */
export async function forgeries(signed: Signed, at: number): Promise<{ acts: Act[]; forged: Forgery[] }> {
  const f = new Forger(signed, at);
  const forged: Forgery[] = [];
  const say = (name: string, act: Act) => forged.push({ name, act });
  const deadline = new Date(at + 20 * 86_400_000).toISOString().slice(0, 10);
  const batch = 9000;
  const letter = { id: v7(), batch, deadline };
  const on = (p: { id: string }, kind: string, payload: object, by: Who, change?: object) =>
    f.act('problem', p.id, kind, payload, by, change);

  f.act('batch', v7(), 'BatchIssued', { no: batch, name: '第九千批', deadline }, people.office);
  const counted = f.act(
    'letter',
    letter.id,
    'LetterIssued',
    { batch, place: 140_100, government: 'gov-140100', docNo: '演9000', problems: 0, deadline },
    people.office,
  );

  say('cleared by whoever claimed it', on(f.problem('accepted', letter), 'ProblemCleared', { decisionNo: '销2' }, people.county));
  say(
    'cleared by whoever found it',
    on(f.problem('accepted', letter), 'ProblemCleared', { decisionNo: '销3' }, { id: 'team.1', org: 'sx-acceptance' }),
  );
  say('cleared without acceptance', on(f.problem('checked', letter), 'ProblemCleared', { decisionNo: '销4' }, people.acceptance));
  say(
    'accepted with neither penalty nor reason',
    on(f.problem('checked', letter), 'ProblemAccepted', { ...accepted, noPenaltyReason: null }, people.acceptance),
  );
  say(
    'accepted on a case that nobody decided',
    on(f.problem('checked', letter), 'ProblemAccepted', { ...accepted, penaltyCase: '罚-无', noPenaltyReason: null }, people.acceptance),
  );
  say(
    'accepted by the addressee of the letter',
    on(f.problem('checked', letter), 'ProblemAccepted', { ...accepted, body: 'gov-140100' }, { id: 'city.1', org: 'gov-140100' }),
  );
  say(
    'accepted with another notice than the rule',
    on(f.problem('checked', letter), 'ProblemAccepted', { ...accepted, noticeDays: 3 }, people.acceptance),
  );
  say(
    'withdrawn without a proposal',
    on(f.problem('supervised', letter), 'ProblemWithdrawn', { reason: '重复', proposedBy: 'office.2' }, people.office),
  );
  const proposed = f.problem('supervised', letter);
  on(proposed, 'WithdrawalProposed', { reason: '重复' }, people.office);
  say('withdrawn by one person', on(proposed, 'ProblemWithdrawn', { reason: '重复', proposedBy: 'office.1' }, people.office));
  say(
    'extended under a rule that nobody knows',
    on(f.problem('planned', letter), 'DeadlineExtended', { rule: '领导批示', days: 5, deadline, reason: '批示' }, people.office),
  );
  say(
    'extended by more days than the rule gives',
    on(f.problem('planned', letter), 'DeadlineExtended', { rule: 'SX-YAN-02', days: 40, deadline, reason: '停工' }, people.office),
  );
  say('an unknown kind of act', on(f.problem('found'), 'ProblemBlessed', {}, people.office));
  say('a plan without its goal', on(f.problem('supervised', letter), 'ProblemPlanned', { ...plan, goal: ' ', deadline }, people.county));
  say(
    'a claim without evidence',
    on(f.problem('rectifying', letter), 'RectificationClaimed', { text: '已整改', evidence: [] }, people.county),
  );
  const first = f.problem('claimed', letter);
  say(
    'a claim on evidence of another claim',
    on(f.problem('rectifying', letter), 'RectificationClaimed', { text: '已整改', evidence: photo(first.evidence, f.now) }, people.county),
  );
  say(
    'a claim on evidence older than the finding',
    on(
      f.problem('rectifying', letter),
      'RectificationClaimed',
      { text: '已整改', evidence: photo('c'.repeat(64), at - 86_400_000) },
      people.county,
    ),
  );
  say('checked by whoever rectified', on(f.problem('claimed', letter), 'ProblemChecked', { text: '属实' }, people.county));
  say('confirmed twice', on(f.problem('confirmed'), 'ProblemConfirmed', {}, people.office));
  say(
    'split after it was supervised',
    on(f.problem('supervised', letter), 'ProblemSplit', { into: [v7(), v7()], reason: '拆分' }, people.office),
  );
  const alone = f.problem('supervised', letter);
  on(alone, 'MergeProposed', { into: proposed.id, reason: '重复' }, people.office);
  say('merged into itself', on(alone, 'ProblemMerged', { into: alone.id, reason: '重复', proposedBy: 'office.1' }, people.office2));
  say(
    'it happened before what it rests on',
    on(f.problem('found'), 'ProblemConfirmed', {}, people.office, { happenedAt: instant(at - 86_400_000) as Instant }),
  );
  say(
    'supervised by a letter that was never issued',
    on(f.problem('confirmed'), 'ProblemSupervised', { letterId: v7(), batch, deadline, government: 'gov-140100' }, people.office),
  );
  say(
    'a rebound that is no problem',
    on(f.problem('cleared', letter), 'ProblemRebounded', { reason: '反弹', newProblemId: v7(), newNo: 'F-0' }, people.team),
  );
  say('a batch without letters', f.act('batch', v7(), 'BatchIssued', { no: 9001, name: '空批', deadline }, people.office));
  say('a batch number for the second time', f.act('batch', v7(), 'BatchIssued', { no: 1, name: '第一批', deadline }, people.office));
  const filed = v7();
  f.act(
    'case',
    filed,
    'CaseFiled',
    { no: 'F-罚', unit: '演示厂', sourceId: null, problemId: null, place, cause: '超标', department: '分局' },
    people.office,
  );
  say('a revocation of a decision that does not stand', f.act('case', filed, 'PenaltyRevoked', { reason: '主体认定有误' }, people.office));
  const campaign = campaignStreamId(signed.row.id);
  await f.know(campaign);
  say('marks that begin a second time', f.act('campaign', campaign, 'LogMarksBegun', { size: 5 }, { id: 'system', org: 'system' }));
  say('a second campaign in the log', f.act('campaign', v7(), 'CampaignOpened', (await f.know(campaign))[0]?.payload ?? {}, people.office));
  const source = v7();
  f.act(
    'source',
    source,
    'SourceRegistered',
    { no: 'F-Y', name: '演示厂', uscc: null, place, lon: null, lat: null, industry: '铸造', outlets: [], scattered: false },
    people.team,
  );
  const inspection = { no: 'J-1', place, aspect: 'boilers', legalBody: '分局', result: 'clean', text: '未见异常' };
  say(
    'an inspection by one officer',
    f.act('source', source, 'InspectionCompleted', { ...inspection, officers: [f.person()] }, people.team),
  );
  const twice = f.person();
  say(
    'an inspection by one officer named twice',
    f.act('source', source, 'InspectionCompleted', { ...inspection, officers: [twice, twice] }, people.team),
  );
  say(
    'figures published as of before what was published',
    f.act('publication', v7(), 'FiguresPublished', { asOf: '2019-07-02T00:00:00.000Z' }, people.office),
  );
  const text = { title: '通报', lang: 'zh', body: '。', asOf: '2019-08-05T10:00:00.000Z' };
  const bulletin = v7();
  f.act('bulletin', bulletin, 'BulletinDrafted', { ...text, no: 9000, kind: 'bulletin', corrects: null }, people.office);
  f.act('bulletin', bulletin, 'BulletinSubmitted', {}, people.office);
  const released = { figures: [], artefacts: [], checkpoint: null, corrects: null, releasedAt: '2019-08-05T10:00:00.000Z', renderer: '1' };
  say('a bulletin released by its author', f.act('bulletin', bulletin, 'BulletinReleased', released, people.office));
  const [own] = (
    await sql<{
      payload: string;
    }>`select payload from acts where campaign_id = ${signed.row.id} and kind = 'BulletinReleased' limit 1`.execute(
      signed.services.database.db,
    )
  ).rows.map((row) => JSON.parse(row.payload) as { figures: { numerator: number; asOf: string; logSize: number }[] });
  const frozen = own?.figures[0];
  if (frozen === undefined) throw new Error('no released bulletin');
  const relabelled: [string, object][] = [
    ['a frozen figure under an earlier instant', { asOf: '2019-08-01T18:00:00+08:00' }],
    ['a frozen figure under a later instant', { asOf: '2019-09-05T18:00:00+08:00' }],
    ['a frozen figure of another number', { numerator: frozen.numerator - 1 }],
    ['a frozen figure of a log that is longer', { logSize: frozen.logSize + 40 }],
    ['a frozen figure of no instant', { asOf: 'yesterday' }],
  ];
  for (const [name, change] of relabelled) {
    const id = v7();
    f.act('bulletin', id, 'BulletinDrafted', { ...text, no: f.now % 100_000, kind: 'bulletin', corrects: null }, people.office);
    f.act('bulletin', id, 'BulletinSubmitted', {}, people.office);
    say(name, f.act('bulletin', id, 'BulletinReleased', { ...released, figures: [{ ...frozen, ...change }] }, people.office2));
  }
  say('a person named bare', f.act('problem', v7(), 'ProblemFound', {}, people.office, { actor: { ...people.office, name: '李明远' } }));
  say('an act on a stream of another kind', f.act('case', f.problem('found').id, 'PenaltyRevoked', { reason: '无' }, people.office));
  const supervised = f.acts.filter((a) => a.kind === 'ProblemSupervised' && a.payload.letterId === letter.id).length;
  const acts = f.acts.map((a) => (a === counted ? ({ ...a, payload: { ...a.payload, problems: supervised } } as Act) : a));
  return { acts, forged };
}

/** Puts an act into the table past the product. Constraints that stand in its way are taken away first (`openTable`). */
export async function putIn(signed: Signed, act: Act, mark: 'marked' | 'unmarked'): Promise<void> {
  const r = rowOf(act);
  const made = mark === 'marked' ? signed.services.marks.mark(signed.slug, r.leaf) : null;
  await sql`insert into acts (campaign_id, id, stream, stream_id, stream_seq, kind, schema_version, payload, actor_id, actor_org, actor_name,
      happened_at, recorded_at, leaf, mark) values (${signed.row.id}, ${r.id}, ${r.stream}, ${r.stream_id}, ${r.stream_seq}, ${r.kind}, ${r.schema_version},
      ${r.payload}, ${r.actor_id}, ${r.actor_org}, ${r.actor_name}, ${ts(r.happened_at)}, ${ts(r.recorded_at)}, ${r.leaf}, ${made})`.execute(
    signed.services.database.db,
  );
}

/** What a person with the database does first. */
export async function openTable(signed: Signed): Promise<void> {
  await sql`alter table acts drop constraint if exists acts_stream_fkey`.execute(signed.services.database.db);
}
