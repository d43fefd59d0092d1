import { describe, expect, test } from 'vitest';
import { bindingFigures } from '../../../test/fixtures/written.ts';
import { dictionary, remainders } from './dictionary.ts';

const binding = bindingFigures();

/** What each figure is made of: the facts it counts, with a minus before what is taken off, over those it is a share of. */
const made: Readonly<Record<string, string>> = {
  'sources.inspected': 'source.inspected, by aspect source.inspectedUnder',
  'letters.batches': 'batch.issued',
  'letters.issued': 'letter.issued',
  'problems.found': 'problem.found',
  'problems.supervised': 'problem.supervised',
  'problems.withdrawn': 'problem.withdrawn',
  'problems.claimed': 'problem.claimed',
  'problems.rectified': 'problem.rectified',
  'problems.rebounded': 'problem.rebounded',
  'problems.overdue': 'problem.overdue',
  'problems.open': 'problem.open',
  'clearance.rate': 'problem.rectified / problem.supervised',
  'clearance.claimed': 'problem.claimed / problem.supervised',
  'clearance.net': 'problem.rectified -problem.rebounded / problem.supervised',
  'clearance.ontime': 'problem.ontime / problem.due',
  'clearance.verified': 'an estimate: verified',
  'cases.penalty': 'case.penalty',
  'fines.total': 'amount of case.penalty',
  'cases.typical': 'case.typical',
  'scattered.closed': 'scattered.closed',
  'cases.published': 'publication.case',
  'central.tasks': 'central.task',
  'central.measures': 'central.measure',
};

/** How each figure is called where people read it. */
const called: Readonly<Record<string, readonly [string, string]>> = {
  'sources.inspected': ['检查污染源', 'Sources inspected'],
  'letters.batches': ['督办批次', 'Batches of letters'],
  'letters.issued': ['督办函', 'Letters issued'],
  'problems.found': ['发现问题', 'Problems found'],
  'problems.supervised': ['督办问题', 'Problems supervised'],
  'problems.withdrawn': ['撤回、合并', 'Withdrawn or merged'],
  'problems.claimed': ['申报完成', 'Claimed as completed'],
  'problems.rectified': ['已销号', 'Cleared'],
  'problems.rebounded': ['反弹', 'Rebounded'],
  'problems.overdue': ['逾期', 'Overdue'],
  'problems.open': ['存量', 'Open stock'],
  'clearance.rate': ['清零率（公布口径）', 'Clearance rate (published definition)'],
  'clearance.claimed': ['申报率', 'Claimed rate'],
  'clearance.net': ['净清零率', 'Net clearance rate'],
  'clearance.ontime': ['按期清零率', 'On-time clearance rate'],
  'clearance.verified': ['随机核查确认率', 'Verified rate'],
  'cases.penalty': ['处罚案件', 'Penalty cases'],
  'fines.total': ['罚款总额', 'Fines'],
  'cases.typical': ['典型案件', 'Typical cases'],
  'scattered.closed': ['关闭“散乱污”企业', 'Scattered polluters closed'],
  'cases.published': ['公开典型案例', 'Published cases'],
  'central.tasks': ['中央督察整改任务', 'Central-inspection tasks'],
  'central.measures': ['中央督察整改措施', 'Central-inspection measures'],
};

/** Words that the Chinese predicate of a figure cannot do without. */
const saysInChinese: Readonly<Record<string, RegExp>> = {
  'sources.inspected': /至少有一次检查.*不同污染源/,
  'letters.batches': /已签发.*批次/,
  'letters.issued': /已签发的督办函.*每批每个收函政府一件/,
  'problems.found': /未被认定不属实/,
  'problems.supervised': /撤回、合并的仍计入/,
  'problems.withdrawn': /两人.*撤回或合并/,
  'problems.claimed': /未被退回.*含已销号/,
  'problems.rectified': /已销号.*不扣以后的反弹/,
  'problems.rebounded': /销号后又反弹/,
  'problems.overdue': /未销号且有效期限已过/,
  'problems.open': /既未销号也未撤回.*加上已反弹/,
  'clearance.rate': /已销号÷督办问题/,
  'clearance.claimed': /申报完成÷督办问题/,
  'clearance.net': /（已销号－反弹）÷督办问题/,
  'clearance.ontime': /当日或之前销号÷有效期限已过/,
  'clearance.verified': /随机抽取.*没有抽取时不存在/,
  'cases.penalty': /未撤销的处罚决定/,
  'fines.total': /金额之和，含按日连续处罚/,
  'cases.typical': /四种配套措施之一.*每件只计入一种/,
  'scattered.closed': /关闭并经验收确认关闭/,
  'cases.published': /已公开且未撤下/,
  'central.tasks': /整改任务/,
  'central.measures': /整改措施/,
};

const figure = (id: string) => {
  const found = dictionary.find((d) => d.id === id);
  if (found === undefined) throw new Error(`no figure ${id}`);
  return found;
};

describe('the dictionary', () => {
  test('has the figures that bind, in their order, and no other', () => {
    expect(dictionary.map((d) => d.id)).toEqual(binding.map((b) => b.id));
    expect(Object.keys(made)).toEqual(binding.map((b) => b.id));
  });

  test.each(binding)('$id has the version, unit, predicate and filters that bind', ({ id, ...wanted }) => {
    const { version, unit, predicate, filters } = figure(id);
    expect({ version, unit, predicate: predicate.en, filters }).toEqual(wanted);
  });

  test.each(Object.entries(called))('%s is called %j', (id, [zh, en]) => {
    expect(figure(id).name).toEqual({ zh, en });
    expect(figure(id).predicate.zh).toMatch(saysInChinese[id] as RegExp);
  });

  test.each(Object.entries(made))('%s is made of %s', (id, wanted) => {
    const { count, ratio, estimate } = figure(id);
    const terms = (list: readonly { fact: string; sign: number }[]) => list.map((t) => `${t.sign < 0 ? '-' : ''}${t.fact}`).join(' ');
    const said = [
      ratio === undefined ? '' : `${terms(ratio.numerator)} / ${terms(ratio.denominator)}`,
      count === undefined ? '' : `${count.sum === undefined ? '' : `${count.sum} of `}${count.fact}`,
      ...Object.entries(count?.byFilter ?? {}).map(([key, fact]) => `, by ${key} ${fact}`),
      estimate === undefined ? '' : `an estimate: ${estimate}`,
    ];
    expect(said.join('')).toBe(wanted);
    for (const term of [...(ratio?.numerator ?? []), ...(ratio?.denominator ?? [])]) expect(Math.abs(term.sign)).toBe(1);
  });

  test('says what is left of the supervised problems when the cleared ones are out: open ones, withdrawn and merged ones', () => {
    expect(remainders).toEqual([{ of: 'problem.supervised', without: 'problem.rectified', among: ['problem.open', 'problem.withdrawn'] }]);
  });
});
