import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { evidenceDownload } from './download.ts';

test('a name that was stored with half a character or a control is still a name', () => {
  const stream = Readable.from([]);
  const { headers } = evidenceDownload({ open: { stream, bytes: 0 }, mediaType: 'image/jpeg', name: '排口\ud842\u0001\u202e.jpg' });
  expect(headers['content-disposition']).toBe(`attachment; filename="___.jpg"; filename*=UTF-8''%E6%8E%92%E5%8F%A3%EF%BF%BD.jpg`);
});
