import type { FactTerm, FigureDefinition } from '../campaign/settings.ts';

const problemFilters = ['batches', 'city', 'county', 'aspect', 'type'] as const;
const placeFilters = ['city', 'county'] as const;

function count(
  id: string,
  unit: string,
  fact: string,
  filters: readonly string[],
  name: readonly [string, string],
  predicate: readonly [string, string],
  more: { sum?: 'n' | 'amount'; byFilter?: Record<string, string> } = {},
): FigureDefinition {
  return {
    id,
    version: 1,
    unit,
    name: { zh: name[0], en: name[1] },
    predicate: { zh: predicate[0], en: predicate[1] },
    filters,
    count: { fact, ...more },
  };
}

function ratio(
  id: string,
  numerator: readonly FactTerm[],
  denominator: readonly FactTerm[],
  name: readonly [string, string],
  predicate: readonly [string, string],
): FigureDefinition {
  return {
    id,
    version: 1,
    unit: 'ratio',
    name: { zh: name[0], en: name[1] },
    predicate: { zh: predicate[0], en: predicate[1] },
    filters: problemFilters,
    ratio: { numerator, denominator },
  };
}

const plus = (fact: string): FactTerm => ({ fact, sign: 1 });
const minus = (fact: string): FactTerm => ({ fact, sign: -1 });

/**
 * The figure dictionary (指标字典): what each figure counts. Binding; a changed meaning is a new version, never an edit.
 *
 * A campaign over an outside register adds entries of its own as data (FigureDefined).
 */
