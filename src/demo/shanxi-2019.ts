import type { CampaignSettings, KeyTask, PlaceEntry } from '../domain/campaign/settings.ts';
import { instant, parseInstant, type Instant } from '../domain/kernel/instant.ts';
import { problemStates } from '../domain/problems/state.ts';
import type { BatchPlan, SimulationPlan } from './plan.ts';

/** Reads an instant of this plan; all of them are Beijing time. */
function at(text: string): Instant {
  const parsed = parseInstant(`${text}+08:00`);
  if (parsed === undefined) throw new Error(`not an instant: ${text}`);
  return parsed;
}

const b = (zh: string, en: string) => ({ zh, en });

function aspect(no: number, code: string, zh: string, en: string, unit: readonly [string, string], deadlineDays: number) {
  return {
    code,
    no,
    version: 1,
    name: b(zh, en),
    unit: b(unit[0], unit[1]),
    criteria: b(
      '方案措施全部完成；违法行为已处罚或作出不予处罚决定；达到法律和标准要求；同类问题一并整改；建立长效机制',
      'all measures done; violation punished or reasoned not to; meets law and standard; the like fixed too; lasting mechanism',
    ),
    evidence: ['photo', 'document'],
    acceptanceBody: 'sx-acceptance',
    noticeDays: 0,
    deadlineDays,
  };
}

/** The ten aspects as the press named them, and the rest; the list may change any day. */
export const shanxiAspects = [
  aspect(1, 'central-inspection', '中央督察及“回头看”整改', 'Central inspection and look-back items', ['项', 'item'], 30),
  aspect(2, 'air-supervision', '国家强化监督及北部三市专项', 'National air supervision and northern three cities', ['个', 'problem'], 20),
  aspect(3, 'key-dischargers', '重点排污单位超标', 'Key dischargers over limits', ['家', 'unit'], 20),
  aspect(4, 'loose-coal', '禁煤区散煤', 'Loose coal in coal-ban zones', ['户', 'household'], 15),
  aspect(5, 'scattered', '“散乱污”企业', 'Scattered polluters', ['家', 'unit'], 15),
  aspect(6, 'boilers', '重点区域燃煤锅炉', 'Coal boilers in key areas', ['台', 'boiler'], 30),
  aspect(7, 'construction-dust', '建成区施工扬尘', 'Construction dust in built-up areas', ['处', 'site'], 10),
  aspect(8, 'diesel-smoke', '柴油车冒黑烟', 'Diesel black smoke', ['辆', 'vehicle'], 10),
  aspect(9, 'drinking-water', '饮用水水源保护区违法', 'Violations in drinking-water protection zones', ['个', 'zone'], 30),
  aspect(10, 'water-projects', '年度重点水污染防治工程', "The year's key water projects", ['个', 'project'], 60),
  aspect(11, 'other', '其他', 'Other', ['个', 'problem'], 20),
];

const types = [
  ['central-inspection', '督察整改滞后', 'Central-inspection items behind schedule'],
  ['national-air-supervision', '国家强化监督', 'National strengthened supervision'],
  ['northern-three', '北部三市专项检查', 'Northern three cities special check'],
  ['key-dischargers', '重点排污单位超标', 'Key dischargers over limits'],
  ['scattered', '“散乱污”企业', 'Scattered polluters'],
  ['boilers', '燃煤锅炉', 'Boilers'],
  ['built-up-sources', '建成区污染源', 'Built-up-area sources'],
  ['construction-dust', '施工工地', 'Construction sites'],
  ['drinking-water', '饮用水水源', 'Drinking-water sources'],
  ['water-projects', '水污染防治工程', 'Water projects'],
  ['other', '其他', 'Other'],
].map(([code, zh, en], i) => ({ code: code as string, no: i + 1, name: b(zh as string, en as string) }));

const measures = [
  ['daily-fine', '按日连续处罚', 'Daily fine'],
  ['seizure', '查封、扣押', 'Seizure'],
  ['restriction', '限制生产、停产整治', 'Production restriction or halt'],
  ['detention', '移送行政拘留', 'Referral for detention'],
].map(([code, zh, en], i) => ({ code: code as string, no: i + 1, name: b(zh as string, en as string) }));

