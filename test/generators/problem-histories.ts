import fc from 'fast-check';
import type { Act, ActorRef, Draft } from '../../src/domain/acts/act.ts';
import { draft } from '../../src/domain/acts/act.ts';
import type { EvidenceRef } from '../../src/domain/evidence/acts.ts';
import type { CampaignSettings } from '../../src/domain/campaign/settings.ts';
import { addDays, dateOf, formatInstant, instant, type Instant } from '../../src/domain/kernel/instant.ts';
import { cityOf } from '../../src/domain/kernel/place.ts';
import { isRefusal, type Refusal } from '../../src/domain/kernel/refusal.ts';
import { problemVerbs, type ProblemCommand, type ProblemVerb } from '../../src/domain/problems/commands.ts';
import { decideProblem, mayDo } from '../../src/domain/problems/decide.ts';
import { foldProblem, type Problem } from '../../src/domain/problems/state.ts';
import { decideIssue } from '../../src/domain/supervision/issue.ts';
import { fewCounties, fewSettings } from './settings.ts';

const minute = 60_000;
const day = 86_400_000;
export const begin = Date.parse('2019-07-01T08:30:00+08:00') as Instant;

/** People of five organisations; two hold seats in organisations that should not meet in one problem. */
export const cast: readonly ActorRef[] = [
  { id: 'office.1', org: 'sx-office', name: '李明远' },
  { id: 'office.2', org: 'sx-office', name: '王建国' },
  { id: 'team.1', org: 'team-140100', name: '张志强' },
  { id: 'team.2', org: 'team-140200', name: '赵丽华' },
  { id: 'county.1', org: 'gov-140105', name: '刘守信' },
  { id: 'county.2', org: 'gov-140105', name: '陈玉兰' },
  { id: 'county.3', org: 'gov-140212', name: '杨文博' },
  { id: 'acceptance.1', org: 'sx-acceptance', name: '周静怡' },
  { id: 'acceptance.2', org: 'sx-acceptance', name: '吴立新' },
];

/** One thing that somebody tries; most of what random people try is refused, so half of the tries are steered. */
export interface Try {
  readonly what: 'find' | 'issue' | ProblemVerb;
  /** Take some verb that the state chart allows instead of `what`, on by far the most tries. */
  readonly steered: boolean;
  readonly actor: number;
  readonly target: number;
  readonly gap: number;
  readonly late: number;
  readonly variant: number;
}

const gaps = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 20 * minute }) },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 4 * day }) },
);

export const tries: fc.Arbitrary<Try[]> = fc.array(
  fc.record({
    what: fc.constantFrom<Try['what']>('find', 'find', 'find', 'issue', 'issue', ...problemVerbs),
    steered: fc.boolean(),
    actor: fc.nat(cast.length - 1),
    target: fc.nat(40),
    gap: gaps,
    late: fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: 0, max: 3 * day })),
    variant: fc.nat(1_000_000),
  }),
  { minLength: 1, maxLength: 160 },
);

export interface Taken {
  readonly verb: Try['what'];
  readonly result: Draft[] | Refusal;
  readonly actor: ActorRef;
}

/** As a target: the problem found last. */
export const newest = -1;

/** The server without a server: decides each try over what there is, appends what follows. */
export class Office {
  readonly settings: CampaignSettings;
  readonly acts: Act[] = [];
  readonly streams = new Map<string, Act[]>();
  readonly seenEvidence = new Set<string>();
  private now: Instant = begin;
  private serial = 0;
  private batches = 0;

  constructor(settings: CampaignSettings = fewSettings()) {
    this.settings = settings;
  }

  problems(): Problem[] {
    return [...this.streams.values()].map((acts) => foldProblem(acts)).filter((p): p is Problem => p !== undefined);
  }

  attempt(t: Try): Taken | undefined {
    this.now = instant(this.now + t.gap);
    const actor = cast[t.actor] as ActorRef;
    const happenedAt = instant(Math.max(begin, this.now - t.late));
    if (t.what === 'find') return this.take('find', [this.find(t)], actor, happenedAt);
    if (t.what === 'issue') return this.issue(t, actor);
    const all = this.problems();
    if (all.length === 0) return undefined;
    const p = (t.target === newest ? all.at(-1) : all[t.target % all.length]) as Problem;
    const allowed = problemVerbs.filter((verb) => mayDo(p.state, verb));
    const verb = t.steered && allowed.length > 0 ? (allowed[t.variant % allowed.length] as ProblemVerb) : t.what;
    const command = this.command(verb, p, all, t);
    const result = decideProblem(p, command, {
      settings: this.settings,
      actor,
      happenedAt,
      at: this.now,
      newIds: [this.id()],
      newNo: `FEW-${++this.serial}`,
      seenEvidence: this.seenEvidence,
      other: command.do === 'merge' ? all.find((x) => x.id === command.into) : undefined,
      organisations: [],
      kept: 'generated',
      penaltyCase: {
        id: 'case',
        no: 'case',
        unit: p.found.unit,
        place: p.found.place,
        cause: '',
        problemId: null,
        sourceId: null,
        decided: true,
        decidedAt: p.foundAt,
        revoked: t.variant % 7 === 0,
        amountFen: 1,
        measure: null,
        version: 2,
      },
    });
    return this.take(verb, result, actor, happenedAt);
  }

