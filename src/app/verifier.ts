import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type * as Verifier from '../../verifier/clearzero-verify.mjs';

/** The stand-alone verifier, as a file: beside the sources in the repository, beside dist in a package. */
export function verifierFile(): string {
  const found = ['../../verifier/clearzero-verify.mjs', '../../../verifier/clearzero-verify.mjs']
    .map((p) => fileURLToPath(new URL(p, import.meta.url)))
    .find((p) => existsSync(p));
  if (found === undefined) throw new Error('verifier/clearzero-verify.mjs is missing from the installation');
  return found;
}

/** The same file as code: what we run on ourselves is what anybody runs on us. */
export async function loadVerifier(): Promise<typeof Verifier> {
  return (await import(pathToFileURL(verifierFile()).href)) as typeof Verifier;
}
