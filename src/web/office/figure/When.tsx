import { Link, useLocation, useNavigate } from 'react-router';
import type { FigureAnswer } from '../../../contract/figures.ts';
import { parseInstant } from '../../../domain/kernel/instant.ts';
import { useCampaign, useDates } from '../../ui/campaign.ts';
import { useWords } from '../../ui/words.ts';
import { withAsOf, withoutAsOf } from '../shell/as-of-search.ts';
import { Ruler } from '../shell/Ruler.tsx';

/** The instant of the figure, with named moments and the ruler as a picker. */
export function When({ answer }: { readonly answer: FigureAnswer }) {
  const { campaign, where } = useCampaign();
  const { t, pick } = useWords();
  const dates = useDates();
  const location = useLocation();
  const navigate = useNavigate();
  const at = where.asOf ?? answer.asOf;
  const search = (asOf: string) => withAsOf(location.search, asOf);
  return (
    <div className="when">
      <div className="line">
        <span>
          {t('shell:asOf')} <b>{dates.moment(at)}</b>
        </span>
        <ul aria-label={t('shell:moments')}>
          {campaign.moments.map((m) => (
            <li key={m.at}>
              <Link to={{ search: search(m.at) }} aria-current={parseInstant(m.at) === parseInstant(at) ? 'true' : undefined}>
                {pick(m.name)}
              </Link>
            </li>
          ))}
          <li>
            <Link to={{ search: withoutAsOf(location.search) }} aria-current={where.asOf === null ? 'true' : undefined}>
              {t('shell:now')}
            </Link>
          </li>
        </ul>
      </div>
      <Ruler
        at={at}
        onPick={(asOf) => {
          if (Date.parse(asOf) <= Date.now()) void navigate({ search: search(asOf) });
        }}
      />
    </div>
  );
}
