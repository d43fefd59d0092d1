import type { DeskGroup } from '../../../contract/desk.ts';
import { formatCount } from '../../ui/format.ts';
import type { Words } from '../../ui/words.ts';

/** So many kinds are named in the sentence on top. */
const named = 3;

/** What the page says first: how many kinds of things wait, and of the first ones how many and how urgent (今日首句). */
export function deskAnswer(groups: readonly DeskGroup[], { t, lang }: Words): string {
  const waiting = groups.filter((g) => g.count > 0);
  if (waiting.length === 0) return t('desk:answer.nothing');
  const parts = waiting.slice(0, named).map((g) => {
    const name = t('desk:answer.part', { name: t(`desk:task.${g.code}`), count: g.count, number: formatCount(g.count) });
    const left = g.due?.daysLeft;
    if (left === undefined || left > 6) return name;
    if (left < 0) return `${name}${t('desk:answer.over', { count: -left, number: formatCount(-left) })}`;
    return `${name}${left === 0 ? t('desk:answer.today') : t('desk:answer.left', { count: left })}`;
  });
  const begin = t('desk:answer.kinds', { count: waiting.length });
  const sentence = `${begin}${parts.join(lang === 'zh' ? '；' : '; ')}`;
  return `${sentence}${lang === 'zh' ? '。' : '.'}`;
}
