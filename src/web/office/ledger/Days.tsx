import { useId, useState } from 'react';
import { parseDays, writeDays, type DayRange } from '../../../domain/kernel/day-range.ts';
import { useDates } from '../../ui/campaign.ts';
import { unlessComposing } from '../../ui/composing.ts';
import { useWords, type Words } from '../../ui/words.ts';
import { dayKeys, withDays, type DayKey, type LedgerFilter } from './query.ts';

/** A range of days in words: 2019年7月1日至2019年7月31日, from 1 July 2019 on. What is no range stays as it is. */
export function daysName(text: string, words: Words, date: (day: string) => string): string {
  const days = parseDays(text);
  if (days === undefined) return text;
  const { from, to } = days;
  if (from !== null && to !== null) return from === to ? date(from) : words.t('find:days.both', { from: date(from), to: date(to) });
  return from !== null ? words.t('find:days.from', { from: date(from) }) : words.t('find:days.to', { to: date(to ?? '') });
}

/** Days of the deadline, of finding and of the last change, each from and to; open while one of them is asked for. */
export function Days({ filter, change }: { readonly filter: LedgerFilter; readonly change: (next: LedgerFilter) => void }) {
  const { t } = useWords();
  const keys = filter.kind === 'case' ? dayKeys.filter((k) => k !== 'due') : dayKeys;
  return (
    <details className="days" open={dayKeys.some((k) => filter[k] !== undefined)}>
      <summary>{t('find:days.title')}</summary>
      {keys.map((key) => (
        <Range key={key} name={key} filter={filter} change={change} />
      ))}
    </details>
  );
}

const open: DayRange = { from: null, to: null };

function Range({
  name,
  filter,
  change,
}: {
  readonly name: DayKey;
  readonly filter: LedgerFilter;
  readonly change: (next: LedgerFilter) => void;
}) {
  const { t } = useWords();
  const dates = useDates();
  const error = useId();
  const now = filter[name] ?? '';
  const [days, setDays] = useState<DayRange>(parseDays(now) ?? open);
  // What the address says is taken over, where the field stays in which somebody is.
  const [known, setKnown] = useState(now);
  const [asked, setAsked] = useState(now);
  if (known !== now) {
    setKnown(now);
    // What was asked for here arrives with the next page; meanwhile somebody types on.
    if (now !== asked) {
      setAsked(now);
      setDays(parseDays(now) ?? open);
    }
  }
  const reversed = days.from !== null && days.to !== null && days.from > days.to;
  // A date is typed digit by digit: it counts when the field is left, or with Enter.
  const apply = () => {
    const text = writeDays(days);
    if (reversed || text === now) return;
    setAsked(text);
    change(withDays(filter, name, text));
  };
  return (
    <section aria-label={t(`find:days.${name}`)}>
      <h2>{t(`find:days.${name}`)}</h2>
      {(['from', 'to'] as const).map((end) => (
        <label key={end}>
          <span>{t(end === 'from' ? 'find:days.begin' : 'find:days.end')}</span>
          <input
            type="date"
            name={end}
            value={days[end] ?? ''}
            aria-label={`${t(`find:days.${name}`)} ${t(end === 'from' ? 'find:days.begin' : 'find:days.end')}`}
            aria-invalid={reversed || undefined}
            aria-describedby={reversed ? error : undefined}
            onChange={(e) => setDays({ ...days, [end]: e.currentTarget.value === '' ? null : e.currentTarget.value })}
            onBlur={apply}
            onKeyDown={unlessComposing((e: React.KeyboardEvent<HTMLInputElement>) => {
              if (e.key !== 'Enter') return;
              e.preventDefault();
              apply();
            })}
          />
        </label>
      ))}
      {reversed && (
        <p id={error} role="alert" className="wrong">
          {t('find:days.reversed', { from: dates.date(days.from ?? ''), to: dates.date(days.to ?? '') })}
        </p>
      )}
    </section>
  );
}
