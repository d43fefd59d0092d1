import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const fromRoot = (...parts) => join(root, ...parts);

/** Progress goes to stderr: stdout belongs to the command that was asked for. */
export const say = (text) => process.stderr.write(`${text}\n`);

/** Ends the bootstrap with a message a person can act on; 3 is "could not be done". */
export function fail(text) {
  say(`\nclearzero: ${text}`);
  process.exit(3);
}
