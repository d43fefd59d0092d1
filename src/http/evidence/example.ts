import { createHash } from 'node:crypto';
import { api } from '../../contract/paths/api.ts';
import { noSuchId, type Ask, type Examples } from '../server/sample.ts';
import { partType } from './tus.ts';

const version = { 'tus-resumable': '1.0.0' };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Headers that open an upload of this text for the example of a problem. */
export function exampleUpload(e: Examples, text: string, name: string, kind: string): Record<string, string> {
  const takenAt = '2019-08-01T10:00:00+08:00';
  const fields = { campaign: e.campaign, item: e.of('problem'), sha256: sha256(text), name, kind, takenAt };
  const metadata = Object.entries(fields).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`);
  return { ...version, 'upload-length': String(Buffer.byteLength(text)), 'upload-metadata': metadata.join(',') };
}

/** An upload is its owner's: for everyone else there is none. */
export const nobodysUpload = { params: { id: noSuchId }, place: null, everybody: 404 } as const;

const table = '点位,COD\n1,50\n';

/** An object that was handed in for the problem. A table has no picture. */
export async function makeObject(ask: Ask, e: Examples): Promise<Readonly<Record<string, string>>> {
  const opened = await ask('inspector', 'POST', api.uploads, undefined, exampleUpload(e, table, 'x.csv', 'monitoring'));
  const headers = { ...version, 'upload-offset': '0', 'content-type': partType };
  await ask('inspector', 'PATCH', String(opened.headers.location), Buffer.from(table), headers);
  return { object: sha256(table) };
}
