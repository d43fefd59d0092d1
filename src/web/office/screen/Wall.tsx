import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { DashboardView } from '../../../contract/dashboard.ts';
import { paths } from '../../../contract/paths/office.ts';
import { placePath, useCampaign, useDates } from '../../ui/campaign.ts';
import { FigureNumber } from '../../ui/FigureNumber.tsx';
import { cohortText, figureName, figureParts, sameRef } from '../../ui/figure-words.ts';
import { formatChange, formatCount } from '../../ui/format.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import { useWords } from '../../ui/words.ts';
import { Headline } from '../dashboard/Headline.tsx';
import { shortName } from '../dashboard/short-name.ts';
import { MapDrawing } from '../map/Cartogram.tsx';
import { Ruler } from '../shell/Ruler.tsx';
import { wallName } from './wall-name.ts';
import { WallTable } from './WallTable.tsx';

const [fullWidth, fullHeight] = [1920, 1080];

/** One still picture scaled to the screen it hangs on. */
export function Wall({ view, print }: { readonly view: DashboardView; readonly print: boolean }) {
  const { campaign, where } = useCampaign();
  const words = useWords();
  const { t, pick, lang } = words;
  const dates = useDates();
  const scale = useScale(print);
  const map = campaign.dashboard.map;
  const cities =
    map === null
      ? []
      : view.cities.flatMap((c) => {
          const figure = c.figures.find((f) => f.id === map.id && f.filter.batches === undefined);
          return figure === undefined ? [] : [{ place: c.place, figure }];
        });
  const press = view.pressSet
    .filter((f) => f.filter.measure === undefined && !view.headline.some((h) => sameRef(h, f)))
    .slice(lang === 'zh' ? -5 : -4);
  return (
    <div className="wallbox" style={print ? undefined : { width: fullWidth * scale, height: fullHeight * scale }}>
      <div className="wall" style={print ? undefined : { transform: `scale(${scale})` }}>
        <header className="m">
          <Link className="plain" to={paths.dashboard(where)}>
            <b>{t('shell:brand')}</b>
          </Link>
          <h1>{pick(campaign.name)}</h1>
          {pick(campaign.notice) !== '' && <span className="demo">{pick(campaign.notice)}</span>}
          <span className="r">
            {t('shell:asOf')} <b>{dates.moment(where.asOf ?? view.asOf)}</b>
          </span>
        </header>
        <div className="ru">
          <Ruler at={where.asOf ?? view.asOf} size={18} />
        </div>
        <Headline view={view} />
        <div className={view.counties.length > 0 ? 'g' : 'g nomap'}>
          <WallTable view={view} />
          {view.counties.length > 0 && map !== null && (
            <section>
              <h2>
                {t('dashboard:map.title', { count: view.counties.length })}
                <span>
                  {shortName(figureName(campaign, map.id, words))}
                  {t('dashboard:map.schematic')}
                </span>
              </h2>
              <MapDrawing entries={view.counties} cities={cities} size="wall" />
            </section>
          )}
          <section>
            <h2>
              {t('screen:today')}
              <span>{t('screen:since', { day: dates.day(view.watermark) })}</span>
            </h2>
            {view.today.map((c) => (
              <p key={c.id} className="big">
                <StateMark state={stateOfFigure(c.id)} word={wallName(campaign, c.id, words)} />
                <span className="c3">{t('screen:standing', { count: c.now, n: formatCount(c.now) })}</span>
                <b>{formatChange(c.change)}</b>
              </p>
            ))}
            {view.rebounds.rows.length > 0 && (
              <>
                <h2 className="later">{t('screen:rebounds')}</h2>
                {view.rebounds.rows.slice(0, 2).map((r) => (
                  <p key={r.id} className="ev">
                    <Link className="plain" to={paths.item(where, r.no)}>
                      {r.unit}
                      {lang === 'zh' ? '，' : ', '}
                      {r.reason}
                    </Link>
                    <span>
                      {placePath(campaign, r.place, lang)}
                      {lang === 'zh' ? '，' : ', '}
                      {dates.day(r.reboundedAt)}
                    </span>
                  </p>
                ))}
              </>
            )}
          </section>
        </div>
        <footer className="foot">
          <div className="facts">
            <span>{t('shell:log', { size: formatCount(view.logSize), time: dates.time(view.watermark) })}</span>
            {press.map((f, i) => (
              <span key={i}>
                {figureName(campaign, f.id, words)}
                {cohortText(campaign, f.filter, words)} <FigureNumber figure={f} strong className="plain fig" />{' '}
                {figureParts(campaign, f, words).unit}
              </span>
            ))}
          </div>
          <Link className="r" to={paths.screen(where, !print)}>
            {t(print ? 'screen:toWall' : 'screen:toPrint')}
          </Link>
        </footer>
      </div>
    </div>
  );
}

function stateOfFigure(id: string): string {
  return (
    {
      'problems.rectified': 'cleared',
      'problems.claimed': 'claimed',
      'problems.rebounded': 'rebounded',
      'problems.overdue': 'overdue',
      'problems.supervised': 'supervised',
    }[id] ?? 'found'
  );
}

function useScale(print: boolean): number {
  const measure = () => Math.min(globalThis.innerWidth / fullWidth, globalThis.innerHeight / fullHeight);
  const [scale, setScale] = useState(measure);
  useEffect(() => {
    if (print) return;
    const onResize = () => setScale(measure());
    globalThis.addEventListener('resize', onResize);
    return () => globalThis.removeEventListener('resize', onResize);
  }, [print]);
  return scale;
}
