import type { DashboardView } from '../../../contract/dashboard.ts';
import type { FigureValue } from '../../../contract/figures.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { FigureNumber } from '../../ui/FigureNumber.tsx';
import { cohortText, definitionOf, figureName, figureParts, inBrackets, overAll, sameRef, unitWord } from '../../ui/figure-words.ts';
import { formatCount } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';
import { shortName } from './short-name.ts';

/** The figures a campaign leads with; an estimate without a draw says that there is none. */
export function Headline({ view }: { readonly view: DashboardView }) {
  const { campaign } = useCampaign();
  const words = useWords();
  const estimate = campaign.figures.find((f) => f.kind === 'estimate');
  return (
    <dl className="figs">
      {view.headline.map((figure, i) => (
        <Cell
          key={i}
          figure={figure}
          overall={
            figure.unit === 'ratio' &&
            figure.filter.batches === undefined &&
            view.headline.some((h) => h.id === figure.id && h.filter.batches !== undefined)
          }
        />
      ))}
      {estimate !== undefined && (
        <div className="f">
          <dt>{words.pick(estimate.name)}</dt>
          <dd>
            <span className="v none">—</span>
          </dd>
          <dd className="den">{words.t('dashboard:noDrawShort')}</dd>
        </div>
      )}
    </dl>
  );
}

/** @param overall  the same rate stands beside it for a cohort of batches, so its name says that this one is over all */
export function Cell({ figure, overall = false }: { readonly figure: FigureValue; readonly overall?: boolean }) {
  const { campaign } = useCampaign();
  const words = useWords();
  const parts = figureParts(campaign, figure, words);
  const cohort = cohortText(campaign, figure.filter, words);
  const predicate = definitionOf(campaign, figure.id);
  return (
    <div className="f">
      <dt>
        {overall
          ? words.t('dashboard:overallName', { name: shortName(figureName(campaign, figure.id, words)) })
          : figureName(campaign, figure.id, words)}
      </dt>
      <dd>
        <FigureNumber figure={figure} className="plain v" />
        <span className="u">{parts.value === null ? '' : parts.unit}</span>
      </dd>
      {parts.fraction === null ? (
        <dd className="den">{cohort === '' ? shortened(predicate === undefined ? '' : words.pick(predicate.predicate)) : cohort}</dd>
      ) : (
        <dd className="den">
          {parts.fraction}
          <br />
          {cohort === '' ? overAll(campaign, words) : cohort}
        </dd>
      )}
    </div>
  );
}

function shortened(text: string): string {
  return text.split(/[；;]/u)[0] ?? text;
}

/** Further published figures in one line; parts of one figure (by measure) follow their whole. */
export function PressLine({ view }: { readonly view: DashboardView }) {
  const { campaign } = useCampaign();
  const words = useWords();
  const rest = view.pressSet.filter((f) => !view.headline.some((h) => sameRef(h, f)));
  const wholes = rest.filter((f) => f.filter.measure === undefined);
  return (
    <p className="sub">
      {wholes.map((f, i) => {
        const parts = rest.filter((p) => p.id === f.id && p.filter.measure !== undefined);
        const cohort = cohortText(campaign, f.filter, words);
        return (
          <span key={i}>
            {figureName(campaign, f.id, words)}
            {inBrackets(cohort, words.lang)} <FigureNumber figure={f} strong className="plain fig" /> {figureParts(campaign, f, words).unit}
            {parts.length > 0 && (
              <>
                {words.t('dashboard:colon')}
                {parts.map((p, k) => (
                  <span key={k}>
                    {k > 0 && words.t('dashboard:comma')}
                    {cohortText(campaign, p.filter, words)} <FigureNumber figure={p} strong />
                  </span>
                ))}
              </>
            )}
          </span>
        );
      })}
    </p>
  );
}

/** A count with its unit, for captions. */
export function countWithUnit(count: number, unit: string, words: ReturnType<typeof useWords>): string {
  return `${formatCount(count)}${words.lang === 'en' ? ' ' : ''}${unitWord(unit, count, words)}`;
}
