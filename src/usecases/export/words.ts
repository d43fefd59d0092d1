import type { Bilingual } from '../../domain/campaign/settings.ts';

/** The language of a table that is taken away. */
export type TableLang = 'zh' | 'en';

const b = (zh: string, en: string): Bilingual => ({ zh, en });

/** Headings of tables, by what stands in the column. */
export const headings = {
  no: b('编号', 'Number'),
  unit: b('单位', 'Unit'),
  state: b('状态', 'State'),
  deadline: b('期限', 'Deadline'),
  daysLeft: b('剩余天数', 'Days left'),
  overdue: b('逾期', 'Overdue'),
  city: b('市', 'City'),
  county: b('县（市、区）', 'County'),
  text: b('问题', 'Problem'),
  title: b('内容', 'Subject'),
  aspect: b('方面', 'Aspect'),
  type: b('公布类别', 'Published type'),
  batch: b('批次', 'Batch'),
  clue: b('线索来源', 'Clue'),
  foundAt: b('发现时间', 'Found at'),
  updatedAt: b('更新时间', 'Updated at'),
  since: b('计入时间', 'Counts since'),
  happenedAt: b('发生时间', 'Happened at'),
  amount: b('金额', 'Amount'),
  fine: b('罚款', 'Fine'),
} as const;

/** Headings of the list of sources. */
export const sourceHeadings = {
  name: b('污染源', 'Source'),
  uscc: b('统一社会信用代码', 'Credit code'),
  industry: b('行业', 'Industry'),
  scattered: b('“散乱污”清单内', 'Scattered polluter'),
  closed: b('已关闭', 'Closed'),
  inspections: b('检查次数', 'Inspections'),
  inspectedAt: b('最近检查', 'Last inspected'),
  problems: b('问题数', 'Problems'),
  open: b('未销号', 'Not cleared'),
} as const;

export function yesNo(is: boolean, lang: TableLang): string {
  return (is ? b('是', 'yes') : b('否', 'no'))[lang];
}

/** Words of the campaign's states; those of an outside register come with its settings. */
export const stateWords: Readonly<Record<string, Bilingual>> = {
  found: b('待确认', 'to be confirmed'),
  confirmed: b('已确认', 'confirmed'),
  supervised: b('已督办', 'supervised'),
  planned: b('计划中', 'planned'),
  rectifying: b('整改中', 'rectifying'),
  staged: b('阶段性完成', 'partly done'),
  returned: b('退回', 'returned'),
  claimed: b('申报完成', 'claimed done'),
  checked: b('现场已核', 'checked on site'),
  accepted: b('已验收', 'accepted'),
  cleared: b('已销号', 'cleared'),
  watched: b('回访中', 'watched'),
  settled: b('已了结', 'settled'),
  rebounded: b('反弹', 'rebounded'),
  notFounded: b('不属实', 'unfounded'),
  withdrawn: b('已撤回', 'withdrawn'),
  merged: b('已合并', 'merged'),
  split: b('已拆分', 'split'),
  filed: b('已立案', 'filed'),
  decided: b('已决定', 'decided'),
  revoked: b('已撤销', 'revoked'),
  vanished: b('已从登记册消失', 'no longer listed'),
};

export const clueWords: Readonly<Record<string, Bilingual>> = {
  inspection: b('现场检查', 'inspection'),
  selfCheck: b('自查申报', 'self-check'),
  hotline: b('12369举报', 'hotline'),
  telemetry: b('自动监测', 'telemetry'),
  handover: b('督察移交', 'handover'),
  rebound: b('反弹', 'rebound'),
};

/** The unit of money as it stands in a heading; a currency without a word is named by its code. */
export function currencyWord(currency: string, lang: TableLang): string {
  return currency === 'CNY' ? { zh: '元', en: 'yuan' }[lang] : currency;
}

/** A heading with its unit. */
export function withUnit(heading: string, unit: string, lang: TableLang): string {
  return lang === 'zh' ? `${heading}（${unit}）` : `${heading} (${unit})`;
}
