import type { CampaignSettings } from '../campaign/settings.ts';

/** Facts that streams of our own campaigns can count under. */
export const ownFacts = [
  'problem.found',
  'problem.supervised',
  'problem.withdrawn',
  'problem.claimed',
  'problem.rectified',
  'problem.rebounded',
  'problem.open',
  'problem.due',
  'problem.overdue',
  'problem.ontime',
  'case.penalty',
  'case.typical',
  'source.registered',
  'source.inspected',
  'source.inspectedUnder',
  'scattered.closed',
  'batch.issued',
  'letter.issued',
  'central.task',
  'central.task.accepted',
  'central.measure',
  'central.measure.accepted',
  'project.registered',
  'project.completed',
  'publication.case',
  'publication.figures',
] as const;

/** Every fact a campaign's streams can count under, those of its outside register included. */
export function factsOfCampaign(settings: CampaignSettings): string[] {
  return [...new Set([...ownFacts, ...settings.facts.map((rule) => rule.fact)])];
}
