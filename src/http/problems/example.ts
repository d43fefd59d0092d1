import { api } from '../../contract/paths/api.ts';
import type { ProblemVerb } from '../../domain/problems/commands.ts';
import type { Ask, Examples } from '../server/sample.ts';

export function exampleProblem(e: Examples) {
  return {
    campaign: e.campaign,
    unit: '听松演示焦化厂',
    place: e.county,
    aspect: 'key-dischargers',
    type: 'key-dischargers',
    text: '外排水超标',
    clue: 'inspection',
    evidence: [],
  };
}

/** A problem, and the act that recorded it. */
export async function makeProblem(ask: Ask, e: Examples): Promise<Readonly<Record<string, string>>> {
  const made = (await ask('clerk', 'POST', api.problems, exampleProblem(e))).body as { item: { id: string }; acts: { id: string }[] };
  return { problem: made.item.id, act: made.acts[0]?.id ?? '' };
}

const evidence = [{ sha256: 'a'.repeat(64), kind: 'photo', name: 'x.jpg', takenAt: '2030-01-01T00:00:00Z' }];

/** A well-formed body for each command. */
export const sampleBodies: Readonly<Record<ProblemVerb, object>> = {
  confirm: {},
  notFounded: { reason: 'r' },
  assign: { government: 'g', department: 'd', person: 'p' },
  plan: { implementer: 'i', goal: 'g', deadline: '2030-01-01', measures: 'm', acceptanceBody: 'b' },
  changeBody: { body: 'b', reason: 'r' },
  start: {},
  stage: { progress: 'p' },
  claim: { text: 't', evidence },
  check: { text: 't' },
  return: { reason: 'r' },
  accept: { criteria: 'c', penaltyCase: null, noPenaltyReason: 'n' },
  clear: { decisionNo: 'n' },
  watch: { until: '2030-01-01' },
  settle: {},
  extend: { rule: 'SX-YAN-02', days: 5, reason: 'r' },
  withdraw: { reason: 'r' },
  merge: { into: 'SX', reason: 'r' },
  split: { parts: ['a', 'b'], reason: 'r' },
  rebound: { reason: 'r', evidence },
};
