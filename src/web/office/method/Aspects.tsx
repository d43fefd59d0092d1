import { Link } from 'react-router';
import { paths } from '../../../contract/paths/office.ts';
import { orgName, useCampaign } from '../../ui/campaign.ts';
import { useWords } from '../../ui/words.ts';

/** Aspects in the order of the campaign; the last version is in force, older ones still hold for what was found under them. */
export function Aspects() {
  const { campaign, where } = useCampaign();
  const { t, pick, lang } = useWords();
  if (campaign.aspects.length === 0) return null;
  const latest = new Map(campaign.aspects.map((a) => [a.code, a.version]));
  const rows = [...campaign.aspects].sort((a, b) => a.no - b.no || b.version - a.version);
  return (
    <section className="sec">
      <div className="hd">
        <h2>{t('method:aspects')}</h2>
        <span className="c3 sm">{t('method:aspectsNote', { count: latest.size })}</span>
      </div>
      <div className="wide" tabIndex={0}>
        <table className="aspects">
          <caption className="sk">{t('method:aspects')}</caption>
          <thead>
            <tr>
              <th scope="col" className="n">
                {t('method:no')}
              </th>
              <th scope="col">{t('method:aspect')}</th>
              <th scope="col">{t('method:version')}</th>
              <th scope="col">{t('method:unit')}</th>
              <th scope="col">{t('method:criteria')}</th>
              <th scope="col">{t('method:evidence')}</th>
              <th scope="col">{t('method:acceptanceBody')}</th>
              <th scope="col" className="n">
                {t('method:deadlineDays')}
              </th>
              <th scope="col" className="n">
                {t('method:noticeDays')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((a) => {
              const old = latest.get(a.code) !== a.version;
              return (
                <tr key={`${a.code}@${a.version}`} className={old ? 'c3' : undefined}>
                  <td className="n">{a.no}</td>
                  <th scope="row">
                    <Link to={paths.ledger(where, { aspect: a.code })}>{pick(a.name)}</Link>
                  </th>
                  <td className="nb">
                    {t('method:versionOf', { version: a.version })}
                    {old ? t('method:old') : ''}
                  </td>
                  <td className="nb">{pick(a.unit)}</td>
                  <td className="long">{pick(a.criteria)}</td>
                  <td>{a.evidence.map((e) => t(`problem:evidence.kind.${e}`, { defaultValue: e })).join(lang === 'zh' ? '、' : ', ')}</td>
                  <td className="nb">{orgName(campaign, a.acceptanceBody)}</td>
                  <td className="n">{a.deadlineDays}</td>
                  <td className="n">{a.noticeDays}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
