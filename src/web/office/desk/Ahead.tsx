import type { DeskView } from '../../../contract/desk.ts';
import { parseInstant, type Instant } from '../../../domain/kernel/instant.ts';
import { useCampaign, useDates } from '../../ui/campaign.ts';
import { formatCount, formatTime } from '../../ui/format.ts';
import { useWidth } from '../../ui/width.ts';
import { useWords } from '../../ui/words.ts';
import { daysAhead, dayStarts, marksAhead, placeMarks, type Mark } from './marks.ts';

/** The clock ruler (时钟尺): what of the desk is due in the next days, and from when what still waits may be done. */
export function Ahead({ view }: { readonly view: DeskView }) {
  const { campaign } = useCampaign();
  const { t, lang } = useWords();
  const dates = useDates();
  const [ref, width] = useWidth<HTMLDivElement>(1360);
  const offset = campaign.utcOffsetMinutes;
  const now = parseInstant(view.watermark) as Instant;
  const marks = marksAhead(view.groups, now, offset);
  if (marks.length === 0) return <p className="c3 sm ahead">{t('desk:ahead.none', { count: daysAhead })}</p>;
  const comma = lang === 'zh' ? '、' : ', ';
  const wordsOf = (mark: Mark) =>
    mark.what
      .map(({ code, count }) => {
        const name = t(`desk:task.${code}`);
        return count === 0 ? name : t('desk:ahead.item', { name, count, number: formatCount(count) });
      })
      .join(comma);
  const textOf = (mark: Mark) => t(mark.from ? 'desk:ahead.from' : 'desk:ahead.by', { what: wordsOf(mark) });
  const at = (x: number) => new Date(x).toISOString();
  const spoken = marks.map((m) => `${dates.dayTime(at(m.at - 60_000))} ${textOf(m)}`).join(comma);
  const placed = placeMarks(marks, now, width, textOf, (text) => [...text].reduce((n, c) => n + (c > '\u2e80' ? 13 : 7), 0));
  const xOf = (x: number) => ((x - now) / (daysAhead * 86_400_000)) * (width - 2) + 1;
  return (
    <div ref={ref} className="ahead">
      <svg
        width={width}
        height={62}
        viewBox={`0 0 ${width} 62`}
        role="img"
        aria-label={`${t('desk:ahead.label', { count: daysAhead })} ${spoken}`}
      >
        <path d={`M1 46H${width - 1}`} stroke="var(--ink)" strokeWidth="1.6" />
        <path d="M1 22V46" stroke="var(--accent)" strokeWidth="2.5" />
        <text x="0" y="60" fontSize="12" fontWeight="700" fill="var(--accent)">
          {width < 500 ? t('desk:ahead.now') : `${t('desk:ahead.now')} ${formatTime(view.watermark, offset).slice(0, 5)}`}
        </text>
        {dayStarts(now, offset).map((start) => (
          <g key={start}>
            <path d={`M${xOf(start).toFixed(1)} 34V46`} stroke="var(--ink)" strokeWidth="1.6" />
            {xOf(start) > (width < 500 ? 30 : 80) && xOf(start) < width - 60 && (
              <text x={xOf(start) + 4} y="60" fontSize="12" fill="var(--ink-2)">
                {dates.day(at(start))}
              </text>
            )}
          </g>
        ))}
        {placed.map((m) => {
          const top = m.row === 0 ? 4 : 22;
          return (
            <g key={`${m.at}${m.from}`}>
              <path d={`M${m.x.toFixed(1)} ${top + 6}V46`} stroke="var(--ink)" />
              <rect
                x={m.x - 3}
                y={top}
                width="6"
                height="6"
                fill={m.from ? 'var(--paper)' : 'var(--ink)'}
                stroke="var(--ink)"
                transform={`rotate(45 ${m.x} ${top + 3})`}
              />
              <text x={m.left ? m.x - 8 : m.x + 8} y={top + 8} fontSize="13" fill="var(--ink)" textAnchor={m.left ? 'end' : 'start'}>
                {m.text}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
