import { expect, test } from 'vitest';
import { withAsOf, withoutAsOf } from './as-of-search.ts';

test('only the instant changes, the rest of the view stays', () => {
  expect(withAsOf('?city=140100&asOf=x', '2019-08-05T18:00:00+08:00')).toBe('city=140100&asOf=2019-08-05T18%3A00%3A00%2B08%3A00');
  expect(withoutAsOf('?city=140100&asOf=x')).toBe('city=140100');
});
