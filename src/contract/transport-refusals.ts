/** Words of what is refused before or beside a use-case: addresses, exports, sessions; in the form of `refusals`. */
export const transportRefusals = {
  'access.busy': {
    status: 503,
    zh: '登录的人太多，请在{retryAfter}秒后再试。',
    en: 'Too many people are signing in. Try again in {retryAfter} seconds.',
  },
  'export.busy': {
    status: 429,
    zh: '同时导出的文件太多，请等正在导出的完成，或在{retryAfter}秒后再试。',
    en: 'Too many files are being made at once. Wait until one is done, or try again in {retryAfter} seconds.',
  },
  'filter.masked': {
    status: 403,
    zh: '“{key}”对您的角色不显示，不能按它筛选、排序、计数或搜索。',
    en: '"{key}" is hidden from your role: it cannot be filtered, sorted, counted or searched.',
  },
  'filter.too-many': {
    status: 400,
    zh: '“{key}”一次最多给{most}个值。',
    en: '"{key}" takes at most {most} values at a time.',
  },
  'query.unknown': {
    status: 400,
    zh: '没有参数“{key}”；您要的可能是“{nearest}”。可用的有：{known}。',
    en: 'There is no parameter "{key}"; perhaps you mean "{nearest}". Known: {known}.',
  },
  'request.slow': {
    status: 408,
    zh: '请求内容来得太慢，已中止；请检查网络后重发。',
    en: 'The body came too slowly and was given up. Check the connection and send it again.',
  },
} as const;