/** Ledger states of a campaign of our own: those of problems, then those of penalty cases. */
export const campaignStates = [...problemStates, 'filed', 'decided', 'revoked'];

const first = (batches: number[]) => ({ batches });

/** Settings of the campaign; `places` are the divisions it covers. */
export function shanxiSettings(places: readonly PlaceEntry[]): CampaignSettings {
  return {
    slug: 'shanxi-2019',
    name: b('山西省“百日清零”专项行动', 'Shanxi “100 days clear zero” campaign'),
    mode: 'synthetic',
    utcOffsetMinutes: 480,
    currency: 'CNY',
    phases: [
      { code: 'self-check', name: b('自查自纠', 'Self-examination'), from: '2019-06-01', to: '2019-06-30' },
      { code: 'enforcement', name: b('执法检查', 'Enforcement'), from: '2019-07-01', to: '2019-10-08' },
      { code: 'wrap-up', name: b('收尾总结', 'Wrap-up'), from: '2019-10-09', to: '2019-10-31' },
    ],
    root: 140_000,
    places,
    placesNote: b(
      '行政区划为2023年6月统计用代码，2019年的区划略有不同',
      'Divisions are the statistical codes of June 2023; those of 2019 differ slightly',
    ),
    types,
    measures,
    states: campaignStates,
    aspects: shanxiAspects,
    extensionRules: [
      { code: 'SX-YAN-01', name: b('重大工程无法按期完工', 'Major works cannot be finished in time'), maxDays: 30, times: 1 },
      { code: 'SX-YAN-02', name: b('施工停工待料', 'Works halted for want of material'), maxDays: 14, times: 1 },
    ],
    pressSet: [
      { id: 'sources.inspected', filter: {} },
      { id: 'letters.batches', filter: {} },
      { id: 'problems.supervised', filter: {} },
      { id: 'problems.supervised', filter: first([1, 2, 3]) },
      { id: 'problems.rectified', filter: {} },
      { id: 'problems.rectified', filter: first([1, 2, 3]) },
      { id: 'clearance.rate', filter: first([1, 2, 3]) },
      { id: 'clearance.rate', filter: {} },
      { id: 'clearance.net', filter: {} },
      { id: 'cases.penalty', filter: {} },
      { id: 'fines.total', filter: {} },
      { id: 'cases.typical', filter: {} },
      ...measures.map((m) => ({ id: 'cases.typical', filter: { measure: m.code } })),
      { id: 'scattered.closed', filter: {} },
      { id: 'cases.published', filter: {} },
      { id: 'central.tasks', filter: {} },
      { id: 'central.measures', filter: {} },
    ],
    moments: [
      { at: '2019-07-07T18:00:00+08:00', name: b('7月7日通报', '7 July bulletin') },
      { at: '2019-07-28T18:00:00+08:00', name: b('7月28日通报', '28 July bulletin') },
      { at: '2019-08-05T18:00:00+08:00', name: b('8月5日发布会', '5 August press conference') },
      { at: '2019-10-31T18:00:00+08:00', name: b('10月31日总结', '31 October results') },
    ],
    windows: [{ name: b('“二青会”空气质量保障', 'Event air-quality guarantee'), from: '2019-08-08', to: '2019-08-18' }],
    facts: [],
    notice: b('合成演示数据：仅公开发布的数字为真', 'Synthetic demonstration data: only the published figures are real'),
    numbering: { problem: { prefix: 'SX2019-', digits: 4 } },
    defaultNoticeDays: 0,
    dashboard: {
      headline: [
        { id: 'sources.inspected', filter: {} },
        { id: 'problems.supervised', filter: {} },
        { id: 'clearance.rate', filter: first([1, 2, 3]) },
        { id: 'clearance.rate', filter: {} },
        { id: 'clearance.net', filter: {} },
        { id: 'cases.penalty', filter: {} },
      ],
      placeColumns: [
        { id: 'problems.supervised', filter: {} },
        { id: 'problems.claimed', filter: {} },
        { id: 'problems.rectified', filter: {} },
        { id: 'clearance.rate', filter: first([1, 2, 3]) },
        { id: 'clearance.rate', filter: {} },
        { id: 'problems.rebounded', filter: {} },
        { id: 'problems.overdue', filter: {} },
      ],
      curve: [
        { id: 'problems.found', filter: {} },
        { id: 'problems.supervised', filter: {} },
        { id: 'problems.claimed', filter: {} },
        { id: 'problems.rectified', filter: {} },
      ],
      map: { id: 'clearance.rate', filter: {} },
    },
  };
}

