import { useState } from 'react';
import type { BulletinList } from '../../../contract/bulletins.ts';
import type { FigureSet } from '../../../contract/figures.ts';
import { publicPaths } from '../../../contract/paths/public.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { apiSend } from '../../ui/api.ts';
import { useCampaign, useDates } from '../../ui/campaign.ts';
import { cohortText, figureName, figureParts } from '../../ui/figure-words.ts';
import { say } from '../../ui/notice.tsx';
import { Bones, Loaded, Refused } from '../../ui/Outcome.tsx';
import { forgetNow, useApi } from '../../ui/query.ts';
import { useWords } from '../../ui/words.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { DraftNote } from '../drafts/DraftNote.tsx';
import { useDraft } from '../drafts/use-draft.ts';
import { FigureTable } from './FigureTable.tsx';

/** Instants whose figures are public (公开的数据时刻), each opening its public page; who may publishes the next one. */
export function Published({ list }: { readonly list: BulletinList }) {
  const { campaign } = useCampaign();
  const { t, lang } = useWords();
  const dates = useDates();
  const [open, setOpen] = useState(false);
  return (
    <section className="sec">
      <div className="top">
        <div>
          <h2>{t('bulletin:published.title')}</h2>
          <p className="c2">{t('bulletin:published.lead')}</p>
        </div>
        {list.can.publish && (
          <button type="button" className="btn" onClick={() => setOpen(true)}>
            {t('bulletin:published.publish')}
          </button>
        )}
      </div>
      {list.published.length === 0 ? (
        <p className="empty">{t('bulletin:published.empty')}</p>
      ) : (
        <div className="wide" tabIndex={0}>
          <table>
            <caption className="sk">{t('bulletin:published.title')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('bulletin:asOf')}</th>
                <th scope="col">{t('bulletin:published.at')}</th>
                <th scope="col">{t('bulletin:published.figures')}</th>
              </tr>
            </thead>
            <tbody>
              {list.published.map((p) => (
                <tr key={p.asOf}>
                  <th scope="row">
                    <a href={publicPaths.home({ lang, slug: campaign.slug, asOf: p.asOf })}>{dates.moment(p.asOf)}</a>
                  </th>
                  <td className="nb">{dates.moment(p.recordedAt)}</td>
                  <td>{p.figures === null ? t('bulletin:published.whole') : t('bulletin:published.some', { count: p.figures.length })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {open && <PublishDialog last={list.published[0]?.asOf ?? null} close={() => setOpen(false)} />}
    </section>
  );
}

/** Shows the press set as of the instant before it becomes public: a release is not taken back. */
function PublishDialog({ last, close }: { readonly last: string | null; readonly close: () => void }) {
  const { where } = useCampaign();
  const { t } = useWords();
  const dates = useDates();
  const draft = useDraft({ form: 'figures.release', object: where.slug, start: { asOf: where.asOf ?? '' } });
  const [asOf, setAsOf] = useState(draft.values.asOf);
  const [shown, setShown] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const preview = useApi<FigureSet>(shown === null ? null : to(api.figures, {}, inCampaign({ ...where, asOf: shown }, { set: 'press' })));
  const leave = () => {
    if (draft.mayClose()) close();
  };
  async function publish(instant: string): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await apiSend('POST', to(api.releases, { campaign: where.slug }), { id: draft.commandId, asOf: instant });
      draft.sent();
      close();
      say(t('bulletin:published.done'));
      await forgetNow();
    } catch (refusal) {
      draft.refused(refusal);
      setError(refusal);
      setBusy(false);
    }
  }
  return (
    <Dialog title={t('bulletin:published.publish')} close={leave} wide>
      <form
        className="picker"
        onSubmit={(e) => {
          e.preventDefault();
          setError(null);
          if (shown === asOf.trim()) void publish(shown);
          else setShown(asOf.trim());
        }}
      >
        <p className="effect">{t('bulletin:published.effect')}</p>
        {last !== null && <p className="c2 sm">{t('bulletin:published.last', { at: dates.moment(last) })}</p>}
        <DraftNote
          at={draft.restoredAt}
          discard={() => {
            draft.discard();
            setAsOf(where.asOf ?? '');
            setShown(null);
          }}
        />
        <label>
          {t('bulletin:asOf')}
          <input
            value={asOf}
            spellCheck={false}
            autoComplete="off"
            placeholder="2019-08-05T18:00:00+08:00"
            onChange={(e) => {
              setAsOf(e.currentTarget.value);
              setShown(null);
              draft.keep({ asOf: e.currentTarget.value });
            }}
          />
          <span className="c3 sm">{t('bulletin:published.hint')}</span>
        </label>
        {shown !== null && (
          <Loaded query={preview} bones={<Bones rows={8} />}>
            {(set) => <Preview set={set} />}
          </Loaded>
        )}
        <Refused error={error} />
        <div className="act">
          <button type="button" className="btn" onClick={leave}>
            {t('bulletin:cancel')}
          </button>
          <button
            type="submit"
            className="btn main"
            disabled={busy || asOf.trim() === '' || (shown !== null && preview.data === undefined)}
          >
            {t(shown === null ? 'bulletin:published.preview' : 'bulletin:published.publish')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function Preview({ set }: { readonly set: FigureSet }) {
  const { campaign } = useCampaign();
  const words = useWords();
  const lines = set.figures.map((f) => {
    const { value, unit, fraction } = figureParts(campaign, f, words);
    return { name: figureName(campaign, f.id, words), cohort: cohortText(campaign, f.filter, words), shown: value ?? '—', unit, fraction };
  });
  return <FigureTable lines={lines} />;
}
