import { expect, test } from 'vitest';
import { sameOfficer } from './officers.ts';

test('two names are two officers', () => {
  expect(sameOfficer(['王磊', '李娜'])).toBeUndefined();
});

test('a name that stands twice is one officer, however it is typed', () => {
  expect(sameOfficer(['王磊', '李娜', '王磊'])).toMatchObject({ code: 'inspection.same-officer', details: { name: '王磊' } });
  expect(sameOfficer(['Li Na', 'ＬＩ　ＮＡ'])).toMatchObject({ details: { name: 'ＬＩ　ＮＡ' } });
  expect(sameOfficer(['Li Na', ' li na'])).toMatchObject({ code: 'inspection.same-officer' });
});