/** The four key tasks with their areas and lists. */
export function shanxiKeyTasks(stations: readonly string[]): KeyTask[] {
  return [
    {
      code: 'air-areas',
      name: b('“2+26”城市和汾渭平原', '“2+26” cities and the Fen-Wei plain'),
      places: [140100, 140300, 140400, 140500, 140700, 141000, 140800, 141100],
      lists: [],
    },
    {
      code: 'points-and-sections',
      name: b('国控空气点位和国考断面', 'State-controlled air points and national water sections'),
      places: [],
      lists: [
        {
          name: b(
            '国家空气站名单（58个，非发布稿所称55个点位的名单）',
            'List of national air stations (58; not the list of the 55 points the press speaks of)',
          ),
          source: 'PM2.5-GNN station_info.csv, MIT',
          entries: stations,
        },
      ],
    },
    { code: 'event-guarantee', name: b('“二青会”环境保障', 'Event environmental guarantee'), places: [140100], lists: [] },
    {
      code: 'fen-basin',
      name: b('汾河流域污水处理设施、截污管网和水源保护', 'Fen basin: sewage plants, interception pipes, water sources'),
      places: [140100, 140700, 140800, 140900, 141000, 141100],
      lists: [],
    },
  ];
}

const t1 = at('2019-07-07T18:00:00');
const t2 = at('2019-07-28T18:00:00');
const t3 = at('2019-08-05T18:00:00');
const t4 = at('2019-10-31T18:00:00');

const publishedSentences: readonly (readonly [string, string])[] = [
  ['Quwo County Furuixin sewage treatment plant', 'Quwo County Furuixin sewage treatment plant, evading supervision'],
  [
    'Taiyuan Xishan Coal Gasification Co., Ltd.',
    'Taiyuan Xishan Coal Gasification Co., Ltd. and Taiyuan Tongzhou Energy Co., Ltd., interference with online monitoring data',
  ],
  [
    'Taiyuan Tongzhou Energy Co., Ltd.',
    'Taiyuan Xishan Coal Gasification Co., Ltd. and Taiyuan Tongzhou Energy Co., Ltd., interference with online monitoring data',
  ],
  ['Shuozhou Coal Energy Chemical Co., Ltd.', 'Shuozhou Coal Energy Chemical Co., Ltd., illegal dumping of industrial waste water'],
  ['Shuozhou Senxiang Coal Sales Co., Ltd.', 'Shuozhou Senxiang Coal Sales Co., Ltd., illegal discharge'],
];

interface BatchRow {
  readonly no: number;
  readonly issued: string;
  readonly deadline: string;
  readonly size: number;
  readonly byFifthAugust: number;
  readonly open: number;
  readonly withdrawn: number;
  readonly rebounds?: readonly [early: number, late: number];
  readonly children?: readonly [early: number, late: number];
}

const batchRows: readonly BatchRow[] = [
  {
    no: 1,
    issued: '2019-07-06T16:00:00',
    deadline: '2019-07-26',
    size: 363,
    byFifthAugust: 324,
    open: 3,
    withdrawn: 1,
    rebounds: [18, 12],
  },
  {
    no: 2,
    issued: '2019-07-14T15:00:00',
    deadline: '2019-08-03',
    size: 742,
    byFifthAugust: 561,
    open: 6,
    withdrawn: 2,
    rebounds: [20, 40],
  },
  { no: 3, issued: '2019-07-22T15:00:00', deadline: '2019-08-11', size: 809, byFifthAugust: 373, open: 6, withdrawn: 2, rebounds: [3, 28] },
  { no: 4, issued: '2019-07-28T10:00:00', deadline: '2019-08-17', size: 593, byFifthAugust: 0, open: 8, withdrawn: 1 },
  { no: 5, issued: '2019-08-12T15:00:00', deadline: '2019-09-02', size: 802, byFifthAugust: 0, open: 10, withdrawn: 1, children: [41, 0] },
  { no: 6, issued: '2019-08-26T15:00:00', deadline: '2019-09-16', size: 744, byFifthAugust: 0, open: 11, withdrawn: 1 },
  { no: 7, issued: '2019-09-09T15:00:00', deadline: '2019-09-30', size: 690, byFifthAugust: 0, open: 12, withdrawn: 1 },
  { no: 8, issued: '2019-09-23T15:00:00', deadline: '2019-10-14', size: 620, byFifthAugust: 0, open: 13, withdrawn: 1, children: [0, 50] },
];

