import { says } from '../kernel/says.ts';

/** What is refused here, and what it says to people. `{name}` stands for a detail of the refusal. */
export const publicationRefusals = {
  'bulletin.unknown': says(404, '没有这份通报，或尚未签发。', 'There is no such bulletin, or it is not released.'),
  'bulletin.frozen': says(
    409,
    '第{no}号已签发，内容不再改变；如有错误，请另发更正。',
    'Bulletin {no} is released and never changes. If something in it is wrong, release a correction.',
  ),
  'bulletin.wrong-state': says(409, '第{no}号{state}，不能{verb}。', 'Bulletin {no} is {state}: "{verb}" is not possible now.'),
  'bulletin.changed': says(
    409,
    '第{no}号已被他人修改（现为第{version}版）；请刷新，核对后再办理。',
    'Someone changed bulletin {no} meanwhile (now version {version}). Reload and look again before you go on.',
  ),
  'bulletin.two-persons': says(
    409,
    '第{no}号须由未参与起草、修改、送审的人签发。',
    'Bulletin {no} must be released by someone who did not write it or put it forward.',
  ),
  'bulletin.findings': says(
    422,
    '数字核对有{count}处错误，改正后才能送审或签发：{codes}。',
    'The check of its numbers found {count} errors; correct them before it is put forward or released: {codes}.',
  ),
  'bulletin.instant-passed': says(
    409,
    '截至{asOf}的数字没有公布过，而更晚时刻的已经公布；公布只能向后进行，请改用已公布的时刻，或更晚的时刻。',
    'Figures as of {asOf} were never released, and later ones were. Releases go forward only: quote a released instant, or a later one.',
  ),
  'bulletin.corrects-unreleased': says(
    409,
    '只能更正已签发的通报；未签发的请直接修改。',
    'Only a released bulletin is corrected; change one that is not released.',
  ),
  'bulletin.confirm': says(422, '请输入“{expected}”以确认签发。', 'Type "{expected}" to confirm the release.'),
  'bulletin.kind-unknown': says(422, '没有“{kind}”这类通报。', 'There is no kind of bulletin "{kind}".'),
  'bulletin.no-artefact': says(404, '第{no}号没有{format}文件。', 'Bulletin {no} has no {format} file.'),
  'bulletin.no-phase': says(422, '还没有结束的阶段，不能生成阶段小结。', 'No phase has ended yet, so there is none to sum up.'),
  'token.malformed': says(
    422,
    '“{token}”不是指标占位；请写成clearance.rate@1 batches=1,2,3这样的形式。',
    '"{token}" is no figure. Write it like clearance.rate@1 batches=1,2,3.',
  ),
  'token.key-twice': says(422, '“{token}”中“{key}”出现两次，请保留一个。', 'In "{token}" the key "{key}" stands twice. Keep one.'),
  'token.show-unknown': says(422, '显示方式“{show}”不存在；可用的有：{known}。', 'There is no way to show "{show}". Known: {known}.'),
  'token.version-unknown': says(
    422,
    '指标“{figure}”没有第{version}版；现有：{known}。',
    'The figure "{figure}" has no version {version}. Known: {known}.',
  ),
  'token.estimate': says(
    422,
    '指标“{figure}”是抽样估计，尚无抽样结果，不能引用。',
    'The figure "{figure}" is an estimate from draws and there is none yet; it cannot be quoted.',
  ),
  'token.not-rate': says(
    422,
    '指标“{figure}”不是比率，不能显示“{show}”；请改为数值。',
    'The figure "{figure}" is no rate and cannot show "{show}". Show its value.',
  ),
} as const;
