import type { RefusalCode } from '../domain/refusals.ts';
import { fillNames } from '../domain/kernel/quotes.ts';
import type { Finding } from '../domain/publication/check.ts';
import { explain } from './refusals.ts';

/** What the check of a bulletin's numbers says to people; codes it shares with refusals have their words there. */
const words: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  'number.loose': {
    zh: '“{number}”没有绑定指标；请绑定，或标为普通数字。',
    en: '"{number}" is not bound to a figure. Bind it, or mark it as a plain number.',
  },
  'title.number': {
    zh: '标题中的“{number}”不能核对；请从标题中去掉数字。',
    en: 'The "{number}" in the title cannot be checked. Take numbers out of the title.',
  },
  'text.undrawable': {
    zh: '签发文件所用的字体没有“{characters}”（{codePoints}）；请改写，否则不能签发。',
    en: 'The fonts of the files do not have "{characters}" ({codePoints}). Write it in another way; it cannot be released as it is.',
  },
  'title.undrawable': {
    zh: '签发文件所用的字体没有标题中的“{characters}”（{codePoints}）；请改写，否则不能签发。',
    en: 'The fonts of the files do not have "{characters}" ({codePoints}) of the title. Write it in another way; it cannot be released as it is.',
  },
  'names.undrawable': {
    zh: '一并印出的“{text}”中有签发文件所用的字体没有的“{characters}”（{codePoints}）；请先更改这个名称或说明，否则不能签发。',
    en: 'The fonts of the files do not have "{characters}" ({codePoints}), which is printed with the text in "{text}". Change that name or note first; the text cannot be released with it.',
  },
  'rate.numerator': {
    zh: '{rate}的分子是{expected}，同段引用的是{quoted}；请引用同一口径的数。',
    en: 'The numerator of {rate} is {expected}, but {quoted} is quoted beside it. Quote the count of the same cohort.',
  },
  'rate.denominator': {
    zh: '{rate}的分母是{expected}，同段引用的是{quoted}；请引用同一口径的数，并说明是哪几批。',
    en: 'The denominator of {rate} is {expected}, but {quoted} is quoted beside it. Quote the count of the same cohort and name it.',
  },
  'parts.sum': {
    zh: '“{figure}”按{by}的各部分合计{sum}，与总数{total}不符。',
    en: 'The parts of "{figure}" by {by} add up to {sum}, the total says {total}.',
  },
  'parts.incomplete': {
    zh: '“{figure}”按{by}只列出一部分（合计{sum}，总数{total}）；请补齐，或写明“其中”。',
    en: 'Only some parts of "{figure}" by {by} are listed ({sum} of {total}). List all, or say "among them".',
  },
  'asof.two': {
    zh: '“{figure}”出现两个时刻（另一个是{asOf}），同段没有写明日期；请写明。',
    en: '"{figure}" appears as of two instants (the other is {asOf}) and the text beside it names no day. Name it.',
  },
  'asof.unsaid': {
    zh: '“{figure}”截至{asOf}，不同于全文，同段没有写明日期；请写明。',
    en: '"{figure}" is as of {asOf}, unlike the rest of the text, and the text beside it names no day. Name it.',
  },
  'figure.two-versions': {
    zh: '“{figure}”用了两个版本的口径：{versions}；请统一。',
    en: '"{figure}" is used under two definitions: {versions}. Use one.',
  },
  'text.too-many-figures': {
    zh: '全文引用了{count}个不同的数字，最多{max}个；请分成几份。',
    en: 'The text quotes {count} different figures; at most {max} are possible. Split it.',
  },
  'text.no-figures': { zh: '全文没有引用任何指标。', en: 'The text quotes no figure.' },
};

/** The words of a finding with its details filled in. */
export function explainFinding(finding: Finding): { zh: string; en: string } {
  const own = words[finding.code];
  if (own === undefined) {
    // A finding that has no words of its own is a refusal of the token behind it.
    const { zh, en } = explain({ refused: true, code: finding.code as RefusalCode, details: finding.details });
    return { zh, en };
  }
  const fill = (text: string) =>
    fillNames(text, (key) => {
      const value = finding.details[key];
      return Array.isArray(value) ? value.join(', ') : String(value ?? '');
    });
  return { zh: fill(own.zh), en: fill(own.en) };
}
