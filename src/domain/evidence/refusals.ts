import { says } from '../kernel/says.ts';

/** What is refused here, and what it says to people. `{name}` stands for a detail of the refusal. */
export const evidenceRefusals = {
  'evidence.active-content': says(
    422,
    '文件含有可执行或自动运行的内容，不能接收；请另存为不含脚本、宏和附件的文件后重新上传。',
    'The file carries something that runs by itself. Save it again without scripts, macros or attachments and upload that.',
  ),
  'evidence.archive-entries': says(
    422,
    '文件内部超过{limit}项，不能接收；请拆分后上传。',
    'The file has more than {limit} parts inside. Split it and upload the pieces.',
  ),
  'evidence.archive-nested': says(
    422,
    '文件里还嵌有别的压缩包或文档，不能接收；请分别上传。',
    'Another archive or document lies inside the file. Upload them one by one.',
  ),
  'evidence.archive-path': says(
    422,
    '文件内部有越出自身的路径或链接，不能接收；请用办公软件重新另存。',
    'The file has paths or links inside that lead out of it. Save it again with an office program.',
  ),
  'evidence.archive-ratio': says(
    422,
    '文件展开后超过自身的{limit}倍，不能接收；请重新另存或拆分。',
    'The file unpacks to more than {limit} times its size. Save it again or split it.',
  ),
  'evidence.archive-size': says(
    422,
    '文件展开后过大，不能接收；请拆分后上传。',
    'The file is too large when unpacked. Split it and upload the pieces.',
  ),
  'evidence.bytes-missing': says(
    404,
    '证据库中找不到原件“{sha256}”，请立即告知管理员。',
    'The object {sha256} is missing from the evidence store. Tell the administrator at once.',
  ),
  'evidence.checksum': says(
    460,
    '这一段在传输中损坏，未写入；请重发。',
    'This part was damaged on its way and was not kept. Send it again.',
  ),
  'evidence.damaged': says(
    422,
    '文件已损坏或不完整，不能打开；请核对原件后重新上传。',
    'The file is damaged or incomplete and cannot be read. Check the original and upload it again.',
  ),
  'evidence.empty': says(422, '文件是空的，请选择有内容的文件。', 'The file is empty. Choose one that is not.'),
  'evidence.encrypted': says(
    422,
    '文件已加密，无法检查；请去掉密码后上传。',
    'The file is encrypted and cannot be checked. Remove the password and upload it again.',
  ),
  'evidence.frames': says(
    422,
    '动图超过{limit}帧，不能接收；请上传静态图片或视频。',
    'The image has more than {limit} frames. Upload a still image or a video.',
  ),
  'evidence.hash-mismatch': says(
    460,
    '收到的内容与申报的指纹不一致，未保存任何内容；请重新选择文件后上传。',
    'What arrived is not what its fingerprint announced. Nothing was kept; choose the file again and upload it.',
  ),
  'evidence.inspection-limit': says(
    422,
    '检查文件超出了{seconds}秒或内存限制，不能接收；请缩小或拆分后上传。',
    'Checking the file took more than {seconds} s or too much memory. Make it smaller or split it.',
  ),
  'evidence.kind-mismatch': says(
    422,
    '文件实际是{type}，与所选种类（{kind}）不符；请改选种类后重新上传。',
    'The file is {type}, which does not go with its kind ({kind}). Choose the right kind and upload it again.',
  ),
  'evidence.macros': says(
    422,
    '文档含有宏，不能接收；请另存为不含宏的docx或xlsx。',
    'The document has macros. Save it as docx or xlsx without macros.',
  ),
  'evidence.offset': says(
    409,
    '续传位置不符：已收到{received}字节；请从该处继续。',
    'The upload stands at {received} bytes. Go on from there.',
  ),
  'evidence.pixels': says(
    422,
    '图片超过{limit}百万像素，不能接收；请缩小后上传。',
    'The image has more than {limit} million pixels. Make it smaller and upload it again.',
  ),
  'evidence.polyglot': says(
    422,
    '文件同时是{type}和{also}，不能接收；请从原件重新导出。',
    'The file is {type} and {also} at once. Export it again from its source.',
  ),
  'evidence.purpose-missing': says(
    422,
    '请写明调取原件的用途（至少4个字）。',
    'Say what the original is exported for, in at least 4 characters.',
  ),
  'evidence.too-large': says(
    413,
    '文件超过这一种类的上限{limit} MB；请压缩或拆分后上传。',
    'The file is larger than the {limit} MB allowed for its kind. Compress or split it.',
  ),
  'evidence.too-long': says(
    400,
    '收到的字节多于申报的{length}字节；请核对文件后重新上传。',
    'More than the announced {length} bytes arrived. Check the file and upload it again.',
  ),
  'evidence.too-many-open': says(
    429,
    '您有{open}个上传尚未完成，已达上限；请先完成或取消。',
    'You have {open} uploads under way, which is the most. Finish or cancel some first.',
  ),
  'evidence.type-refused': says(
    422,
    '不接收这种文件（{type}）；可用JPEG、PNG、WebP、TIFF、PDF、DOCX、XLSX、CSV、TXT、MP4、MOV，HEIC照片请先转为JPEG。',
    'Files of this type ({type}) are not taken. Use JPEG, PNG, WebP, TIFF, PDF, DOCX, XLSX, CSV, TXT, MP4 or MOV; convert HEIC photos to JPEG.',
  ),
  'evidence.unknown': says(404, '没有这件证据。', 'There is no such evidence.'),
  'evidence.upload-expired': says(410, '这次上传已过期，请重新开始。', 'This upload has expired. Start it again.'),
  'evidence.upload-unknown': says(404, '没有这次上传；请重新开始。', 'There is no such upload. Start it again.'),
  'evidence.upload-version': says(
    412,
    '上传协议版本不支持，请使用tus 1.0.0。',
    'This version of the upload protocol is not supported. Use tus 1.0.0.',
  ),
} as const;
