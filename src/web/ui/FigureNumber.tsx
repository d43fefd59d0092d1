import { Link } from 'react-router';
import type { FigureValue } from '../../contract/figures.ts';
import { paths } from '../../contract/paths/office.ts';
import { useCampaign } from './campaign.ts';
import { cohortText, figureName, figureParts, inBrackets, isMoney } from './figure-words.ts';
import { useWords } from './words.ts';

/** A figure's number as a link to its page, with the same filter and instant. */
export function FigureNumber({
  figure,
  unit = false,
  strong = false,
  className,
}: {
  readonly figure: FigureValue;
  readonly unit?: boolean;
  readonly strong?: boolean;
  readonly className?: string;
}) {
  const { campaign, where } = useCampaign();
  const words = useWords();
  const parts = figureParts(campaign, figure, words);
  const cohort = cohortText(campaign, figure.filter, words);
  const title = `${figureName(campaign, figure.id, words)}${inBrackets(cohort, words.lang)}${parts.fraction === null ? '' : ` ${parts.fraction}`}`;
  return (
    <Link to={paths.figure(where, figure.id, figure.filter)} title={title} className={className ?? 'plain fig'}>
      {strong ? <b>{parts.value ?? '—'}</b> : (parts.value ?? '—')}
      {(unit || (words.lang === 'zh' && isMoney(campaign, figure) && className === undefined)) && <span className="u">{parts.unit}</span>}
    </Link>
  );
}
