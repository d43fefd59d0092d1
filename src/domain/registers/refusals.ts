import { says } from '../kernel/says.ts';

/** What is refused here, and what it says to people. `{name}` stands for a detail of the refusal. */
export const registerRefusals = {
  'import.mapping-invalid': says(422, '映射文件有误：{problems}。', 'The mapping is not usable: {problems}.'),
  'import.column-missing': says(
    422,
    '文件{file}缺少映射所需的列：{columns}。',
    'The file {file} lacks columns that the mapping needs: {columns}.',
  ),
  'import.not-later': says(
    409,
    '记录时刻{recordedAt}不晚于已导入的{last}；快照须按时间先后导入。',
    'The recording time {recordedAt} is not after {last}, which is loaded already. Load snapshots in the order of time.',
  ),
  'import.recorded-future': says(
    422,
    '记录时刻{recordedAt}还没有到；现在是{now}。请给出快照产生的时刻。',
    'The recording time {recordedAt} is in the future; it is now {now}. Give the instant at which the snapshot was taken.',
  ),
  'import.mapping-differs': says(
    409,
    '专项行动“{campaign}”是按另一映射设立的，{parts}不同；请用原来的映射，或在映射里换一个名称。',
    'The campaign "{campaign}" was opened with a mapping whose {parts} differ. Use that mapping, or give the campaign another name in yours.',
  ),
  'import.nothing': says(
    422,
    '{files}中没有可导入的行，未设立专项行动；请用--check查看各行被拒的原因。',
    'No row of {files} can be taken in, so no campaign was opened. Use --check to see why rows are rejected.',
  ),
  'import.file-unreadable': says(422, '文件{file}不能读取：{reason}。', 'The file {file} cannot be read: {reason}.'),
} as const;
