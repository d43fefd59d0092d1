import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { BulletinPage as Answer, RebuildReport } from '../../../contract/bulletins.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { paths } from '../../../contract/paths/office.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { apiGet, apiSend } from '../../ui/api.ts';
import { useCampaign, useDates } from '../../ui/campaign.ts';
import { fractionText } from '../../ui/figure-words.ts';
import { formatCount, shortHash } from '../../ui/format.ts';
import { say } from '../../ui/notice.tsx';
import { Bones, Loaded, Refused } from '../../ui/Outcome.tsx';
import { forgetNow, useApi } from '../../ui/query.ts';
import { useTitle } from '../../ui/title.ts';
import { useWords } from '../../ui/words.ts';
import { BulletinState } from './BulletinState.tsx';
import { Body } from './Body.tsx';
import { ReasonDialog } from './ReasonDialog.tsx';
import { ReleaseDialog } from './ReleaseDialog.tsx';
import './publication.css';

/** One bulletin: its text with live or frozen figures, what was frozen, and what corrects it. */
export function BulletinPage() {
  const { id = '' } = useParams();
  const { where } = useCampaign();
  const query = useApi<Answer>(to(api.bulletin, { id }, { campaign: where.slug }));
  useTitle(query.data?.title ?? '');
  return (
    <main id="content" className="bulletins">
      <Loaded query={query} bones={<Bones rows={12} />}>
        {(b) => <Bulletin b={b} />}
      </Loaded>
    </main>
  );
}

function Bulletin({ b }: { readonly b: Answer }) {
  const { where } = useCampaign();
  const { t } = useWords();
  const dates = useDates();
  const navigate = useNavigate();
  const [open, setOpen] = useState<'release' | 'return' | 'correct' | null>(null);
  const now = { ...where, asOf: null };

  async function giveBack(reason: string, commandId: string): Promise<void> {
    await apiSend('POST', to(api.bulletinReturn, { id: b.id }, inCampaign(now)), { version: b.version, reason, commandId });
    await forgetNow();
    say(t('bulletin:returned'));
    setOpen(null);
  }
  async function correct(reason: string, commandId: string): Promise<void> {
    const { kind, title, lang, body, asOf } = b;
    const made = await apiSend<{ id: string }>('POST', api.bulletins, {
      campaign: where.slug,
      commandId,
      kind,
      title,
      lang,
      body,
      asOf,
      corrects: { id: b.id, reason },
    });
    await forgetNow();
    await navigate(paths.editBulletin(where, made.id));
  }

  return (
    <>
      <div className="top">
        <div>
          <p className="crumb">
            <Link to={paths.bulletins(where)}>{t('bulletin:title')}</Link>　{t(`bulletin:kind.${b.kind}`)}　
            {t('bulletin:number', { no: b.no })}
          </p>
          <h1>{b.title}</h1>
          <p className="meta c2">
            <BulletinState state={b.state} />
            <span>
              {t('bulletin:asOf')} {dates.moment(b.asOf)}
            </span>
            {b.releasedAt !== null && (
              <span>
                {t('bulletin:releasedAt')} {dates.moment(b.releasedAt)}
              </span>
            )}
          </p>
        </div>
        <div className="act noprint">
          {b.can.write && (b.state === 'draft' || b.state === 'returned') && (
            <Link className="btn main" to={paths.editBulletin(where, b.id)}>
              {t('bulletin:edit')}
            </Link>
          )}
          {b.can.return && (
            <button type="button" className="btn" onClick={() => setOpen('return')}>
              {t('bulletin:return')}
            </button>
          )}
          {b.can.release && (
            <button type="button" className="btn main" onClick={() => setOpen('release')}>
              {t('bulletin:release')}
            </button>
          )}
          {b.can.correct && (
            <button type="button" className="btn" onClick={() => setOpen('correct')}>
              {t('bulletin:correct')}
            </button>
          )}
        </div>
      </div>
      {b.can.releaseRefused === 'bulletin.two-persons' && <p className="notice">{t('bulletin:twoPersons')}</p>}
      {b.returnedFor !== null && <p className="notice">{t('bulletin:returnedFor', { reason: b.returnedFor })}</p>}
      {b.corrects !== null && (
        <p className="notice">
          <Link to={paths.bulletin(where, b.corrects.id)}>{t('bulletin:corrects', { no: b.corrects.no })}</Link>　{t('bulletin:reason')}：
          {b.corrects.reason}
        </p>
      )}
      {b.correctedBy.map((c) => (
        <p key={c.id} className="notice warn">
          <Link to={paths.bulletin(where, c.id)}>{t('bulletin:correctedBy', { no: c.no })}</Link>　{t('bulletin:reason')}：{c.reason}
        </p>
      ))}
      <div className="pages">
        <Body body={b.body} values={b.values} lang={b.lang} />
        <div className="side">
          {b.released !== null && <Files b={b} />}
          {b.released !== null && <Seal b={b} />}
          {b.history.length > 0 && (
            <section className="sec">
              <h2>{t('bulletin:history')}</h2>
              <ol className="history">
                {b.history.map((h, i) => (
                  <li key={i}>
                    {dates.moment(h.at)}　{h.by}　{t(`bulletin:step.${h.kind}`)}
                    {h.reason === null ? '' : `：${h.reason}`}
                  </li>
                ))}
              </ol>
            </section>
          )}
        </div>
      </div>
      {b.changes.map((c) => (
        <section key={`${c.from}-${c.to}`} className="sec">
          <h2>{t('bulletin:changes', { from: c.from, to: c.to })}</h2>
          <p className="diff" lang={b.lang === 'zh' ? 'zh-CN' : 'en'}>
            {c.changes.map((x, i) =>
              x.kind === 'same' ? (
                <span key={i}>{shortened(x.text)}</span>
              ) : x.kind === 'gone' ? (
                <del key={i}>{x.text}</del>
              ) : (
                <ins key={i}>{x.text}</ins>
              ),
            )}
          </p>
        </section>
      ))}
      {b.released !== null && <Frozen b={b} />}
      {open === 'release' && <ReleaseDialog b={b} close={() => setOpen(null)} />}
      {open === 'return' && (
        <ReasonDialog
          form="bulletin.return"
          object={b.id}
          title={t('bulletin:return')}
          effect=""
          action={t('bulletin:return')}
          send={giveBack}
          close={() => setOpen(null)}
        />
      )}
      {open === 'correct' && (
        <ReasonDialog
          form="bulletin.correct"
          object={b.id}
          title={t('bulletin:correctTitle', { no: b.no })}
          effect={t('bulletin:correctEffect')}
          action={t('bulletin:startCorrection')}
          send={correct}
          close={() => setOpen(null)}
        />
      )}
    </>
  );
}

