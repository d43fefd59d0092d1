import { draft, type ActorRef, type Draft } from '../../src/domain/acts/act.ts';
import type { EvidenceRef } from '../../src/domain/evidence/acts.ts';
import { aspectInForce } from '../../src/domain/campaign/campaign.ts';
import type { CampaignSettings } from '../../src/domain/campaign/settings.ts';
import { decideExport, decideReceive } from '../../src/domain/evidence/decide.ts';
import { alikeUpTo, looksAlike, turned } from '../../src/domain/evidence/likeness.ts';
import { evidenceStreamId } from '../../src/domain/evidence/stream.ts';
import {
  addDays,
  dateOf,
  endOfDate,
  formatInstant,
  instant,
  isPlainDate,
  parseInstant,
  type Instant,
} from '../../src/domain/kernel/instant.ts';
import { cityOf, levelOf } from '../../src/domain/kernel/place.ts';
import { isRefusal, type Refusal } from '../../src/domain/kernel/refusal.ts';
import { problemVerbs, type ProblemCommand, type ProblemVerb } from '../../src/domain/problems/commands.ts';
import { decideProblem, type AlikeEvidence, mayDo, type KeptEvidence } from '../../src/domain/problems/decide.ts';
import type { Problem } from '../../src/domain/problems/state.ts';
import { decideRelease, decideReturn, decideRevise, decideSubmit, type Bulletin } from '../../src/domain/publication/bulletin.ts';
import { decidePublish, publishedFigures } from '../../src/domain/publication/published.ts';
import { below, pick, seeded, weighted, type Random } from '../../src/demo/random.ts';
import { isUscc } from '../../src/domain/sources/uscc.ts';
import { decideIssue } from '../../src/domain/supervision/issue.ts';
import { begin, campaignStream, House } from './law-house.ts';
import { fewCounties, fewSettings } from './settings.ts';

const second = 1000;
const minute = 60 * second;
const day = 86_400_000;

/**
 * Something that is put into the log: by the house, when the domain decides exactly this, else by somebody with its keys.
 * `refused` says why the house would not have written it.
 */
export interface Question {
  readonly name: string;
  readonly drafts: readonly Draft[];
  readonly actor: ActorRef;
  readonly happenedAt: Instant;
  readonly refused: string | undefined;
}

const who = (id: string, org: string): ActorRef => ({ id, org, name: id });
const cast = {
  office: [who('office.1', 'sx-office'), who('office.2', 'sx-office')],
  team: [who('team.1', 'team-140100'), who('team.2', 'team-140200')],
  county: [who('county.1', 'gov-140105'), who('county.2', 'gov-140105'), who('county.3', 'gov-140212'), who('city.1', 'gov-140100')],
  acceptance: [who('acceptance.1', 'sx-acceptance'), who('acceptance.2', 'sx-acceptance'), who('review.1', 'review-body')],
} as const;
const everybody: readonly ActorRef[] = [...cast.office, ...cast.team, ...cast.county, ...cast.acceptance];
const organisations = [
  ['sx-office', 140_000, 'office'],
  ['sx-acceptance', 140_000, 'acceptance'],
  ['review-body', 140_000, 'acceptance'],
  ['team-140100', 140_100, 'team'],
  ['team-140200', 140_200, 'team'],
  ['gov-140100', 140_100, 'government'],
  ['gov-140200', 140_200, 'government'],
  ['gov-140105', 140_105, 'government'],
  ['gov-140212', 140_212, 'government'],
] as const;

const doers: Readonly<Record<ProblemVerb, readonly ActorRef[]>> = {
  confirm: cast.office,
  notFounded: cast.office,
  assign: cast.office,
  plan: cast.county,
  changeBody: cast.office,
  start: cast.county,
  stage: cast.county,
  claim: cast.county,
  check: cast.team,
  return: cast.team,
  accept: cast.acceptance,
  clear: cast.acceptance,
  watch: cast.office,
  settle: cast.office,
  extend: cast.office,
  withdraw: cast.office,
  merge: cast.office,
  split: cast.office,
  rebound: cast.team,
};
/** The way of a problem that comes through. */
const onward: Partial<Record<Problem['state'], readonly ProblemVerb[]>> = {
  found: ['confirm'],
  confirmed: ['assign', 'assign', 'assign', 'assign', 'assign', 'split'],
  supervised: ['plan', 'plan', 'plan', 'assign', 'extend'],
  planned: ['start', 'start', 'start', 'assign', 'changeBody', 'extend'],
  rectifying: ['claim', 'claim', 'claim', 'stage', 'extend'],
  staged: ['claim'],
  returned: ['start', 'start', 'extend'],
  claimed: ['check'],
  checked: ['accept'],
  accepted: ['clear', 'clear', 'clear', 'return'],
  cleared: ['watch', 'rebound'],
  watched: ['settle', 'settle', 'rebound'],
  settled: ['rebound'],
};

const liveSettings: CampaignSettings = { ...fewSettings(), slug: 'law', mode: 'live', defaultNoticeDays: 1 };