const firstBatchTypes: readonly (readonly [string, number])[] = [
  ['central-inspection', 3],
  ['national-air-supervision', 19],
  ['northern-three', 29],
  ['key-dischargers', 3],
  ['scattered', 17],
  ['boilers', 5],
  ['built-up-sources', 7],
  ['construction-dust', 118],
  ['drinking-water', 4],
  ['water-projects', 3],
  ['other', 155],
];

export interface ShanxiData {
  readonly places: readonly PlaceEntry[];
  readonly seats: SimulationPlan['seats'];
}

/**
 * The plan of the demo campaign: every published figure of 2019 at its instant, the rest invented.
 *
 * What was published and what is free is told apart in `docs/figures`; the time of day 18:00 and that nothing of the fourth batch
 * was rectified by 5 August are assumptions of the demo.
 */
export function shanxiPlan(data: ShanxiData): SimulationPlan {
  const batches = batchRows.map(
    (row): BatchPlan => ({
      no: row.no,
      issuedAt: at(row.issued),
      deadline: row.deadline,
      size: row.size,
      ...(row.no === 1 ? { types: firstBatchTypes } : {}),
      cleared:
        row.byFifthAugust > 0
          ? [
              { until: t3, count: row.byFifthAugust },
              { until: t4, count: row.size - row.byFifthAugust - row.open },
            ]
          : [
              { until: t3, count: 0 },
              { until: t4, count: row.size - row.open },
            ],
      withdrawn: row.withdrawn,
      reboundEarly: row.rebounds?.[0] ?? 0,
      reboundLate: row.rebounds?.[1] ?? 0,
      fromReboundEarly: row.children?.[0] ?? 0,
      fromReboundLate: row.children?.[1] ?? 0,
    }),
  );
  return {
    seed: 20190701,
    settings: shanxiSettings(data.places),
    opensAt: at('2019-05-31T09:00:00'),
    startsAt: at('2019-07-01T08:30:00'),
    endsAt: t4,
    batches,
    inspected: [
      { until: t1, count: 742 },
      { until: t2, count: 4318 },
      { until: t3, count: 5686 },
      { until: t4, count: 22234 },
    ],
    cases: [
      { until: t2, decided: 431, amountFen: 2_734_000_000, typical: { 'daily-fine': 2, seizure: 15, restriction: 29, detention: 16 } },
      { until: t3, decided: 539, amountFen: 3_555_000_000, typical: { 'daily-fine': 2, seizure: 15, restriction: 29, detention: 16 } },
      { until: t4, decided: 1874, amountFen: 12_500_000_000, typical: { 'daily-fine': 11, seizure: 84, restriction: 148, detention: 73 } },
    ],
    scattered: [
      { until: t2, count: 67 },
      { until: t3, count: 67 },
      { until: t4, count: 214 },
    ],
    tasks: 38,
    measures: 94,
    projects: 46,
    notFounded: 96,
    unsupervised: 30,
    publications: publishedSentences.map(([unit, text], i) => ({
      at: instant(at('2019-08-05T10:00:00') + i * 60_000),
      no: `DX-${i + 1}`,
      unit,
      text,
    })),
    published: [t1, t2, t3, t4],
    cityWeights: [
      [140100, 343],
      [140200, 190],
      [140300, 110],
      [140400, 229],
      [140500, 145],
      [140600, 181],
      [140700, 233],
      [140800, 287],
      [140900, 190],
      [141000, 325],
      [141100, 274],
    ],
    typeWeights: [
      ['central-inspection', 3],
      ['national-air-supervision', 9],
      ['northern-three', 5],
      ['key-dischargers', 14],
      ['scattered', 12],
      ['boilers', 4],
      ['built-up-sources', 4],
      ['construction-dust', 20],
      ['drinking-water', 3],
      ['water-projects', 3],
      ['other', 23],
    ],
    aspectOfType: {
      'central-inspection': [['central-inspection', 1]],
      'national-air-supervision': [['air-supervision', 1]],
      'northern-three': [['air-supervision', 1]],
      'key-dischargers': [['key-dischargers', 1]],
      scattered: [['scattered', 1]],
      boilers: [['boilers', 1]],
      'built-up-sources': [['other', 1]],
      'construction-dust': [['construction-dust', 1]],
      'drinking-water': [['drinking-water', 1]],
      'water-projects': [['water-projects', 1]],
      other: [
        ['other', 62],
        ['loose-coal', 20],
        ['diesel-smoke', 18],
      ],
    },
    seats: data.seats,
  };
}

