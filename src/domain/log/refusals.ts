import { says } from '../kernel/says.ts';

/** What is refused here, and what it says to people. `{name}` stands for a detail of the refusal. */
export const logRefusals = {
  'log.behind': says(
    503,
    '日志在{seconds}秒内未能签署到最新记录，因此没有可引用的检查点；请稍后重试。',
    'The log could not be signed up to the newest record within {seconds} seconds, so there is no checkpoint to quote. Try again in a moment.',
  ),
  'log.stopped': says(
    503,
    '“{campaign}”的日志已停止签署：其中有不是由本系统裁定的记录，或与已签署的不符。请系统管理员运行verify命令查明。',
    'The log of {campaign} is not signed any further: it holds an act that was not decided here, or is not what was signed. Ask the system administrator to run verify.',
  ),
  'log.empty': says(
    404,
    '日志中还没有经签署的检查点，请在记录产生一秒后重试。',
    'The log has no signed checkpoint yet. Try again a second after something was recorded.',
  ),
  'log.no-such-tile': says(
    404,
    '日志中没有这一段。地址形如 0/000 或 entries/000.p/7。',
    'The log has no such tile. An address looks like 0/000 or entries/000.p/7.',
  ),
  'log.no-such-size': says(404, '日志还没有达到{size}条。', 'The log has not had {size} entries yet.'),
  'log.not-numbered': says(
    404,
    '日志中没有记录{act}，或尚未编号；新记录在一秒内编号。',
    'The log does not hold act {act}, or not yet: new acts are numbered within a second.',
  ),
} as const;
