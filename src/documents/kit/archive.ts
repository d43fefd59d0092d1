import { unzipSync, zipSync, type Zippable } from 'fflate';

/** Local time on purpose: zip keeps wall-clock fields, and these are the same in every zone. */
const epoch = new Date(1980, 0, 1, 0, 0, 0);

/** A zip whose bytes depend on names and contents only: fixed times, names in order. */
export function fixedZip(files: Readonly<Record<string, Uint8Array>>, level: 0 | 6 = 6): Uint8Array {
  const out: Zippable = {};
  for (const name of Object.keys(files).sort()) out[name] = [files[name] as Uint8Array, { level, mtime: epoch, os: 3, attrs: 0o644 << 16 }];
  return zipSync(out);
}

/** The same archive with fixed times and order; office programs look for `[Content_Types].xml` by name, not by place. */
export function refix(zip: Uint8Array): Uint8Array {
  return fixedZip(Object.fromEntries(Object.entries(unzipSync(zip)).filter(([name]) => !name.endsWith('/'))), 6);
}
