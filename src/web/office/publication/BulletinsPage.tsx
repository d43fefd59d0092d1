import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { BulletinList } from '../../../contract/bulletins.ts';
import { api } from '../../../contract/paths/api.ts';
import { paths } from '../../../contract/paths/office.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { bulletinKinds, type BulletinKind } from '../../../domain/publication/acts.ts';
import { useCampaign, useDates } from '../../ui/campaign.ts';
import { Bones, Loaded } from '../../ui/Outcome.tsx';
import { useApi } from '../../ui/query.ts';
import { useTitle } from '../../ui/title.ts';
import { innerQuotes } from '../../../domain/kernel/quotes.ts';
import { useWords } from '../../ui/words.ts';
import { useDraft } from '../drafts/use-draft.ts';
import { BulletinState } from './BulletinState.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Published } from './Published.tsx';
import './publication.css';

/** Bulletins of the campaign, newest first. */
export function BulletinsPage() {
  const { where } = useCampaign();
  const { t, pick, lang } = useWords();
  const query = useApi<BulletinList>(to(api.bulletins, {}, { campaign: where.slug }));
  const [open, setOpen] = useState(false);
  useTitle(t('bulletin:title'));
  return (
    <main id="content" className="bulletins">
      <div className="top">
        <div>
          <h1>{t('bulletin:title')}</h1>
          <p className="c2">{t('bulletin:lead')}</p>
        </div>
        {query.data?.can.write === true && (
          <button type="button" className="btn main" onClick={() => setOpen(true)}>
            {t('bulletin:new')}
          </button>
        )}
      </div>
      <Loaded query={query} bones={<Bones rows={6} />}>
        {(list) =>
          list.bulletins.length === 0 ? (
            <p className="empty">{t(list.can.write ? 'bulletin:emptyWrite' : 'bulletin:empty')}</p>
          ) : (
            <Table list={list} />
          )
        }
      </Loaded>
      {query.data !== undefined && <Published list={query.data} />}
      {query.data?.can.write === true && query.data.offers.length > 0 && (
        <section className="sec">
          <h2>{t('bulletin:offers')}</h2>
          <ul className="offers">
            {query.data.offers.map((o) => (
              <li key={o.phase}>
                {t('bulletin:offer', { phase: innerQuotes(pick(o.name)) })}
                {lang === 'en' ? ' ' : ''}
                <Link to={paths.newBulletin({ ...where, asOf: null }, { kind: 'phase-summary', lang, phase: o.phase })}>
                  {t('bulletin:makeSummary')}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {open && <NewDialog close={() => setOpen(false)} />}
    </main>
  );
}

function Table({ list }: { readonly list: BulletinList }) {
  const { where } = useCampaign();
  const { t } = useWords();
  const dates = useDates();
  return (
    <div className="wide" tabIndex={0}>
      <table>
        <caption className="sk">{t('bulletin:title')}</caption>
        <thead>
          <tr>
            {['no', 'name', 'kindLabel', 'stateLabel', 'asOf', 'releasedAt'].map((key) => (
              <th key={key} scope="col">
                {t(`bulletin:${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {list.bulletins.map((b) => (
            <tr key={b.id}>
              <td className="nb">{t('bulletin:number', { no: b.no })}</td>
              <th scope="row">
                <Link to={paths.bulletin(where, b.id)} lang={b.lang === 'zh' ? 'zh-CN' : 'en'}>
                  {b.title}
                </Link>
                {b.corrects !== null && <span className="tag">{t('bulletin:corrects', { no: b.corrects.no })}</span>}
                {b.correctedBy.map((c) => (
                  <span key={c.id} className="tag warn">
                    {t('bulletin:correctedBy', { no: c.no })}
                  </span>
                ))}
              </th>
              <td className="nb">
                {t(`bulletin:kind.${b.kind}`)}　<span className="c3">{t(`bulletin:langs.${b.lang}`)}</span>
              </td>
              <td className="nb">
                <BulletinState state={b.state} />
              </td>
              <td className="nb">{dates.moment(b.asOf)}</td>
              <td className="nb">{b.releasedAt === null ? '' : dates.moment(b.releasedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function NewDialog({ close }: { readonly close: () => void }) {
  const { where } = useCampaign();
  const words = useWords();
  const { t } = words;
  const navigate = useNavigate();
  const draft = useDraft<{ kind: BulletinKind; lang: 'zh' | 'en' }>({
    form: 'bulletin.new',
    object: where.slug,
    start: { kind: 'press', lang: words.lang },
  });
  const [{ kind, lang }, set] = useState(draft.values);
  const choose = (next: typeof draft.values) => {
    set(next);
    draft.keep(next);
  };
  return (
    <Dialog title={t('bulletin:newTitle')} close={close}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          draft.sent();
          void navigate(paths.newBulletin(where, { kind, lang }));
        }}
      >
        <fieldset>
          <legend>{t('bulletin:kindLabel')}</legend>
          {bulletinKinds.map((k) => (
            <label key={k} className="choice">
              <input type="radio" name="kind" checked={kind === k} onChange={() => choose({ kind: k, lang })} /> {t(`bulletin:kind.${k}`)}
              <span className="c3 sm">{t(`bulletin:kindHint.${k}`)}</span>
            </label>
          ))}
        </fieldset>
        <fieldset>
          <legend>{t('bulletin:langLabel')}</legend>
          {(['zh', 'en'] as const).map((l) => (
            <label key={l} className="choice">
              <input type="radio" name="lang" checked={lang === l} onChange={() => choose({ kind, lang: l })} /> {t(`bulletin:langs.${l}`)}
            </label>
          ))}
        </fieldset>
        <div className="act">
          <button type="button" className="btn" onClick={close}>
            {t('bulletin:cancel')}
          </button>
          <button type="submit" className="btn main">
            {t('bulletin:new')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
