import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

/** The tokens stand beside the office's pages in the repository, beside this file in the package. */
const tokens = ['./tokens.css', '../../../web/ui/tokens.css'].map((p) => new URL(p, import.meta.url)).find((url) => existsSync(url));
if (tokens === undefined) throw new Error('tokens.css is missing');

/** The one style sheet of the public pages, small enough for an old phone. */
export const styleText: string = [tokens, new URL('./style.css', import.meta.url)]
  .map((url) => readFileSync(url, 'utf8'))
  .join('\n')
  .replace(/\/\*[^]*?\*\//g, '')
  .replace(/\n\s*/g, '\n');
export const styleHash: string = createHash('sha256').update(styleText).digest('hex').slice(0, 16);