/**
 * The same campaign at another size: all counts in proportion, at least one where there was one.
 *
 * @param problems  how many supervised problems it should have
 */
export function scalePlan(plan: SimulationPlan, slug: string, problems: number, seed: number): SimulationPlan {
  const whole = plan.batches.reduce((sum, x) => sum + x.size, 0);
  const f = problems / whole;
  const s = (n: number) => (n === 0 ? 0 : Math.max(1, Math.round(n * f)));
  // Beyond a province's size, sources and cases grow more slowly than problems do.
  const g = f > 10 ? 10 + (f - 10) * 0.1 : f;
  const gs = (n: number) => (n === 0 ? 0 : Math.max(1, Math.round(n * g)));
  let left = problems;
  const sized = plan.batches.map((x, i) => {
    const size = i === plan.batches.length - 1 ? left : Math.min(left, s(x.size));
    left -= size;
    return { x, size };
  });
  const batches = sized.map(({ x, size }): BatchPlan => {
    let rest = size;
    const cleared = x.cleared.map((w) => {
      const count = Math.min(rest, Math.floor(w.count * (x.size === 0 ? 0 : size / x.size)));
      rest -= count;
      return { until: w.until, count };
    });
    const inFirst = cleared[0]?.count ?? 0;
    const early = Math.min(inFirst, Math.floor(x.reboundEarly * f));
    const { types: _types, ...others } = x;
    return {
      ...others,
      size,
      cleared,
      withdrawn: Math.min(rest, s(x.withdrawn)),
      reboundEarly: early,
      reboundLate: Math.min(inFirst - early, Math.floor(x.reboundLate * f)),
      fromReboundEarly: 0,
      fromReboundLate: 0,
    };
  });
  const earlyAll = batches.reduce((n, x) => n + x.reboundEarly, 0);
  const lateAll = batches.reduce((n, x) => n + x.reboundLate, 0);
  const fifth = batches[4] as BatchPlan;
  const last = batches.at(-1) as BatchPlan;
  const early = Math.min(earlyAll, fifth.size);
  const late = Math.min(lateAll, last.size);
  return {
    ...plan,
    seed,
    settings: {
      ...plan.settings,
      slug,
      name: b(`模拟专项行动 ${slug}`, `Simulated campaign ${slug}`),
      notice: b('合成数据', 'Synthetic data'),
    },
    batches: batches.map((x) => ({ ...x, fromReboundEarly: x.no === fifth.no ? early : 0, fromReboundLate: x.no === last.no ? late : 0 })),
    inspected: plan.inspected.map((w) => ({ ...w, count: gs(w.count) })),
    cases: plan.cases.map((c) => ({
      ...c,
      decided: gs(c.decided),
      amountFen: Math.round((c.amountFen * g) / 10_000) * 10_000,
      typical: Object.fromEntries(Object.entries(c.typical).map(([m, n]) => [m, Math.min(gs(c.decided) >> 2, gs(n))])),
    })),
    scattered: plan.scattered.map((w) => ({ ...w, count: Math.min(gs(plan.inspected[0]?.count ?? 1), gs(w.count)) })),
    notFounded: s(plan.notFounded),
    unsupervised: lateAll - late + (earlyAll - early > 0 ? 0 : 0) + s(plan.unsupervised),
    publications: [],
    published: [],
  };
}
