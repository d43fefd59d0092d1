import type { Instant, PlainDate } from '../domain/kernel/instant.ts';
import type { CampaignSettings } from '../domain/campaign/settings.ts';

/** A batch of the generated campaign: how many problems, and how many of them are cleared by each of the plan's instants. */
export interface BatchPlan {
  readonly no: number;
  readonly issuedAt: Instant;
  readonly deadline: PlainDate;
  readonly size: number;
  /** Published types counted out exactly; by weight where absent. */
  readonly types?: readonly (readonly [string, number])[];
  /** Cleared (recorded) in each window: after the one before, up to `until`. The rest stays open. */
  readonly cleared: readonly { readonly until: Instant; readonly count: number }[];
  /** Of those not cleared, how many are withdrawn by two persons. */
  readonly withdrawn: number;
  /** Of those cleared in the first window, how many rebound before its end; of the others, how many do later. */
  readonly reboundEarly: number;
  readonly reboundLate: number;
  /** How many of its problems are the new ones opened by rebounds, by when those happened. */
  readonly fromReboundEarly: number;
  readonly fromReboundLate: number;
}

/** Money cases: how many decisions and how much in all by an instant (cumulative). */
export interface CasePlan {
  readonly until: Instant;
  readonly decided: number;
  readonly amountFen: number;
  readonly typical: Readonly<Record<string, number>>;
}

/** What a campaign is generated to. Counts are exact; everything else follows from the seed. */
export interface SimulationPlan {
  readonly seed: number;
  readonly settings: CampaignSettings;
  readonly opensAt: Instant;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly batches: readonly BatchPlan[];
  /** Sources inspected, cumulative. */
  readonly inspected: readonly { readonly until: Instant; readonly count: number }[];
  readonly cases: readonly CasePlan[];
  /** Scattered polluters closed, cumulative. */
  readonly scattered: readonly { readonly until: Instant; readonly count: number }[];
  readonly tasks: number;
  readonly measures: number;
  readonly projects: number;
  readonly notFounded: number;
  readonly unsupervised: number;
  readonly publications: readonly { readonly at: Instant; readonly no: string; readonly unit: string; readonly text: string }[];
  /** Instants as of which the figures were published. */
  readonly published: readonly Instant[];
  readonly cityWeights: readonly (readonly [number, number])[];
  readonly typeWeights: readonly (readonly [string, number])[];
  readonly aspectOfType: Readonly<Record<string, readonly (readonly [string, number])[]>>;
  /** Points near county seats, by county code. */
  readonly seats: ReadonlyMap<number, { readonly lon: number; readonly lat: number }>;
}
