import { describe, expect, test } from 'vitest';
import {
  evidenceKinds,
  inspection,
  maxBytesOf,
  maxBytesOfAny,
  maxOpenBytes,
  maxOpenUploads,
  thumbnailSide,
  uploadHours,
  viewSide,
} from './limits.ts';
import { fileNameOf, isMediaType, kindOfMime, mayBe, mediaTypes, type MediaType } from './media.ts';

const document = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What is taken, by the name it is sent under: pictures may show anything but a film, a film is a film, the rest are papers. */
const taken: readonly (readonly [string, string, string])[] = [
  ['image/jpeg', 'jpg', 'photo document monitoring'],
  ['image/png', 'png', 'photo document monitoring'],
  ['image/webp', 'webp', 'photo document monitoring'],
  ['image/tiff', 'tif', 'photo document monitoring'],
  ['application/pdf', 'pdf', 'document monitoring'],
  [document, 'docx', 'document monitoring'],
  [sheet, 'xlsx', 'document monitoring'],
  ['text/plain', 'txt', 'document monitoring'],
  ['text/csv', 'csv', 'document monitoring'],
  ['video/mp4', 'mp4', 'video'],
  ['video/quicktime', 'mov', 'video'],
];

describe('what may be handed in', () => {
  test('is eleven types, and HEIC, archives and programs are none of them', () => {
    expect(Object.keys(mediaTypes).sort()).toEqual(taken.map(([type]) => type).sort());
    for (const type of ['image/heic', 'application/zip', 'text/html', 'image/svg+xml', 'toString', ''])
      expect(isMediaType(type)).toBe(false);
  });

  test.each(taken)('%s is sent as .%s and goes as %s', (type, extension, kinds) => {
    expect(isMediaType(type)).toBe(true);
    expect(evidenceKinds.filter((kind) => mayBe(type as MediaType, kind)).join(' ')).toBe(kinds);
    expect(fileNameOf('a', type)).toBe(`a.${extension}`);
  });

  test.each([
    ['image/jpeg', 'photo'],
    ['image/heic', 'photo'],
    ['video/mp4', 'video'],
    ['video/x-matroska', 'video'],
    ['application/pdf', 'document'],
    ['application/x-image/video/', 'document'],
    ['', 'document'],
  ])('%j is taken for a %s by pages that do not ask', (mime, kind) => {
    expect(kindOfMime(mime)).toBe(kind);
  });
});

describe('the name of a file that is sent', () => {
  test('loses up to three extensions at its end, each of at most eight letters or digits, and nothing in between', () => {
    expect(fileNameOf('a.b.c.d.e', 'text/csv')).toBe('a.b.csv');
    expect(fileNameOf('2019.08.05 现场.jpg', 'image/png')).toBe('2019.08.05 现场.png');
    expect(fileNameOf('x.abcdefgh', 'text/csv')).toBe('x.csv');
    expect(fileNameOf('x.abcdefghi', 'text/csv')).toBe('x.abcdefghi.csv');
    expect(fileNameOf('x.照片', 'text/csv')).toBe('x.照片.csv');
  });

  test('loses dots and spaces at both ends and keeps those inside', () => {
    expect(fileNameOf('.. .甲. 乙 . .', 'text/csv')).toBe('甲. 乙.csv');
  });

  test('has at most 120 characters before its extension', () => {
    expect(fileNameOf('甲'.repeat(121), 'text/csv')).toBe(`${'甲'.repeat(120)}.csv`);
    expect(fileNameOf('甲'.repeat(119), 'text/csv')).toBe(`${'甲'.repeat(119)}.csv`);
  });

  test('has an underscore for each character that a path or a shell would read', () => {
    expect(fileNameOf('a\\/:*?"<>|b', 'text/csv')).toBe(`a${'_'.repeat(9)}b.csv`);
  });
});

describe('limits of evidence', () => {
  test('are 40 MB for photos, 60 MB for papers and measurements, 500 MB for films', () => {
    expect(maxBytesOf).toEqual({ photo: 40_000_000, document: 60_000_000, monitoring: 60_000_000, video: 500_000_000 });
    expect(maxBytesOfAny).toBe(500_000_000);
    expect(evidenceKinds).toEqual(['photo', 'document', 'monitoring', 'video']);
  });

  test('let one person have twenty uploads and 2 GB under way, for a day', () => {
    expect([maxOpenUploads, maxOpenBytes, uploadHours]).toEqual([20, 2_000_000_000, 24]);
  });

  test('give an inspection five seconds, a heap of 160 MB and 700 MB in all', () => {
    expect(inspection).toEqual({
      pixels: 50_000_000,
      frames: 20,
      zipEntries: 2_000,
      zipBytes: 100_000_000,
      zipRatio: 100,
      milliseconds: 5_000,
      memoryBytes: 700_000_000,
      heapMegabytes: 160,
    });
    expect([viewSide, thumbnailSide]).toEqual([2560, 240]);
  });
});
