import type { EvidenceRef } from '../evidence/acts.ts';
import type { FoundPayload, PlanFields } from './acts.ts';

/** What a person may ask to be done to one problem. */
export type ProblemCommand =
  | { readonly do: 'confirm' }
  | { readonly do: 'notFounded'; readonly reason: string }
  | { readonly do: 'assign'; readonly government: string; readonly department: string; readonly person: string }
  | ({ readonly do: 'plan' } & PlanFields)
  | { readonly do: 'changeBody'; readonly body: string; readonly reason: string }
  | { readonly do: 'start' }
  | { readonly do: 'stage'; readonly progress: string }
  | { readonly do: 'claim'; readonly text: string; readonly evidence: readonly EvidenceRef[] }
  | { readonly do: 'check'; readonly text: string; readonly alike?: string | undefined }
  | { readonly do: 'return'; readonly reason: string }
  | {
      readonly do: 'accept';
      readonly criteria: string;
      readonly penaltyCase: string | null;
      readonly noPenaltyReason: string | null;
      /** Why pictures that look like earlier ones of other problems count all the same. */
      readonly alike?: string | undefined;
    }
  | { readonly do: 'clear'; readonly decisionNo: string }
  | { readonly do: 'watch'; readonly until: string }
  | { readonly do: 'settle' }
  | { readonly do: 'extend'; readonly rule: string; readonly days: number; readonly reason: string }
  | { readonly do: 'withdraw'; readonly reason: string }
  | { readonly do: 'merge'; readonly into: string; readonly reason: string }
  | { readonly do: 'split'; readonly parts: readonly FoundPart[]; readonly reason: string }
  | { readonly do: 'rebound'; readonly reason: string; readonly evidence: readonly EvidenceRef[] };

export type ProblemVerb = ProblemCommand['do'];

/** A part of a split problem: what differs from the whole. */
export type FoundPart = Pick<FoundPayload, 'no' | 'text'> & { readonly id: string };

/** Every verb in the order in which they come up in the life of a problem. */
export const problemVerbs: readonly ProblemVerb[] = [
  'confirm',
  'notFounded',
  'assign',
  'plan',
  'changeBody',
  'start',
  'stage',
  'claim',
  'check',
  'return',
  'accept',
  'clear',
  'watch',
  'settle',
  'extend',
  'withdraw',
  'merge',
  'split',
  'rebound',
];
