import type { Actor } from '../domain/access/policy.ts';
import { isRefusal } from '../domain/kernel/refusal.ts';
import type { BulletinKind, BulletinText } from '../domain/publication/acts.ts';
import { questionSheet } from '../domain/publication/proposals.ts';
import { findActor } from '../usecases/access/users.ts';
import { listBulletins } from '../usecases/publication/read.ts';
import { releaseBulletin } from '../usecases/publication/release.ts';
import { draftBulletin, submitBulletin } from '../usecases/publication/write.ts';
import { installation, type Services } from '../usecases/services.ts';
import { demoCampaign } from './demo.ts';

const asOf = '2019-08-05T18:00:00+08:00';
const three = 'batches=1,2,3';
/** The published cases, word for word; one sentence names two of them. */
const cases = [
  'Quwo County Furuixin sewage treatment plant, evading supervision',
  'Taiyuan Xishan Coal Gasification Co., Ltd. and Taiyuan Tongzhou Energy Co., Ltd., interference with online monitoring data',
  'Shuozhou Coal Energy Chemical Co., Ltd., illegal dumping of industrial waste water',
  'Shuozhou Senxiang Coal Sales Co., Ltd., illegal discharge',
];
const caseLines = cases.map((text) => `- ${text}`).join('\n');

/** The facts of the press text of 5 August 2019 in our own words; every figure is read from the records. */
const pressZh: BulletinText = {
  title: '山西省“百日清零”专项行动进展情况',
  lang: 'zh',
  asOf,
  body: `山西省“百日清零”专项行动自2019年7月1日开始，至10月8日结束，为期{{=100}}天。此前，自6月1日起，各单位已按5月31日的通知开展自查。现将截至8月5日的进展情况通报如下。

# 检查和督办

{{=11}}个市级工作组共检查污染源{{sources.inspected@1}}家，印发督办函{{letters.batches@1}}批，督办环境问题{{problems.supervised@1}}个。

# 整改

前{{=三}}批督办的{{problems.supervised@1 ${three}}}个问题中，已完成整改{{problems.rectified@1 ${three}}}个，清零率为{{clearance.rate@1 ${three}}}。

上述清零率以前{{=三}}批为口径。为免误解，同时公布另外几个比率：

| 比率 | 前{{=三}}批 | 全部批次 |
| 清零率（公布口径） | {{clearance.rate@1 ${three}}} | {{clearance.rate@1}} |
| 净清零率（扣除反弹） | {{clearance.net@1 ${three}}} | {{clearance.net@1}} |
| 申报完成率（责任单位自报） | {{clearance.claimed@1 ${three}}} | {{clearance.claimed@1}} |

# 执法

各地作出行政处罚决定{{cases.penalty@1}}件，罚款{{fines.total@1}}。采取{{=四}}种配套措施的典型案件{{cases.typical@1}}件，其中：

- 按日连续处罚{{cases.typical@1 measure=daily-fine}}件
- 查封、扣押{{cases.typical@1 measure=seizure}}件
- 限制生产、停产整治{{cases.typical@1 measure=restriction}}件
- 移送行政拘留{{cases.typical@1 measure=detention}}件

关闭“散乱污”企业{{scattered.closed@1}}家。

# 中央环保督察整改

列入台账的中央环保督察整改任务{{central.tasks@1}}项，整改措施{{central.measures@1}}条，逐项验收。

# 公开案例

本次公开典型案例{{cases.published@1}}起，照公开原文列出：

${caseLines}`,
};

const pressEn: BulletinText = {
  title: 'Progress of the Shanxi “clear zero” campaign',
  lang: 'en',
  asOf,
  body: `The Shanxi campaign began on 1 July 2019 and runs until 8 October, {{=100}} days. Units had examined themselves since 1 June, after a circular of 31 May. This is where it stands on 5 August.

# Inspection and supervision

{{=Eleven}} city teams inspected {{sources.inspected@1}} pollution sources. {{letters.batches@1}} batches of supervision letters were sent out, with {{problems.supervised@1}} problems in them.

# Rectification

Of the {{problems.supervised@1 ${three}}} problems of the first {{=three}} batches, {{problems.rectified@1 ${three}}} are rectified: a clearance rate of {{clearance.rate@1 ${three}}}.

That rate is taken over the first {{=three}} batches. So that it is not taken for another, these are published beside it:

| Rate | First {{=three}} batches | All batches |
| Clearance rate (as published) | {{clearance.rate@1 ${three}}} | {{clearance.rate@1}} |
| Net of rebound | {{clearance.net@1 ${three}}} | {{clearance.net@1}} |
| Claimed by those who rectify | {{clearance.claimed@1 ${three}}} | {{clearance.claimed@1}} |

# Enforcement

{{cases.penalty@1}} penalty decisions were made, with fines of {{fines.total@1}}. In {{cases.typical@1}} typical cases one of the {{=four}} supporting measures was taken:

- daily fine: {{cases.typical@1 measure=daily-fine}}
- seizure: {{cases.typical@1 measure=seizure}}
- production restriction or halt: {{cases.typical@1 measure=restriction}}
- referral for detention: {{cases.typical@1 measure=detention}}

{{scattered.closed@1}} scattered polluters were closed.

# Central inspection

{{central.tasks@1}} rectification tasks with {{central.measures@1}} measures are on the ledger; each is accepted on its own.

# Published cases

{{cases.published@1}} cases are published, in these words:

${caseLines}`,
};

const shipped: readonly { readonly kind: BulletinKind; readonly text: BulletinText }[] = [
  { kind: 'press', text: pressZh },
  { kind: 'press', text: pressEn },
  { kind: 'qa', text: questionSheet(asOf, [1, 2, 3], 'zh') },
];

/**
 * Ships the worked example: the press text of 5 August 2019 in both languages and the questions that go with it, written by the
 * clerk and released by the director of the demo. What is there already is left alone.
 */
export async function ensureDemoBulletins(
  s: Services,
  accounts = { writer: 'clerk', releaser: 'director' },
  campaign = demoCampaign,
): Promise<number> {
  const present = await listBulletins(s, installation, { campaign });
  const [writer, releaser] = [await findActor(s, accounts.writer), await findActor(s, accounts.releaser)];
  if (isRefusal(present) || writer === undefined || releaser === undefined) return 0;
  let made = 0;
  for (const { kind, text } of shipped) {
    const known = present.bulletins.find(({ bulletin: b }) => b.kind === kind && b.lang === text.lang && b.asOf === text.asOf);
    if (known !== undefined) continue;
    await ship(s, { writer, releaser }, campaign, kind, text);
    made++;
  }
  return made;
}

async function ship(
  s: Services,
  by: { writer: Actor; releaser: Actor },
  campaign: string,
  kind: BulletinKind,
  text: BulletinText,
): Promise<void> {
  const drafted = await draftBulletin(s, by.writer, { campaign, kind, ...text });
  if (isRefusal(drafted)) throw new Error(`${drafted.code} ${JSON.stringify(drafted.details)}`);
  const of = { campaign, id: drafted.id };
  const submitted = await submitBulletin(s, by.writer, { ...of, version: drafted.version });
  if (isRefusal(submitted)) throw new Error(`${submitted.code} ${JSON.stringify(submitted.details)}`);
  const released = await releaseBulletin(s, by.releaser, { ...of, version: submitted.version, confirm: String(drafted.no) });
  if (isRefusal(released)) throw new Error(`${released.code} ${JSON.stringify(released.details)}`);
}
