import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { FigureValue } from '../../../contract/figures.ts';
import { cityOf } from '../../../domain/kernel/place.ts';
import { placeName, placePath, shortPlace, useCampaign } from '../../ui/campaign.ts';
import { FigureNumber } from '../../ui/FigureNumber.tsx';
import { cohortText, figureName, figureParts } from '../../ui/figure-words.ts';
import { formatCount } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';
import { usePlaceLink } from '../shell/place-link.ts';
import { classBounds, classOf, clip, layoutOf, legendOf, roundStep, tileHeight, tileWidth } from './layout.ts';
import './map.css';

type Entry = { readonly place: number; readonly figure: FigureValue };

/** Schematic map: one tile a county, shaded by lightness only, with its number; the same as a table. */
export function Cartogram({ entries, cities }: { readonly entries: readonly Entry[]; readonly cities: readonly Entry[] }) {
  const { campaign } = useCampaign();
  const words = useWords();
  const [table, setTable] = useState(false);
  const first = entries[0];
  if (first === undefined) return null;
  const { county: _county, city: _city, ...filter } = first.figure.filter;
  const cohort = cohortText(campaign, filter, words);
  return (
    <section className="sec">
      <div className="hd">
        <h2>{words.t('dashboard:map.title', { count: entries.length })}</h2>
        <span className="c3 sm">
          {figureName(campaign, first.figure.id, words)}
          {cohort === '' ? '' : `${words.lang === 'zh' ? '，' : ', '}${cohort}`}
          {words.t('dashboard:map.schematic')}
        </span>
        <span className="more noprint">
          <button type="button" className="linkbtn" aria-pressed={table} onClick={() => setTable(!table)}>
            {words.t(table ? 'dashboard:map.map' : 'shell:table')}
          </button>
        </span>
      </div>
      {table ? <MapTable entries={entries} /> : <MapDrawing entries={entries} cities={cities} />}
      <p className="cap">
        {words.t('dashboard:map.caption')}
        {words.pick(campaign.placesNote)}
      </p>
    </section>
  );
}

/** Sizes of a tile and of its letters; on the wall only numbers fit, and nothing is smaller than 16 px. */
const sizes = {
  page: { sx: 1, sy: 1, w: tileWidth, h: tileHeight, label: 13, labelValue: 12, number: 11, legend: 11, swatch: 44 },
  wall: { sx: 46 / 64, sy: 27 / 25, w: 44, h: 25, label: 18, labelValue: 17, number: 17, legend: 16, swatch: 44 },
} as const;