/** Three pictures that have nothing in common: their bits follow from a multiplication, so that no chance decides. */
const scenes = [7, 11, 13].map((n) =>
  Array.from({ length: 256 }, (_, i) => (i > 0 && (Math.imul(i + n, 2_654_435_761 * n) >>> 13) % 2 === 1 ? '1' : '0')).join(''),
);

/** One history: a house, and one question after the other. */
export class LawHistory {
  readonly house: House;
  private readonly r: Random;
  private focus: string | undefined;
  /** Whether something was recorded within the last ten seconds: two that come so close may rest on each other in either order. */
  abreast = false;

  constructor(seed: number, n: number) {
    this.r = seeded(seed, n);
    this.house = new House(liveSettings);
    this.open();
  }

  private open(): void {
    const { house } = this;
    const opening = [
      draft('campaign', campaignStream, 'CampaignOpened', liveSettings),
      ...organisations.map(([code, place, kind]) =>
        draft('campaign', campaignStream, 'OrganisationRegistered', { code, name: code, place, kind }),
      ),
      ...(this.some(0.3) ? [draft('campaign', campaignStream, 'AspectClosed', { code: 'other', version: 1 })] : []),
    ];
    house.append(house.toActs(opening, cast.office[0], begin));
    house.wait(minute);
    for (const place of [140_105, 140_212]) house.append(house.toActs([this.source(place)], cast.team[0], house.now));
  }

  private some(chance: number): boolean {
    return this.r.next() < chance;
  }

  private source(place: number): Draft {
    const id = this.house.id();
    const payload = {
      no: `Y-${this.house.next()}`,
      name: '云岫演示铸造有限公司',
      uscc: null,
      place,
      lon: null,
      lat: null,
      industry: '铸造',
    };
    return draft('source', id, 'SourceRegistered', { ...payload, outlets: [], scattered: false });
  }

  private text(): string {
    return this.some(0.97) ? '已按要求办理' : pick(this.r, ['', ' ', '\u200b\u3000', '控制\u0007符', 'e\u0301']);
  }

  /** The next question; the clock has moved on. */
  ask(): Question {
    const gap = weighted(this.r, [
      [() => 1 + below(this.r, 9000), 1],
      [() => 10_001 + below(this.r, 20 * minute), 8],
      [() => 10_001 + below(this.r, 3 * day), 4],
    ] as const);
    const before = this.house.now;
    this.house.wait(gap());
    const what = weighted(this.r, [
      ['problem', 60],
      ['find', 8],
      ['issue', 3],
      ['evidence', 6],
      ['case', 4],
      ['bulletin', 12],
      ['publish', 2],
      ['source', 3],
    ] as const);
    const asked = this.question(what);
    this.abreast = this.house.now - before <= 10_000;
    return asked;
  }

  private question(what: string): Question {
    switch (what) {
      case 'find':
        return this.find();
      case 'issue':
        return this.issue();
      case 'evidence':
        return this.evidence();
      case 'case':
        return this.caseAct();
      case 'bulletin':
        return this.bulletin();
      case 'publish':
        return this.publish();
      case 'source':
        return this.inspect();
      default:
        return this.onProblem();
    }
  }

  /** What the house decides, or what somebody writes past it. */
  private made(
    name: string,
    actor: ActorRef,
    happenedAt: Instant,
    decided: readonly Draft[] | Refusal | string,
    forged: () => readonly Draft[],
  ): Question {
    const refused = typeof decided === 'string' ? decided : isRefusal(decided as Refusal) ? (decided as Refusal).code : undefined;
    const drafts = refused === undefined ? (decided as readonly Draft[]) : forged();
    return { name, drafts, actor, happenedAt, refused };
  }

  /** When it was done: now, some time ago, at the border of what it rests on, or in the future. */
  private happened(last: Instant): Instant {
    const { now } = this.house;
    return instant(
      weighted(this.r, [
        [() => now, 20],
        [() => last, 1],
        [() => last - 1, 1],
        [() => Math.max(last, now - below(this.r, 2 * day)), 4],
        [() => now - below(this.r, 45 * day), 0.4],
        [() => now + 1, 0.3],
      ] as const)(),
    );
  }

  private target(): Problem | undefined {
    const all = [...this.house.problems.values()];
    if (all.length === 0) return undefined;
    const ended = (p: Problem | undefined): boolean => p === undefined || onward[p.state] === undefined;
    if (ended(this.house.problems.get(this.focus ?? '')) ? this.some(0.9) : this.some(0.1)) {
      const going = all.filter((p) => !ended(p));
      this.focus = pick(this.r, going.length > 0 && this.some(0.95) ? going : all).id;
    }
    return this.house.problems.get(this.focus ?? '');
  }

