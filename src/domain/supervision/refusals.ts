import { says } from '../kernel/says.ts';

/** What is refused here, and what it says to people. `{name}` stands for a detail of the refusal. */
export const supervisionRefusals = {
  'batch.deadline': says(422, '期限“{deadline}”不是签发之后的日期。', 'The deadline "{deadline}" is not a date after the day of issue.'),
  'batch.empty': says(422, '批次中没有问题，请先选择已确认的问题。', 'The batch has no problems. Choose confirmed problems first.'),
  'batch.not-confirmed': says(
    409,
    '有{count}个问题不处于“已确认”状态，不能列入督办函：{nos}。整批未签发。',
    '{count} problems are not confirmed and cannot go into a letter: {nos}. Nothing was issued.',
  ),
  'batch.no-addressee': says(
    409,
    '专项行动中没有登记{city}的人民政府，督办函没有收函单位。请先登记该单位。',
    'The campaign has registered no government of {city}, so its letter has no addressee. Register it first.',
  ),
  'batch.unknown': says(404, '没有第{no}批。', 'There is no batch {no}.'),
  'letter.other-government': says(
    409,
    '督办函“{docNo}”不是发给您单位的，只能由收函政府签收。',
    'Letter "{docNo}" is not addressed to your government; only its addressee signs for it.',
  ),
  'letter.received': says(409, '督办函“{docNo}”已经签收。', 'Letter "{docNo}" has been signed for already.'),
  'letter.undrawable': says(
    422,
    'PDF所用的字体没有“{characters}”（{codePoints}），出现在：{places}；请下载Word文件，在装有该字的电脑上打印。',
    'The fonts of the PDF do not have "{characters}" ({codePoints}), which stands in: {places}. Take the Word file and print it where a font has it.',
  ),
  'letter.unknown': says(404, '没有这件督办函，或不在您的管辖范围内。', 'There is no such letter, or it is outside your jurisdiction.'),
} as const;
