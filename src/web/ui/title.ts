import { useEffect } from 'react';
import { useWords } from './words.ts';

/** The browser's title: the page first, the product last. */
export function useTitle(page: string): void {
  const { t } = useWords();
  const brand = t('shell:brand');
  useEffect(() => {
    document.title = page === '' ? brand : `${page} · ${brand}`;
  }, [page, brand]);
}
