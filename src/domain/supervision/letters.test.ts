import { describe, expect, test } from 'vitest';
import { addresseeOf, letterNumber, placeName } from './letters.ts';

const of = { name: '第九批', batch: 9, n: 3, issuedOn: '2019-07-06' as never };

describe('the number of a letter', () => {
  test('follows the pattern of the campaign', () => {
    expect(letterNumber({ letterNumber: '晋环督〔{year}〕{batch}-{n}号' }, of)).toBe('晋环督〔2019〕9-3号');
  });

  test('is the name of the batch and the place in it where the campaign says nothing', () => {
    expect(letterNumber({}, of)).toBe('第九批-3');
  });
});

test('what a pattern names and a letter does not have is left out', () => {
  expect(letterNumber({ letterNumber: '{month}号{n}' }, of)).toBe('号3');
});

describe('the addressee of a letter', () => {
  const organisations = [
    { code: 'team-140100', place: 140_100, kind: 'team' },
    { code: 'government-of-the-county', place: 140_105, kind: 'government' },
    { code: 'any-code', place: 140_100, kind: 'government' },
  ];

  test('is the government of the city, whatever its code', () => {
    expect(addresseeOf(organisations, 140_100)?.code).toBe('any-code');
  });

  test('is nobody where the campaign has registered none', () => {
    expect(addresseeOf(organisations, 141_000)).toBeUndefined();
  });
});

test('a place has its name, or its code', () => {
  expect(placeName({ places: [{ code: 140_100, name: '太原市' } as never] }, 140_100)).toBe('太原市');
  expect(placeName({ places: [] }, 140_100)).toBe('140100');
  expect(placeName({ places: [{ code: 140_200, name: '大同市' } as never] }, 140_100)).toBe('140100');
});
