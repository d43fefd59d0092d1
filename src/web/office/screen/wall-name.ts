import type { CampaignView } from '../../../contract/campaign.ts';
import { figureName } from '../../ui/figure-words.ts';
import type { Words } from '../../ui/words.ts';
import { shortName } from '../dashboard/short-name.ts';

/** A figure's name as a wall has room for: a word, or the name without what stands in brackets. */
export function wallName(campaign: CampaignView, id: string, words: Words): string {
  return words.t(`screen:head.${id.replace('.', '-')}`, { defaultValue: shortName(figureName(campaign, id, words)) });
}
