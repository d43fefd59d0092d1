import { publicPaths, type PublicWhere } from '../../../contract/paths/public.ts';
import { fetchText } from './log.ts';

/**
 * Numbers of the public records of a figure, page after page, as the pages show them.
 * @param told  called with how many there are so far
 */
export async function readNumbers(
  where: PublicWhere,
  id: string,
  filter: object,
  part: 'numerator' | 'denominator',
  told: (n: number) => void,
): Promise<string[]> {
  const out: string[] = [];
  let after: string | null = null;
  do {
    const more: object = { ...filter, ...(part === 'numerator' ? {} : { part }), per: '1000', ...(after === null ? {} : { after }) };
    const page = new DOMParser().parseFromString(await fetchText(publicPaths.records(where, id, more)), 'text/html');
    for (const cell of page.querySelectorAll('main tbody th[scope="row"]')) out.push(cell.textContent.trim());
    const next: string = page.querySelector('main p.pages a')?.getAttribute('href') ?? '';
    const following: string | null = new URL(next, location.origin).searchParams.get('after');
    // A page that leads back to itself would never end.
    if (following !== null && following === after) throw new Error('the list does not go on');
    after = following;
    told(out.length);
  } while (after !== null && out.length < 200_000);
  return out;
}
