import { says } from '../kernel/says.ts';

/** What is refused here, and what it says to people. `{name}` stands for a detail of the refusal. */
export const commandRefusals = {
  'command.id-conflict': says(
    409,
    '编号{id}已用于另一内容的操作；重试同一操作请保持内容不变，新操作请换编号。',
    'The id {id} was used for other content. Repeat a command unchanged, or give a new one a new id.',
  ),
  'command.busy': says(
    409,
    '另一操作正在修改同一对象，请刷新后重试。',
    'Someone else changed this at the same moment. Reload and try again.',
  ),
  'command.happened-future': says(
    422,
    '发生时刻{happenedAt}晚于现在，请改正。',
    'The time it happened, {happenedAt}, is in the future. Correct it.',
  ),
  'command.happened-before-campaign': says(
    422,
    '发生时刻{happenedAt}早于专项行动第一阶段（{first}），请改正。',
    'The time it happened, {happenedAt}, is before the first phase of the campaign ({first}). Correct it.',
  ),
  'command.happened-before-last': says(
    422,
    '发生时间{happenedAt}早于它所依据的上一步（{last}）；请核对时间。补录可以，但先后次序不能颠倒。',
    'It is said to have happened at {happenedAt}, before the step that it rests on ({last}). Check the time. Late entries are taken, but in order.',
  ),
} as const;