  private take(verb: Try['what'], result: Draft[] | Refusal, actor: ActorRef, happenedAt: Instant): Taken {
    if (!isRefusal(result)) for (const d of result) this.append(d, actor, happenedAt);
    return { verb, result, actor };
  }

  private append(d: Draft, actor: ActorRef, happenedAt: Instant): void {
    const stream = this.streams.get(d.streamId) ?? [];
    const act = {
      id: this.id(),
      campaign: this.settings.slug,
      stream: d.stream,
      streamId: d.streamId,
      seq: stream.length + 1,
      kind: d.kind,
      schema: 1,
      payload: d.payload,
      actor,
      happenedAt,
      recordedAt: this.now,
    } as Act;
    this.streams.set(d.streamId, [...stream, act]);
    this.acts.push(act);
    if (act.kind === 'ProblemFound' || act.kind === 'RectificationClaimed') {
      for (const e of act.payload.evidence) this.seenEvidence.add(e.sha256);
    }
  }

  private id(): string {
    return `01900000-0000-7000-8000-${(++this.serial).toString(16).padStart(12, '0')}`;
  }

  private find(t: Try): Draft {
    const { types, aspects } = this.settings;
    return draft('problem', this.id(), 'ProblemFound', {
      no: `FEW-${++this.serial}`,
      sourceId: null,
      unit: '云岫演示铸造有限公司',
      place: fewCounties[Math.abs(t.target + t.variant) % fewCounties.length] as number,
      lon: null,
      lat: null,
      aspect: (aspects[t.variant % aspects.length] as { code: string }).code,
      aspectVersion: 1,
      tags: [],
      type: (types[(t.variant >> 4) % types.length] as { code: string }).code,
      text: '物料堆场未封闭',
      clue: 'inspection',
      evidence: this.evidence(t, this.now),
    });
  }

  /** All confirmed problems, or some of them, in one batch. */
  private issue(t: Try, actor: ActorRef): Taken {
    const confirmed = this.problems().filter((p) => p.state === 'confirmed');
    const chosen = t.steered ? confirmed : this.problems().slice(0, 1 + (t.variant % 3));
    const today = dateOf(this.now, this.settings.utcOffsetMinutes);
    const no = this.batches + 1;
    const letters = new Map(
      [140_100, 140_200].map((city) => [city, { id: this.id(), government: `gov-${city}`, docNo: `演${no}-${city}` }] as const),
    );
    const result = decideIssue({
      batchId: this.id(),
      no,
      name: `第${no}批`,
      deadline: addDays(today, (t.variant % 12) - 1),
      issuedOn: today,
      problems: chosen,
      letters,
    });
    if (!isRefusal(result)) this.batches++;
    return this.take('issue', result, actor, this.now);
  }

  /** A claim's evidence: new most of the time, else older than the finding, handed in before, or twice in one claim. */
  private evidence(t: Try, takenAt: number): EvidenceRef[] {
    const fresh = (n: number): EvidenceRef => ({
      sha256: (++this.serial).toString(16).padStart(64, '0'),
      kind: 'photo',
      name: `照片${n}.jpg`,
      takenAt: formatInstant(instant(takenAt)),
    });
    const old = [...this.seenEvidence][t.variant % Math.max(1, this.seenEvidence.size)];
    const one = fresh(1);
    switch (t.variant % 11) {
      case 0:
        return old === undefined ? [one] : [{ ...one, sha256: old }];
      case 1:
        return [one, { ...one, name: '照片2.jpg' }];
      case 2:
        return [fresh(2), one];
      default:
        return [one];
    }
  }

