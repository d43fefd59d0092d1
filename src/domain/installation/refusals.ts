import { says } from '../kernel/says.ts';

/** What is refused here, and what it says to people. `{name}` stands for a detail of the refusal. */
export const installationRefusals = {
  'body.malformed': says(400, '请求内容不是有效的JSON，请检查后重发。', 'The body is not valid JSON. Check it and send it again.'),
  'body.too-large': says(413, '请求内容超过{limit}字节，请拆分后再发。', 'The body is larger than {limit} bytes. Send it in parts.'),
  'body.media-type': says(415, '请以application/json发送。', 'Send it as application/json.'),
  'backup.damaged': says(
    409,
    '备份在“{at}”处损坏或密钥不符：{why}。什么也没有恢复；请换一份备份或检查密钥。',
    'The backup is damaged at {at}, or the key is not its own: {why}. Nothing was restored; take another backup or check the key.',
  ),
  'backup.not-empty': says(
    409,
    '目标位置已有数据；请恢复到空的数据目录或空的数据库。',
    'There is data at the target already. Restore into an empty data directory or database.',
  ),
  'backup.newer': says(
    409,
    '备份来自更新的版本（{migration}）；请先升级本软件再恢复。',
    'The backup was made by a newer version ({migration}). Update before restoring.',
  ),
  'input.invalid': says(400, '输入有误：{fields}。', 'The input is wrong: {fields}.'),
  'page.bad-key': says(400, '翻页位置无效，请从第一页重新开始。', 'The page position is not valid. Start again from the first page.'),
  'request.rate': says(429, '请求过于频繁，请稍后再试。', 'Too many requests. Try again in a moment.'),
  'route.unknown': says(404, '没有这个地址。', 'There is no such address.'),
  'server.database-busy': says(
    503,
    '数据库正忙，未能及时取得连接；请稍后重试，未确认的操作可用同一编号重发。',
    'The database is busy: no connection was free in time. Try again; a command that was not acknowledged can be sent again with the same id.',
  ),
  'server.disk-full': says(
    507,
    '服务器磁盘已满，暂不能保存；查阅不受影响。请告知系统管理员腾出空间，之后用同一编号重发。',
    'The disk of the server is full, so nothing can be saved; reading goes on. Ask the system administrator to free space, then send it again with the same id.',
  ),
  'server.error': says(
    500,
    '服务器内部错误，编号{id}；请把编号告知管理员。',
    'Something failed in the server. Tell the administrator this number: {id}.',
  ),
  'server.unavailable': says(
    503,
    '数据库暂时不可用，请稍后重试；未确认的操作可用同一编号重发。',
    'The database is not available right now. Try again; a command that was not acknowledged can be sent again with the same id.',
  ),
  'cli.usage': says(400, '命令用法有误：{reason}', 'Wrong usage: {reason}'),
  'export.busy': says(
    429,
    '同时导出的文件太多，请等正在导出的完成，或在{retryAfter}秒后再试。',
    'Too many files are being made at once. Wait until one is done, or try again in {retryAfter} seconds.',
  ),
  'query.unknown': says(
    400,
    '没有参数“{key}”；您要的可能是“{nearest}”。可用的有：{known}。',
    'There is no parameter "{key}"; perhaps you mean "{nearest}". Known: {known}.',
  ),
  'request.slow': says(
    408,
    '请求内容来得太慢，已中止；请检查网络后重发。',
    'The body came too slowly and was given up. Check the connection and send it again.',
  ),
} as const;
