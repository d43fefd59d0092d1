import { Link } from 'react-router';
import type { FigureAnswer, FigureValue } from '../../../contract/figures.ts';
import { paths } from '../../../contract/paths/office.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { cohortText, figureName, figureParts } from '../../ui/figure-words.ts';
import { formatCount } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';
import { termNames } from './term-names.ts';

/** The value as a fraction, its meaning in words, the overall rate beside a cohort's, and what it is not. */
export function AnswerBlock({ answer, figure }: { readonly answer: FigureAnswer; readonly figure: FigureValue }) {
  const { campaign } = useCampaign();
  const words = useWords();
  const { t, pick } = words;
  const parts = figureParts(campaign, figure, words);
  const [numeratorWord, denominatorWord] = termNames(pick(answer.definition.predicate));
  const cohort = cohortText(campaign, figure.filter, words);
  return (
    <div className="ans">
      <div className="big">
        <span className="v">
          {parts.value ?? '—'}
          <small>{parts.value === null ? '' : parts.unit}</small>
        </span>
        {figure.denominator !== null && (
          <span className="fr">
            <b>{formatCount(figure.numerator)}</b>
            <span>{numeratorWord ?? t('figure:numerator')}</span>
            <span className="ln" />
            <b>{formatCount(figure.denominator)}</b>
            <span>
              {denominatorWord === undefined
                ? t('figure:denominator')
                : cohort === ''
                  ? denominatorWord
                  : t('figure:of', { cohort, name: denominatorWord })}
            </span>
          </span>
        )}
        {parts.value === null && <span className="c2">{t('figure:noDenominator')}</span>}
      </div>
      <dl className="def">
        <div>
          <dt>{t('figure:counts')}</dt>
          <dd>{pick(answer.definition.predicate)}</dd>
        </div>
        {answer.overall !== null && (
          <div>
            <dt>{t('figure:overall')}</dt>
            <dd>
              <Other figure={answer.overall} named={false} />
              {'　'}
              <span className="c3">{figureParts(campaign, answer.overall, words).fraction}</span>
            </dd>
          </div>
        )}
        {answer.beside.length > 0 && (
          <div>
            <dt>{t('figure:isNot')}</dt>
            <dd className="beside">
              {answer.beside.map((f, i) => (
                <Other key={i} figure={f} named />
              ))}
            </dd>
          </div>
        )}
        {answer.haste !== null && (
          <div>
            <dt>{t('figure:haste.title')}</dt>
            <dd>{t('figure:haste.text', { leads: answer.haste.leads, clears: answer.haste.clears })}</dd>
          </div>
        )}
        {campaign.figures.some((f) => f.kind === 'estimate') && figure.unit === 'ratio' && (
          <div>
            <dt>{t('figure:verified')}</dt>
            <dd>{t('dashboard:noDrawShort')}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}

function Other({ figure, named }: { readonly figure: FigureValue; readonly named: boolean }) {
  const { campaign, where } = useCampaign();
  const words = useWords();
  const p = figureParts(campaign, figure, words);
  const value = `${p.value ?? '—'}${p.unit === '%' ? '%' : ` ${p.unit}`}`;
  return (
    <Link to={paths.figure(where, figure.id, figure.filter)} className="nb">
      {named ? `${figureName(campaign, figure.id, words)} ${value}` : value}
    </Link>
  );
}

/** An estimate before its first draw: it says so instead of showing a number. */
export function Absent({ answer }: { readonly answer: FigureAnswer }) {
  const words = useWords();
  return (
    <div className="ans">
      <div className="big">
        <span className="v none">—</span>
        <span>
          {words.t('figure:absent')}　<code className="mono">{answer.absent}</code>
        </span>
      </div>
      <dl className="def">
        <div>
          <dt>{words.t('figure:counts')}</dt>
          <dd>{words.pick(answer.definition.predicate)}</dd>
        </div>
      </dl>
    </div>
  );
}
