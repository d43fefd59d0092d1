import { Link } from 'react-router';
import type { DashboardView } from '../../../contract/dashboard.ts';
import { paths } from '../../../contract/paths/office.ts';
import { useCampaign, useDates } from '../../ui/campaign.ts';
import { FigureNumber } from '../../ui/FigureNumber.tsx';
import { figureName } from '../../ui/figure-words.ts';
import { batchName } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';
import { may, useSession } from '../shell/session.ts';
import { shortName } from './short-name.ts';

/** A row per batch of letters; the bar shows cleared within supervised, a tick where claims stand. */
export function Batches({ view }: { readonly view: DashboardView }) {
  const { campaign, where } = useCampaign();
  const opens = may(useSession().data, 'batch.read', campaign);
  const words = useWords();
  const dates = useDates();
  const first = view.batches[0];
  if (first === undefined) return null;
  return (
    <div className="wide" tabIndex={0}>
      <table className="bat">
        <caption className="sk">{words.t('dashboard:batches.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{words.t('dashboard:batches.batch')}</th>
            {first.figures.map((f) => (
              <th key={f.id} scope="col" className="n">
                {shortName(figureName(campaign, f.id, words))}
                {f.unit === 'ratio' ? '%' : ''}
              </th>
            ))}
            <th>
              <span className="sk">{words.t('dashboard:batches.bar')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {view.batches.map((b) => {
            const count = (id: string) => b.figures.find((f) => f.id === id)?.numerator;
            const [all, claimed, cleared] = [count('problems.supervised'), count('problems.claimed'), count('problems.rectified')];
            return (
              <tr key={b.no}>
                <th scope="row" className="nb">
                  {opens ? (
                    <Link to={paths.batch(where, b.no)}>{batchName(b.no, b.name, words.lang)}</Link>
                  ) : (
                    batchName(b.no, b.name, words.lang)
                  )}
                  <span className="c3 sm"> {dates.day(b.issuedAt)}</span>
                </th>
                {b.figures.map((f) => (
                  <td key={f.id} className="n">
                    <FigureNumber figure={f} strong={f.unit === 'ratio'} />
                  </td>
                ))}
                <td className="bb">{all !== undefined && all > 0 && <Bar all={all} claimed={claimed ?? 0} cleared={cleared ?? 0} />}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Bar({ all, claimed, cleared }: { readonly all: number; readonly claimed: number; readonly cleared: number }) {
  const x = (n: number) => (n / all) * 100;
  return (
    <svg width="100" height="10" viewBox="0 0 100 10" aria-hidden="true">
      <path d="M0 9.5H100" stroke="var(--rule-2)" />
      <rect width={x(cleared)} y="1" height="7" fill="var(--st-cleared)" />
      <path d={`M${Math.min(99, x(claimed))} 0V10`} stroke="var(--st-claimed)" strokeWidth="2" />
    </svg>
  );
}
