import type { Stamp } from '../../../contract/figures.ts';
import { useCampaign, useDates } from '../../ui/campaign.ts';
import { formatCount } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';
import { cssText } from './css-text.ts';

/** What the foot of each printed page says: campaign, instant and place in the log on the left, page of pages on the right. */
export function PrintFoot({ stamp }: { readonly stamp: Stamp | null }) {
  const { campaign } = useCampaign();
  const { t, pick } = useWords();
  const dates = useDates();
  if (stamp === null) return null;
  const says = [
    pick(campaign.name),
    `${t('shell:asOf')} ${dates.moment(stamp.asOf)}`,
    t('shell:log', { size: formatCount(stamp.logSize), time: dates.time(stamp.watermark) }),
  ].join('　');
  const [before = '', between = '', after = ''] = t('shell:pageOf', { page: '\n', pages: '\n' }).split('\n');
  const small = 'font: 9px/1.4 sans-serif; color: #555;';
  return (
    <style media="print">{`@page {
  @bottom-left { content: ${cssText(says)}; ${small} white-space: nowrap; }
  @bottom-right { content: ${cssText(before)} counter(page) ${cssText(between)} counter(pages) ${cssText(after)}; ${small} }
}`}</style>
  );
}
