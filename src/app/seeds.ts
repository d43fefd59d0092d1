import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { PlaceEntry } from '../domain/campaign/settings.ts';
import type { ShanxiData } from '../demo/shanxi-2019.ts';

/** The folder of seed data: beside `src` in the repository, beside `dist` in the package. */
export const seedsFolder: URL = ['../../seeds/', '../../../seeds/']
  .map((path) => new URL(path, import.meta.url))
  .find((url) => existsSync(fileURLToPath(url))) as URL;

async function rows(name: string): Promise<Record<string, string>[]> {
  return parse(await readFile(new URL(name, seedsFolder)), { columns: true, bom: true, trim: true });
}

export async function shanxiData(): Promise<ShanxiData> {
  const places = (await rows('shanxi-divisions.csv')).map(
    (r): PlaceEntry => ({
      code: Number(r.code),
      name: r.name as string,
      ...(r.name_en === '' || r.name_en === undefined ? {} : { nameEn: r.name_en }),
      validFrom: '2018-12-01',
      ...(r.pseudo === '1' ? { statisticsOnly: true } : {}),
    }),
  );
  const seats = new Map((await rows('shanxi-seats.csv')).map((r) => [Number(r.code), { lon: Number(r.lon), lat: Number(r.lat) }]));
  return { places, seats };
}

/** Names of the national air stations, with their city. */
export async function airStations(): Promise<string[]> {
  return (await rows('shanxi-air-stations.csv')).map((r) => `${r.station_id} ${r.city} ${r.name}`);
}
