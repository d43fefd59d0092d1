import { says } from '../kernel/says.ts';

/** What is refused here, and what it says to people. `{name}` stands for a detail of the refusal. */
export const accessRefusals = {
  'access.signed-out': says(401, '请先登录。', 'Please sign in first.'),
  'access.bad-credentials': says(
    401,
    '用户名或密码不正确，请核对后重试。',
    'The user name or password is wrong. Check them and try again.',
  ),
  'access.too-many-tries': says(429, '尝试次数过多，请在{minutes}分钟后再试。', 'Too many tries. Try again in {minutes} minutes.'),
  'access.forbidden': says(
    403,
    '您的角色不能{verb}；如需要，请联系安全管理员。',
    'Your role may not {verb}. Ask the security administrator if you need it.',
  ),
  'access.bad-csrf': says(
    403,
    '页面凭据已过期：请取得新凭据后再次提交，已填写的内容不必重填。',
    'The token of the page is out of date. Fetch a new one and send it again; nothing has to be typed again.',
  ),
  'access.bad-origin': says(403, '请求来自其他网站，已拒绝。', 'The request came from another site and was refused.'),
  'personal.none': says(
    404,
    '没有找到可删除的个人信息；请核对人员编号或姓名。',
    "Nothing personal was found to erase. Check the person's id or name.",
  ),
  'user.exists': says(409, '用户名“{username}”已存在。', 'The user name "{username}" exists.'),
  'user.unknown': says(404, '没有用户“{username}”。', 'There is no user "{username}".'),
  'user.role-unknown': says(422, '没有角色“{role}”；可用的有：{known}。', 'There is no role "{role}". Known: {known}.'),
  'user.admin-exclusive': says(
    422,
    '系统、安全、审计三种管理员不能由同一人兼任，也不能与业务角色兼任。',
    'The three administrators are separate people and hold no business role.',
  ),
  'user.weak-password': says(422, '密码至少12个字符。', 'A password has at least 12 characters.'),
  'view.unknown': says(404, '没有这个视图。', 'There is no such view.'),
  'access.busy': says(
    503,
    '登录的人太多，请在{retryAfter}秒后再试。',
    'Too many people are signing in. Try again in {retryAfter} seconds.',
  ),
} as const;
