import { canonicalJson } from '../../domain/acts/leaf.ts';
import { fixedZip } from '../kit/archive.ts';
import type { Proof, PublicationModel } from './model.ts';

const text = (value: string) => new TextEncoder().encode(value);

/** What a bulletin says and how to prove it, as one zip: the same model and proof give the same bytes. */
export function proofBundle(m: PublicationModel, proof: Proof): Uint8Array {
  const figures = m.figures.map(({ name: _n, predicate: _p, cohort: _c, path: _path, shown, fraction: _f, ...frozen }, i) => ({
    ...frozen,
    shown,
    records: `records/${fileOf(i)}.numerator.txt`,
    denominatorRecords: frozen.denominatorRoot === null ? null : `records/${fileOf(i)}.denominator.txt`,
  }));
  const { blocks: _b, figures: _f, checkpoint: _k, corrects, ...head } = m;
  const files: Record<string, Uint8Array> = {
    'README.md': text(readme),
    'verify.mjs': text(verifier),
    'bulletin.json': text(
      `${canonicalJson({ ...head, corrects: corrects === null ? null : { no: corrects.no, reason: corrects.reason } })}\n`,
    ),
    'figures.json': text(`${canonicalJson(figures)}\n`),
    'checkpoint.txt': text(m.checkpoint === null ? '' : m.checkpoint.note),
  };
  for (const [hash, json] of Object.entries(proof.definitions)) files[`definitions/${hash}.json`] = text(json);
  proof.records.forEach((r, i) => {
    files[`records/${fileOf(i)}.numerator.txt`] = idFile(r.numerator);
    if (r.denominator !== null) files[`records/${fileOf(i)}.denominator.txt`] = idFile(r.denominator);
  });
  return fixedZip(files);
}

const fileOf = (i: number) => String(i + 1).padStart(3, '0');
const idFile = (ids: readonly string[]) => text(ids.length === 0 ? '' : `${[...ids].sort().join('\n')}\n`);

const readme = `# 证明包 · Proof bundle

本压缩包说明一份通报写了什么、每个数字由哪些记录算出。无需联网即可核对：\`node verify.mjs\`（Node 20 以上，仅用内置模块）。

- bulletin.json：标题、正文（数字为占位）、数据时刻、签发时刻
- figures.json：每个数字的指标、版本、口径、时刻、分子、分母、记录根
- records/：每个数字所计记录的编号，一行一个，按文本排序
- definitions/：指标定义的规范 JSON（RFC 8785），文件名为其 SHA-256
- checkpoint.txt：签发时日志检查点的签名原文；签发时没有检查点则为空

记录根：对排序后的编号求 RFC 6962 的默克尔根（叶 SHA-256(0x00 ‖ 编号)，节点 SHA-256(0x01 ‖ 左 ‖ 右)）。
金额类数字的分子以分为单位，记录文件列出其所计的案件，个数与金额无关。
记录编号是否在日志之中，用日志的独立校验程序核对。

This archive says what a bulletin says and which records each of its figures counts. Check it offline with \`node verify.mjs\`
(Node 20 or newer, built-in modules only).

- bulletin.json: title, text (figures as tokens), instant of the figures, instant of release
- figures.json: definition, version, filter, instant, numerator, denominator and root of records of each figure
- records/: ids of the records each figure counts, one a line, sorted as text
- definitions/: canonical JSON (RFC 8785) of the definitions, named by their SHA-256
- checkpoint.txt: signed text of the log checkpoint at release; empty when there was none

Root of records: Merkle root of RFC 6962 over the sorted ids (leaf SHA-256(0x00 || id), node SHA-256(0x01 || left || right)).
The numerator of an amount of money is in fen; its file lists the cases behind it, whose number is not the amount.
Whether a record stands in the log is checked with the log's own stand-alone verifier.
`;

const verifier = `// Checks a proof bundle: every root, count and definition hash. Built-in modules of Node only. Exit code 0: all hold; 1: not.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
const read = (name) => readFileSync(new URL(name, import.meta.url));
const sha = (...parts) => parts.reduce((h, p) => h.update(p), createHash('sha256')).digest();
const root = (l) => {
  if (l.length === 0) return sha();
  if (l.length === 1) return l[0];
  let k = 1;
  while (k * 2 < l.length) k *= 2;
  return sha(Buffer.from([1]), root(l.slice(0, k)), root(l.slice(k)));
};
let bad = 0;
const check = (name, ok) => {
  if (!ok) bad += 1;
  console.log((ok ? 'ok   ' : 'FAIL ') + name);
};
const side = (name, file, expected, count) => {
  const ids = read(file).toString('utf8').split('\\n').filter(Boolean);
  check(name + ' root', root(ids.map((id) => sha(Buffer.from([0]), id))).toString('hex') === expected);
  if (count !== null) check(name + ' count ' + count, ids.length === count);
};
for (const f of JSON.parse(read('figures.json'))) {
  const name = f.id + '@' + f.version + ' ' + JSON.stringify(f.filter) + ' ' + f.asOf;
  check(name + ' definition', sha(read('definitions/' + f.definitionHash + '.json')).toString('hex') === f.definitionHash);
  side(name + ' numerator', f.records, f.recordsRoot, f.unit === 'fen' ? null : f.numerator);
  if (f.denominatorRecords !== null) side(name + ' denominator', f.denominatorRecords, f.denominatorRoot, f.denominator);
}
process.exit(bad === 0 ? 0 : 1);
`;
