import { useEffect } from 'react';
import { unlessComposing } from '../../ui/composing.ts';

export interface LedgerKeys {
  readonly move: (by: 1 | -1) => void;
  readonly select: (range: boolean) => void;
  readonly open: () => void;
  readonly help: () => void;
  readonly escape: () => void;
}

/** As much of a key event as says what it is for. */
interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly target: Pick<Element, 'closest'>;
}

/** What a key asks of the ledger: j k x Shift+x Enter ? Esc, wherever no text is being typed; null when it is not the ledger's. */
export function ledgerKey(e: Key): 'up' | 'down' | 'select' | 'range' | 'open' | 'help' | 'escape' | null {
  if (e.ctrlKey || e.metaKey || e.altKey) return null;
  // In a dialog Escape closes the dialog, and nothing behind it.
  if (e.target.closest('[role=dialog],dialog') !== null) return null;
  if (e.key === 'Escape') return 'escape';
  if (e.target.closest('input:not([type=checkbox]),textarea,select,[contenteditable],[role=combobox]') !== null) return null;
  if (e.key === 'j' || (e.key === 'ArrowDown' && e.target.closest('.sc') !== null)) return 'down';
  if (e.key === 'k' || (e.key === 'ArrowUp' && e.target.closest('.sc') !== null)) return 'up';
  if (e.key === 'x' || e.key === 'X') return e.shiftKey ? 'range' : 'select';
  if (e.key === 'Enter') return e.target.closest('a,button,summary') === null ? 'open' : null;
  return e.key === '?' ? 'help' : null;
}

/** Listens for the ledger's keys while its page is shown. */
export function useLedgerKeys(keys: LedgerKeys): void {
  useEffect(() => {
    const onKey = unlessComposing((e: KeyboardEvent) => {
      const asked = ledgerKey(e as KeyboardEvent & { readonly target: Element });
      if (asked === null) return;
      if (asked === 'escape') return keys.escape();
      if (asked === 'up' || asked === 'down') keys.move(asked === 'down' ? 1 : -1);
      else if (asked === 'range' || asked === 'select') keys.select(asked === 'range');
      else if (asked === 'open') keys.open();
      else keys.help();
      e.preventDefault();
    });
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [keys]);
}
