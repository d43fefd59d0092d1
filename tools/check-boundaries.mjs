// Layers and cycles. A tool that saw nothing found nothing wrong, so having seen no modules is an error as well.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cruise } from 'dependency-cruiser';

const root = resolve(process.argv[2] ?? '.');
process.chdir(root);
const { default: config } = await import(pathToFileURL(join(root, '.dependency-cruiser.mjs')).href);
const folders = ['src', 'test'].filter((folder) => existsSync(folder));
const { output } = await cruise(folders, { ...config.options, ruleSet: { forbidden: config.forbidden }, validate: true });

const sources = output.modules.filter((module) => /^src\/.*\.tsx?$/.test(module.source));
const errors = output.summary.violations.filter((violation) => violation.rule.severity === 'error');
for (const { rule, from, to, cycle } of errors) {
  const way = cycle?.length ? [from, ...cycle.map((step) => step.name ?? step)].join(' -> ') : `${from} -> ${to}`;
  process.stdout.write(`${rule.name}: ${way}\n`);
}
process.stdout.write(`${sources.length} modules, ${errors.length} violations\n`);
if (sources.length === 0) process.stdout.write('no modules were seen: the check itself is broken\n');
process.exit(errors.length > 0 || sources.length === 0 ? 1 : 0);
