import { Link } from 'react-router';
import type { DeskView } from '../../../contract/desk.ts';
import { paths, type Where } from '../../../contract/paths/office.ts';
import { orgName, useCampaign, useDates } from '../../ui/campaign.ts';
import { formatCount } from '../../ui/format.ts';
import { StateMark, StateSign } from '../../ui/StateMark.tsx';
import { useWords } from '../../ui/words.ts';
import { dayOf } from './Queue.tsx';

/** A bulletin by its id, a problem by its number. */
function target(where: Where, x: { readonly id: string | null; readonly no: string }): string {
  return x.id === null ? paths.item(where, x.no) : paths.bulletin(where, x.id);
}

/** Kinds of which not the problem's state says where they are, but that a second person is waited for. */
const waits = (kind: string) => ['WithdrawalProposed', 'MergeProposed', 'BulletinSubmitted'].includes(kind);

/** What this person sent away and where it is now (我送出的). */
export function Sent({ view }: { readonly view: DeskView }) {
  const { where } = useCampaign();
  const { t } = useWords();
  const dates = useDates();
  const count = view.sent.reduce((n, x) => n + x.count, 0);
  return (
    <section className="sec">
      <div className="hd">
        <h2>{t('desk:sent.title')}</h2>
        <span className="c3 sm">{count > 0 && t('desk:sent.count', { count, number: formatCount(count) })}</span>
      </div>
      {view.sent.length === 0 ? (
        <p className="c2 sm">{t('desk:sent.none')}</p>
      ) : (
        <table className="ways">
          <thead>
            <tr>
              <th>{t('desk:sent.what')}</th>
              <th>{t('desk:sent.where')}</th>
              <th className="n">{t('desk:sent.when')}</th>
            </tr>
          </thead>
          <tbody>
            {view.sent.map((x) => (
              <tr key={`${x.kind}${x.state}${x.no}`}>
                <td>
                  {t(`desk:sent.kind.${x.kind}`)}{' '}
                  <span>
                    <Link to={target(where, x)}>{x.id === null ? x.no : x.text}</Link>
                    {x.count > 1 && ` ${t('desk:sent.more', { count: x.count, number: formatCount(x.count) })}`}
                  </span>
                </td>
                <td>{waits(x.kind) ? t(`desk:sent.waits.${x.kind}`) : <StateMark state={x.state} />}</td>
                <td className="n">{dayOf(x.at, view, dates)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** What came back to this person: who sent it back, when and why (退回给我的). */
export function Returned({ view }: { readonly view: DeskView }) {
  const { campaign, where } = useCampaign();
  const { t, lang } = useWords();
  const dates = useDates();
  return (
    <section className="sec">
      <div className="hd">
        <h2>{t('desk:returned.title')}</h2>
        <span className="c3 sm">{view.returned.length > 0 && t('desk:returned.count', { count: view.returned.length })}</span>
      </div>
      {view.returned.length === 0 ? (
        <p className="c2 sm">{t('desk:returned.none')}</p>
      ) : (
        <ol className="ret">
          {view.returned.map((x) => (
            <li key={`${x.kind}${x.no}`}>
              <span>
                <StateSign state="returned" /> <Link to={target(where, x)}>{x.id === null ? x.no : x.text}</Link>{' '}
                <span className="c2">
                  {x.id === null ? x.text : ''} {t(`desk:returned.kind.${x.kind}`)}
                </span>
              </span>
              <time className="c2" dateTime={x.at}>
                {dayOf(x.at, view, dates)}
              </time>
              <p className="why">
                {[orgName(campaign, x.org), x.by].filter((s) => s !== '').join(' ')}
                {lang === 'zh' ? '：' : ': '}
                <span className="reason">{x.reason}</span>
              </p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
