import type { FileHandle } from 'node:fs/promises';
import { Rejected } from './finding.ts';

/** Walks the outer boxes of an MP4 or MOV: each must lie inside the file, and the index must be there. Nothing is decoded. */
export async function inspectVideo(file: FileHandle, size: number): Promise<void> {
  const head = Buffer.alloc(16);
  let at = 0;
  let index = false;
  for (let boxes = 0; at < size; boxes++) {
    if (boxes > 10_000) throw new Rejected('evidence.damaged', {});
    const { bytesRead } = await file.read(head, 0, 16, at);
    if (bytesRead < 8) throw new Rejected('evidence.damaged', {});
    const short = head.readUInt32BE(0);
    const name = head.toString('latin1', 4, 8);
    const length = short === 1 && bytesRead === 16 ? Number(head.readBigUInt64BE(8)) : short === 0 ? size - at : short;
    if (length < 8 || at + length > size || !/^[\x20-\x7e\xa9]{4}$/.test(name)) throw new Rejected('evidence.damaged', {});
    if (name === 'moov') index = true;
    at += length;
  }
  if (!index) throw new Rejected('evidence.damaged', {});
}
