import type { FigureAnswer } from '../../../contract/figures.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { isMoney, unitWord } from '../../ui/figure-words.ts';
import { formatCount } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';

/** The definition in words and as the two queries that the server runs. */
export function Definition({ answer }: { readonly answer: FigureAnswer }) {
  const { campaign } = useCampaign();
  const words = useWords();
  const { t, pick } = words;
  const d = answer.definition;
  const unit =
    d.unit === 'ratio'
      ? t('figure:definition.ratio')
      : isMoney(campaign, d)
        ? t('figure:definition.money', { currency: campaign.currency })
        : unitWord(d.unit, 2, words);
  return (
    <section className="defbox" aria-labelledby="definition">
      <div className="hd">
        <h2 id="definition">{t('figure:definition.title')}</h2>
        <span className="c3 sm">{t('figure:definition.version', { version: d.version })}</span>
      </div>
      <dl>
        <div>
          <dt>{t('figure:definition.predicate')}</dt>
          <dd>{pick(d.predicate)}</dd>
        </div>
        <div>
          <dt>{t('figure:definition.unit')}</dt>
          <dd>{unit}</dd>
        </div>
        <div>
          <dt>{t('figure:definition.filters')}</dt>
          <dd>
            {d.filters.length === 0
              ? t('shell:none')
              : d.filters.map((f) => t(`figure:key.${f}`, { defaultValue: f })).join(words.lang === 'zh' ? '、' : ', ')}
          </dd>
        </div>
        <div>
          <dt>{t('figure:definition.asOf')}</dt>
          <dd>{t('figure:definition.asOfText', { size: formatCount(answer.logSize) })}</dd>
        </div>
      </dl>
      {(d.sql.count !== '' || d.sql.ids !== '') && (
        <details>
          <summary>{t('figure:definition.sql')}</summary>
          <p className="cap">{t('figure:definition.sqlCount')}</p>
          <pre tabIndex={0}>{d.sql.count}</pre>
          <p className="cap">{t('figure:definition.sqlIds')}</p>
          <pre tabIndex={0}>{d.sql.ids}</pre>
        </details>
      )}
    </section>
  );
}
