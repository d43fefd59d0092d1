import { Link } from 'react-router';
import type { DeskGroup, DeskLine, DeskView } from '../../../contract/desk.ts';
import { paths } from '../../../contract/paths/office.ts';
import { placeName, useCampaign, useDates } from '../../ui/campaign.ts';
import { formatCount } from '../../ui/format.ts';
import { unitWord } from '../../ui/figure-words.ts';
import { useWords } from '../../ui/words.ts';
import { linkOfGroup, linkOfLine } from './links.ts';
import './desk.css';

/** What waits, by what has to be done, what is due first first: on the desk with its parts, on the dashboard in one line each. */
export function Queue({ view, compact = false }: { readonly view: DeskView; readonly compact?: boolean }) {
  const { where } = useCampaign();
  const { t } = useWords();
  return (
    <section className={compact ? 'sec queue compact' : 'sec queue'}>
      <div className="hd">
        <h2>{t('desk:title')}</h2>
        {!compact && view.groups.length > 0 && <span className="c3 sm">{t('desk:order')}</span>}
        {compact && (
          <span className="more">
            <Link to={paths.desk(where)}>{t('desk:open')}</Link>
          </span>
        )}
      </div>
      {!view.current && <p className="c2 sm">{t('desk:past')}</p>}
      {view.groups.length === 0 ? (
        <p className="c2">
          {t(compact ? 'desk:none' : 'desk:empty')} {!compact && <Link to={paths.ledger(where)}>{t('shell:ledger')}</Link>}
        </p>
      ) : (
        <>
          {!compact && (
            <p className="heads" aria-hidden="true">
              <span>{t('desk:head.task')}</span>
              <span className="n">{t('desk:head.count')}</span>
              <span>{t('desk:head.since')}</span>
              <span>{t('desk:head.due')}</span>
            </p>
          )}
          <ol className="groups">
            {view.groups.map((g) => (
              <Group key={g.code} group={g} view={view} compact={compact} />
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

function Group({ group: g, view, compact }: { readonly group: DeskGroup; readonly view: DeskView; readonly compact: boolean }) {
  const { where } = useCampaign();
  const words = useWords();
  const { t } = words;
  const dates = useDates();
  const name = t(`desk:task.${g.code}`);
  const link = linkOfGroup(where, g);
  return (
    <li className="grp">
      <h3>{compact && g.count > 0 ? <Link to={link}>{name}</Link> : name}</h3>
      <p className="cnt">
        <b>{formatCount(g.count)}</b>
        <span className="c2">{unitWord(unitOf(g.code), g.count, words)}</span>
      </p>
      {!compact && (
        <p className="since">
          {g.since !== null && (
            <>
              <span className="sk">{t('desk:head.since')} </span>
              {t('desk:since', { day: dayOf(g.since, view, dates) })}
            </>
          )}
        </p>
      )}
      <p className="due">
        {g.due !== null && (
          <>
            <span className="sk">{t('desk:head.due')} </span>
            <Left days={g.due.daysLeft} />
            {!compact && <span className="c2 sm"> {dayOf(g.due.on, view, dates)}</span>}
          </>
        )}
      </p>
      {!compact && (
        <p className="go">
          {g.count > 0 && (
            <Link className="btn small" to={link} aria-label={t('desk:actOn', { act: actWord(g, view, t), task: name, count: g.count })}>
              {actWord(g, view, t)}
            </Link>
          )}
        </p>
      )}
      {!compact && (g.lines.length > 0 || g.later !== null) && (
        <ul className="parts">
          {g.lines.map((line) => (
            <Part key={line.place ?? line.no ?? line.text} group={g} line={line} view={view} />
          ))}
          {rest(g) > 0 && <li className="c3">{t('desk:rest', { count: rest(g), number: formatCount(rest(g)) })}</li>}
          {g.later !== null && (
            <li className="c3">
              {t(`desk:later.${g.code}`, {
                count: g.later.count,
                number: formatCount(g.later.count),
                day: dayOf(g.later.next, view, dates),
              })}
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

/** What of a group its parts do not show. */
function rest(g: DeskGroup): number {
  if (g.code === 'lead' || g.lines.length === 0) return 0;
  return g.count - g.lines.reduce((n, line) => n + line.count, 0);
}

function actWord(g: DeskGroup, view: DeskView, t: ReturnType<typeof useWords>['t']): string {
  return view.current ? t(`desk:act.${g.code}`) : t('desk:look');
}

function unitOf(code: string): string {
  return ['release', 'revise', 'lead', 'receive'].includes(code) ? 'items' : 'problem';
}

function Part({ group: g, line, view }: { readonly group: DeskGroup; readonly line: DeskLine; readonly view: DeskView }) {
  const { campaign, where } = useCampaign();
  const { lang } = useWords();
  const dates = useDates();
  const link = linkOfLine(where, g, line);
  const name = line.place !== null ? placeName(campaign, line.place, lang) : g.query === null ? line.text : (line.no ?? line.text);
  return (
    <li className="part">
      <span className="what">
        {link === null ? name : <Link to={link}>{name}</Link>}
        {line.place === null && g.query !== null && <span> {line.text}</span>}
      </span>
      <span className="n cnt">{line.place === null ? '' : formatCount(line.count)}</span>
      <span className="since">{line.since === null ? '' : dayOf(line.since, view, dates)}</span>
      <span className="due">{line.due === null ? '' : <Left days={line.due.daysLeft} />}</span>
    </li>
  );
}

/** Days left, or by how many it is over. */
function Left({ days }: { readonly days: number }) {
  const { t } = useWords();
  if (days < 0) return <b className="over">{t('desk:over', { count: -days, number: formatCount(-days) })}</b>;
  return <b>{days === 0 ? t('desk:today') : t('desk:left', { count: days, number: formatCount(days) })}</b>;
}

/** A day, with its year where that is not the year of the page. */
export function dayOf(text: string, view: DeskView, dates: ReturnType<typeof useDates>): string {
  return text.slice(0, 4) === view.watermark.slice(0, 4) ? dates.day(text) : dates.date(text);
}
