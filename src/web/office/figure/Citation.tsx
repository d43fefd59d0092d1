import type { FigureAnswer, FigureValue } from '../../../contract/figures.ts';
import { paths } from '../../../contract/paths/office.ts';
import { formatWithOffset, instant, parseInstant } from '../../../domain/kernel/instant.ts';
import { useCampaign, useDates } from '../../ui/campaign.ts';
import { cohortText, figureName, figureParts } from '../../ui/figure-words.ts';
import { formatCount } from '../../ui/format.ts';
import { say } from '../../ui/notice.tsx';
import { useWords } from '../../ui/words.ts';

/** How to quote the figure: value, fraction, cohort, instant and an address that will always give the same answer. */
export function Citation({ answer, figure }: { readonly answer: FigureAnswer; readonly figure: FigureValue }) {
  const { campaign, where } = useCampaign();
  const words = useWords();
  const { t, pick } = words;
  const dates = useDates();
  // The watermark, not the wish: only what lies below it never changes.
  const fixed = formatWithOffset(parseInstant(answer.watermark) ?? instant(0), campaign.utcOffsetMinutes);
  const address = `${globalThis.location.origin}${paths.figure({ slug: where.slug, asOf: fixed }, figure.id, figure.filter)}`;
  const parts = figureParts(campaign, figure, words);
  const cohort = cohortText(campaign, figure.filter, words);
  const value =
    parts.value === null ? '—' : parts.unit === '%' ? `${parts.value}%` : `${parts.value}${words.lang === 'en' ? ' ' : ''}${parts.unit}`;
  const text = t('figure:cite.text', {
    campaign: pick(campaign.name),
    name: figureName(campaign, figure.id, words),
    cohort: cohort === '' ? '' : words.lang === 'zh' ? `（${cohort}）` : ` (${cohort})`,
    value: parts.fraction === null ? value : words.lang === 'zh' ? `${value}（${parts.fraction}）` : `${value} (${parts.fraction})`,
    moment: dates.moment(fixed),
    id: figure.id,
    version: figure.version,
    size: formatCount(answer.logSize),
    address,
  });
  const copy = async (what: string) => {
    try {
      await navigator.clipboard.writeText(what);
      say(t('shell:copied'));
    } catch {
      say(t('shell:copyFailed'));
    }
  };
  return (
    <section className="sec" id="cite" tabIndex={-1}>
      <div className="hd">
        <h2>{t('figure:cite.title')}</h2>
      </div>
      <blockquote>{text}</blockquote>
      <p className="cite-go noprint">
        <button type="button" className="btn small" onClick={() => void copy(text)}>
          {t('figure:cite.copy')}
        </button>
        <button type="button" className="btn small" onClick={() => void copy(address)}>
          {t('figure:cite.copyAddress')}
        </button>
      </p>
      {campaign.mode === 'synthetic' && <p className="cap">{pick(campaign.notice)}</p>}
    </section>
  );
}