  private onProblem(): Question {
    const p = this.target();
    if (p === undefined) return this.find();
    const verb = weighted(this.r, [
      [() => pick(this.r, onward[p.state] ?? problemVerbs), 12],
      [() => pick(this.r, [...problemVerbs.filter((v) => mayDo(p.state, v)), 'confirm'] as const), 2],
      [() => p.proposal?.kind ?? pick(this.r, ['withdraw', 'merge'] as const), p.proposal === null ? 0.5 : 3],
      [() => pick(this.r, problemVerbs), 1],
    ] as const)();
    if (p.state === 'confirmed' && verb === 'assign' && this.some(0.8)) return this.issue();
    const named = doers[verb].filter((a) => (verb !== 'accept' && verb !== 'clear') || this.some(0.1) || a.org === p.plan?.acceptanceBody);
    const actor = this.some(0.9) ? pick(this.r, named.length > 0 ? named : doers[verb]) : pick(this.r, everybody);
    this.waitFor(p, verb);
    if (verb === 'accept' && this.some(0.5)) this.punish(p);
    if (verb === 'claim' && this.some(0.9)) this.handIn(p);
    const command = this.command(verb, p);
    const happenedAt = this.happened(p.lastHappenedAt);
    const other = command.do === 'merge' ? this.house.problems.get(command.into) : undefined;
    const caseNamed = command.do === 'accept' ? command.penaltyCase : null;
    const newIds = [this.house.id()];
    const newNo = `LAW-${this.house.next()}`;
    const decided = decideProblem(p, command, {
      settings: this.house.campaign.settings,
      organisations: this.house.campaign.organisations,
      actor,
      happenedAt,
      at: this.house.now,
      newIds,
      newNo,
      seenEvidence: this.house.seenEvidence,
      kept: this.keptFor(p.id),
      alike: this.alikeTo(p),
      other,
      penaltyCase: [...this.house.cases.values()].find((c) => c.id === caseNamed || c.no === caseNamed),
    });
    return this.made(verb, actor, happenedAt, this.sealed(decided), () =>
      this.forge(p, command, actor, { newId: newIds[0] as string, newNo }),
    );
  }

  /** Names of persons as the house keeps them. */
  private sealed(decided: Draft[] | Refusal): Draft[] | Refusal {
    if (isRefusal(decided)) return decided;
    return decided.map((d) =>
      d.kind === 'ProblemAssigned' ? draft('problem', d.streamId, d.kind, { ...d.payload, person: this.person() }) : d,
    );
  }

  private person() {
    return { sealed: this.house.hash() };
  }

  /** Lets notices and watches end, or stand a millisecond before their end. */
  private waitFor(p: Problem, verb: ProblemVerb): void {
    const offset = liveSettings.utcOffsetMinutes;
    if (verb === 'clear' && p.acceptedRecordedAt !== null && this.some(0.85)) {
      const over = endOfDate(addDays(dateOf(p.acceptedRecordedAt, offset), p.noticeDays), offset);
      this.house.until(this.some(0.15) ? over - 1 : this.some(0.3) ? over : over + below(this.r, day));
    } else if (verb === 'settle' && p.watchedUntil !== null && isPlainDate(p.watchedUntil) && this.some(0.7)) {
      const over = endOfDate(p.watchedUntil, offset);
      this.house.until(this.some(0.15) ? over - 1 : over + below(this.r, day));
    }
  }

  private keptFor(problemId: string): ReadonlyMap<string, KeptEvidence> {
    const kept = new Map<string, KeptEvidence>();
    for (const o of this.house.objects.values()) {
      const receipt = o.receipts.find((x) => x.payload.itemId === problemId);
      if (receipt !== undefined) kept.set(o.sha256, { sealed: o.sealed, deviceTakenAt: receipt.payload.deviceTakenAt });
    }
    return kept;
  }

  /** Earlier pictures of other problems that the claim's look like, in the plainest words. */
  private alikeTo(p: Problem): AlikeEvidence[] {
    const pictures = [...this.house.objects.values()].flatMap((o) =>
      o.receipts.map((x) => ({ sha256: o.sha256, item: x.payload.itemId, no: x.payload.itemNo, at: x.at, likeness: x.payload.likeness })),
    );
    const shown = new Set(p.claimEvidence.map((e) => e.sha256));
    return pictures.flatMap((own) =>
      own.item === p.id && shown.has(own.sha256)
        ? pictures
            .filter((o) => o.item !== p.id && o.at <= own.at && o.likeness !== undefined && own.likeness !== undefined)
            .filter((o) => looksAlike(own.likeness as string, o.likeness as string))
            .map((o) => ({ sha256: own.sha256, no: o.no }))
        : [],
    );
  }

  /** What a picture looks like: now and then one of three scenes, as it is, mirrored, or a little more or less changed than is told. */
  private likeness(): { likeness?: string } {
    if (this.some(0.6)) return {};
    const scene = pick(this.r, scenes);
    const picture = this.some(0.3) ? pick(this.r, turned(scene)) : scene;
    const changed = weighted(this.r, [
      [0, 4],
      [alikeUpTo, 1],
      [alikeUpTo + 1, 1],
      [alikeUpTo + 30, 1],
    ] as const);
    // The first bit is always 0.
    const flip = (bit: string, i: number) => (i > 0 && i <= changed ? (bit === '1' ? '0' : '1') : bit);
    return { likeness: [...picture].map(flip).join('') };
  }