export function MapDrawing({
  entries,
  cities,
  size = 'page',
}: {
  readonly entries: readonly Entry[];
  readonly cities: readonly Entry[];
  readonly size?: keyof typeof sizes;
}) {
  const z = sizes[size];
  const names = size === 'page';
  const { campaign } = useCampaign();
  const words = useWords();
  const placeLink = usePlaceLink();
  const layout = useMemo(() => layoutOf(campaign), [campaign]);
  const shown = new Map(entries.map((e) => [e.place, e.figure]));
  const ratio = entries[0]?.figure.unit === 'ratio';
  const number = (f: FigureValue) => (ratio ? (f.value === null ? null : f.value * 100) : f.numerator);
  const values = entries.map((e) => number(e.figure)).filter((v) => v !== null);
  const bounds = classBounds(values, ratio ? 5 : roundStep(values));
  const width = layout.width * z.sx + 4;
  const mapHeight = layout.height * z.sy + 4;
  const height = layout.corner ? mapHeight : mapHeight + 32;
  return (
    <div className="wide" tabIndex={0}>
      <svg
        className="tiles"
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="group"
        aria-label={words.t('dashboard:map.title', { count: entries.length })}
      >
        {layout.labels.map((l) => {
          const city = cities.find((c) => c.place === l.code);
          const v = city === undefined ? null : number(city.figure);
          return (
            <text key={l.code} x={l.x * z.sx} y={l.y * z.sy} fontSize={z.label} fontWeight="700" fill="var(--ink)">
              {words.lang === 'zh' ? shortPlace(placeName(campaign, l.code, 'zh')) : placeName(campaign, l.code, 'en')}
              {v !== null && (
                <tspan dx="5" fontWeight="400" fontSize={z.labelValue} fill="var(--ink-3)">
                  {ratio ? v.toFixed(1) : formatCount(v)}
                </tspan>
              )}
            </text>
          );
        })}
        {layout.tiles.map((tile) => {
          const figure = shown.get(tile.code);
          const v = figure === undefined ? null : number(figure);
          const step = v === null ? 0 : classOf(v, bounds);
          const ink = step >= 4 ? 'var(--sq-ink-dark)' : 'var(--sq-ink-light)';
          const name = placePath(campaign, tile.code, words.lang);
          const text =
            figure === undefined
              ? name
              : `${name} ${figureParts(campaign, figure, words).value ?? '—'}${ratio ? '%' : ''}${figure.denominator === null ? '' : ` ${figureParts(campaign, figure, words).fraction}`}`;
          const key = tile.code === cityOf(tile.code) ? 'city' : 'county';
          const short = shortPlace(placeName(campaign, tile.code, words.lang));
          const [x, y] = [tile.x * z.sx, tile.y * z.sy];
          const seen = `${names ? `${clip(short, words.lang === 'zh' ? 3 : 8)} ` : ''}${v === null ? '·' : Math.round(v)}`;
          return (
            // The spoken name begins with what is seen on the tile.
            <Link key={tile.code} to={placeLink(key, tile.code)} aria-label={`${seen} ${text}`}>
              <title>{text}</title>
              <rect
                x={x}
                y={y}
                width={z.w}
                height={z.h}
                fill={step === 0 ? 'var(--paper-2)' : `var(--sq-${step})`}
                stroke={step === 0 ? 'var(--rule)' : 'none'}
              />
              {names && (
                <text x={x + 5} y={y + 15.8} fontSize={words.lang === 'zh' ? 12 : 10} fill={ink}>
                  {clip(short, words.lang === 'zh' ? 3 : 8)}
                </text>
              )}
              <text
                x={names ? x + z.w - 5 : x + z.w / 2}
                y={y + (names ? 15.8 : 19)}
                fontSize={z.number}
                textAnchor={names ? 'end' : 'middle'}
                fill={ink}
              >
                {v === null ? '·' : Math.round(v)}
              </text>
            </Link>
          );
        })}
        <g
          transform={`translate(${layout.corner && !names ? width - bounds.length * z.swatch - z.swatch : 0} ${layout.corner ? (names ? 1 : mapHeight - 34) : mapHeight})`}
        >
          {legendOf(bounds).map((text, i) => (
            <g key={text}>
              <rect
                x={i * z.swatch}
                y="0"
                width={z.swatch - 2}
                height="9"
                fill={`var(--sq-${i + 1})`}
                stroke="var(--rule-2)"
                strokeWidth="0.5"
              />
              <text x={i * z.swatch} y={12 + z.legend} fontSize={z.legend} fill="var(--ink-3)">
                {text}
              </text>
            </g>
          ))}
        </g>
      </svg>
    </div>
  );
}

function MapTable({ entries }: { readonly entries: readonly Entry[] }) {
  const { campaign } = useCampaign();
  const words = useWords();
  const placeLink = usePlaceLink();
  const ratio = entries[0]?.figure.unit === 'ratio';
  return (
    <div className="wide tall" tabIndex={0}>
      <table>
        <caption className="sk">{words.t('dashboard:map.title', { count: entries.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{words.t('dashboard:map.place')}</th>
            <th scope="col" className="n">
              {figureName(campaign, entries[0]?.figure.id ?? '', words)}
              {ratio ? '%' : ''}
            </th>
            {ratio && (
              <th scope="col" className="n">
                {words.t('dashboard:map.fraction')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {entries.map((e) => (
            <tr key={e.place}>
              <th scope="row">
                <Link to={placeLink('county', e.place)}>{placePath(campaign, e.place, words.lang)}</Link>
              </th>
              <td className="n">
                <FigureNumber figure={e.figure} strong />
              </td>
              {ratio && <td className="n c2">{figureParts(campaign, e.figure, words).fraction}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