export const dictionary: readonly FigureDefinition[] = [
  count(
    'sources.inspected',
    'source',
    'source.inspected',
    ['city', 'county', 'aspect'],
    ['检查污染源', 'Sources inspected'],
    ['至少有一次检查已完成并记录的不同污染源', 'distinct sources with at least one completed inspection recorded'],
    { byFilter: { aspect: 'source.inspectedUnder' } },
  ),
  count(
    'letters.batches',
    'batch',
    'batch.issued',
    [],
    ['督办批次', 'Batches of letters'],
    ['已签发的督办函批次', 'batches of supervision letters issued'],
  ),
  count(
    'letters.issued',
    'letter',
    'letter.issued',
    ['batches', 'city'],
    ['督办函', 'Letters issued'],
    ['已签发的督办函，每批每个收函政府一件', 'supervision letters issued, one per receiving government and batch'],
  ),
  count(
    'problems.found',
    'problem',
    'problem.found',
    ['city', 'county', 'aspect', 'type'],
    ['发现问题', 'Problems found'],
    ['已记录且后来未被认定不属实的问题', 'problems recorded and not later found unfounded'],
  ),
  count(
    'problems.supervised',
    'problem',
    'problem.supervised',
    problemFilters,
    ['督办问题', 'Problems supervised'],
    ['列入已签发批次督办函的问题；撤回、合并的仍计入', 'problems in a letter of an issued batch; withdrawn and merged ones stay counted'],
  ),
  count(
    'problems.withdrawn',
    'problem',
    'problem.withdrawn',
    problemFilters,
    ['撤回、合并', 'Withdrawn or merged'],
    ['经两人办理撤回或合并的督办问题', 'supervised problems withdrawn or merged by a two-person act'],
  ),
  count(
    'problems.claimed',
    'problem',
    'problem.claimed',
    problemFilters,
    ['申报完成', 'Claimed as completed'],
    [
      '曾申报完成且此后未被退回的督办问题（含已销号的）',
      'supervised problems ever claimed as completed and not returned since (cleared ones included)',
    ],
  ),
  count(
    'problems.rectified',
    'problem',
    'problem.rectified',
    problemFilters,
    ['已销号', 'Cleared'],
    [
      '已销号的督办问题，不扣以后的反弹；发布稿称“整改完成”',
      'supervised problems cleared (struck off), gross of later rebounds; what the press calls rectified',
    ],
  ),
  count(
    'problems.rebounded',
    'problem',
    'problem.rebounded',
    problemFilters,
    ['反弹', 'Rebounded'],
    ['销号后又反弹的督办问题', 'supervised problems cleared and later rebounded'],
  ),
  count(
    'problems.overdue',
    'problem',
    'problem.overdue',
    problemFilters,
    ['逾期', 'Overdue'],
    ['未销号且有效期限已过的督办问题', 'supervised problems not cleared whose deadline in force has passed'],
  ),
  count(
    'problems.open',
    'problem',
    'problem.open',
    problemFilters,
    ['存量', 'Open stock'],
    ['存量：既未销号也未撤回的督办问题，加上已反弹的', 'stock: supervised problems neither cleared nor withdrawn, plus rebounded ones'],
  ),
  ratio(
    'clearance.rate',
    [plus('problem.rectified')],
    [plus('problem.supervised')],
    ['清零率（公布口径）', 'Clearance rate (published definition)'],
    ['已销号÷督办问题', 'problems.rectified / problems.supervised (the published definition)'],
  ),
  ratio(
    'clearance.claimed',
    [plus('problem.claimed')],
    [plus('problem.supervised')],
    ['申报率', 'Claimed rate'],
    ['申报完成÷督办问题', 'problems.claimed / problems.supervised'],
  ),
  ratio(
    'clearance.net',
    [plus('problem.rectified'), minus('problem.rebounded')],
    [plus('problem.supervised')],
    ['净清零率', 'Net clearance rate'],
    ['（已销号－反弹）÷督办问题', '(problems.rectified - problems.rebounded) / problems.supervised'],
  ),
  ratio(
    'clearance.ontime',
    [plus('problem.ontime')],
    [plus('problem.due')],
    ['按期清零率', 'On-time clearance rate'],
    [
      '在有效期限当日或之前销号÷有效期限已过的督办问题',
      'cleared on or before the deadline in force / supervised problems whose deadline has passed',
    ],
  ),
  {
    id: 'clearance.verified',
    version: 1,
    unit: 'ratio',
    name: { zh: '随机核查确认率', en: 'Verified rate' },
    predicate: {
      zh: '对已销号问题随机抽取后的分层估计，附上下限、样本数和抽取编号；没有抽取时不存在',
      en: 'stratified estimate from draws among cleared problems, with low, high, n and draw ids; absent until a draw exists',
    },
    filters: ['batches', 'city', 'aspect'],
    estimate: 'verified',
  },
  count(
    'cases.penalty',
    'case',
    'case.penalty',
    placeFilters,
    ['处罚案件', 'Penalty cases'],
    ['已作出且未撤销的处罚决定', 'penalty decisions issued and not revoked'],
  ),
  count(
    'fines.total',
    'fen',
    'case.penalty',
    placeFilters,
    ['罚款总额', 'Fines'],
    ['上述决定的金额之和，含按日连续处罚', 'sum of the amounts of those decisions, daily fines included'],
    { sum: 'amount' },
  ),
  count(
    'cases.typical',
    'case',
    'case.typical',
    ['measure', 'city'],
    ['典型案件', 'Typical cases'],
    [
      '决定采取四种配套措施之一的案件；每件只计入一种',
      'cases in which one of the four supporting measures was decided; each counts under one measure',
    ],
  ),
  count(
    'scattered.closed',
    'unit',
    'scattered.closed',
    placeFilters,
    ['关闭“散乱污”企业', 'Scattered polluters closed'],
    ['已关闭并经验收确认关闭的“散乱污”企业', 'scattered-pollution (散乱污) enterprises closed and accepted as closed'],
  ),
  count(
    'cases.published',
    'publication',
    'publication.case',
    [],
    ['公开典型案例', 'Published cases'],
    ['已公开且未撤下的典型案例', 'typical cases published and not withdrawn'],
  ),
  count(
    'central.tasks',
    'task',
    'central.task',
    [],
    ['中央督察整改任务', 'Central-inspection tasks'],
    ['台账上的中央环保督察整改任务', 'central-inspection rectification tasks on the ledger'],
  ),
  count(
    'central.measures',
    'measure',
    'central.measure',
    [],
    ['中央督察整改措施', 'Central-inspection measures'],
    ['台账上的中央环保督察整改措施', 'central-inspection rectification measures on the ledger'],
  ),
];

/**
 * Facts that hold what a count leaves over, where those are few: a supervised problem that is not cleared is still open, or it was
 * withdrawn or merged (未销号：在办，或已撤回、合并).
 */
export const remainders: readonly { readonly of: string; readonly without: string; readonly among: readonly string[] }[] = [
  { of: 'problem.supervised', without: 'problem.rectified', among: ['problem.open', 'problem.withdrawn'] },
];
