import { fillNames } from '../domain/kernel/quotes.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import { transportRefusals } from './transport-refusals.ts';

interface Words {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
}

const w = (status: number, zh: string, en: string): Words => ({ status, zh, en });

/**
 * What each refusal says to people, and its HTTP status. `{name}` stands for a detail of the refusal.
 * Every message says what is wrong and what to do.
 */
export const refusals: Readonly<Record<string, Words>> = {
  ...transportRefusals,
  'access.signed-out': w(401, '请先登录。', 'Please sign in first.'),
  'access.bad-credentials': w(401, '用户名或密码不正确，请核对后重试。', 'The user name or password is wrong. Check them and try again.'),
  'access.too-many-tries': w(429, '尝试次数过多，请在{minutes}分钟后再试。', 'Too many tries. Try again in {minutes} minutes.'),
  'access.forbidden': w(
    403,
    '您的角色不能进行此操作（{verb}）；如需要，请联系安全管理员。',
    'Your role may not do this ({verb}). Ask the security administrator if you need it.',
  ),
  'access.bad-csrf': w(
    403,
    '页面凭据已过期：请取得新凭据后再次提交，已填写的内容不必重填。',
    'The token of the page is out of date. Fetch a new one and send it again; nothing has to be typed again.',
  ),
  'access.bad-origin': w(403, '请求来自其他网站，已拒绝。', 'The request came from another site and was refused.'),
  'aspect.exists': w(409, '方面“{code}”已存在；请换一个代码，或为它发布新版本。', 'The aspect "{code}" exists. Choose another code.'),
  'asof.malformed': w(
    400,
    '“{value}”不是带时区的时刻；请写成2019-08-05T18:00:00+08:00这样的形式。',
    '"{value}" is not an instant with an offset. Write it like 2019-08-05T18:00:00+08:00.',
  ),
  'asof.future': w(400, '时刻{value}还没有到；现在是{now}。', 'The instant {value} is in the future; it is now {now}.'),
  'asof.in-flight': w(
    409,
    '该时刻之前还有记录正在写入，答案暂不能确定；已确定到{watermark}，请稍后重试。',
    'Records up to that instant are still being written. Answers are certain up to {watermark}; try again in a moment.',
  ),
  'asof.before-campaign': w(
    404,
    '在{asOf}时，专项行动“{campaign}”尚未设立；请选择较晚的时刻。',
    'The campaign "{campaign}" did not exist as of {asOf}. Choose a later instant.',
  ),
  'batch.deadline': w(422, '期限“{deadline}”不是签发之后的日期。', 'The deadline "{deadline}" is not a date after the day of issue.'),
  'batch.empty': w(422, '批次中没有问题，请先选择已确认的问题。', 'The batch has no problems. Choose confirmed problems first.'),
  'batch.not-confirmed': w(
    409,
    '有{count}个问题不处于“已确认”状态，不能列入督办函：{nos}。整批未签发。',
    '{count} problems are not confirmed and cannot go into a letter: {nos}. Nothing was issued.',
  ),
  'batch.unknown': w(404, '没有第{no}批。', 'There is no batch {no}.'),
  'body.malformed': w(400, '请求内容不是有效的JSON，请检查后重发。', 'The body is not valid JSON. Check it and send it again.'),
  'body.too-large': w(413, '请求内容超过{limit}字节，请拆分后再发。', 'The body is larger than {limit} bytes. Send it in parts.'),
  'body.media-type': w(415, '请以application/json发送。', 'Send it as application/json.'),
  'bulletin.unknown': w(404, '没有这份通报，或尚未签发。', 'There is no such bulletin, or it is not released.'),
  'bulletin.frozen': w(
    409,
    '第{no}号已签发，内容不再改变；如有错误，请另发更正。',
    'Bulletin {no} is released and never changes. If something in it is wrong, release a correction.',
  ),
  'bulletin.wrong-state': w(
    409,
    '第{no}号现为“{state}”，不能进行“{verb}”；请刷新后再看。',
    'Bulletin {no} is "{state}"; "{verb}" is not possible now. Reload to see where it stands.',
  ),
  'bulletin.changed': w(
    409,
    '第{no}号已被他人修改（现为第{version}版）；请刷新，核对后再办理。',
    'Someone changed bulletin {no} meanwhile (now version {version}). Reload and look again before you go on.',
  ),
  'bulletin.two-persons': w(
    409,
    '第{no}号须由未参与起草、修改、送审的人签发。',
    'Bulletin {no} must be released by someone who did not write it or put it forward.',
  ),
  'bulletin.findings': w(
    422,
    '数字核对有{count}处错误，改正后才能送审或签发：{codes}。',
    'The check of its numbers found {count} errors; correct them before it is put forward or released: {codes}.',
  ),
  'bulletin.instant-passed': w(
    409,
    '截至{asOf}的数字没有公布过，而更晚时刻的已经公布；公布只能向后进行，请改用已公布的时刻，或更晚的时刻。',
    'Figures as of {asOf} were never released, and later ones were. Releases go forward only: quote a released instant, or a later one.',
  ),
  'bulletin.corrects-unreleased': w(
    409,
    '只能更正已签发的通报；未签发的请直接修改。',
    'Only a released bulletin is corrected; change one that is not released.',
  ),
  'bulletin.confirm': w(422, '请输入“{expected}”以确认签发。', 'Type "{expected}" to confirm the release.'),
  'bulletin.kind-unknown': w(422, '没有“{kind}”这类通报。', 'There is no kind of bulletin "{kind}".'),
  'bulletin.no-artefact': w(404, '第{no}号没有{format}文件。', 'Bulletin {no} has no {format} file.'),
  'bulletin.no-phase': w(422, '还没有结束的阶段，不能生成阶段小结。', 'No phase has ended yet, so there is none to sum up.'),
  'letter.undrawable': w(
    422,
    'PDF所用的字体没有“{characters}”（{codePoints}），出现在：{places}；请下载Word文件，在装有该字的电脑上打印。',
    'The fonts of the PDF do not have "{characters}" ({codePoints}), which stands in: {places}. Take the Word file and print it where a font has it.',
  ),
  'letter.unknown': w(404, '没有这件督办函，或不在您的管辖范围内。', 'There is no such letter, or it is outside your jurisdiction.'),
  'campaign.exists': w(409, '专项行动“{campaign}”已存在；请换一个名称。', 'The campaign "{campaign}" exists. Choose another name.'),
  'campaign.unknown': w(404, '没有名为“{campaign}”的专项行动；请核对名称。', 'There is no campaign "{campaign}". Check the name.'),
  'campaign.records-only': w(
    422,
    '“{campaign}”由登记册数据导入而成：其内容只随登记册快照变化，不能在此登记或办理。可以发布数据、编写通报。',
    '"{campaign}" was loaded from a register: it changes with the register\'s snapshots only, nothing is recorded in it by hand. Its figures can be published and quoted.',
  ),
  'campaign.not-historic': w(
    409,
    '“{campaign}”不是历史登记册，不能导入带过去记录时刻的数据。',
    '"{campaign}" is not a historic campaign; records with a past recording time cannot be loaded into it.',
  ),
  'command.id-conflict': w(
    409,
    '编号{id}已用于另一内容的操作；重试同一操作请保持内容不变，新操作请换编号。',
    'The id {id} was used for other content. Repeat a command unchanged, or give a new one a new id.',
  ),
  'backup.damaged': w(
    409,
    '备份在“{at}”处损坏或密钥不符：{why}。什么也没有恢复；请换一份备份或检查密钥。',
    'The backup is damaged at {at}, or the key is not its own: {why}. Nothing was restored; take another backup or check the key.',
  ),
  'backup.not-empty': w(
    409,
    '目标位置已有数据；请恢复到空的数据目录或空的数据库。',
    'There is data at the target already. Restore into an empty data directory or database.',
  ),
  'backup.newer': w(
    409,
    '备份来自更新的版本（{migration}）；请先升级本软件再恢复。',
    'The backup was made by a newer version ({migration}). Update before restoring.',
  ),
  'personal.none': w(
    404,
    '没有找到可删除的个人信息；请核对人员编号或姓名。',
    "Nothing personal was found to erase. Check the person's id or name.",
  ),
  'log.behind': w(
    503,
    '日志在{seconds}秒内未能签署到最新记录，因此没有可引用的检查点；请稍后重试。',
    'The log could not be signed up to the newest record within {seconds} seconds, so there is no checkpoint to quote. Try again in a moment.',
  ),
  'log.stopped': w(
    503,
    '“{campaign}”的日志已停止签署：其中有不是由本系统裁定的记录，或与已签署的不符。请系统管理员运行verify命令查明。',
    'The log of {campaign} is not signed any further: it holds an act that was not decided here, or is not what was signed. Ask the system administrator to run verify.',
  ),
  'log.empty': w(
    404,
    '日志中还没有经签署的检查点，请在记录产生一秒后重试。',
    'The log has no signed checkpoint yet. Try again a second after something was recorded.',
  ),
  'log.no-such-tile': w(
    404,
    '日志中没有这一段。地址形如 0/000 或 entries/000.p/7。',
    'The log has no such tile. An address looks like 0/000 or entries/000.p/7.',
  ),
  'log.no-such-size': w(404, '日志还没有达到{size}条。', 'The log has not had {size} entries yet.'),
  'log.not-numbered': w(
    404,
    '日志中没有记录{act}，或尚未编号；新记录在一秒内编号。',
    'The log does not hold act {act}, or not yet: new acts are numbered within a second.',
  ),
  'command.busy': w(409, '另一操作正在修改同一对象，请刷新后重试。', 'Someone else changed this at the same moment. Reload and try again.'),
  'command.happened-future': w(
    422,
    '发生时刻{happenedAt}晚于现在，请改正。',
    'The time it happened, {happenedAt}, is in the future. Correct it.',
  ),
  'command.happened-before-campaign': w(
    422,
    '发生时刻{happenedAt}早于专项行动第一阶段（{first}），请改正。',
    'The time it happened, {happenedAt}, is before the first phase of the campaign ({first}). Correct it.',
  ),
  'evidence.active-content': w(
    422,
    '文件含有可执行或自动运行的内容，不能接收；请另存为不含脚本、宏和附件的文件后重新上传。',
    'The file carries something that runs by itself. Save it again without scripts, macros or attachments and upload that.',
  ),
  'evidence.archive-entries': w(
    422,
    '文件内部超过{limit}项，不能接收；请拆分后上传。',
    'The file has more than {limit} parts inside. Split it and upload the pieces.',
  ),
  'evidence.archive-nested': w(
    422,
    '文件里还嵌有别的压缩包或文档，不能接收；请分别上传。',
    'Another archive or document lies inside the file. Upload them one by one.',
  ),
  'evidence.archive-path': w(
    422,
    '文件内部有越出自身的路径或链接，不能接收；请用办公软件重新另存。',
    'The file has paths or links inside that lead out of it. Save it again with an office program.',
  ),
  'evidence.archive-ratio': w(
    422,
    '文件展开后超过自身的{limit}倍，不能接收；请重新另存或拆分。',
    'The file unpacks to more than {limit} times its size. Save it again or split it.',
  ),
  'evidence.archive-size': w(
    422,
    '文件展开后过大，不能接收；请拆分后上传。',
    'The file is too large when unpacked. Split it and upload the pieces.',
  ),
  'evidence.bytes-missing': w(
    404,
    '证据库中找不到原件“{sha256}”，请立即告知管理员。',
    'The object {sha256} is missing from the evidence store. Tell the administrator at once.',
  ),
  'evidence.checksum': w(460, '这一段在传输中损坏，未写入；请重发。', 'This part was damaged on its way and was not kept. Send it again.'),
  'evidence.damaged': w(
    422,
    '文件已损坏或不完整，不能打开；请核对原件后重新上传。',
    'The file is damaged or incomplete and cannot be read. Check the original and upload it again.',
  ),
  'evidence.empty': w(422, '文件是空的，请选择有内容的文件。', 'The file is empty. Choose one that is not.'),
  'evidence.encrypted': w(
    422,
    '文件已加密，无法检查；请去掉密码后上传。',
    'The file is encrypted and cannot be checked. Remove the password and upload it again.',
  ),
  'evidence.frames': w(
    422,
    '动图超过{limit}帧，不能接收；请上传静态图片或视频。',
    'The image has more than {limit} frames. Upload a still image or a video.',
  ),
  'evidence.hash-mismatch': w(
    460,
    '收到的内容与申报的指纹不一致，未保存任何内容；请重新选择文件后上传。',
    'What arrived is not what its fingerprint announced. Nothing was kept; choose the file again and upload it.',
  ),
  'evidence.inspection-limit': w(
    422,
    '检查文件超出了{seconds}秒或内存限制，不能接收；请缩小或拆分后上传。',
    'Checking the file took more than {seconds} s or too much memory. Make it smaller or split it.',
  ),
  'evidence.kind-mismatch': w(
    422,
    '文件实际是{type}，与所选种类（{kind}）不符；请改选种类后重新上传。',
    'The file is {type}, which does not go with its kind ({kind}). Choose the right kind and upload it again.',
  ),
  'evidence.macros': w(
    422,
    '文档含有宏，不能接收；请另存为不含宏的docx或xlsx。',
    'The document has macros. Save it as docx or xlsx without macros.',
  ),
  'evidence.offset': w(
    409,
    '续传位置不符：已收到{received}字节；请从该处继续。',
    'The upload stands at {received} bytes. Go on from there.',
  ),
  'evidence.pixels': w(
    422,
    '图片超过{limit}百万像素，不能接收；请缩小后上传。',
    'The image has more than {limit} million pixels. Make it smaller and upload it again.',
  ),
  'evidence.polyglot': w(
    422,
    '文件同时是{type}和{also}，不能接收；请从原件重新导出。',
    'The file is {type} and {also} at once. Export it again from its source.',
  ),
  'evidence.purpose-missing': w(
    422,
    '请写明调取原件的用途（至少4个字）。',
    'Say what the original is exported for, in at least 4 characters.',
  ),
  'evidence.too-large': w(
    413,
    '文件超过这一种类的上限{limit} MB；请压缩或拆分后上传。',
    'The file is larger than the {limit} MB allowed for its kind. Compress or split it.',
  ),
  'evidence.too-long': w(
    400,
    '收到的字节多于申报的{length}字节；请核对文件后重新上传。',
    'More than the announced {length} bytes arrived. Check the file and upload it again.',
  ),
  'evidence.too-many-open': w(
    429,
    '您有{open}个上传尚未完成，已达上限；请先完成或取消。',
    'You have {open} uploads under way, which is the most. Finish or cancel some first.',
  ),
  'evidence.type-refused': w(
    422,
    '不接收这种文件（{type}）；可用JPEG、PNG、WebP、TIFF、PDF、DOCX、XLSX、CSV、TXT、MP4、MOV，HEIC照片请先转为JPEG。',
    'Files of this type ({type}) are not taken. Use JPEG, PNG, WebP, TIFF, PDF, DOCX, XLSX, CSV, TXT, MP4 or MOV; convert HEIC photos to JPEG.',
  ),
  'evidence.unknown': w(404, '没有这件证据。', 'There is no such evidence.'),
  'evidence.upload-expired': w(410, '这次上传已过期，请重新开始。', 'This upload has expired. Start it again.'),
  'evidence.upload-unknown': w(404, '没有这次上传；请重新开始。', 'There is no such upload. Start it again.'),
  'evidence.upload-version': w(
    412,
    '上传协议版本不支持，请使用tus 1.0.0。',
    'This version of the upload protocol is not supported. Use tus 1.0.0.',
  ),
  'figure.unknown': w(404, '没有名为“{figure}”的指标；可用的有：{known}。', 'There is no figure "{figure}". Known: {known}.'),
  'figure.set-unknown': w(404, '没有名为“{set}”的指标组；可用的有：press、all。', 'There is no figure set "{set}". Known: press, all.'),
  'figure.no-records': w(422, '指标“{figure}”是估计值，没有逐条记录。', 'The figure "{figure}" is an estimate and has no list of records.'),
  'filter.unknown-key': w(400, '未知的筛选项“{key}”；可用的有：{allowed}。', 'Unknown filter "{key}". Allowed: {allowed}.'),
  'filter.not-of-figure': w(
    400,
    '指标“{figure}”不能按“{key}”筛选；可用的有：{allowed}。',
    'The figure "{figure}" cannot be filtered by "{key}". Allowed: {allowed}.',
  ),
  'filter.malformed': w(400, '筛选项{key}的值“{value}”格式不对。', 'The value "{value}" of the filter {key} is malformed.'),
  'filter.unknown-value': w(400, '筛选项{key}没有值“{value}”。', 'The filter {key} has no value "{value}".'),
  'input.invalid': w(400, '输入有误：{fields}。', 'The input is wrong: {fields}.'),
  'item.unknown': w(404, '没有这条记录，或不在您的管辖范围内。', 'There is no such record, or it is outside your jurisdiction.'),
  'page.bad-key': w(400, '翻页位置无效，请从第一页重新开始。', 'The page position is not valid. Start again from the first page.'),
  'place.unknown': w(404, '没有这个地方。', 'There is no such place.'),
  'publication.unknown': w(404, '没有这次公布。', 'There is no such release.'),
  'publication.none-so-early': w(404, '{asOf}之前没有公布过数字。', 'No figures were published as early as {asOf}.'),
  'publication.not-published': w(
    404,
    '没有公布截至{asOf}的数据；请用公布过的时刻。',
    'No data were published as of {asOf}. Use a published instant.',
  ),
  'publication.closed-crossing': w(
    404,
    '指标“{figure}”不按这样的交叉公布：为不让人认出个人和小企业，地方与方面、类别、措施的交叉只在各市页的一张表里列出。',
    'The figure "{figure}" is not published by such a crossing: so that nobody is recognised, place by aspect stands only in the one table of each city.',
  ),
  'publication.after-records': w(
    422,
    '最后一份快照截至{last}，{asOf}的数据还可能变化。请发布{last}或更早时刻的数据。',
    'The last snapshot stands at {last}; what is known of {asOf} may still change. Release an instant at or before {last}.',
  ),
  'publication.future': w(422, '时刻{asOf}还没有到，不能公布。', 'The instant {asOf} has not come yet; its figures cannot be released.'),
  'publication.not-later': w(
    409,
    '已公布过{asOf}或更晚时刻的数字；公布只能向后进行，请选更晚的时刻。',
    'Figures as of {asOf} or later were released already. Releases go forward only: choose a later instant.',
  ),
  'problem.wrong-state': w(
    409,
    '问题{no}现为“{state}”，不能进行“{verb}”；请刷新查看最新状态。',
    'Problem {no} is "{state}"; "{verb}" is not possible now. Reload to see where it stands.',
  ),
  'problem.before-finding': w(
    422,
    '发生时刻早于问题{no}的发现时刻（{foundAt}）。',
    'The time it happened is before problem {no} was found ({foundAt}).',
  ),
  'problem.text-missing': w(422, '请填写“{field}”。', 'Fill in "{field}".'),
  'problem.evidence-missing': w(422, '申报完成须附发现之后的新证据。', 'A claim needs evidence made after the finding. Attach some.'),
  'problem.evidence-old': w(
    422,
    '证据“{name}”不晚于问题的发现时刻（{foundAt}）或时刻无效，请提交整改后的证据。',
    'The evidence "{name}" is not newer than the finding ({foundAt}) or its time is not valid. Attach evidence made afterwards.',
  ),
  'problem.evidence-seen': w(
    422,
    '证据“{name}”以前提交过，不能重复使用。',
    'The evidence "{name}" was handed in before and cannot be used again.',
  ),
  'lead.unknown': w(404, '没有这条线索。', 'There is no such lead.'),
  'lead.closed': w(409, '这条线索已办结。', 'This lead was closed already.'),
  'lead.own': w(403, '线索涉及本人，须由他人核查办结。', 'The lead is about you: somebody else looks into it.'),
  'problem.evidence-alike': w(
    422,
    '{no}的整改照片与先前为其他问题（{others}）提交的照片相同或相似。请比对两张照片；确认采信的，写明理由。',
    'A photo of the claim on {no} looks like one that was handed in for another problem ({others}). Compare the two; to accept it all the same, write down why.',
  ),
  'problem.plan-incomplete': w(
    422,
    '整改方案五项不全（{field}），请补齐。',
    'The five fields of the plan are not complete ({field}). Complete them.',
  ),
  'problem.plan-after-deadline': w(
    422,
    '方案完成期限{planned}晚于督办期限{deadline}；请提前，或先申请延期。',
    'The planned completion {planned} is after the deadline {deadline}. Plan earlier, or ask for an extension first.',
  ),
  'problem.same-person': w(
    409,
    '{person}参与过问题{no}的发现、整改或核查，不能由本人办理这一步。',
    '{person} took part in finding, fixing or checking problem {no} and may not take this step.',
  ),
  'problem.same-organisation': w(
    409,
    '{org}负责或申报了问题{no}的整改，不能由同一单位办理这一步。',
    '{org} is fixing or has claimed problem {no}; the same organisation may not take this step.',
  ),
  'problem.penalty-missing': w(
    422,
    '验收须注明处罚决定，或说明不予处罚的理由。',
    'Acceptance needs a penalty decision, or the reason not to punish.',
  ),
  'problem.penalty-not-standing': w(
    422,
    '案件“{case}”不存在或决定已撤销。',
    'The case "{case}" does not exist or its decision was revoked.',
  ),
  'problem.notice-running': w(409, '公示期到{until}才结束，届时方可销号。', 'The public notice runs until {until}; clear it after that.'),
  'problem.rule-unknown': w(422, '没有延期规则“{rule}”。', 'There is no extension rule "{rule}".'),
  'problem.rule-used-up': w(
    409,
    '问题{no}已按规则{rule}延期，不能再用。',
    'Problem {no} was extended under rule {rule} before; it cannot be used again.',
  ),
  'problem.rule-too-long': w(
    422,
    '规则{rule}最多延长{maxDays}天，不能延长{days}天。',
    'Rule {rule} allows at most {maxDays} days, not {days}.',
  ),
  'problem.two-persons': w(
    409,
    '撤回或合并须由两人办理；{person}已提出，请由另一人确认。',
    'Withdrawing or merging takes two people; {person} proposed it, someone else must confirm.',
  ),
  'problem.merge-target': w(
    422,
    '不能并入“{into}”：它不存在、就是本问题，或已撤回、合并。',
    'Cannot merge into "{into}": it does not exist, is this problem, or was itself withdrawn or merged.',
  ),
  'problem.split-needs-parts': w(422, '拆分至少需要两部分。', 'A split needs at least two parts.'),
  'problem.aspect-unknown': w(422, '方面“{aspect}”不存在或已停用。', 'The aspect "{aspect}" does not exist or is closed.'),
  'problem.type-unknown': w(422, '类别“{type}”不存在。', 'The type "{type}" does not exist.'),
  'problem.place-unknown': w(422, '区划代码{place}不在本专项行动范围内。', 'The division {place} is not part of this campaign.'),
  'problem.number-taken': w(409, '编号“{no}”已使用，请换一个。', 'The number "{no}" is taken. Choose another.'),
  'problem.number-pattern': w(
    422,
    '“{no}”不是本专项行动的编号（形如{pattern}）；外来编号请填在“外部编号”里。',
    '"{no}" is no number of this campaign (they look like {pattern}). Put a number from elsewhere into "outside number".',
  ),
  'problem.source-unknown': w(
    422,
    '没有这个污染源，或不在您的管辖范围内；请重新选择。',
    'There is no such source, or it is outside your jurisdiction. Choose it again.',
  ),
  'problem.source-elsewhere': w(
    422,
    '污染源{source}不在这个县（区）；请核对问题所在地。',
    'The source {source} is not in this county. Check the place of the problem.',
  ),
  'problem.changed': w(
    409,
    '{no}在您打开之后又有变动（现为第{version}版：{since}）；请看过最新情况再办理。',
    '{no} changed after you opened it (now version {version}: {since}). Look at it again before you go on.',
  ),
  'problem.plan-past': w(
    422,
    '计划完成日期{planned}早于今天（{today}）；请填写今天或之后的日期。',
    'The planned date {planned} is before today ({today}). Give today or a later date.',
  ),
  'problem.body-unknown': w(
    422,
    '没有“{body}”这个验收主体；请从登记的单位中选择。',
    'There is no acceptance body "{body}". Choose one of the registered organisations.',
  ),
  'problem.body-rectifies': w(
    422,
    '“{body}”属于整改责任方，不能做验收主体；请换一个。',
    '"{body}" is on the side that rectifies and cannot accept. Choose another body.',
  ),
  'problem.other-body': w(
    409,
    '{no}的整改方案指定由“{body}”验收，“{org}”不能验收或销号；如需更换，请先办理“更换验收主体”。',
    'The plan of {no} names "{body}" as the acceptance body; "{org}" cannot accept or clear. Change the body first if that is wanted.',
  ),
  'problem.evidence-not-kept': w(
    422,
    '“{name}”的原件没有上传封存到这个问题；请先上传，再提交。',
    'The original of "{name}" is not sealed for this problem. Upload it first, then send this again.',
  ),
  'problem.evidence-contradicts': w(
    422,
    '“{name}”填写的拍摄时间{said}与文件自身记录的{file}不符；请核对后重填。',
    'The time given for "{name}", {said}, contradicts the file itself, {file}. Check it and give it again.',
  ),
  'problem.penalty-other': w(
    422,
    '案件{case}（{unit}）与问题{no}不是同一单位或污染源；请换一个案件，或写明不予处罚的理由。',
    'Case {case} ({unit}) is not about the unit or source of {no}. Name another case, or give the reason for not punishing.',
  ),
  'problem.penalty-later': w(
    422,
    '案件{case}在{decidedAt}才作出决定，晚于验收时间；请核对时间。',
    'Case {case} was decided at {decidedAt}, after this acceptance. Check the times.',
  ),
  'problem.watch-until': w(
    422,
    '“{until}”不是今天（{today}）或之后的日期；请填写跟踪到哪一天。',
    '"{until}" is not a date from today ({today}) on. Give the day until which it is watched.',
  ),
  'problem.watch-running': w(409, '跟踪期到{until}为止，期满之后才能办结。', 'It is watched until {until}; it can be settled after that.'),
  'inspection.same-officer': w(
    422,
    '“{name}”出现了两次；现场检查须有两名不同的执法人员。',
    '"{name}" stands there twice. An inspection needs two different officers.',
  ),
  'text.malformed': w(
    422,
    '“{field}”中有不能保存的字符；请重新输入。',
    'There are characters in "{field}" that cannot be kept. Type it again.',
  ),
  'command.happened-before-last': w(
    422,
    '发生时间{happenedAt}早于它所依据的上一步（{last}）；请核对时间。补录可以，但先后次序不能颠倒。',
    'It is said to have happened at {happenedAt}, before the step that it rests on ({last}). Check the time. Late entries are taken, but in order.',
  ),
  'request.rate': w(429, '请求过于频繁，请稍后再试。', 'Too many requests. Try again in a moment.'),
  'route.unknown': w(404, '没有这个地址。', 'There is no such address.'),
  'server.database-busy': w(
    503,
    '数据库正忙，未能及时取得连接；请稍后重试，未确认的操作可用同一编号重发。',
    'The database is busy: no connection was free in time. Try again; a command that was not acknowledged can be sent again with the same id.',
  ),
  'server.disk-full': w(
    507,
    '服务器磁盘已满，暂不能保存；查阅不受影响。请告知系统管理员腾出空间，之后用同一编号重发。',
    'The disk of the server is full, so nothing can be saved; reading goes on. Ask the system administrator to free space, then send it again with the same id.',
  ),
  'server.error': w(
    500,
    '服务器内部错误，编号{id}；请把编号告知管理员。',
    'Something failed in the server. Tell the administrator this number: {id}.',
  ),
  'server.unavailable': w(
    503,
    '数据库暂时不可用，请稍后重试；未确认的操作可用同一编号重发。',
    'The database is not available right now. Try again; a command that was not acknowledged can be sent again with the same id.',
  ),
  'source.uscc': w(
    422,
    '统一社会信用代码“{uscc}”校验不符，请核对。',
    'The unified social credit code "{uscc}" fails its check digit. Check it.',
  ),
  'import.mapping-invalid': w(422, '映射文件有误：{problems}。', 'The mapping is not usable: {problems}.'),
  'import.column-missing': w(
    422,
    '文件{file}缺少映射所需的列：{columns}。',
    'The file {file} lacks columns that the mapping needs: {columns}.',
  ),
  'import.not-later': w(
    409,
    '记录时刻{recordedAt}不晚于已导入的{last}；快照须按时间先后导入。',
    'The recording time {recordedAt} is not after {last}, which is loaded already. Load snapshots in the order of time.',
  ),
  'import.recorded-future': w(
    422,
    '记录时刻{recordedAt}还没有到；现在是{now}。请给出快照产生的时刻。',
    'The recording time {recordedAt} is in the future; it is now {now}. Give the instant at which the snapshot was taken.',
  ),
  'import.mapping-differs': w(
    409,
    '专项行动“{campaign}”是按另一映射设立的，{parts}不同；请用原来的映射，或在映射里换一个名称。',
    'The campaign "{campaign}" was opened with a mapping whose {parts} differ. Use that mapping, or give the campaign another name in yours.',
  ),
  'import.nothing': w(
    422,
    '{files}中没有可导入的行，未设立专项行动；请用--check查看各行被拒的原因。',
    'No row of {files} can be taken in, so no campaign was opened. Use --check to see why rows are rejected.',
  ),
  'import.file-unreadable': w(422, '文件{file}不能读取：{reason}。', 'The file {file} cannot be read: {reason}.'),
  'token.malformed': w(
    422,
    '“{token}”不是指标占位；请写成clearance.rate@1 batches=1,2,3这样的形式。',
    '"{token}" is no figure. Write it like clearance.rate@1 batches=1,2,3.',
  ),
  'token.key-twice': w(422, '“{token}”中“{key}”出现两次，请保留一个。', 'In "{token}" the key "{key}" stands twice. Keep one.'),
  'token.show-unknown': w(422, '显示方式“{show}”不存在；可用的有：{known}。', 'There is no way to show "{show}". Known: {known}.'),
  'token.version-unknown': w(
    422,
    '指标“{figure}”没有第{version}版；现有：{known}。',
    'The figure "{figure}" has no version {version}. Known: {known}.',
  ),
  'token.estimate': w(
    422,
    '指标“{figure}”是抽样估计，尚无抽样结果，不能引用。',
    'The figure "{figure}" is an estimate from draws and there is none yet; it cannot be quoted.',
  ),
  'token.not-rate': w(
    422,
    '指标“{figure}”不是比率，不能显示“{show}”；请改为数值。',
    'The figure "{figure}" is no rate and cannot show "{show}". Show its value.',
  ),
  'user.exists': w(409, '用户名“{username}”已存在。', 'The user name "{username}" exists.'),
  'user.unknown': w(404, '没有用户“{username}”。', 'There is no user "{username}".'),
  'user.role-unknown': w(422, '没有角色“{role}”；可用的有：{known}。', 'There is no role "{role}". Known: {known}.'),
  'user.admin-exclusive': w(
    422,
    '系统、安全、审计三种管理员不能由同一人兼任，也不能与业务角色兼任。',
    'The three administrators are separate people and hold no business role.',
  ),
  'user.weak-password': w(422, '密码至少12个字符。', 'A password has at least 12 characters.'),
  'view.unknown': w(404, '没有这个视图。', 'There is no such view.'),
  'cli.usage': w(400, '命令用法有误：{reason}', 'Wrong usage: {reason}'),
};

/** The words of a refusal with its details filled in. */
export function explain(refusal: Refusal): { status: number; zh: string; en: string } {
  const words = refusals[refusal.code] ?? w(500, refusal.code, refusal.code);
  const fill = (text: string) =>
    fillNames(text, (key) => {
      const value = refusal.details[key];
      return Array.isArray(value) ? value.join(', ') : String(value ?? '');
    });
  return { status: words.status, zh: fill(words.zh), en: fill(words.en) };
}
