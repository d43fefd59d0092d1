import type { BulletinLine } from '../../../contract/bulletins.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import { useWords } from '../../ui/words.ts';

/** Shapes of the chart of problems, with the words of a bulletin. */
const looks = { draft: 'planned', submitted: 'claimed', returned: 'returned', released: 'cleared' } as const;

/** Where a bulletin stands, as shape, colour and word. */
export function BulletinState({ state }: { readonly state: BulletinLine['state'] }) {
  const { t } = useWords();
  return <StateMark state={looks[state]} word={t(`bulletin:state.${state}`)} />;
}
