import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, platform, release, totalmem } from 'node:os';

/** One line of the table: what was measured beside what limits it, taken in the same run. */
export interface Line {
  readonly section: string;
  readonly what: string;
  readonly measured: string;
  readonly limit: string;
  readonly ratio: string;
  readonly goal: string;
  /** Null where nothing was promised. */
  readonly ok: boolean | null;
}

export const lines: Line[] = [];

export function add(line: Line): void {
  lines.push(line);
  process.stdout.write(
    `${line.ok === null ? '    ' : line.ok ? 'ok  ' : 'NOT '} ${line.section.padEnd(9)} ${line.what.padEnd(56)} ${line.measured.padEnd(28)} ${line.limit.padEnd(30)} ${line.ratio.padEnd(9)} ${line.goal}\n`,
  );
}

export const ms = (n: number) => `${n < 10 ? n.toFixed(2) : n.toFixed(1)} ms`;

export function percentile(list: readonly number[], p: number): number {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * p) / 100) - 1)] ?? Number.NaN;
}

export async function timed<T>(work: () => Promise<T>): Promise<{ took: number; value: T }> {
  const started = performance.now();
  const value = await work();
  return { took: performance.now() - started, value };
}

export function machine(postgres: string): string {
  const cpu = cpus();
  return `${cpu.length} × ${cpu[0]?.model.trim() ?? 'cpu'}, ${(totalmem() / 1024 ** 3).toFixed(0)} GiB, ${platform()} ${release()}, Node ${process.versions.node}, PostgreSQL ${postgres} (embedded, fsync on)`;
}

const file = new URL('../docs/benchmarks.md', import.meta.url);
const head = `# Benchmarks

Written by \`npm run bench\`: one section a size, the newest run of each. A measured value stands beside the limit that was measured
in the same run; the ratio is what can be compared between machines. "ok" says whether the goal was met in that run.
`;

/** Replaces the section of this size in docs/benchmarks.md. */
export function writeReport(title: string, about: readonly string[]): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : head;
  const [top = head, ...sections] = before.split(/^(?=## )/m);
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const rows = lines.map(
    (l) =>
      `| ${[l.section, l.what, l.measured, l.limit, l.ratio, l.goal, l.ok === null ? '' : l.ok ? 'ok' : 'not met'].map(cell).join(' | ')} |`,
  );
  const own = [
    `## ${title}\n`,
    ...about.map((line) => `${line}  `),
    '',
    '| | what | measured | limit in the same run | ratio | goal | |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
    '',
  ].join('\n');
  const others = sections.filter((s) => !s.startsWith(`## ${title}\n`));
  writeFileSync(file, `${[top.trimEnd(), '', ...others.map((s) => s.trimEnd() + '\n'), own.trimEnd()].join('\n')}\n`);
}
