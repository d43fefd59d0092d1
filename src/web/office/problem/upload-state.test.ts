import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ApiError } from '../../ui/api.ts';
import { mayResume, progressOf } from './upload-state.ts';

describe('how far an upload is', () => {
  test('is whole percents of the bytes that are there, and never a hundred before all of them are', () => {
    expect(progressOf(0, 8_000_000)).toEqual({ phase: 'uploading', percent: 0, error: null });
    expect(progressOf(7_999_999, 8_000_000)).toMatchObject({ phase: 'uploading', percent: 99 });
    expect(progressOf(499_999_999, 500_000_000).percent).toBe(99);
    expect(progressOf(8_000_000, 8_000_000)).toMatchObject({ phase: 'checking', percent: 100 });
  });

  test('goes on from where an earlier try stopped', () => {
    expect(progressOf(16_000_000, 40_000_000).percent).toBe(40);
  });

  test('of an empty file is that it is being looked at', () => {
    expect(progressOf(0, 0)).toEqual({ phase: 'checking', percent: 0, error: null });
  });

  test('never goes back while bytes are added, and stays between 0 and 100', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (total, a, b) => {
          const [less, more] = [Math.min(a, b), Math.max(a, b)].map((part) => progressOf(Math.floor(part * total), total).percent);
          expect(less).toBeLessThanOrEqual(more as number);
          expect(less).toBeGreaterThanOrEqual(0);
          expect(more).toBeLessThanOrEqual(100);
        },
      ),
    );
  });
});

describe('an upload that failed', () => {
  const failed = (status: number, code: string) => ({
    phase: 'failed' as const,
    percent: 40,
    error: new ApiError(status, { type: '', title: '', status, code, detail: '', messages: { zh: '', en: '' }, details: {} }),
  });

  test.each([
    [500, 'http.500'],
    [503, 'server.unavailable'],
    [507, 'server.disk-full'],
    [429, 'access.too-many'],
    [401, 'access.signed-out'],
    [403, 'access.bad-csrf'],
  ])('with %i %s can be gone on with', (status, code) => {
    expect(mayResume(failed(status, code))).toBe(true);
  });

  test.each([
    [403, 'access.forbidden'],
    [404, 'evidence.no-such-upload'],
    [409, 'web.other-person'],
    [413, 'evidence.too-large'],
    [422, 'evidence.hash-differs'],
  ])('with %i %s cannot: what was refused stays refused', (status, code) => {
    expect(mayResume(failed(status, code))).toBe(false);
  });

  test('because the connection broke can be gone on with; one that did not fail needs nothing', () => {
    expect(mayResume({ phase: 'failed', percent: 0, error: null })).toBe(true);
    for (const phase of ['uploading', 'checking', 'received'] as const) expect(mayResume({ phase, percent: 0, error: null })).toBe(false);
  });
});