  /** Hands an object in for a problem, as an upload leaves it; now and then it is not sealed. */
  private handIn(p: Problem): void {
    const sha256 = this.house.hash();
    const drafts = this.receipt(p, sha256, this.deviceTime(p));
    this.house.append(this.house.toActs(this.some(0.04) ? drafts.slice(0, 1) : drafts, cast.team[0], this.house.now));
    this.pending = sha256;
    this.house.wait(this.some(0.1) ? 1 + below(this.r, 9000) : 10_001 + below(this.r, minute));
  }
  private pending: string | undefined;

  private deviceTime(p: Problem): string | null {
    const { now } = this.house;
    const at = weighted<() => number | null>(this.r, [
      [() => null, 6],
      [() => now - below(this.r, 2 * 60 * minute), 6],
      [() => p.foundAt - day, 0.6],
      [() => p.foundAt - day + 1, 0.6],
      [() => now - 2 * day, 0.6],
    ])();
    return at === null ? (this.some(0.1) ? 'yesterday' : null) : formatInstant(instant(at));
  }

  private receipt(p: Problem, sha256: string, deviceTakenAt: string | null): Draft[] {
    const streamId = evidenceStreamId(liveSettings.slug, sha256);
    return decideReceive(
      streamId,
      this.house.objects.get(sha256),
      {
        sha256,
        bytes: 1000,
        mediaType: 'image/jpeg',
        kind: 'photo',
        name: '照片.jpg',
        takenAt: null,
        deviceTakenAt,
        hasLocation: false,
        ...this.likeness(),
        itemId: p.id,
        itemNo: p.found.no,
        place: p.found.place,
      },
      [],
    );
  }

  /** Evidence of a claim: handed in and newer most of the time; else old, seen, of the future, twice, or never handed in. */
  private shown(p: Problem): EvidenceRef[] {
    const { now } = this.house;
    const own = this.pending ?? this.house.hash();
    this.pending = undefined;
    const sha256 = weighted(this.r, [
      [() => own, 16],
      [() => pick(this.r, [own, ...this.house.seenEvidence]), 1],
      [() => pick(this.r, [own, ...this.house.objects.keys()]), 1],
      [() => this.house.hash(), 0.6],
    ] as const)();
    const made = parseInstant(this.keptFor(p.id).get(sha256)?.deviceTakenAt ?? '');
    const at = weighted(this.r, [
      [() => Math.max(p.foundAt + 1, (made ?? now) - below(this.r, 30 * minute)), 16],
      [() => p.foundAt, 0.5],
      [() => p.foundAt + 1, 0.5],
      [() => now, 0.5],
      [() => now + 1, 0.5],
      [() => (made ?? now) + day, 0.3],
      [() => (made ?? now) - day - 1, 0.3],
    ] as const)();
    const takenAt = this.some(0.02) ? pick(this.r, ['', 'yesterday', '2019-08-01', '2019-08-01T10:00:00']) : formatInstant(instant(at));
    const one: EvidenceRef = { sha256, kind: 'photo', name: '照片1.jpg', takenAt };
    return this.some(0.03) ? [one, { ...one, name: '照片2.jpg' }] : this.some(0.03) ? [] : [one];
  }

  private command(verb: ProblemVerb, p: Problem): ProblemCommand {
    const { r, house } = this;
    const text = this.text();
    const today = dateOf(house.now, liveSettings.utcOffsetMinutes);
    switch (verb) {
      case 'confirm':
      case 'start':
      case 'settle':
        return { do: verb };
      case 'notFounded':
      case 'return':
      case 'withdraw':
        return { do: verb, reason: text };
      case 'assign':
        return {
          do: verb,
          government: this.some(0.1)
            ? pick(r, ['sx-acceptance', 'team-140100'])
            : `gov-${this.some(0.7) ? p.found.place : cityOf(p.found.place)}`,
          department: this.text(),
          person: this.some(0.97) ? '刘守信' : '',
        };
      case 'changeBody':
        return { do: verb, body: this.body(), reason: text };
      case 'plan': {
        const end = p.deadline ?? addDays(today, 10);
        const days = weighted(r, [
          [end, 8],
          [addDays(end, 1), 0.6],
          [today, 1],
          [addDays(today, -1), 0.6],
          ['2019-02-30', 0.3],
          [addDays(end, -1), 1],
        ] as const);
        return { do: verb, implementer: this.text(), goal: this.text(), deadline: days, measures: text, acceptanceBody: this.body() };
      }
      case 'stage':
        return { do: verb, progress: text };
      case 'claim':
        return { do: verb, text, evidence: this.shown(p) };
      case 'check':
        return { do: verb, text, ...(this.some(0.5) ? { alike: '同一厂区' } : {}) };
      case 'accept':
        return { do: verb, criteria: text, ...this.penalty(p), ...(this.some(0.5) ? { alike: '同一厂区' } : {}) };
      case 'clear':
        return { do: verb, decisionNo: text };
      case 'watch':
        return {
          do: verb,
          until: weighted(r, [
            [addDays(today, 1 + below(r, 20)), 8],
            [today, 1],
            [addDays(today, -1), 1],
            ['soon', 0.5],
          ] as const),
        };
      case 'extend': {
        const rule = weighted(r, [
          ['SX-YAN-01', 5],
          ['SX-YAN-02', 5],
          ['领导批示', 1],
        ] as const);
        const days = weighted(r, [
          [1 + below(r, 14), 8],
          [14, 1],
          [15, 0.6],
          [30, 0.6],
          [31, 0.6],
          [0, 0.4],
          [-3, 0.4],
          [1.5, 0.4],
        ] as const);
        return { do: verb, rule, days, reason: text };
      }
      case 'merge': {
        const proposed = p.proposal?.into;
        const into =
          proposed !== undefined && this.some(0.8)
            ? proposed
            : pick(r, [...house.problems.keys(), ...(this.some(0.1) ? [house.id()] : [])]);
        return { do: verb, into, reason: text };
      }
      case 'split': {
        const parts = Array.from({ length: this.some(0.9) ? 2 + below(r, 2) : 1 }, () => ({
          id: house.id(),
          no: `LAW-${house.next()}`,
          text: '其中一部分',
        }));
        return { do: verb, parts, reason: text };
      }
      case 'rebound': {
        if (this.some(0.6)) this.handIn(p);
        return { do: verb, reason: text, evidence: this.some(0.4) && this.pending === undefined ? [] : this.shown(p) };
      }
    }
  }

