import { says } from '../kernel/says.ts';

/** What is refused here, and what it says to people. `{name}` stands for a detail of the refusal. */
export const releaseRefusals = {
  'publication.unknown': says(404, '没有这次公布。', 'There is no such release.'),
  'publication.none-so-early': says(404, '{asOf}之前没有公布过数字。', 'No figures were published as early as {asOf}.'),
  'publication.not-published': says(
    404,
    '没有公布截至{asOf}的数据；请用公布过的时刻。',
    'No data were published as of {asOf}. Use a published instant.',
  ),
  'publication.closed-crossing': says(
    404,
    '指标“{figure}”不按这样的交叉公布：为不让人认出个人和小企业，地方与方面、类别、措施的交叉只在各市页的一张表里列出。',
    'The figure "{figure}" is not published by such a crossing: so that nobody is recognised, place by aspect stands only in the one table of each city.',
  ),
  'publication.after-records': says(
    422,
    '最后一份快照截至{last}，{asOf}的数据还可能变化。请发布{last}或更早时刻的数据。',
    'The last snapshot stands at {last}; what is known of {asOf} may still change. Release an instant at or before {last}.',
  ),
  'publication.future': says(422, '时刻{asOf}还没有到，不能公布。', 'The instant {asOf} has not come yet; its figures cannot be released.'),
  'publication.not-later': says(
    409,
    '已公布过{asOf}或更晚时刻的数字；公布只能向后进行，请选更晚的时刻。',
    'Figures as of {asOf} or later were released already. Releases go forward only: choose a later instant.',
  ),
} as const;
