import type { Act, ActorRef, Draft } from '../domain/acts/act.ts';
import { draft } from '../domain/acts/act.ts';
import type { EvidenceRef } from '../domain/evidence/acts.ts';
import { addDays, dateOf, formatWithOffset, instant, type Instant } from '../domain/kernel/instant.ts';
import { isRefusal } from '../domain/kernel/refusal.ts';
import type { ProblemCommand } from '../domain/problems/commands.ts';
import { decideProblem } from '../domain/problems/decide.ts';
import { applyProblemAct, type Problem } from '../domain/problems/state.ts';
import { decideSupervise } from '../domain/supervision/issue.ts';
import { orgs, person } from './people.ts';
import type { BatchPlan, SimulationPlan } from './plan.ts';
import { below, hexDigits, pick, seeded, uuidAt, type Random } from './random.ts';
import { happened, Recorder } from './recorder.ts';
import { kindOf, unitName } from './texts.ts';
import { fromWork, toWork } from './work-time.ts';

/** What is settled of a problem before its story is told. */
export interface ProblemSlot {
  /** Number of the problem in the campaign, from 1. */
  readonly index: number;
  readonly batch: BatchPlan | null;
  readonly letterId: string | null;
  readonly letterAt: Instant | null;
  readonly place: number;
  readonly type: string;
  readonly aspect: string;
  readonly sourceId: string | null;
  readonly unit: string | null;
  /** When that source was inspected: the problem is found no earlier. */
  readonly sourceAt: Instant | null;
  readonly fate:
    | {
        readonly end: 'cleared';
        readonly after: Instant;
        readonly until: Instant;
        readonly rebound: { readonly index: number; readonly after: Instant; readonly until: Instant } | null;
      }
    | { readonly end: 'open' | 'withdrawn' | 'merged' | 'unsupervised' | 'notFounded' };
  /** The slot whose rebound opened this problem. */
  readonly reboundOf: ProblemSlot | null;
  readonly mergeInto: Problem | null;
}

export function problemNo(index: number): string {
  return `SX2019-${String(index).padStart(4, '0')}`;
}

/** Story of one problem from its slot: every step is decided by the rules that commands go through. */
export function tellProblem(
  plan: SimulationPlan,
  slot: ProblemSlot,
): { acts: Act[]; reboundDraft: Draft | undefined; reboundAt: Instant; reboundBy: ActorRef } {
  const r = seeded(plan.seed, slot.index);
  return new Story(plan, slot, r).tell();
}

class Story {
  private readonly plan: SimulationPlan;
  private readonly slot: ProblemSlot;
  private readonly r: Random;
  private readonly rec: Recorder;
  private readonly offset: number;
  private readonly finder: ActorRef;
  private readonly checker: ActorRef;
  private readonly office: ActorRef;
  private readonly county: ActorRef;
  private readonly acceptor: ActorRef;
  private p: Problem | undefined;
  private reboundDraft: Draft | undefined;
  private reboundAt: Instant = instant(0);

  constructor(plan: SimulationPlan, slot: ProblemSlot, r: Random) {
    this.plan = plan;
    this.slot = slot;
    this.r = r;
    this.rec = new Recorder(plan.settings.slug, r);
    this.offset = plan.settings.utcOffsetMinutes;
    const seat = 1 + below(r, 4);
    this.finder = person(plan.seed, orgs.team(slot.place), seat);
    this.checker = person(plan.seed, orgs.team(slot.place), seat + 4);
    this.office = person(plan.seed, orgs.office, 1 + below(r, 3));
    this.county = person(plan.seed, orgs.county(slot.place), 1 + below(r, 2));
    this.acceptor = person(plan.seed, orgs.acceptance, 1 + below(r, 8));
  }

