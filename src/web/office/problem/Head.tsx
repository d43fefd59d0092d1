import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import type { ItemPage } from '../../../contract/items.ts';
import { paths } from '../../../contract/paths/office.ts';
import { problemVerbs, type ProblemVerb } from '../../../domain/problems/commands.ts';
import { placeName, useCampaign } from '../../ui/campaign.ts';
import { formatBatches } from '../../ui/format.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import { useWords } from '../../ui/words.ts';
import { mainAction, nameOfVerb } from './main-action.ts';
import { nameOf } from '../ledger/columns.tsx';
import { BackToList, ListWalk, useWalk } from './ListWalk.tsx';

const CommandForm = lazy(() => import('./CommandForm.tsx'));

/** Number, what it is, where it stands, and the commands that the signed-in person may give now. */
export function Head({ page }: { readonly page: ItemPage }) {
  const { campaign, where } = useCampaign();
  const words = useWords();
  const { t, lang } = words;
  const [verb, setVerb] = useState<ProblemVerb | null>(null);
  const { item } = page;
  const can = problemVerbs.filter((v) => page.can.includes(v));
  const main = mainAction(item.state, can);
  const rest = can.filter((v) => v !== main);
  const aspect = campaign.aspects.findLast((a) => a.code === item.aspect);

  const walking = useWalk(page);
  return (
    <div className="head">
      <p className="crumb">
        <BackToList list={walking.list} />
        {item.batch !== null && <Link to={paths.batch(where, item.batch)}>{formatBatches([item.batch], lang)}</Link>}
        <span className="mono">{item.no}</span>
        <ListWalk {...walking} />
      </p>
      <h1>
        {item.sourceId === null ? (
          item.unit
        ) : (
          <Link className="plain" to={paths.source(where, item.sourceId)}>
            {item.unit}
          </Link>
        )}
        {item.text === '' ? '' : `${t('problem:colon')}${item.text}`}
      </h1>
      <div className="meta">
        <StateMark state={item.state} overdue={item.overdue} />
        {page.rebound !== null && (
          <span className="st-rebound">
            {t('problem:reboundedInto')} <Link to={paths.item(where, page.rebound.newNo)}>{page.rebound.newNo}</Link>
          </span>
        )}
        {page.reboundOf !== null && (
          <span>
            {t('problem:reboundOf')} <Link to={paths.item(where, page.reboundOf.no)}>{page.reboundOf.no}</Link>
          </span>
        )}
        <span>{cityAndCounty(item.place)}</span>
        {item.aspect !== null && (
          <span>
            {aspect === undefined ? item.aspect : t('problem:aspect', { name: words.pick(aspect.name), version: aspect.version })}
          </span>
        )}
        {page.tags.length > 0 && (
          <span>
            {t('problem:tags', { names: page.tags.map((code) => nameOf(campaign.aspects, code, words)).join(lang === 'zh' ? '、' : ', ') })}
          </span>
        )}
        {item.clue !== '' && campaign.mode !== 'historic' && (
          <span>{t('problem:clue', { clue: t(`ledger:clues.${item.clue}`, { defaultValue: item.clue }) })}</span>
        )}
      </div>
      <div className="act noprint">
        <button type="button" className="btn" onClick={() => globalThis.print()}>
          {t('shell:print')}
        </button>
        {rest.length > 0 && (
          <details className="menu">
            <summary className="btn">{t('problem:more')}</summary>
            <ul>
              {rest.map((v) => (
                <li key={v}>
                  <button
                    type="button"
                    onClick={(e) => {
                      setVerb(v);
                      e.currentTarget.closest('details')?.removeAttribute('open');
                    }}
                  >
                    {t(nameOfVerb(v, page.plan !== null))}
                  </button>
                </li>
              ))}
            </ul>
          </details>
        )}
        {main !== undefined && (
          <button type="button" className="btn main" onClick={() => setVerb(main)}>
            {t(`problem:verb.${main}`)}
          </button>
        )}
        {main === undefined && page.rebound !== null && (
          <Link className="btn main" to={paths.item(where, page.rebound.newNo)}>
            {t('problem:openNew', { no: page.rebound.newNo })}
          </Link>
        )}
      </div>
      {page.proposal !== null && (
        <p className="proposal" role="note">
          {t(`problem:proposal.${page.proposal.kind}`, {
            by: page.proposal.by,
            reason: page.proposal.reason,
            defaultValue: page.proposal.reason,
          })}{' '}
          {t('problem:proposal.second')}
        </p>
      )}
      {verb !== null && (
        <Suspense>
          <CommandForm page={page} verb={verb} close={() => setVerb(null)} />
        </Suspense>
      )}
    </div>
  );

  function cityAndCounty(code: number): string {
    const city = placeName(campaign, code - (code % 100), lang);
    const name = placeName(campaign, code, lang);
    if (code === 0 || city === name || /^\d+$/.test(city)) return name;
    return lang === 'zh' ? `${city}${name}` : `${name}, ${city}`;
  }
}