/** A long stretch without a change is cut in the middle. */
function shortened(text: string): string {
  const all = [...text];
  return all.length <= 200 ? text : `${all.slice(0, 90).join('')} … ${all.slice(-90).join('')}`;
}

function Files({ b }: { readonly b: Answer }) {
  const { where } = useCampaign();
  const { t } = useWords();
  const [report, setReport] = useState<RebuildReport | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const now = { ...where, asOf: null };
  async function rebuild(): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      setReport(await apiGet<RebuildReport>(to(api.bulletinRebuild, { id: b.id }, inCampaign(now))));
    } catch (refusal) {
      setError(refusal);
    }
    setBusy(false);
  }
  return (
    <section className="sec">
      <h2>{t('bulletin:files')}</h2>
      <ul className="files">
        {(b.released?.artefacts ?? []).map((a) => (
          <li key={a.format}>
            <a href={to(api.bulletinFile, { id: b.id }, inCampaign(now, { format: a.format }))} download>
              {t(`bulletin:format.${a.format}`)}
            </a>
            <span className="c3 sm">{t('bulletin:bytes', { size: formatCount(a.bytes) })}</span>
            <code title={a.sha256}>SHA-256 {shortHash(a.sha256)}</code>
            {report !== null && (
              <b className="sm">
                {t(report.artefacts.find((r) => r.format === a.format)?.same === true ? 'bulletin:same' : 'bulletin:differs')}
              </b>
            )}
          </li>
        ))}
      </ul>
      <button type="button" className="btn small noprint" disabled={busy} onClick={() => void rebuild()}>
        {t(busy ? 'bulletin:rebuilding' : 'bulletin:rebuild')}
      </button>
      {report !== null && (
        <p role="status" className={report.same ? 'good' : 'fail'}>
          {t(report.same ? 'bulletin:rebuildSame' : report.sameRenderer ? 'bulletin:rebuildDiffers' : 'bulletin:rebuildRenderer')}
        </p>
      )}
      <Refused error={error} />
      <p className="sm">
        {t('bulletin:publicAddress')}　<a href={b.path}>{b.path}</a>
      </p>
    </section>
  );
}

function Seal({ b }: { readonly b: Answer }) {
  const { t } = useWords();
  if (b.released === null) return null;
  return (
    <section className="sec">
      <h2>{t('bulletin:checkpoint')}</h2>
      {b.released.checkpoint === null && <p className="c2 sm">{t('bulletin:noCheckpoint')}</p>}
      <div className="seal">
        <img src={`data:image/svg+xml,${encodeURIComponent(b.released.qr)}`} alt={t('bulletin:seal')} width={140} height={140} />
        <pre>{b.released.seal}</pre>
      </div>
    </section>
  );
}

function Frozen({ b }: { readonly b: Answer }) {
  const { where } = useCampaign();
  const { t, pick, lang } = useWords();
  const dates = useDates();
  return (
    <section className="sec">
      <h2>{t('bulletin:figures')}</h2>
      <div className="wide" tabIndex={0}>
        <table>
          <caption className="sk">{t('bulletin:figures')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('bulletin:figure')}</th>
              <th scope="col">{t('bulletin:cohort')}</th>
              <th scope="col">{t('bulletin:asOf')}</th>
              <th scope="col" className="n">
                {t('bulletin:value')}
              </th>
              <th scope="col" className="n">
                {t('bulletin:fraction')}
              </th>
              <th scope="col">{t('bulletin:roleLabel')}</th>
              <th scope="col">{t('bulletin:recordsRoot')}</th>
            </tr>
          </thead>
          <tbody>
            {(b.released?.figures ?? []).map((f, i) => (
              <tr key={i}>
                <th scope="row">
                  {pick(f.name)} <code>@{f.version}</code>
                </th>
                <td>{f.cohort === '' ? t('bulletin:all') : f.cohort}</td>
                <td className="nb">{dates.moment(f.asOf)}</td>
                <td className="n">
                  <Link to={paths.figure({ slug: where.slug, asOf: f.asOf }, f.id, f.filter)}>{f.shown}</Link>
                </td>
                <td className="n">{f.denominator === null ? '' : fractionText(f, lang)}</td>
                <td className="nb">{t(`bulletin:role.${f.role}`)}</td>
                <td className="mono" title={f.recordsRoot}>
                  {shortHash(f.recordsRoot)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
