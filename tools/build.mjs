// Builds what "npm pack" takes: server JavaScript under dist/server beside dist/web. Sources run unbuilt in the repository.
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fromRoot, say } from './lib/paths.mjs';

rmSync(fromRoot('dist/server'), { recursive: true, force: true });
const tsc = spawnSync(process.execPath, [fromRoot('node_modules/@typescript/native/bin/tsc'), '-b'], { cwd: fromRoot(), stdio: 'inherit' });
if (tsc.status !== 0) process.exit(1);

// The compiler leaves data files (SQL, fonts, templates) behind.
const isSource = (name) => /\.tsx?$|^tsconfig.*\.json$/.test(name);
let copied = 0;
for (const entry of readdirSync(fromRoot('src'), { recursive: true, withFileTypes: true })) {
  const from = join(entry.parentPath, entry.name);
  const path = relative(fromRoot('src'), from);
  if (!entry.isFile() || isSource(entry.name) || path.startsWith('web')) continue;
  cpSync(from, fromRoot('dist/server', path));
  copied += 1;
}
// The public pages' style sheet is made of the same tokens as the office's.
cpSync(fromRoot('src/web/ui/tokens.css'), fromRoot('dist/server/http/public/kit/tokens.css'));
say(`dist/server is built; ${copied} data files copied.`);
