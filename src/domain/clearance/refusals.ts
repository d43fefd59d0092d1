import { says } from '../kernel/says.ts';

/** What is refused here, and what it says to people. `{name}` stands for a detail of the refusal. */
export const clearanceRefusals = {
  'asof.malformed': says(
    400,
    '“{value}”不是带时区的时刻；请写成2019-08-05T18:00:00+08:00这样的形式。',
    '"{value}" is not an instant with an offset. Write it like 2019-08-05T18:00:00+08:00.',
  ),
  'asof.future': says(400, '时刻{value}还没有到；现在是{now}。', 'The instant {value} is in the future; it is now {now}.'),
  'asof.in-flight': says(
    409,
    '该时刻之前还有记录正在写入，答案暂不能确定；已确定到{watermark}，请稍后重试。',
    'Records up to that instant are still being written. Answers are certain up to {watermark}; try again in a moment.',
  ),
  'asof.before-campaign': says(
    404,
    '在{asOf}时，专项行动“{campaign}”尚未设立；请选择较晚的时刻。',
    'The campaign "{campaign}" did not exist as of {asOf}. Choose a later instant.',
  ),
  'figure.unknown': says(404, '没有名为“{figure}”的指标；可用的有：{known}。', 'There is no figure "{figure}". Known: {known}.'),
  'figure.set-unknown': says(404, '没有名为“{set}”的指标组；可用的有：press、all。', 'There is no figure set "{set}". Known: press, all.'),
  'figure.no-records': says(
    422,
    '指标“{figure}”是估计值，没有逐条记录。',
    'The figure "{figure}" is an estimate and has no list of records.',
  ),
  'filter.unknown-key': says(400, '未知的筛选项“{key}”；可用的有：{allowed}。', 'Unknown filter "{key}". Allowed: {allowed}.'),
  'filter.not-of-figure': says(
    400,
    '指标“{figure}”不能按“{key}”筛选；可用的有：{allowed}。',
    'The figure "{figure}" cannot be filtered by "{key}". Allowed: {allowed}.',
  ),
  'filter.malformed': says(400, '筛选项{key}的值“{value}”格式不对。', 'The value "{value}" of the filter {key} is malformed.'),
  'filter.unknown-value': says(400, '筛选项{key}没有值“{value}”。', 'The filter {key} has no value "{value}".'),
  'filter.masked': says(
    403,
    '“{key}”对您的角色不显示，不能按它筛选、排序、计数或搜索。',
    '"{key}" is hidden from your role: it cannot be filtered, sorted, counted or searched.',
  ),
  'filter.too-many': says(400, '“{key}”一次最多给{most}个值。', '"{key}" takes at most {most} values at a time.'),
} as const;
