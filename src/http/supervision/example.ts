import { api } from '../../contract/paths/api.ts';
import { to } from '../../contract/paths/pattern.ts';
import type { Ask, Examples } from '../server/sample.ts';

/** The letter of the first batch to the city. */
export async function findLetter(ask: Ask, e: Examples): Promise<Readonly<Record<string, string>>> {
  const batch = (await ask('clerk', 'GET', to(api.batch, { no: 1 }, { campaign: e.campaign }))).body as {
    cities: { place: number; letter: { id: string } | null }[];
  };
  return { letter: batch.cities.find((c) => c.place === e.city)?.letter?.id ?? '' };
}
