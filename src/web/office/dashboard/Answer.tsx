import type { DashboardView } from '../../../contract/dashboard.ts';
import type { FigureValue } from '../../../contract/figures.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { FigureNumber } from '../../ui/FigureNumber.tsx';
import { cohortText, figureName, figureParts, fractionText, overAll } from '../../ui/figure-words.ts';
import { formatCount } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';
import { pairOf } from './pair.ts';

/** The answer in a sentence, with both denominators; made of whatever figures the campaign leads with. */
export function Answer({ view }: { readonly view: DashboardView }) {
  const { campaign } = useCampaign();
  const words = useWords();
  const { t } = words;
  const all = [...view.headline, ...view.pressSet];
  const { cohort, overall } = pairOf(all);
  const estimate = campaign.figures.find((f) => f.kind === 'estimate');
  return (
    <h1 className="answer">
      {cohort !== null || overall !== null ? <Rates cohort={cohort} overall={overall} /> : <Counts figures={view.headline} />}
      {estimate !== undefined && <span className="second">{t('dashboard:noDraw')}</span>}
    </h1>
  );
}

function Rates(props: { readonly cohort: FigureValue | null; readonly overall: FigureValue | null }) {
  const { campaign } = useCampaign();
  const words = useWords();
  const { t } = words;
  const first = props.cohort ?? (props.overall as FigureValue);
  const known = first.id === 'clearance.rate';
  const group = cohortText(campaign, first.filter, words) || overAll(campaign, words);
  const rate = figureParts(campaign, first, words).value;
  const head = known
    ? t('dashboard:answer.rate', { cohort: capital(group), den: formatCount(first.denominator ?? 0), num: formatCount(first.numerator) })
    : group === ''
      ? t('dashboard:answer.plain', { name: figureName(campaign, first.id, words), fraction: fractionText(first, words.lang) })
      : t('dashboard:answer.generic', {
          name: figureName(campaign, first.id, words),
          cohort: group,
          fraction: fractionText(first, words.lang),
        });
  return (
    <span>
      {head}
      <FigureNumber figure={first} className="plain fig" />
      {rate === null ? '' : '%'}
      {props.cohort !== null && props.overall !== null && (
        <>
          {t('dashboard:answer.overall', { den: formatCount(props.overall.denominator ?? 0) })}
          <FigureNumber figure={props.overall} />%
        </>
      )}
      {t('dashboard:answer.end')}
    </span>
  );
}

function Counts({ figures }: { readonly figures: readonly FigureValue[] }) {
  const { campaign } = useCampaign();
  const words = useWords();
  return (
    <span>
      {figures.slice(0, 3).map((f, i) => {
        const parts = figureParts(campaign, f, words);
        return (
          <span key={i}>
            {i > 0 && words.t('dashboard:answer.and')}
            {figureName(campaign, f.id, words)} <FigureNumber figure={f} className="plain fig" /> {parts.unit}
          </span>
        );
      })}
      {words.t('dashboard:answer.end')}
    </span>
  );
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