  private body(): string {
    return weighted(this.r, [
      ['sx-acceptance', 14],
      ['review-body', 3],
      ['nobody', 0.7],
      ['gov-140105', 0.7],
      ['gov-140212', 0.7],
      ['gov-140100', 0.7],
      ['', 0.3],
    ] as const);
  }

  private penalty(p: Problem): { penaltyCase: string | null; noPenaltyReason: string | null } {
    const fit = [...this.house.cases.values()].filter((c) => c.problemId === p.id || c.problemId === null);
    const own = this.house.cases.get(this.caseOf ?? '');
    this.caseOf = undefined;
    const one = own ?? pick(this.r, [undefined, ...(this.some(0.8) ? fit : this.house.cases.values())]);
    const penaltyCase = one === undefined ? pick(this.r, ['nobody', '', this.house.id()]) : this.some(0.5) ? one.id : one.no;
    return weighted(this.r, [
      [{ penaltyCase: null, noPenaltyReason: '首次违法且及时改正' }, 5],
      [{ penaltyCase, noPenaltyReason: null }, 7],
      [{ penaltyCase, noPenaltyReason: this.text() }, 1],
      [{ penaltyCase: null, noPenaltyReason: null }, 0.6],
      [{ penaltyCase: null, noPenaltyReason: ' ' }, 0.3],
    ] as const);
  }

  /** What somebody with the keys writes who wants a refused command to have happened: a payload as it would stand there. */
  private forge(p: Problem, c: ProblemCommand, actor: ActorRef, born: { newId: string; newNo: string }): Draft[] {
    const on = <K extends Parameters<typeof draft>[2]>(kind: K, payload: Parameters<typeof draft<K>>[3]) =>
      draft('problem', p.id, kind, payload);
    switch (c.do) {
      case 'confirm':
        return [on('ProblemConfirmed', {})];
      case 'notFounded':
        return [on('ProblemNotFounded', { reason: c.reason })];
      case 'assign':
        return [
          on('ProblemAssigned', {
            government: c.government,
            department: c.department,
            person: c.person === '' ? '' : this.person(),
          }),
        ];
      case 'plan': {
        const { implementer, goal, deadline, measures, acceptanceBody } = c;
        return [on('ProblemPlanned', { implementer, goal, deadline, measures, acceptanceBody })];
      }
      case 'changeBody':
        return [on('AcceptanceBodyChanged', { body: c.body, reason: c.reason })];
      case 'start':
        return [on('RectificationStarted', {})];
      case 'stage':
        return [on('RectificationStaged', { progress: c.progress })];
      case 'claim':
        return [on('RectificationClaimed', { text: c.text, evidence: c.evidence })];
      case 'check':
        return [on('ProblemChecked', { text: c.text, ...(c.alike === undefined ? {} : { alike: c.alike }) })];
      case 'return':
        return [on('ProblemReturned', { reason: c.reason })];
      case 'accept': {
        const { criteria, penaltyCase, noPenaltyReason } = c;
        const noticeDays = liveSettings.aspects.find((a) => a.code === p.found.aspect)?.noticeDays ?? 0;
        return [
          on('ProblemAccepted', {
            body: actor.org,
            criteria,
            penaltyCase,
            noPenaltyReason,
            noticeDays,
            ...(c.alike === undefined ? {} : { alike: c.alike }),
          }),
        ];
      }
      case 'clear':
        return [on('ProblemCleared', { decisionNo: c.decisionNo })];
      case 'watch':
        return [on('ProblemWatched', { until: c.until })];
      case 'settle':
        return [on('ProblemSettled', {})];
      case 'extend': {
        const deadline = addDays(p.deadline ?? '2019-08-01', Math.trunc(c.days));
        return [on('DeadlineExtended', { rule: c.rule, days: c.days, deadline, reason: c.reason })];
      }
      case 'withdraw':
        return this.some(0.3)
          ? [on('WithdrawalProposed', { reason: c.reason })]
          : [on('ProblemWithdrawn', { reason: c.reason, proposedBy: p.proposal?.by.id ?? 'office.2' })];
      case 'merge':
        return this.some(0.3)
          ? [on('MergeProposed', { into: c.into, reason: c.reason })]
          : [on('ProblemMerged', { into: c.into, reason: c.reason, proposedBy: p.proposal?.by.id ?? 'office.2' })];
      case 'split': {
        const firstFoundBy = [...(p.found.firstFoundBy ?? []), p.foundBy.id];
        const parts = c.parts.map(({ id, no, text }) =>
          draft('problem', id, 'ProblemFound', { ...p.found, no, text, splitFrom: p.id, firstFoundBy }),
        );
        return [on('ProblemSplit', { into: c.parts.map((x) => x.id), reason: c.reason }), ...parts];
      }
      case 'rebound': {
        const { splitFrom: _s, firstFoundBy: _f, ...found } = p.found;
        const { newId, newNo } = born;
        return [
          on('ProblemRebounded', { reason: c.reason, newProblemId: newId, newNo }),
          draft('problem', newId, 'ProblemFound', {
            ...found,
            no: newNo,
            text: c.reason,
            clue: 'rebound',
            evidence: c.evidence,
            reboundOf: p.id,
          }),
        ];
      }
    }
  }

