import { lazy, Suspense, useState } from 'react';
import type { CampaignView } from '../../../contract/campaign.ts';
import { placeName, useCampaign, useDates } from '../../ui/campaign.ts';
import { useTitle } from '../../ui/title.ts';
import { useWords } from '../../ui/words.ts';
import { may, useSession } from '../shell/session.ts';
import { Aspects } from './Aspects.tsx';
import './method.css';

const AddAspect = lazy(() => import('./AddAspect.tsx'));

/** 行动方案: what the campaign is, as data: phases, aspects with their versions, key tasks, types, rules and notices. */
export function MethodPage() {
  const { campaign, where } = useCampaign();
  const { t, pick } = useWords();
  const session = useSession().data;
  const [adding, setAdding] = useState(false);
  useTitle(t('shell:method'));
  const allowed = where.asOf === null && campaign.mode !== 'historic' && may(session, 'aspect.define', campaign);
  return (
    <main id="content" className="method">
      <div className="top">
        <h1>{pick(campaign.name)}</h1>
        {allowed && (
          <button type="button" className="btn main noprint" onClick={() => setAdding(true)}>
            {t('method:addAspect')}
          </button>
        )}
      </div>
      {pick(campaign.notice) !== '' && <p className="notice">{pick(campaign.notice)}</p>}
      <p className="c2">{t(`method:mode.${campaign.mode}`)}</p>
      <div className="two">
        <Phases campaign={campaign} />
        <Rules campaign={campaign} />
      </div>
      <Aspects />
      <KeyTasks campaign={campaign} />
      <div className="two">
        <Codes title={t('method:types')} note={t('method:typesNote')} codes={campaign.types} />
        <Codes title={t('method:measures')} codes={campaign.measures} />
      </div>
      {pick(campaign.placesNote) !== '' && (
        <section className="sec">
          <div className="hd">
            <h2>{t('method:places')}</h2>
          </div>
          <p className="prose">{pick(campaign.placesNote)}</p>
        </section>
      )}
      {adding && (
        <Suspense>
          <AddAspect close={() => setAdding(false)} />
        </Suspense>
      )}
    </main>
  );
}

function Phases({ campaign }: { readonly campaign: CampaignView }) {
  const { t, pick } = useWords();
  const dates = useDates();
  if (campaign.phases.length === 0 && campaign.windows.length === 0) return null;
  return (
    <section className="sec">
      <div className="hd">
        <h2>{t('method:phases')}</h2>
      </div>
      <table>
        <caption className="sk">{t('method:phases')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('method:phase')}</th>
            <th scope="col" className="n">
              {t('method:from')}
            </th>
            <th scope="col" className="n">
              {t('method:to')}
            </th>
          </tr>
        </thead>
        <tbody>
          {campaign.phases.map((p) => (
            <tr key={p.code}>
              <th scope="row">{pick(p.name)}</th>
              <td className="n">{dates.date(p.from)}</td>
              <td className="n">{dates.date(p.to)}</td>
            </tr>
          ))}
          {campaign.windows.map((w) => (
            <tr key={w.from}>
              <th scope="row">
                {pick(w.name)}　<span className="c3 sm">{t('method:window')}</span>
              </th>
              <td className="n">{dates.date(w.from)}</td>
              <td className="n">{dates.date(w.to)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Rules({ campaign }: { readonly campaign: CampaignView }) {
  const { t, pick } = useWords();
  if (campaign.extensionRules.length === 0) return null;
  return (
    <section className="sec">
      <div className="hd">
        <h2>{t('method:rules')}</h2>
        <span className="c3 sm">{t('method:rulesNote')}</span>
      </div>
      <table>
        <caption className="sk">{t('method:rules')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('method:code')}</th>
            <th scope="col">{t('method:rule')}</th>
            <th scope="col" className="n">
              {t('method:maxDays')}
            </th>
            <th scope="col" className="n">
              {t('method:times')}
            </th>
          </tr>
        </thead>
        <tbody>
          {campaign.extensionRules.map((r) => (
            <tr key={r.code}>
              <th scope="row" className="nb mono">
                {r.code}
              </th>
              <td>{pick(r.name)}</td>
              <td className="n">{r.maxDays}</td>
              <td className="n">{r.times}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function KeyTasks({ campaign }: { readonly campaign: CampaignView }) {
  const { t, pick, lang } = useWords();
  if (campaign.keyTasks.length === 0) return null;
  return (
    <section className="sec">
      <div className="hd">
        <h2>{t('method:keyTasks')}</h2>
        <span className="c3 sm">{t('method:keyTasksNote')}</span>
      </div>
      {campaign.keyTasks.map((task) => (
        <div key={task.code} className="task">
          <h3>{pick(task.name)}</h3>
          {task.places.length > 0 && (
            <p className="c2">
              {t('method:taskPlaces')}
              {task.places.map((p) => placeName(campaign, p, lang)).join(lang === 'zh' ? '、' : ', ')}
            </p>
          )}
          {task.lists.map((list, i) => (
            <details key={i}>
              <summary>
                {pick(list.name)}
                {'　'}
                <span className="c3 sm">
                  {t('method:entries', { count: list.entries.length })}
                  {'　'}
                  {list.source === '' ? '' : t('method:listSource', { source: list.source })}
                </span>
              </summary>
              <ul className="entries">
                {list.entries.map((entry) => (
                  <li key={entry}>{entry}</li>
                ))}
              </ul>
            </details>
          ))}
        </div>
      ))}
    </section>
  );
}

function Codes({ title, note, codes }: { readonly title: string; readonly note?: string; readonly codes: CampaignView['types'] }) {
  const { pick } = useWords();
  if (codes.length === 0) return null;
  return (
    <section className="sec">
      <div className="hd">
        <h2>{title}</h2>
        {note !== undefined && <span className="c3 sm">{note}</span>}
      </div>
      <ul className="codes">
        {codes.map((c) => (
          <li key={c.code}>
            <span>{pick(c.name)}</span>
            <code className="mono c3">{c.code}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
