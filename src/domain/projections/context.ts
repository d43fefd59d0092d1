import type { CampaignSettings } from '../campaign/settings.ts';
import type { Dims } from './spans.ts';

/** Numbers of a campaign's classifications, for roll-ups; unknown codes are 0. */
export interface DimNumbers {
  readonly aspect: ReadonlyMap<string, number>;
  readonly type: ReadonlyMap<string, number>;
  readonly measure: ReadonlyMap<string, number>;
}

export function dimNumbers(settings: CampaignSettings): DimNumbers {
  return {
    aspect: new Map(settings.aspects.map((a) => [a.code, a.no])),
    type: new Map(settings.types.map((t) => [t.code, t.no])),
    measure: new Map(settings.measures.map((m) => [m.code, m.no])),
  };
}

export interface FactContext {
  readonly settings: CampaignSettings;
  readonly dims: DimNumbers;
}

export function factContext(settings: CampaignSettings): FactContext {
  return { settings, dims: dimNumbers(settings) };
}

/** Of what lies nowhere and belongs to nothing. */
export const nowhere: Dims = { place: 0, batch: 0, aspect: 0, type: 0, measure: 0 };

/** Numbers of a code in a classification; 0 for none, and for one that is unknown. */
export function noOf(numbers: ReadonlyMap<string, number>, code: string | null): number {
  return code === null ? 0 : (numbers.get(code) ?? 0);
}

/** Number of a state in the campaign's list; a state the list lacks would be lost in the ledger, so it is an error. */
export function stateNo(ctx: FactContext, state: string): number {
  const no = ctx.settings.states.indexOf(state) + 1;
  if (no === 0) throw new Error(`state ${state} is not in the campaign's list`);
  return no;
}