  tell(): { acts: Act[]; reboundDraft: Draft | undefined; reboundAt: Instant; reboundBy: ActorRef } {
    const { slot } = this;
    const foundAt = this.find();
    if (slot.fate.end === 'notFounded') {
      const at = this.after(foundAt, 2);
      this.command({ do: 'notFounded', reason: '现场复核，与反映情况不符' }, this.office, at);
    } else {
      this.confirm(foundAt);
      if (slot.batch !== null && slot.letterId !== null && slot.letterAt !== null) {
        this.supervise(slot.batch, slot.letterId, slot.letterAt);
      }
    }
    return { acts: this.rec.acts, reboundDraft: this.reboundDraft, reboundAt: this.reboundAt, reboundBy: this.checker };
  }

  private find(): Instant {
    const { slot, plan, r } = this;
    if (slot.reboundOf !== null) {
      const parent = tellProblem(plan, slot.reboundOf);
      if (parent.reboundDraft === undefined) throw new Error('the parent did not rebound');
      this.write(parent.reboundDraft, parent.reboundBy, parent.reboundAt, parent.reboundAt);
      return parent.reboundAt;
    }
    // What proves unfounded is found all along, not only at the end.
    const latest =
      slot.letterAt ??
      (slot.fate.end === 'notFounded' ? between(plan.startsAt, plan.endsAt, 0.1 + 0.9 * r.next(), this.offset) : plan.endsAt);
    const from = toWork(plan.startsAt, this.offset);
    const to = toWork(latest, this.offset) - 4 * 3_600_000;
    // Most are found in the fortnight before their letter.
    const since = slot.sourceAt === null ? from : Math.max(from, toWork(slot.sourceAt, this.offset));
    const span = Math.max(0, Math.min(to - since, 14 * 9.5 * 3_600_000));
    const at = fromWork(to - span * r.next() ** 1.3, this.offset);
    const kind = kindOf(slot.aspect);
    const seat = plan.seats.get(slot.place) ?? { lon: 112.5, lat: 37.8 };
    const id = uuidAt(r, at);
    const when = happened(r, at, plan.startsAt);
    this.write(
      draft('problem', id, 'ProblemFound', {
        no: problemNo(slot.index),
        sourceId: slot.sourceId,
        unit: slot.unit ?? unitName(r, pick(r, kind.trades)),
        place: slot.place,
        lon: Math.round((seat.lon + (r.next() - 0.5) * 0.12) * 1e5) / 1e5,
        lat: Math.round((seat.lat + (r.next() - 0.5) * 0.1) * 1e5) / 1e5,
        aspect: slot.aspect,
        aspectVersion: 1,
        tags: [],
        type: slot.type,
        text: pick(r, kind.problems)(r),
        clue: r.next() < 0.69 ? 'inspection' : pick(r, ['selfCheck', 'hotline', 'hotline', 'telemetry', 'handover']),
        evidence: this.evidence('photo', when, '发现', 1 + below(r, 2)),
      }),
      this.finder,
      at,
      when,
    );
    return at;
  }

  private confirm(foundAt: Instant): void {
    const before = this.slot.letterAt ?? this.plan.endsAt;
    const at = between(foundAt, before, 0.1 + this.r.next() * 0.5, this.offset);
    this.command({ do: 'confirm' }, this.office, at);
  }

  private supervise(batch: BatchPlan, letterId: string, letterAt: Instant): void {
    const p = this.problem();
    this.rec.decided(
      decideSupervise(p, { id: letterId, government: orgs.city(p.found.place) }, batch.no, batch.deadline),
      p.id,
      this.office,
      letterAt,
      letterAt,
    );
    this.apply();
    const { fate } = this.slot;
    if (fate.end === 'cleared') this.clear(letterAt, fate);
    else this.linger(letterAt, fate.end);
  }

