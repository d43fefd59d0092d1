import type { BulletinCheck, BulletinFinding } from '../../../contract/bulletins.ts';
import { useWords } from '../../ui/words.ts';

/** What the check found; each finding goes to its place, and a loose number can be settled here. */
export function Findings({
  check,
  busy,
  jump,
  settle,
}: {
  readonly check: BulletinCheck | null;
  readonly busy: boolean;
  readonly jump: (finding: BulletinFinding) => void;
  readonly settle: (finding: BulletinFinding, token: string | null) => void;
}) {
  const { t, pick } = useWords();
  const list = check?.findings ?? [];
  const errors = list.filter((f) => f.severity === 'error').length;
  return (
    <aside className="findings" aria-label={t('bulletin:findings')}>
      <div className="hd">
        <h2>{t('bulletin:findings')}</h2>
        <span className="c3 sm" role="status">
          {busy
            ? t('bulletin:checking')
            : `${t('bulletin:errors', { count: errors })}　${t('bulletin:warnings', { count: list.length - errors })}`}
        </span>
      </div>
      {check !== null && list.length === 0 && <p className="c2">{t('bulletin:noFindings')}</p>}
      <ol>
        {list.map((f, i) => (
          <li key={i} className={f.severity}>
            <button type="button" className="jump" disabled={f.at === null} onClick={() => jump(f)}>
              <b>{t(`bulletin:${f.severity}`)}</b>　{pick(f.messages)}
            </button>
            {f.code === 'number.loose' && (
              <span className="fixes">
                {typeof f.details.suggest === 'string' && (
                  <button
                    type="button"
                    className="btn small"
                    onClick={() => settle(f, f.details.suggest as string)}
                    title={f.details.suggest}
                  >
                    {t('bulletin:bind')}
                  </button>
                )}
                <button type="button" className="btn small" onClick={() => settle(f, null)}>
                  {t('bulletin:markPlain')}
                </button>
              </span>
            )}
          </li>
        ))}
      </ol>
    </aside>
  );
}
