import { says } from '../kernel/says.ts';

/** What is refused here, and what it says to people. `{name}` stands for a detail of the refusal. */
export const problemRefusals = {
  'item.unknown': says(404, '没有这条记录，或不在您的管辖范围内。', 'There is no such record, or it is outside your jurisdiction.'),
  'problem.wrong-state': says(409, '问题{no}{state}，不能{verb}。', 'Problem {no} is {state}: "{verb}" is not possible now.'),
  'problem.before-finding': says(
    422,
    '发生时刻早于问题{no}的发现时刻（{foundAt}）。',
    'The time it happened is before problem {no} was found ({foundAt}).',
  ),
  'problem.text-missing': says(422, '请填写“{field}”。', 'Fill in "{field}".'),
  'problem.evidence-missing': says(422, '申报完成须附发现之后的新证据。', 'A claim needs evidence made after the finding. Attach some.'),
  'problem.evidence-old': says(
    422,
    '证据“{name}”不晚于问题的发现时刻（{foundAt}）或时刻无效，请提交整改后的证据。',
    'The evidence "{name}" is not newer than the finding ({foundAt}) or its time is not valid. Attach evidence made afterwards.',
  ),
  'problem.evidence-seen': says(
    422,
    '证据“{name}”以前提交过，不能重复使用。',
    'The evidence "{name}" was handed in before and cannot be used again.',
  ),
  'problem.evidence-alike': says(
    422,
    '{no}的整改照片与先前为其他问题（{others}）提交的照片相同或相似。请比对两张照片；确认采信的，写明理由。',
    'A photo of the claim on {no} looks like one that was handed in for another problem ({others}). Compare the two; to accept it all the same, write down why.',
  ),
  'problem.plan-incomplete': says(
    422,
    '整改方案五项不全（{field}），请补齐。',
    'The five fields of the plan are not complete ({field}). Complete them.',
  ),
  'problem.plan-after-deadline': says(
    422,
    '方案完成期限{planned}晚于督办期限{deadline}；请提前，或先申请延期。',
    'The planned completion {planned} is after the deadline {deadline}. Plan earlier, or ask for an extension first.',
  ),
  'problem.same-person': says(
    409,
    '{person}参与过问题{no}的发现、整改或核查，不能由本人办理这一步。',
    '{person} took part in finding, fixing or checking problem {no} and may not take this step.',
  ),
  'problem.same-organisation': says(
    409,
    '{org}负责或申报了问题{no}的整改，不能由同一单位办理这一步。',
    '{org} is fixing or has claimed problem {no}; the same organisation may not take this step.',
  ),
  'problem.penalty-missing': says(
    422,
    '验收须注明处罚决定，或说明不予处罚的理由。',
    'Acceptance needs a penalty decision, or the reason not to punish.',
  ),
  'problem.penalty-not-standing': says(
    422,
    '案件“{case}”不存在或决定已撤销。',
    'The case "{case}" does not exist or its decision was revoked.',
  ),
  'problem.notice-running': says(
    409,
    '公示期到{until}才结束，届时方可销号。',
    'The public notice runs until {until}; clear it after that.',
  ),
  'problem.rule-unknown': says(422, '没有延期规则“{rule}”。', 'There is no extension rule "{rule}".'),
  'problem.rule-used-up': says(
    409,
    '问题{no}已按规则{rule}延期，不能再用。',
    'Problem {no} was extended under rule {rule} before; it cannot be used again.',
  ),
  'problem.rule-too-long': says(
    422,
    '规则{rule}最多延长{maxDays}天，不能延长{days}天。',
    'Rule {rule} allows at most {maxDays} days, not {days}.',
  ),
  'problem.two-persons': says(
    409,
    '撤回或合并须由两人办理；{person}已提出，请由另一人确认。',
    'Withdrawing or merging takes two people; {person} proposed it, someone else must confirm.',
  ),
  'problem.merge-target': says(
    422,
    '不能并入“{into}”：它不存在、就是本问题，或已撤回、合并。',
    'Cannot merge into "{into}": it does not exist, is this problem, or was itself withdrawn or merged.',
  ),
  'problem.split-needs-parts': says(422, '拆分至少需要两部分。', 'A split needs at least two parts.'),
  'problem.aspect-unknown': says(422, '方面“{aspect}”不存在或已停用。', 'The aspect "{aspect}" does not exist or is closed.'),
  'problem.type-unknown': says(422, '类别“{type}”不存在。', 'The type "{type}" does not exist.'),
  'problem.place-unknown': says(422, '区划代码{place}不在本专项行动范围内。', 'The division {place} is not part of this campaign.'),
  'problem.number-taken': says(409, '编号“{no}”已使用，请换一个。', 'The number "{no}" is taken. Choose another.'),
  'problem.number-pattern': says(
    422,
    '“{no}”不是本专项行动的编号（形如{pattern}）；外来编号请填在“外部编号”里。',
    '"{no}" is no number of this campaign (they look like {pattern}). Put a number from elsewhere into "outside number".',
  ),
  'problem.source-unknown': says(
    422,
    '没有这个污染源，或不在您的管辖范围内；请重新选择。',
    'There is no such source, or it is outside your jurisdiction. Choose it again.',
  ),
  'problem.source-elsewhere': says(
    422,
    '污染源{source}不在这个县（区）；请核对问题所在地。',
    'The source {source} is not in this county. Check the place of the problem.',
  ),
  'problem.changed': says(
    409,
    '{no}在您打开之后又有变动（现为第{version}版：{since}）；请看过最新情况再办理。',
    '{no} changed after you opened it (now version {version}: {since}). Look at it again before you go on.',
  ),
  'problem.plan-past': says(
    422,
    '计划完成日期{planned}早于今天（{today}）；请填写今天或之后的日期。',
    'The planned date {planned} is before today ({today}). Give today or a later date.',
  ),
  'problem.body-unknown': says(
    422,
    '没有“{body}”这个验收主体；请从登记的单位中选择。',
    'There is no acceptance body "{body}". Choose one of the registered organisations.',
  ),
  'problem.body-rectifies': says(
    422,
    '“{body}”属于整改责任方，不能做验收主体；请换一个。',
    '"{body}" is on the side that rectifies and cannot accept. Choose another body.',
  ),
  'problem.other-body': says(
    409,
    '{no}的整改方案指定由“{body}”验收，“{org}”不能验收或销号；如需更换，请先办理“更换验收主体”。',
    'The plan of {no} names "{body}" as the acceptance body; "{org}" cannot accept or clear. Change the body first if that is wanted.',
  ),
  'problem.evidence-not-kept': says(
    422,
    '“{name}”的原件没有上传封存到这个问题；请先上传，再提交。',
    'The original of "{name}" is not sealed for this problem. Upload it first, then send this again.',
  ),
  'problem.evidence-contradicts': says(
    422,
    '“{name}”填写的拍摄时间{said}与文件自身记录的{file}不符；请核对后重填。',
    'The time given for "{name}", {said}, contradicts the file itself, {file}. Check it and give it again.',
  ),
  'problem.penalty-other': says(
    422,
    '案件{case}（{unit}）与问题{no}不是同一单位或污染源；请换一个案件，或写明不予处罚的理由。',
    'Case {case} ({unit}) is not about the unit or source of {no}. Name another case, or give the reason for not punishing.',
  ),
  'problem.penalty-later': says(
    422,
    '案件{case}在{decidedAt}才作出决定，晚于验收时间；请核对时间。',
    'Case {case} was decided at {decidedAt}, after this acceptance. Check the times.',
  ),
  'problem.watch-until': says(
    422,
    '“{until}”不是今天（{today}）或之后的日期；请填写跟踪到哪一天。',
    '"{until}" is not a date from today ({today}) on. Give the day until which it is watched.',
  ),
  'problem.watch-running': says(
    409,
    '跟踪期到{until}为止，期满之后才能办结。',
    'It is watched until {until}; it can be settled after that.',
  ),
} as const;
