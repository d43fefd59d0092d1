import { Button, DatePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import type { Stamp } from '../../../contract/figures.ts';
import { parseInstant } from '../../../domain/kernel/instant.ts';
import { Ant } from '../../ui/Ant.tsx';
import { useCampaign } from '../../ui/campaign.ts';
import { useWords } from '../../ui/words.ts';
import { withAsOf, withoutAsOf } from './as-of-search.ts';
import { Ruler } from './Ruler.tsx';
import { offsetText } from './span.ts';

/** Chooses the instant of the whole page: date and time, named moments, or a day of the ruler. */
export default function AsOfPicker({ stamp, close }: { readonly stamp: Stamp | null; readonly close: () => void }) {
  const { campaign, where } = useCampaign();
  const { t, pick, lang } = useWords();
  const location = useLocation();
  const navigate = useNavigate();
  const at = where.asOf ?? stamp?.asOf ?? campaign.recorded.to ?? new Date().toISOString();
  const [chosen, setChosen] = useState<Dayjs>(() => localOf(at, campaign.utcOffsetMinutes));
  const zone = offsetText(campaign.utcOffsetMinutes);
  const text = `${chosen.format('YYYY-MM-DDTHH:mm:ss')}${zone}`;
  const future = (parseInstant(text) ?? 0) > Date.now();

  const searchAt = (asOf: string) => withAsOf(location.search, asOf);
  const go = (asOf: string) => {
    if ((parseInstant(asOf) ?? 0) > Date.now()) return;
    setChosen(localOf(asOf, campaign.utcOffsetMinutes));
    void navigate({ pathname: location.pathname, search: searchAt(asOf) });
  };
  return (
    <Ant>
      <div className="asof-panel noprint">
        <div className="row">
          <label>
            <span className="sk">{t('shell:date')}</span>
            <DatePicker
              value={chosen}
              showTime
              needConfirm={false}
              allowClear={false}
              format={lang === 'zh' ? 'YYYY年M月D日 HH:mm:ss' : 'D MMM YYYY HH:mm:ss'}
              onChange={(next: Dayjs | null) => {
                if (next !== null) setChosen(next);
              }}
              style={{ width: 240 }}
              aria-label={t('shell:date')}
            />
          </label>
          <Button
            type="primary"
            disabled={future}
            onClick={() => {
              go(text);
              close();
            }}
          >
            {t('shell:apply')}
          </Button>
          <span className="c3 sm">{t('shell:zoneHint', { zone })}</span>
          <ul aria-label={t('shell:moments')}>
            {campaign.moments.map((m) => (
              <li key={m.at}>
                <Link
                  to={{ search: searchAt(m.at) }}
                  aria-current={parseInstant(m.at) === parseInstant(where.asOf ?? '') ? 'true' : undefined}
                >
                  {pick(m.name)}
                </Link>
              </li>
            ))}
            <li>
              <Link to={{ search: withoutAsOf(location.search) }} aria-current={where.asOf === null ? 'true' : undefined}>
                {t('shell:now')}
              </Link>
            </li>
          </ul>
        </div>
        <Ruler at={at} onPick={go} />
        <p className="cap">{t('shell:rulerHint')}</p>
      </div>
    </Ant>
  );
}

/** The campaign's own clock shown by a control that knows only local time. */
function localOf(at: string, offset: number): Dayjs {
  const civil = new Date(Date.parse(at) + offset * 60_000).toISOString().slice(0, 19);
  return dayjs(civil);
}
