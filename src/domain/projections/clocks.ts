import type { Instant } from '../kernel/instant.ts';

/** What is known of one kind of clock. */
export interface ClockRule {
  /** `by`: something has to be done before its end. `from`: something may be done from its end on. */
  readonly sense: 'by' | 'from';
}

/** Kinds of clocks (时限) of what the ledger lists, as data: a further kind is a line here. */
export const clockRules = {
  /** Until the problem has to be cleared (整改期限). */
  rectify: { sense: 'by' },
  /** Until the plan says that the rectification is done (方案时限): a claim meets it. */
  plan: { sense: 'by' },
  /** Notice of the acceptance to the public (公示期): no clearing before it is over. */
  notice: { sense: 'from' },
  /** Watch after the clearing (观察期): nothing is settled before it is over. */
  watch: { sense: 'from' },
} as const satisfies Readonly<Record<string, ClockRule>>;

export type ClockName = keyof typeof clockRules;
export const clockNames = ['rectify', 'plan', 'notice', 'watch'] as const satisfies readonly ClockName[];

/** One clock of an item. */
export interface Clock {
  readonly name: ClockName;
  /** From 1: an item may have several of one name, one after the other. */
  readonly no: number;
  readonly startedAt: Instant;
  /** First instant after it. */
  readonly dueAt: Instant;
  /** Set when it stopped: what it waited for was done, or it no longer applies (`lifted`). */
  readonly ended: { readonly at: Instant; readonly how: 'met' | 'late' | 'lifted' } | null;
}

/** How a clock stands at an instant; `overdue` and `over` are reached by time alone. */
export type ClockStanding = 'running' | 'overdue' | 'over' | 'met' | 'late' | 'lifted';
export const clockStandings = ['running', 'overdue', 'over', 'met', 'late', 'lifted'] as const satisfies readonly ClockStanding[];

/** @param asOf  an instant at or after the last act that the clock rests on */
export function standingOfClock(clock: Clock, asOf: Instant): ClockStanding {
  if (clock.ended !== null) return clock.ended.how;
  if (asOf < clock.dueAt) return 'running';
  return clockRules[clock.name].sense === 'by' ? 'overdue' : 'over';
}

/** The clocks of one item while its acts are gone through in order. */
export class ClockSet {
  private readonly list: Clock[] = [];

  /** Begins a clock; the one of this name that runs is lifted by it. */
  start(name: ClockName, startedAt: Instant, dueAt: Instant): void {
    this.lift(startedAt, name);
    const no = this.list.filter((c) => c.name === name).length + 1;
    this.list.push({ name, no, startedAt, dueAt, ended: null });
  }

  /** Moves the end of the clock that runs. */
  move(name: ClockName, dueAt: Instant): void {
    this.change(name, (c) => ({ ...c, dueAt }));
  }

  /** What the running clock waited for was done: in time or late for one to be done by its end, after waiting for the other. */
  meet(name: ClockName, at: Instant): void {
    const late = clockRules[name].sense === 'by';
    this.change(name, (c) => ({ ...c, ended: { at, how: late && at >= c.dueAt ? 'late' : 'met' } }));
  }

  /** What met the last clock of this name does not stand any more: it runs on. */
  reopen(name: ClockName): void {
    const i = this.list.findLastIndex((c) => c.name === name);
    const last = this.list[i];
    if (last !== undefined && last.ended !== null && last.ended.how !== 'lifted') this.list[i] = { ...last, ended: null };
  }

  /** Ends the clocks that run, or those of one name, without their being met. */
  lift(at: Instant, name?: ClockName): void {
    for (const [i, c] of this.list.entries()) {
      if (c.ended === null && (name === undefined || c.name === name)) this.list[i] = { ...c, ended: { at, how: 'lifted' } };
    }
  }

  /** In the order in which they began. */
  all(): readonly Clock[] {
    return [...this.list];
  }

  private change(name: ClockName, to: (c: Clock) => Clock): void {
    const i = this.list.findLastIndex((c) => c.name === name && c.ended === null);
    const running = this.list[i];
    if (running !== undefined) this.list[i] = to(running);
  }
}