  /** Finding: its rules stand in the use-case, so they are told here a second time. */
  private find(): Question {
    const { r, house } = this;
    const place = this.some(0.95) ? pick(r, fewCounties) : pick(r, [140_100, 140_000, 110_101]);
    const aspect = weighted(r, [
      ['boilers', 5],
      ['key-dischargers', 5],
      ['other', 1],
      ['nothing', 0.3],
    ] as const);
    const type = this.some(0.97) ? 'boilers' : 'nothing';
    const source = pick(r, [undefined, ...[...house.sources.values()].filter((x) => x.place === place || this.some(0.05))]);
    const sourceId = this.some(0.02) ? house.id() : (source?.id ?? null);
    const id = house.id();
    const inForce = aspectInForce(house.campaign, aspect);
    const happenedAt = this.happened(house.now);
    const refused =
      inForce === undefined
        ? 'problem.aspect-unknown'
        : type === 'nothing'
          ? 'problem.type-unknown'
          : levelOf(place) !== 'county' || !liveSettings.places.some((x) => x.code === place)
            ? 'problem.place-unknown'
            : sourceId !== null && source?.id !== sourceId
              ? 'problem.source-unknown'
              : source !== undefined && source.place !== place
                ? 'problem.source-elsewhere'
                : undefined;
    const payload = {
      no: `LAW-${house.next()}`,
      sourceId,
      unit: pick(r, ['云岫演示铸造有限公司', '晴川演示焦化厂']),
      place,
      lon: null,
      lat: null,
      aspect,
      aspectVersion: inForce?.version ?? 1,
      tags: [],
      type,
      text: '物料堆场未封闭',
      clue: 'inspection',
      evidence: this.some(0.4)
        ? [{ sha256: house.hash(), kind: 'photo' as const, name: '发现.jpg', takenAt: formatInstant(house.now) }]
        : [],
    };
    const drafts = [draft('problem', id, 'ProblemFound', payload)];
    if (refused === undefined) this.focus = id;
    return this.made('find', this.some(0.8) ? pick(r, cast.team) : pick(r, everybody), happenedAt, refused ?? drafts, () => drafts);
  }

  private issue(): Question {
    const { r, house } = this;
    const confirmed = [...house.problems.values()].filter((p) => p.state === 'confirmed');
    const problems = this.some(0.85) ? confirmed : [...house.problems.values()].slice(0, 1 + below(r, 3));
    const happenedAt = this.happened(instant(Math.max(begin, ...problems.map((p) => p.lastHappenedAt))));
    const issuedOn = dateOf(happenedAt, liveSettings.utcOffsetMinutes);
    const no = [...house.streams.values()].filter((s) => s[0]?.kind === 'BatchIssued').length + 1;
    const deadline = weighted(r, [
      [addDays(issuedOn, 5 + below(r, 30)), 8],
      [issuedOn, 1],
      [addDays(issuedOn, -1), 0.7],
      ['soon', 0.3],
    ] as const);
    const letters = new Map(
      problems
        .map((p) => cityOf(p.found.place))
        .map((city) => [city, { id: house.id(), government: `gov-${city}`, docNo: `演${no}-${city}` }]),
    );
    const plan = { batchId: house.id(), no, name: `第${no}批`, deadline, issuedOn, problems, letters };
    return this.made('issue', pick(r, cast.office), happenedAt, decideIssue(plan), () => [
      draft('batch', plan.batchId, 'BatchIssued', { no, name: plan.name, deadline }),
      ...[...letters].flatMap(([place, letter]) => {
        const own = problems.filter((p) => cityOf(p.found.place) === place);
        const { government, docNo } = letter;
        return [
          draft('letter', letter.id, 'LetterIssued', { batch: no, place, government, docNo, problems: own.length, deadline }),
          ...own.map((p) => draft('problem', p.id, 'ProblemSupervised', { letterId: letter.id, batch: no, deadline, government })),
        ];
      }),
    ]);
  }

