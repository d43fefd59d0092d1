import { useState } from 'react';
import { v7 as newId } from 'uuid';
import type { BulletinPage, ReleasePreview } from '../../../contract/bulletins.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { ApiError, apiSend } from '../../ui/api.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { say } from '../../ui/notice.tsx';
import { Bones, Loaded, Refused } from '../../ui/Outcome.tsx';
import { forgetNow, useApi } from '../../ui/query.ts';
import { countUnit } from '../../ui/figure-words.ts';
import { useWords } from '../../ui/words.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { FigureTable } from './FigureTable.tsx';
import { mustSee, PlainNumbers } from './PlainNumbers.tsx';

/** Shows exactly what will be frozen, and freezes it once its number is typed. */
export function ReleaseDialog({ b, close }: { readonly b: BulletinPage; readonly close: () => void }) {
  const { where } = useCampaign();
  const words = useWords();
  const { t } = words;
  const now = { ...where, asOf: null };
  const preview = useApi<ReleasePreview>(to(api.bulletinPreview, { id: b.id }, inCampaign(now)));
  const [typed, setTyped] = useState('');
  const [seen, setSeen] = useState(false);
  const [commandId] = useState(() => newId());
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function release(version: number): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await apiSend('POST', to(api.bulletinRelease, { id: b.id }, inCampaign(now)), { commandId, version, confirm: typed });
      // What would be released is not asked for again once it is.
      close();
      say(t('bulletin:released'));
      await forgetNow();
    } catch (refusal) {
      setError(refusal);
      // Another version is shown as it would be frozen before anybody releases it.
      if (refusal instanceof ApiError && refusal.status === 409) await forgetNow();
      setBusy(false);
    }
  }
  return (
    <Dialog title={t('bulletin:releaseTitle', { no: b.no })} close={close} wide>
      <Loaded query={preview} bones={<Bones rows={8} />}>
        {(p) => (
          <form
            className="picker"
            onSubmit={(e) => {
              e.preventDefault();
              void release(p.version);
            }}
          >
            <p className="effect">{t('bulletin:releaseEffect', { count: p.figures.length })}</p>
            <FigureTable lines={p.figures.map((f) => ({ ...f, unit: countUnit(f, words), from: { asOf: f.asOf, role: f.role } }))} />
            <PlainNumbers list={p.plain} seen={seen} see={setSeen} />
            <label>
              {t('bulletin:confirm', { no: b.no })}
              <input value={typed} onChange={(e) => setTyped(e.currentTarget.value)} autoComplete="off" inputMode="numeric" />
            </label>
            <Refused error={error} />
            <div className="act">
              <button type="button" className="btn" onClick={close}>
                {t('bulletin:cancel')}
              </button>
              <button type="submit" className="btn main" disabled={busy || typed.trim() !== String(b.no) || (mustSee(p.plain) && !seen)}>
                {t('bulletin:release')}
              </button>
            </div>
          </form>
        )}
      </Loaded>
    </Dialog>
  );
}
