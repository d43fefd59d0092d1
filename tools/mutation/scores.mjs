// Scores by folder out of the newest results, as a table for docs/quality.md: node tools/mutation/scores.mjs
import { readFileSync } from 'node:fs';
import { fromRoot } from '../lib/paths.mjs';

const { files } = JSON.parse(readFileSync(fromRoot('test-results/mutation/incremental.json'), 'utf8'));
const folders = new Map();
for (const [path, file] of Object.entries(files)) {
  if (path.includes('.test.')) continue;
  const name = path.split('/').slice(2, -1).join('/');
  const sums = folders.get(name) ?? { killed: 0, timeout: 0, alive: 0, uncovered: 0, broken: 0 };
  for (const { status } of file.mutants) {
    if (status === 'Killed') sums.killed++;
    else if (status === 'Timeout') sums.timeout++;
    else if (status === 'Survived') sums.alive++;
    else if (status === 'NoCoverage') sums.uncovered++;
    else sums.broken++;
  }
  folders.set(name, sums);
}
console.log('| folder | mutants | killed | timed out | alive | no test | not judged | score |\n|---|---|---|---|---|---|---|---|');
const row = (name, s) => {
  const judged = s.killed + s.timeout + s.alive + s.uncovered;
  const score = judged === 0 ? '' : `${((100 * (s.killed + s.timeout)) / judged).toFixed(1)} %`;
  console.log(`| ${name} | ${judged + s.broken} | ${s.killed} | ${s.timeout} | ${s.alive} | ${s.uncovered} | ${s.broken} | ${score} |`);
};
const total = { killed: 0, timeout: 0, alive: 0, uncovered: 0, broken: 0 };
for (const [name, sums] of [...folders].sort(([a], [b]) => (a < b ? -1 : 1))) {
  row(name, sums);
  for (const key of Object.keys(total)) total[key] += sums[key];
}
row('all of these', total);
