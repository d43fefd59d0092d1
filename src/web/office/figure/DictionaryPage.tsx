import { useQueries } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { FigureAnswer, FigureSet, FigureValue } from '../../../contract/figures.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { paths } from '../../../contract/paths/office.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { apiGet } from '../../ui/api.ts';
import { useCampaign, useDates } from '../../ui/campaign.ts';
import { FigureNumber } from '../../ui/FigureNumber.tsx';
import { cohortText, figureParts } from '../../ui/figure-words.ts';
import { Bones, Loaded } from '../../ui/Outcome.tsx';
import { useApi } from '../../ui/query.ts';
import { useTitle } from '../../ui/title.ts';
import { useWords } from '../../ui/words.ts';
import { useStamp } from '../shell/stamp.ts';
import './figure.css';

/** 指标字典: every figure of the campaign with its value at the page's instant, and the published set. */
export function DictionaryPage() {
  const { campaign, where } = useCampaign();
  const words = useWords();
  const { t, pick } = words;
  const dates = useDates();
  const press = useApi<FigureSet>(campaign.pressSet.length === 0 ? null : to(api.figures, {}, inCampaign(where, { set: 'press' })));
  // The set has most values; the dictionary's other entries are asked for one by one.
  const pressed = (id: string) => press.data?.figures.find((f) => f.id === id && Object.keys(f.filter).length === 0);
  const missing = campaign.figures.filter(
    (d) => d.kind !== 'estimate' && (press.data !== undefined || campaign.pressSet.length === 0) && pressed(d.id) === undefined,
  );
  const rest = useQueries({
    queries: missing.map((d) => {
      const path = to(api.figure, { id: d.id }, inCampaign(where));
      return { queryKey: ['api', path], queryFn: ({ signal }: { signal: AbortSignal }) => apiGet<FigureAnswer>(path, signal) };
    }),
  });
  const valueOf = (id: string): FigureValue | undefined =>
    pressed(id) ?? rest[missing.findIndex((d) => d.id === id)]?.data?.figure ?? undefined;
  useTitle(t('figure:dictionary.title'));
  useStamp(press.data ?? rest[0]?.data);
  return (
    <main id="content" className="dictionary">
      <div className="top">
        <h1>{t('figure:dictionary.title')}</h1>
        <p className="c2">{t('figure:dictionary.lead')}</p>
      </div>
      {campaign.pressSet.length > 0 && (
        <section className="sec">
          <div className="hd">
            <h2>{t('figure:dictionary.press')}</h2>
            {press.data !== undefined && (
              <span className="c3 sm">
                {t('shell:asOf')} {dates.moment(press.data.asOf)}
              </span>
            )}
          </div>
          <Loaded query={press} bones={<Bones rows={4} />}>
            {(set) => <PressTable figures={set.figures} />}
          </Loaded>
        </section>
      )}
      <section className="sec">
        <div className="hd">
          <h2>{t('figure:dictionary.all')}</h2>
        </div>

        <div className="wide" tabIndex={0}>
          <table>
            <caption className="sk">{t('figure:dictionary.all')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('figure:dictionary.name')}</th>
                <th scope="col" className="n">
                  {t('figure:value')}
                </th>
                <th scope="col">{t('figure:definition.unit')}</th>
                <th scope="col" className="n">
                  {t('figure:fraction')}
                </th>
                <th scope="col">{t('figure:definition.predicate')}</th>
                <th scope="col">{t('figure:dictionary.id')}</th>
              </tr>
            </thead>
            <tbody>
              {campaign.figures.map((d) => {
                const figure = valueOf(d.id);
                const parts = figure === undefined ? null : figureParts(campaign, figure, words);
                return (
                  <tr key={d.id}>
                    <th scope="row">
                      <Link to={paths.figure(where, d.id)}>{pick(d.name)}</Link>
                    </th>
                    <td className="n">{figure === undefined ? '—' : <FigureNumber figure={figure} strong className="plain fig" />}</td>
                    <td className="c2 nb">{parts === null ? (d.kind === 'estimate' ? t('dashboard:noDrawShort') : '') : parts.unit}</td>
                    <td className="n c2">{parts?.fraction ?? ''}</td>
                    <td className="c2 pred">{pick(d.predicate)}</td>
                    <td className="nb">
                      <code className="mono">
                        {d.id} v{d.version}
                      </code>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </section>
    </main>
  );
}

function PressTable({ figures }: { readonly figures: readonly FigureValue[] }) {
  const { campaign } = useCampaign();
  const words = useWords();
  return (
    <dl className="pressgrid">
      {figures.map((f, i) => {
        const parts = figureParts(campaign, f, words);
        const cohort = cohortText(campaign, f.filter, words);
        const name = campaign.figures.find((d) => d.id === f.id);
        return (
          <div key={i}>
            <dt>
              {name === undefined ? f.id : words.pick(name.name)}
              {cohort === '' ? '' : `${words.lang === 'zh' ? '，' : ', '}${cohort}`}
            </dt>
            <dd>
              <FigureNumber figure={f} strong className="plain fig" />{' '}
              <span className="c3 sm">
                {parts.unit}　{parts.fraction}
              </span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
