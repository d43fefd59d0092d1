import { useWords } from '../../ui/words.ts';
import { orders } from './query.ts';

/** The order of the list in words, always in sight, even when its column is not; another can be chosen. */
export function OrderOf({ sort, setSort }: { readonly sort: string; readonly setSort: (sort: string) => void }) {
  const { t } = useWords();
  return (
    <select className="order" aria-label={t('find:order.label')} value={sort} onChange={(e) => setSort(e.currentTarget.value)}>
      {orders.map((order) => (
        <option key={order} value={order}>
          {t(`find:order.${order}`)}
        </option>
      ))}
    </select>
  );
}
