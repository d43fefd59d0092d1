import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

/** A small script of the public pages: it shows the button of the check, nothing else. */
export const loaderText: string = readFileSync(new URL('./loader.js', import.meta.url), 'utf8');
export const loaderHash: string = createHash('sha256').update(loaderText).digest('hex').slice(0, 16);

/** The stand-alone verifier stands beside the sources in the repository, beside dist in a package. */
const verifier = ['../../../../verifier/clearzero-verify.mjs', '../../../../../verifier/clearzero-verify.mjs']
  .map((p) => new URL(p, import.meta.url))
  .find((url) => existsSync(url));
if (verifier === undefined) throw new Error('verifier/clearzero-verify.mjs is missing from the installation');
export const verifierText: string = readFileSync(verifier, 'utf8');
export const verifierSha256: string = createHash('sha256').update(verifierText).digest('hex');