  private command(verb: ProblemVerb, p: Problem, all: readonly Problem[], t: Try): ProblemCommand {
    const { settings } = this;
    const text = t.variant % 13 === 0 ? ' ' : '已按要求办理';
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
          government: `gov-${t.variant % 2 === 0 ? p.found.place : cityOf(p.found.place)}`,
          department: '分局',
          person: '刘守信',
        };
      case 'changeBody':
        return { do: verb, body: t.variant % 3 === 0 ? 'nobody' : 'sx-acceptance', reason: text };
      case 'plan': {
        const deadline = addDays(p.deadline ?? '2019-09-01', (t.variant % 5) - 3);
        return { do: verb, implementer: p.found.unit, goal: text, deadline, measures: '封闭堆场', acceptanceBody: 'sx-acceptance' };
      }
      case 'stage':
        return { do: verb, progress: text };
      case 'claim': {
        const takenAt = t.variant % 17 === 0 ? p.foundAt : p.foundAt + 1 + Math.floor((this.now - p.foundAt) / 2);
        return { do: verb, text, evidence: t.variant % 19 === 0 ? [] : this.evidence(t, takenAt) };
      }
      case 'check':
        return { do: verb, text };
      case 'accept': {
        const way = t.variant % 4;
        return {
          do: verb,
          criteria: '五项',
          penaltyCase: way === 1 ? 'case-1' : null,
          noPenaltyReason: way === 0 || way === 1 ? null : text,
        };
      }
      case 'clear':
        return { do: verb, decisionNo: text };
      case 'watch':
        return { do: verb, until: '2019-12-31' };
      case 'extend': {
        const rules = [...settings.extensionRules.map((r) => r.code), '领导批示'];
        return { do: verb, rule: rules[t.variant % rules.length] as string, days: (t.variant % 40) - 2, reason: text };
      }
      case 'merge':
        return { do: verb, into: (all[t.variant % all.length] as Problem).id, reason: text };
      case 'split': {
        const parts = Array.from({ length: 1 + (t.variant % 3) }, () => ({
          id: this.id(),
          no: `FEW-${++this.serial}`,
          text: '其中一部分',
        }));
        return { do: verb, parts, reason: text };
      }
      case 'rebound':
        return { do: verb, reason: text, evidence: this.evidence(t, this.now) };
    }
  }
}

/** All tries made in one office, and what came of them. */
export function play(list: readonly Try[]): { office: Office; taken: Taken[] } {
  const office = new Office();
  const taken: Taken[] = [];
  for (const t of list) {
    const one = office.attempt(t);
    if (one !== undefined) taken.push(one);
  }
  return { office, taken };
}

const step = (what: Try['what'], actor: number, more: Partial<Try> = {}): Try => ({
  what,
  steered: false,
  actor,
  target: newest,
  gap: 3_600_000,
  late: 0,
  variant: 3,
  ...more,
});

/** A straight life from the finding to the clearing and a rebound; reaches the deep states. */
export function lifeOf(pace: number, variant: number): Try[] {
  return [
    step('find', 2, { variant: 3 + 11 * variant, gap: 1 + pace * 977_000 }),
    step('confirm', 0),
    step('issue', 0, { steered: true, variant: 11 }),
    step('assign', 0, { variant: 14 }),
    step('plan', 4, { variant: 1 }),
    step('start', 4, { gap: 1 + pace * 3 * 3_600_000 }),
    step('claim', 4, { gap: 1 + pace * day }),
    step('check', 3, { gap: (variant % 3) * 3_600_000 }),
    step('accept', 7),
    step('clear', 7, { gap: (pace % 4) * day }),
    step('rebound', 3, { gap: pace * day }),
  ];
}

/** Two people agree to take a supervised problem off, or to merge it. */
export function takenOff(how: 'withdraw' | 'merge', into: number): Try[] {
  return [
    step('find', 2),
    step('confirm', 0),
    step('issue', 0, { steered: true, variant: 11 }),
    step(how, 0, { variant: into }),
    step(how, 1, { variant: into }),
  ];
}

/** Random tries with whole lives strewn in, some steps left out, so that clearing, notices and rebounds are reached often. */
export const histories: fc.Arbitrary<Try[]> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: tries.map((list) => list.slice(0, 25)) },
      {
        weight: 3,
        arbitrary: fc
          .record({
            pace: fc.nat(6),
            variant: fc.nat(10_000),
            leftOut: fc.array(fc.nat(10), { maxLength: 1 }),
            others: fc.dictionary(fc.constantFrom(...'3456789'), fc.nat(cast.length - 1), { maxKeys: 2 }),
            turns: fc.dictionary(fc.constantFrom(...'3456789'), fc.nat(1000), { maxKeys: 2 }),
          })
          .map(({ pace, variant, leftOut, others, turns }) =>
            lifeOf(pace, variant)
              .map((t, i) => ({ ...t, actor: others[i] ?? t.actor, variant: turns[i] ?? t.variant }))
              .filter((_, i) => !leftOut.includes(i)),
          ),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(fc.constantFrom('withdraw' as const, 'merge' as const), fc.nat(20)).map(([how, n]) => takenOff(how, n)),
      },
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.flat());
