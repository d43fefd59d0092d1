import type { ItemPage } from '../../../contract/items.ts';
import { orgName, placeName, useCampaign, useDates } from '../../ui/campaign.ts';
import { formatDate } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';
import { clockOf } from './clock.ts';

/** The clock of the deadline in force, and the chain of those responsible. */
export function Strip({ page }: { readonly page: ItemPage }) {
  const { campaign } = useCampaign();
  const { t, lang } = useWords();
  const dates = useDates();
  const { item } = page;
  if (item.deadline === null && page.owners.length === 0) return null;
  return (
    <div className={item.deadline === null ? 'strip one' : 'strip'}>
      {item.deadline !== null && <Clock page={page} />}
      {page.owners.length > 0 && (
        <div>
          <h2 className="lab">{t('problem:owners')}</h2>
          <ol className="own">
            {page.owners.map((o, i) => (
              <li key={i}>
                {o.place === null ? o.name : placeName(campaign, o.place, lang)}
                <span>
                  {[o.note, o.at === null ? null : dates.dayTime(o.at)].filter((x) => x !== null && x !== '').join(' ') ||
                    t(`problem:level.${o.level}`, { defaultValue: o.level })}
                </span>
              </li>
            ))}
          </ol>
          {page.plan !== null && <p className="sm c3">{t('problem:acceptance', { body: orgName(campaign, page.plan.acceptanceBody) })}</p>}
        </div>
      )}
    </div>
  );
}

function Clock({ page }: { readonly page: ItemPage }) {
  const { campaign } = useCampaign();
  const { t, lang } = useWords();
  const dates = useDates();
  const deadline = page.item.deadline as string;
  const left = page.item.daysLeft;
  const rule = page.extensions.at(-1)?.rule;
  const { from, today, x } = clockOf(
    { asOf: page.asOf, start: page.letter === null ? page.item.foundAt : page.letter.issuedAt, deadline, stopped: left === null },
    campaign.utcOffsetMinutes,
  );
  return (
    <div>
      <h2 className="lab">{t('problem:clock.title')}</h2>
      <p className="clk">
        <b className={page.item.overdue ? 'st-overdue' : ''}>
          {left === null
            ? t('problem:clock.stopped')
            : left < 0
              ? t('problem:clock.over', { count: -left })
              : t('problem:clock.left', { count: left })}
        </b>
        <span>{t('problem:clock.until', { date: formatDate(deadline, campaign.utcOffsetMinutes, lang) })}</span>
        {page.extensions.length > 0 && (
          <span className="sm c3">
            {t('problem:clock.extended', { times: page.extensions.length, days: page.extensions.reduce((s, e) => s + e.days, 0), rule })}
          </span>
        )}
      </p>
      <svg
        viewBox="0 0 400 26"
        width="400"
        height="26"
        role="img"
        aria-label={t('problem:clock.alt', { from: dates.date(from), to: dates.date(deadline) })}
      >
        <path d="M0 10H400" stroke="var(--rule-2)" />
        {left !== null && <path d={`M0 10H${x(today)}`} stroke={page.item.overdue ? 'var(--st-overdue)' : 'var(--ink)'} strokeWidth="3" />}
        <path d={`M0 5v10M${x(deadline)} 2v16`} stroke="var(--ink)" strokeWidth="1.5" />
        {left !== null && x(today) > 60 && Math.abs(x(today) - x(deadline)) > 60 && (
          <text x={x(today)} y="25" fontSize="11" textAnchor={x(today) > 370 ? 'end' : 'middle'} fill="var(--ink-3)">
            {t('problem:clock.today')}
          </text>
        )}
        <text x="0" y="25" fontSize="11" fill="var(--ink-3)">
          {dates.day(from)}
        </text>
        <text
          x={x(deadline)}
          y="25"
          fontSize="11"
          textAnchor={x(deadline) > 370 ? 'end' : x(deadline) < 60 ? 'start' : 'middle'}
          fill="var(--ink-3)"
        >
          {x(deadline) < 60 ? '' : dates.day(deadline)}
        </text>
      </svg>
    </div>
  );
}