  /** Objects handed in twice, for another problem, exported. */
  private evidence(): Question {
    const p = this.target();
    const actor = pick(this.r, cast.team);
    const object = this.house.objects.size === 0 ? undefined : pick(this.r, [...this.house.objects.values()]);
    if (p === undefined) return this.find();
    if (object !== undefined && this.some(0.4)) {
      const purpose = this.some(0.6) ? '案件审查' : pick(this.r, ['', '看', '  审查 ']);
      return this.made('export', actor, this.house.now, decideExport(object, purpose), () => [
        draft('evidence', object.id, 'EvidenceExported', { purpose }),
      ]);
    }
    const drafts = this.receipt(p, object !== undefined && this.some(0.5) ? object.sha256 : this.house.hash(), this.deviceTime(p));
    if (drafts.length > 0) return this.made('receive', actor, this.house.now, drafts, () => drafts);
    const again = object as NonNullable<typeof object>;
    const twice = this.some(0.5)
      ? draft('evidence', again.id, 'EvidenceSealed', { reason: 'receipt' })
      : draft('evidence', again.id, 'EvidenceReceived', (again.receipts[0] as (typeof again.receipts)[number]).payload);
    return this.made('receive', actor, this.house.now, 'nothing is written', () => [twice]);
  }

  /** A case about a problem, decided before or after it is accepted, and now and then revoked. */
  private punish(p: Problem): void {
    const { house, r } = this;
    const id = house.id();
    const about = pick(r, [
      { problemId: p.id, sourceId: null, unit: p.found.unit },
      { problemId: null, sourceId: p.found.sourceId, unit: '别家' },
      { problemId: null, sourceId: null, unit: ` ${p.found.unit}` },
      { problemId: null, sourceId: null, unit: p.found.unit },
    ]);
    const filed = draft('case', id, 'CaseFiled', { no: `罚-${house.next()}`, ...about, place: 140_105, cause: '超标', department: '分局' });
    const decided = draft('case', id, 'PenaltyDecided', { docNo: '罚', amountFen: 1, basis: '大气法' });
    const drafts = this.some(0.95) ? [filed, decided] : [filed];
    house.append(house.toActs(drafts, cast.office[0], house.now));
    house.wait(10_001 + below(r, minute));
    if (drafts.length === 2 && this.some(0.1))
      house.append(house.toActs([draft('case', id, 'PenaltyRevoked', { reason: '主体认定有误' })], cast.office[0], house.now));
    house.wait(10_001 + below(r, minute));
    this.caseOf = id;
  }
  private caseOf: string | undefined;

  /** Cases have no commands yet: their few rules are told here. */
  private caseAct(): Question {
    const { r, house } = this;
    const actor = pick(r, cast.office);
    const c = house.cases.size === 0 || this.some(0.4) ? undefined : pick(r, [...house.cases.values()]);
    if (c === undefined) {
      const p = this.target();
      const id = house.id();
      const about = this.some(0.5) ? (p?.id ?? null) : null;
      const unit = this.some(0.8) ? (p?.found.unit ?? '云岫演示铸造有限公司') : '别家';
      const taken = this.some(0.04) ? [...house.cases.values()][0]?.no : undefined;
      const filed = {
        no: taken ?? `罚-${house.next()}`,
        unit,
        sourceId: null,
        problemId: about,
        place: 140_105,
        cause: '超标',
        department: '分局',
      };
      const decided = draft('case', id, 'PenaltyDecided', { docNo: '罚', amountFen: this.some(0.95) ? 100_000 : -1, basis: '大气法' });
      const drafts = [draft('case', id, 'CaseFiled', filed), ...(this.some(0.8) ? [decided] : [])];
      const bad =
        taken !== undefined
          ? 'case number taken'
          : drafts.includes(decided) && (decided.payload as { amountFen: number }).amountFen < 0
            ? 'no amount'
            : undefined;
      return this.made('case', actor, house.now, bad ?? drafts, () => drafts);
    }
    const revoke = [draft('case', c.id, 'PenaltyRevoked', { reason: '主体认定有误' })];
    return this.made('revoke', actor, this.happened(house.now), c.decided && !c.revoked ? revoke : 'nothing to revoke', () => revoke);
  }

