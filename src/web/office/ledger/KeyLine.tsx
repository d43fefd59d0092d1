import { useWords } from '../../ui/words.ts';

/** The keys, at the foot of the page; `?` explains them at length. */
export function KeyLine({ open, shown, selectable }: { readonly open: boolean; readonly shown: string; readonly selectable: boolean }) {
  const { t } = useWords();
  return (
    <footer className={open ? 'keys open' : 'keys'} aria-label={t('ledger:keys.title')}>
      <span>
        <kbd>/</kbd>
        {t('ledger:keys.search')}
      </span>
      <span>
        <kbd>j</kbd>
        <kbd>k</kbd>
        {t('ledger:keys.move')}
      </span>
      {selectable && (
        <span>
          <kbd>x</kbd>
          {t('ledger:keys.select')}
        </span>
      )}
      {selectable && (
        <span>
          <kbd>Shift</kbd>
          <kbd>x</kbd>
          {t('ledger:keys.range')}
        </span>
      )}
      <span>
        <kbd>Enter</kbd>
        {t('ledger:keys.open')}
      </span>
      <span>
        <kbd>Esc</kbd>
        {t('ledger:keys.escape')}
      </span>
      <span>
        <kbd>?</kbd>
        {t('ledger:keys.help')}
      </span>
      <span className="r">{t('ledger:keys.address', { shown })}</span>
      {open && <p role="status">{t('ledger:keys.long')}</p>}
    </footer>
  );
}
