import type { Sent } from '../../contract/common.ts';
import type { FigureWaterfall } from '../../contract/figures.ts';
import { inCampaignTime } from '../../domain/kernel/standing.ts';
import type { Waterfall } from '../../usecases/figures/waterfall.ts';

export function presentWaterfall(fall: Waterfall): Sent<FigureWaterfall> {
  const { campaign, before, after, parts } = fall;
  const at = inCampaignTime(fall);
  return { campaign, from: at(fall.from), to: at(fall.to), before, after, parts };
}