  /** To the clearing: the recorded time of the last step lies in the slot's window, the others before it in order. */
  private clear(letterAt: Instant, fate: Extract<ProblemSlot['fate'], { end: 'cleared' }>): void {
    const { r, offset } = this;
    const from = Math.max(toWork(letterAt, offset) + 3_600_000, toWork(fate.after, offset));
    const to = toWork(fate.until, offset) - 600_000;
    // Clearing piles up soon after a letter; a window that begins with the letter is filled more evenly.
    const skew = fate.after === this.slot.batch?.issuedAt && fate.until < this.plan.endsAt ? 0.8 : 2.6;
    const end = from + (to - from) * (0.03 + 0.97 * r.next() ** skew);
    const start = toWork(letterAt, offset);
    const at = (share: number) => fromWork(start + (end - start) * share, offset);
    const returned = r.next() < 0.08;
    this.assign(at(0.06));
    this.planFields(at(0.12 + r.next() * 0.1));
    this.command({ do: 'start' }, this.county, at(0.25 + r.next() * 0.08));
    if (r.next() < 0.07) this.extend(at(0.36));
    if (r.next() < 0.05) this.command({ do: 'stage', progress: '主体工程完成，正在调试' }, this.county, at(0.42));
    if (returned) {
      this.claim(at(0.5));
      this.command({ do: 'return', reason: '现场与申报材料不符，退回整改' }, this.checker, at(0.56));
      this.command({ do: 'start' }, this.county, at(0.6));
    }
    this.claim(at(0.66 + r.next() * 0.16));
    this.command({ do: 'check', text: '现场核实，整改措施已落实' }, this.checker, at(0.9));
    const punished = r.next() < 0.2;
    this.command(
      {
        do: 'accept',
        criteria: '五项验收条件逐条通过',
        penaltyCase: null,
        noPenaltyReason: punished ? '已另案立案查处' : '情节轻微并及时改正，依法不予处罚',
      },
      this.acceptor,
      at(0.97),
    );
    this.command({ do: 'clear', decisionNo: `晋百日销〔2019〕演${this.slot.index}号` }, this.acceptor, at(1));
    if (fate.rebound !== null) this.rebound(fate.rebound, at(1));
    else if (r.next() < 0.3) {
      const watched = this.after(at(1), 5);
      if (watched < this.plan.endsAt) {
        this.command({ do: 'watch', until: addDays(dateOf(watched, offset), 90) }, this.office, watched);
      }
    }
  }

  private rebound(to: { index: number; after: Instant; until: Instant }, clearedAt: Instant): void {
    const p = this.problem();
    const earliest = clearedAt > to.after ? clearedAt : to.after;
    const at = between(earliest, to.until, 0.1 + this.r.next() * 0.85, this.offset);
    const reason = pick(this.r, [
      '回头看发现恢复生产，治理设施停运',
      '群众再次举报，现场仍在排放',
      '自动监测数据再次超标',
      '苫盖和喷淋拆除，扬尘反弹',
    ]);
    const result = decideProblem(
      p,
      { do: 'rebound', reason, evidence: this.evidence('photo', at, '反弹', 1) },
      {
        ...this.context(at, at, this.checker),
        newIds: [uuidAt(this.r, at)],
        newNo: problemNo(to.index),
      },
    );
    if (isRefusal(result)) throw new Error(`generator was refused: ${result.code}`);
    this.reboundDraft = result[1];
    this.reboundAt = at;
    this.rec.decided(result, p.id, this.checker, at, at);
    this.apply();
  }

  /** Not cleared by the end: somewhere on the way, withdrawn or merged. */
  private linger(letterAt: Instant, end: string): void {
    const { r } = this;
    const share = (s: number) => between(letterAt, this.plan.endsAt, s, this.offset);
    if (end === 'withdrawn' || end === 'merged') {
      // Soon after the letter: both persons within two weeks.
      const one = fromWork(toWork(letterAt, this.offset) + (4 + r.next() * 30) * 3_600_000, this.offset);
      const two = fromWork(toWork(one, this.offset) + (2 + r.next() * 20) * 3_600_000, this.offset);
      const other = person(this.plan.seed, orgs.office, 9);
      const command: ProblemCommand =
        end === 'withdrawn' || this.slot.mergeInto === null
          ? { do: 'withdraw', reason: '与中央督察交办件重复立项，予以撤回' }
          : { do: 'merge', into: this.slot.mergeInto.id, reason: '同一排口重复交办' };
      this.command(command, this.office, one);
      this.command(command, other, two);
      return;
    }
    this.assign(share(0.05));
    this.planFields(share(0.08));
    if (r.next() < 0.2) return;
    this.command({ do: 'start' }, this.county, share(0.15));
    if (r.next() < 0.5) this.extend(share(0.2));
    if (r.next() < 0.4) this.command({ do: 'stage', progress: '部分完成，剩余工程冬季前完工' }, this.county, share(0.6));
    if (r.next() < 0.35) {
      this.claim(share(0.9));
      if (r.next() < 0.5) this.command({ do: 'check', text: '现场核实，待验收' }, this.checker, share(0.95));
    }
  }

