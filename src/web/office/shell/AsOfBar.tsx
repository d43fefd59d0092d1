import { lazy, Suspense, useState } from 'react';
import { Link, useLocation } from 'react-router';
import type { Stamp } from '../../../contract/figures.ts';
import { useCampaign, useDates } from '../../ui/campaign.ts';
import { formatCount } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';
import { withoutAsOf } from './as-of-search.ts';
import { dayNumber, spanOf } from './span.ts';
import './asof.css';

const AsOfPicker = lazy(() => import('./AsOfPicker.tsx'));

/** The instant all figures of the page stand for, once; read-only and yellow when it is past. */
export function AsOfBar({
  stamp,
  follows,
}: {
  readonly stamp: Stamp | null /** Whether the page answers as of the instant of the address. */;
  readonly follows: boolean;
}) {
  const { campaign, where } = useCampaign();
  const { t, pick } = useWords();
  const dates = useDates();
  const location = useLocation();
  const [open, setOpen] = useState(false);
  const past = follows ? where.asOf : null;
  const at = past ?? stamp?.asOf ?? null;
  const notice = pick(campaign.notice);
  return (
    <>
      <section aria-label={t('shell:asOf')} className={`asof${past === null ? '' : ' past'}`}>
        <span>
          {t('shell:asOf')}{' '}
          <b>{past !== null ? dates.moment(past) : stamp === null ? t('shell:now') : `${t('shell:now')} ${dates.moment(stamp.asOf)}`}</b>
        </span>
        <button type="button" className="linkbtn noprint" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'shell:close' : 'shell:changeInstant')}
        </button>
        {where.asOf !== null && (
          <Link className="noprint" to={{ pathname: location.pathname, search: withoutAsOf(location.search) }}>
            {t('shell:toNow')}
          </Link>
        )}
        {at !== null && <DayCount at={at} />}
        {stamp !== null && (
          <>
            <span className="sep" />
            <span>{t('shell:log', { size: formatCount(stamp.logSize), time: dates.time(stamp.watermark) })}</span>
          </>
        )}
        {past !== null && <span className="pastword">{t('shell:past')}</span>}
        {where.asOf !== null && !follows && <span className="pastword">{t('shell:alwaysNow', { moment: dates.moment(where.asOf) })}</span>}
        {notice !== '' && (
          <span className="demo" title={notice}>
            {notice}
          </span>
        )}
      </section>
      {open && (
        <Suspense fallback={<div className="asof-panel" />}>
          <AsOfPicker stamp={stamp} close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

function DayCount({ at }: { readonly at: string }) {
  const { campaign } = useCampaign();
  const { t } = useWords();
  const span = spanOf(campaign);
  if (span === null || !span.counted) return null;
  const day = dayNumber(span, at, campaign.utcOffsetMinutes);
  const text =
    day < 1
      ? t('shell:before', { days: 1 - day, count: 1 - day })
      : day > span.days
        ? t('shell:over', { days: span.days, count: span.days })
        : t('shell:day', { day, days: span.days });
  const [before, number, after] = text.split(/<b>|<\/b>/);
  return (
    <>
      <span className="sep" />
      <span>
        {before}
        {number !== undefined && <b>{number}</b>}
        {after}
      </span>
    </>
  );
}
