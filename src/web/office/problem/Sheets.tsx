import { Link } from 'react-router';
import type { ItemPage } from '../../../contract/items.ts';
import { paths } from '../../../contract/paths/office.ts';
import { orgName, useCampaign, useDates } from '../../ui/campaign.ts';
import { formatMoney } from '../../ui/format.ts';
import { amountName, flagName } from '../../ui/register-words.ts';
import { useWords } from '../../ui/words.ts';
import { nameOf } from '../ledger/columns.tsx';
import { recordItem } from './record-changes.ts';

const planKeys = ['implementer', 'goal', 'deadline', 'measures', 'acceptanceBody'] as const;

/** The five fields that every rectification plan must have. */
export function Plan({ page }: { readonly page: ItemPage }) {
  const { campaign } = useCampaign();
  const { t } = useWords();
  const dates = useDates();
  if (page.item.kind !== 'problem') return null;
  const plan = page.plan;
  const version = page.acts.filter((a) => a.kind === 'ProblemPlanned').length;
  return (
    <section className="sec">
      <div className="hd">
        <h2>{t('problem:plan.title')}</h2>
        {plan !== null && <span className="c3 sm">{t('problem:plan.version', { version })}</span>}
      </div>
      {plan === null ? (
        <p className="c2">{t('problem:plan.none')}</p>
      ) : (
        <dl className="five">
          {planKeys.map((key) => (
            <div key={key}>
              <dt>{t(`problem:plan.${key}`)}</dt>
              <dd>
                {key === 'deadline'
                  ? `${dates.date(plan.deadline)}${t(page.extensions.length === 0 ? 'problem:plan.notExtended' : 'problem:plan.extended', { count: page.extensions.length })}`
                  : key === 'acceptanceBody'
                    ? orgName(campaign, plan[key])
                    : plan[key]}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

/** Columns of an outside record as its publisher wrote them. */
export function PublishedFields({ page }: { readonly page: ItemPage }) {
  const { t } = useWords();
  if (page.fields === null) return null;
  const changed = new Set(
    page.acts.flatMap((a) =>
      a.kind === 'RecordChanged' && Array.isArray(a.payload.changed)
        ? (a.payload.changed as string[]).map((name) => name.replace(/^field\./, ''))
        : [],
    ),
  );
  const first = page.acts[0]?.payload;
  return (
    <section className="sec">
      <div className="hd">
        <h2>{t('problem:fields.title')}</h2>
        <span className="c3 sm">{t('problem:fields.origin', { file: String(first?.file ?? ''), row: String(first?.row ?? '') })}</span>
      </div>
      <dl className="five published">
        {Object.entries(page.fields).map(([key, value]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>
              {value === '' ? <span className="c3">{t('problem:fields.empty')}</span> : value}
              {changed.has(key) && <span className="sm st-claimed">　◇ {t('problem:fields.changed')}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {changed.size > 0 && <p className="cap">{t('problem:fields.changedCaption', { count: changed.size })}</p>}
    </section>
  );
}

/** Money of a case or an outside record, each amount by its own name. */
export function Amounts({ page }: { readonly page: ItemPage }) {
  const { campaign } = useCampaign();
  const words = useWords();
  const { t, lang } = words;
  const amounts = Object.entries(page.item.amounts ?? {});
  if (amounts.length === 0) return null;
  return (
    <section className="sec">
      <div className="hd">
        <h2>{t('problem:amounts.title')}</h2>
      </div>
      <dl className="five facts">
        {amounts.map(([name, minor]) => {
          const money = formatMoney(minor, campaign, lang);
          return (
            <div key={name}>
              <dt>{amountName(campaign, name, words)}</dt>
              <dd>
                {money.value}
                {lang === 'en' ? ' ' : ''}
                {money.unit}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

/** What a register marks a record as, in the register's own words. */
export function Flags({ page }: { readonly page: ItemPage }) {
  const { campaign } = useCampaign();
  const words = useWords();
  const flags = recordItem(page.acts.findLast((a) => recordItem(a) !== null))?.flags ?? [];
  if (flags.length === 0) return null;
  return (
    <section className="sec">
      <div className="hd">
        <h2>{words.t('problem:flags.title')}</h2>
      </div>
      <ul className="flags">
        {flags.map((code) => (
          <li key={code}>{flagName(campaign, code, words)}</li>
        ))}
      </ul>
    </section>
  );
}

/** Letter, source and penalty cases that belong to it. */
export function Related({ page }: { readonly page: ItemPage }) {
  const { campaign, where } = useCampaign();
  const words = useWords();
  const { t, lang } = words;
  const dates = useDates();
  if (page.letter === null && page.cases.length === 0 && page.item.sourceId === null) return null;
  return (
    <section className="sec">
      <div className="hd">
        <h2>{t('problem:related.title')}</h2>
      </div>
      <dl className="five">
        {page.item.sourceId !== null && (
          <div>
            <dt>{t('problem:related.source')}</dt>
            <dd>
              <Link to={paths.source(where, page.item.sourceId)}>{page.item.unit}</Link>
            </dd>
          </div>
        )}
        {page.letter !== null && (
          <div>
            <dt>{t('problem:related.letter')}</dt>
            <dd>
              <Link to={paths.batch(where, page.letter.batch)}>{page.letter.docNo}</Link>
              {'　'}
              <span className="c3">{dates.dayTime(page.letter.issuedAt)}</span>
            </dd>
          </div>
        )}
        {page.cases.map((c) => {
          const money = formatMoney(c.amount, campaign, lang);
          return (
            <div key={c.id}>
              <dt>{t('problem:related.case')}</dt>
              <dd>
                {c.no}　{money.value}
                {lang === 'en' ? ' ' : ''}
                {money.unit}
                {c.measure !== null && `　${nameOf(campaign.measures, c.measure, words)}`}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
