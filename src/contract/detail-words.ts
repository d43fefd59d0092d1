/**
 * Words of the codes that refusals name in their details, in both languages: a person reads what the page says, not what the program
 * calls it. A code that is not here stays as it is.
 */
type Both = readonly [zh: string, en: string];

/** States of problems and of bulletins. */
export const stateWords: Readonly<Record<string, Both>> = {
  found: ['待确认', 'to be confirmed'],
  confirmed: ['已确认', 'confirmed'],
  supervised: ['已督办', 'supervised'],
  planned: ['计划中', 'planned'],
  rectifying: ['整改中', 'rectifying'],
  staged: ['阶段性完成', 'partly done'],
  returned: ['退回', 'returned'],
  claimed: ['申报完成', 'claimed done'],
  checked: ['现场已核', 'checked on site'],
  accepted: ['已验收', 'accepted'],
  cleared: ['已销号', 'cleared'],
  watched: ['回访中', 'watched'],
  settled: ['已了结', 'settled'],
  rebounded: ['反弹', 'rebounded'],
  notFounded: ['不属实', 'unfounded'],
  withdrawn: ['已撤回', 'withdrawn'],
  merged: ['已合并', 'merged'],
  split: ['已拆分', 'split'],
  verified: ['核查确认', 'verified'],
  failed: ['核查未通过', 'failed the check'],
  overdue: ['逾期', 'overdue'],
  filed: ['已立案', 'filed'],
  decided: ['已决定', 'decided'],
  revoked: ['已撤销', 'revoked'],
  unknown: ['不明', 'unknown'],
  vanished: ['已从登记册消失', 'no longer listed'],
  draft: ['起草中', 'draft'],
  submitted: ['已送审', 'submitted'],
  released: ['已签发', 'released'],
};

/** What people do: commands on problems and bulletins by their short names, rights by their whole ones. */
export const verbWords: Readonly<Record<string, Both>> = {
  confirm: ['确认属实', 'confirm'],
  notFounded: ['认定不属实', 'find unfounded'],
  assign: ['分派责任', 'assign'],
  plan: ['填写整改方案', 'write the plan'],
  changeBody: ['更换验收主体', 'change the acceptance body'],
  start: ['开始整改', 'start rectifying'],
  stage: ['报阶段进展', 'report progress'],
  claim: ['申报完成', 'claim as done'],
  check: ['记录现场核', 'record the site check'],
  return: ['退回整改', 'return'],
  accept: ['验收', 'accept'],
  clear: ['销号', 'clear'],
  watch: ['列入回访', 'watch'],
  settle: ['了结', 'settle'],
  extend: ['延期', 'extend'],
  withdraw: ['撤回', 'withdraw'],
  merge: ['合并', 'merge'],
  split: ['拆分', 'split'],
  rebound: ['记为反弹', 'record a rebound'],
  revise: ['修改', 'revise'],
  submit: ['送审', 'submit'],
  release: ['签发', 'release'],
  rebuild: ['重建核对', 'rebuild'],
  'campaign.read': ['查看行动', 'see the campaign'],
  'figure.read': ['查看数据', 'read figures'],
  'figure.publish': ['公开数据', 'publish figures'],
  'ledger.read': ['查看台账', 'read the ledger'],
  'ledger.export': ['导出台账', 'export the ledger'],
  'item.read': ['查看问题', 'read problems'],
  'source.read': ['查看污染源', 'read sources'],
  'source.register': ['登记污染源', 'register sources'],
  'batch.read': ['查看督办函', 'read letters'],
  'batch.issue': ['签发督办函', 'issue letters'],
  'letter.receive': ['签收督办函', 'sign for letters'],
  'inspection.record': ['记录现场检查', 'record inspections'],
  'problem.found': ['登记问题', 'record problems'],
  'problem.number': ['填写外部编号', 'give outside numbers'],
  'evidence.upload': ['上传证据', 'upload evidence'],
  'evidence.read': ['查看证据', 'see evidence'],
  'evidence.export': ['取走证据原件', 'take originals of evidence'],
  'aspect.define': ['增加方面', 'define aspects'],
  'bulletin.read': ['查看通报', 'read bulletins'],
  'bulletin.draft': ['查看通报草稿', 'see drafts of bulletins'],
  'bulletin.write': ['起草通报', 'write bulletins'],
  'bulletin.release': ['签发通报', 'release bulletins'],
  'view.own': ['保存个人视图', 'keep own views'],
  'log.read': ['查看日志', 'read the log'],
  'log.entries': ['取走日志', 'take the log'],
  'lead.read': ['查看线索', 'read leads'],
  'lead.close': ['办结线索', 'close leads'],
  'system.read': ['查看系统状态', 'see the state of the system'],
  'user.read': ['查看账号', 'see accounts'],
  'user.write': ['管理账号', 'manage accounts'],
};

/** A detail as people read it: codes in words, civil dates as they are written. */
export function detailWords(key: string, value: string): Both {
  if (key === 'state') return own(stateWords, value) ?? [value, value];
  if (key === 'verb') return own(verbWords, value) ?? own(verbWords, value.replace(/^problem\./, '')) ?? [value, value];
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (day === null) return [value, value];
  const [, year, month, date] = day.map(Number) as [number, number, number, number];
  const name = months[month - 1];
  return name === undefined ? [value, value] : [`${year}年${month}月${date}日`, `${date} ${name} ${year}`];
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function own(table: Readonly<Record<string, Both>>, key: string): Both | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
