import type { ActView } from '../../../contract/acts.ts';
import type { ItemPage } from '../../../contract/items.ts';
import { orgName, useCampaign, useDates } from '../../ui/campaign.ts';
import { formatCount, moneyText } from '../../ui/format.ts';
import { stepName } from '../../ui/register-words.ts';
import { StateSign, toneOf } from '../../ui/StateMark.tsx';
import { useWords } from '../../ui/words.ts';
import { ActProof } from './ActProof.tsx';
import { actDetail, actState } from './acts.ts';
import { RecordChanges } from './RecordChanges.tsx';

const lateMs = 15 * 60_000;

/** What happened, with both times: when it was done and when the server took it in; a late record is dotted. */
export function Timeline({ page }: { readonly page: ItemPage }) {
  const { t } = useWords();
  return (
    <section className="sec">
      <div className="hd">
        <h2>{t('problem:history.title')}</h2>
        <span className="c3 sm">{t('problem:history.steps', { count: page.acts.length })}</span>
      </div>
      <ActList acts={page.acts} />
      {page.steps.length > 0 && <Steps page={page} />}
      <p className="cap">{t('problem:history.caption')}</p>
    </section>
  );
}

export function ActList({ acts }: { readonly acts: readonly ActView[] }) {
  const { campaign } = useCampaign();
  const words = useWords();
  const { t } = words;
  const dates = useDates();
  const year = campaign.mode === 'historic' ? dates.date : dates.dayTime;
  return (
    <>
      <div className="tl-head" aria-hidden="true">
        <span>{t('problem:history.happened')}</span>
        <span>{t('problem:history.recorded')}</span>
        <span />
        <span>{t('problem:history.matter')}</span>
      </div>
      <ol className="tl">
        {acts.map((act) => {
          const state = actState(act.kind);
          // A snapshot of a register records everything at once; only in our own log does late say something.
          const late = campaign.mode !== 'historic' && Date.parse(act.recordedAt) - Date.parse(act.happenedAt) >= lateMs;
          const details = actDetail(act, {
            campaign,
            words,
            dates,
            money: (minor) => moneyText(minor, campaign, words.lang),
          });
          return (
            <li key={act.id} className={toneOf(state) === 'rebound' ? 'bad' : undefined}>
              <time dateTime={act.happenedAt} title={dates.moment(act.happenedAt)}>
                {year(act.happenedAt)}
              </time>
              <time
                className={late ? 'r late' : 'r'}
                dateTime={act.recordedAt}
                title={late ? t('problem:history.late', { time: dates.moment(act.recordedAt) }) : dates.moment(act.recordedAt)}
              >
                {year(act.recordedAt)}
              </time>
              <span className="dot">
                <StateSign state={state} />
              </span>
              <div>
                <p>
                  <b>{t(`acts:${act.kind}`, { defaultValue: act.kind })}</b>
                  <span className="c2">{[orgName(campaign, act.actor.org), act.actor.name].filter((x) => x !== '').join(' ')}</span>
                </p>
                {details.map((line, i) => (
                  <p key={i} className="d">
                    {line}
                  </p>
                ))}
                {act.kind === 'RecordChanged' && <RecordChanges acts={acts} act={act} />}
                <ActProof act={act} />
              </div>
            </li>
          );
        })}
      </ol>
      {acts.length === 0 && <p className="c2">{t('problem:history.none', { count: formatCount(0) })}</p>}
    </>
  );
}

function Steps({ page }: { readonly page: ItemPage }) {
  const { campaign } = useCampaign();
  const words = useWords();
  const { t } = words;
  const dates = useDates();
  return (
    <table className="steps">
      <caption>
        <h3>{t('problem:steps.title')}</h3>
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('shell:date')}</th>
          <th scope="col">{t('problem:steps.step')}</th>
        </tr>
      </thead>
      <tbody>
        {page.steps.map((s, i) => (
          <tr key={i}>
            <td className="nb">{dates.date(s.on)}</td>
            <td>{stepName(campaign, s.code, words)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
