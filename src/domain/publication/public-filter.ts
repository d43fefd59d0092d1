import type { CampaignSettings, FigureDefinition } from '../campaign/settings.ts';
import type { FigureFilter } from '../clearance/filter.ts';

/** Smallest count by place and class that is published, where the campaign's data say nothing else. */
export function smallestPublished(settings: CampaignSettings): number {
  return settings.smallestPublished ?? 5;
}

/**
 * How a figure with a filter may be published (公开粒度).
 *
 * `whole`: as it is: the campaign, batches, one aspect, type or measure. `place`: a place alone (a city also within batches), subject
 * to the suppression of small counts. `closed`: place by class, and county by batch: such crossings are published only as the one
 * table whose small counts are hidden together, since two tables hidden apart give each other away. Measures are never published by
 * place: a referral for detention names a person in any small place.
 */
export function publicGrain(definition: FigureDefinition, filter: FigureFilter): 'whole' | 'place' | 'closed' {
  const place = filter.city !== undefined || filter.county !== undefined;
  const kind = filter.aspect !== undefined || filter.type !== undefined || filter.measure !== undefined;
  const kinds = [filter.aspect, filter.type, filter.measure].filter((x) => x !== undefined).length;
  if (!place) return kinds > 1 || (kind && filter.batches !== undefined) ? 'closed' : 'whole';
  if (kind || definition.filters.includes('measure')) return 'closed';
  if (filter.city !== undefined && filter.county !== undefined) return 'closed';
  return filter.county !== undefined && filter.batches !== undefined ? 'closed' : 'place';
}

/** The fact whose counts by place decide whether a figure is shown there: the population that its records belong to. */
export function populationOf(definition: FigureDefinition): string | null {
  const first = definition.count?.fact ?? definition.ratio?.denominator[0]?.fact ?? null;
  if (first === null) return null;
  // A problem is one among those supervised, whatever has become of it since.
  if (first === 'problem.found') return first;
  if (first.startsWith('problem.')) return 'problem.supervised';
  return first;
}

/** Facts of offices and governments, in which nobody is recognised: letters, batches, tasks, publications. */
export function isOfficial(fact: string): boolean {
  return /^(batch|letter|central|project|publication)\./.test(fact);
}

/**
 * Whether the records behind a figure are listed.
 *
 * One list for each population: problems supervised, sources inspected, penalty cases, and what belongs to offices. A second list of some
 * of the same sources or cases, coarser by its own small counts, would be joined to the first by its numbers and give the place
 * away. Nor are problems listed that were never put to anybody.
 */
export function listsRecords(definition: FigureDefinition): boolean {
  if (definition.estimate !== undefined) return false;
  const fact = definition.count?.fact ?? 'problem.supervised';
  return !['problem.found', 'scattered.closed', 'case.typical'].includes(fact);
}
