#!/usr/bin/env node
// What is packed is built JavaScript; the sources are never run from an installed package.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(`clearzero: Node 22.12 or newer is needed; this is ${process.version}.\n`);
  process.exit(3);
}
await import('../dist/server/cli/main.js');