  private assign(at: Instant): void {
    const government = orgs.county(this.slot.place);
    this.command({ do: 'assign', government, department: '生态环境分局', person: this.county.name }, this.office, at);
  }

  private planFields(at: Instant): void {
    const p = this.problem();
    const kind = kindOf(this.slot.aspect);
    this.command(
      {
        do: 'plan',
        implementer: p.found.unit,
        goal: kind.goal,
        deadline: p.deadline ?? dateOf(at, this.offset),
        measures: kind.measures,
        acceptanceBody: orgs.acceptance,
      },
      this.county,
      at,
    );
  }

  private extend(at: Instant): void {
    const rule = pick(this.r, this.plan.settings.extensionRules);
    const days = 5 + below(this.r, rule.maxDays - 5);
    this.command({ do: 'extend', rule: rule.code, days, reason: '汛期施工停工待料' }, this.office, at);
  }

  private claim(at: Instant): void {
    const p = this.problem();
    // The claim's evidence is newer than the finding; the time of doing lies between.
    const when = happened(this.r, at, instant(Math.max(p.foundAt + 1000, p.lastHappenedAt)));
    this.commandAt(
      { do: 'claim', text: '整改措施已完成，申请核查', evidence: this.evidence('photo', when, '整改后', 1 + below(this.r, 2)) },
      this.county,
      at,
      when,
    );
  }

  private evidence(kind: EvidenceRef['kind'], at: Instant, name: string, count: number): EvidenceRef[] {
    const out: EvidenceRef[] = [];
    for (let i = 0; i < count; i++) {
      const sha256 = hexDigits(this.r, 64);
      out.push({
        sha256,
        kind,
        name: `${name}${i + 1}.jpg`,
        takenAt: formatWithOffset(at, this.offset),
        bytes: 400_000 + below(this.r, 3_000_000),
      });
    }
    return out;
  }

  private command(command: ProblemCommand, actor: ActorRef, at: Instant): void {
    const p = this.problem();
    this.commandAt(command, actor, at, happened(this.r, at, instant(Math.max(p.lastHappenedAt, p.foundAt))));
  }

  private commandAt(command: ProblemCommand, actor: ActorRef, at: Instant, when: Instant): void {
    const p = this.problem();
    const result = decideProblem(p, command, this.context(at, when, actor));
    this.rec.decided(result, p.id, actor, at, when);
    this.apply();
  }

  private context(at: Instant, when: Instant, actor: ActorRef) {
    return {
      settings: this.plan.settings,
      organisations: [],
      actor,
      happenedAt: when,
      at,
      newIds: [],
      seenEvidence: noEvidence,
      kept: 'generated' as const,
      other: this.slot.mergeInto ?? undefined,
    };
  }

  private write(d: Draft, actor: ActorRef, at: Instant, when: Instant): void {
    this.rec.write(d, actor, at, when);
    this.apply();
  }

  private apply(): void {
    this.p = applyProblemAct(this.p, this.rec.acts.at(-1) as Act);
  }

  private problem(): Problem {
    if (this.p === undefined) throw new Error('the story has no problem yet');
    return this.p;
  }

  private after(at: Instant, days: number): Instant {
    return fromWork(toWork(at, this.offset) + days * 9.5 * 3_600_000 * (0.5 + this.r.next()), this.offset);
  }
}

const noEvidence: ReadonlySet<string> = new Set();

function between(from: Instant, to: Instant, share: number, offset: number): Instant {
  const a = toWork(from, offset);
  const b = toWork(to, offset);
  return fromWork(a + Math.max(0, b - a) * share, offset);
}