  private bulletin(): Question {
    const { r, house } = this;
    const all = [...house.bulletins.values()];
    const actor = pick(r, everybody.slice(0, 4));
    const asOf = formatInstant(house.now);
    const last = all.at(-1);
    const b = last === undefined || this.some(last.state === 'released' ? 0.6 : 0.05) ? undefined : this.some(0.85) ? last : pick(r, all);
    if (b === undefined) {
      const id = house.id();
      const other = this.some(0.6) ? all.findLast((x) => x.state === 'released' || this.some(0.1)) : undefined;
      const corrects = other === undefined ? null : { id: other.id, reason: '数字有误' };
      const payload = { no: house.next(), kind: 'bulletin' as const, title: '通报', lang: 'zh' as const, body: '。', asOf, corrects };
      const drafts = [draft('bulletin', id, 'BulletinDrafted', payload)];
      return this.made(
        'draft',
        actor,
        house.now,
        other === undefined || other.state === 'released' ? drafts : 'bulletin.corrects-unreleased',
        () => drafts,
      );
    }
    const text = { title: '通报', lang: 'zh' as const, body: '。。', asOf };
    const verb = this.some(0.75)
      ? { draft: 'submit', submitted: pick(r, ['release', 'release', 'return']), returned: 'revise', released: 'release' }[b.state]
      : pick(r, ['revise', 'submit', 'return', 'release']);
    switch (verb) {
      case 'revise':
        return this.made(verb, actor, house.now, decideRevise(b, b.version, text), () => [
          draft('bulletin', b.id, 'BulletinRevised', text),
        ]);
      case 'submit':
        return this.made(verb, actor, house.now, decideSubmit(b, b.version), () => [draft('bulletin', b.id, 'BulletinSubmitted', {})]);
      case 'return':
        return this.made('return a bulletin', actor, house.now, decideReturn(b, b.version, '重写'), () => [
          draft('bulletin', b.id, 'BulletinReturned', { reason: '重写' }),
        ]);
      default:
        return this.release(b, actor);
    }
  }

  private release(b: Bulletin, actor: ActorRef): Question {
    const corrected = b.corrects === null ? undefined : this.house.bulletins.get(b.corrects.id);
    const releasedAt = formatInstant(this.house.now);
    const payload = { figures: [], artefacts: [], checkpoint: null, corrects: b.corrects?.id ?? null, releasedAt, renderer: '1' };
    return this.made('release', actor, this.house.now, decideRelease(b, b.version, actor, payload, corrected), () => [
      draft('bulletin', b.id, 'BulletinReleased', payload),
      ...(corrected === undefined ? [] : [draft('bulletin', corrected.id, 'BulletinCorrected', { by: b.id, reason: '数字有误' })]),
    ]);
  }

  private publish(): Question {
    const { house, r } = this;
    const all = publishedFigures([...house.streams.values()].filter((s) => s[0]?.stream === 'publication'));
    const last = all.at(-1)?.asOf ?? begin;
    const at = weighted(r, [
      [house.now - below(r, day), 6],
      [last, 1],
      [last + 1, 1],
      [house.now, 1],
      [house.now + 1, 1],
      [begin, 0.5],
    ] as const);
    const asOf = this.some(0.05) ? 'yesterday' : formatInstant(instant(at));
    const drafts = [draft('publication', house.id(), 'FiguresPublished', { asOf })];
    const parsed = parseInstant(asOf);
    const refused = parsed === undefined ? 'asof.malformed' : decidePublish(all, parsed, asOf, house.now)?.code;
    return this.made('publish', cast.office[0], house.now, refused ?? drafts, () => drafts);
  }

  private inspect(): Question {
    const { house, r } = this;
    if (this.some(0.3)) {
      const place = this.some(0.8) ? pick(r, fewCounties) : pick(r, [140_100, 110_101]);
      const uscc = weighted(r, [
        [null, 3],
        ['91130200699229617X', 1],
        ['911302006992296170', 1],
        ['abc', 0.5],
      ] as const);
      const known = levelOf(place) === 'county' && liveSettings.places.some((x) => x.code === place);
      const d = this.source(place);
      const drafts = [draft('source', d.streamId, 'SourceRegistered', { ...(d.payload as { no: string }), uscc } as never)];
      const refused = uscc !== null && !isUscc(uscc) ? 'source.uscc' : known ? undefined : 'problem.place-unknown';
      return this.made('register', pick(r, cast.team), house.now, refused ?? drafts, () => drafts);
    }
    const source = pick(r, [...house.sources.values()]);
    const aspect = weighted(r, [
      ['boilers', 5],
      ['other', 1],
      ['nothing', 0.5],
    ] as const);
    const one = this.person();
    const officers = weighted(r, [
      [[one, this.person()], 6],
      [[one, one], 1],
      [[one], 1],
    ] as const);
    const payload = {
      no: `J-${house.next()}`,
      place: source.place,
      aspect,
      officers: [...officers],
      legalBody: '分局',
      result: 'clean' as const,
      text: '未见异常',
    };
    const drafts = [draft('source', source.id, 'InspectionCompleted', payload)];
    const refused =
      aspectInForce(house.campaign, aspect) === undefined
        ? 'problem.aspect-unknown'
        : officers.length < 2 || officers[0] === officers[1]
          ? 'inspection.same-officer'
          : undefined;
    return this.made('inspect', pick(r, cast.team), this.happened(house.now), refused ?? drafts, () => drafts);
  }

  /** A random number below n, from the history's own source. */
  draw(n: number): number {
    return below(this.r, n);
  }
}
