import { useEffect } from 'react';
import { unlessComposing } from '../../ui/composing.ts';

export interface LedgerKeys {
  readonly move: (by: 1 | -1) => void;
  readonly select: (range: boolean) => void;
  readonly open: () => void;
  readonly help: () => void;
  readonly escape: () => void;
}

/** j k x Shift+x Enter ? Esc, wherever no text is being typed. */
export function useLedgerKeys(keys: LedgerKeys): void {
  useEffect(() => {
    const onKey = unlessComposing((e: KeyboardEvent) => {
      const target = e.target as HTMLElement;
      if (e.ctrlKey || e.metaKey || e.altKey) return;
      // In a dialog Escape closes the dialog, and nothing behind it.
      if (target.closest('[role=dialog],dialog') !== null) return;
      if (e.key === 'Escape') return keys.escape();
      if (target.closest('input:not([type=checkbox]),textarea,select,[contenteditable],[role=combobox]') !== null) return;
      const onControl = target.closest('a,button,summary') !== null;
      if (e.key === 'j' || (e.key === 'ArrowDown' && target.closest('.sc') !== null)) keys.move(1);
      else if (e.key === 'k' || (e.key === 'ArrowUp' && target.closest('.sc') !== null)) keys.move(-1);
      else if (e.key === 'x' || e.key === 'X') keys.select(e.shiftKey);
      else if (e.key === 'Enter' && !onControl) keys.open();
      else if (e.key === '?') keys.help();
      else return;
      e.preventDefault();
    });
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [keys]);
}
