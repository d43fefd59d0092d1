import { api } from '../../contract/paths/api.ts';
import { to } from '../../contract/paths/pattern.ts';
import type { Ask, Examples } from '../server/sample.ts';

export const exampleText = {
  title: '进展情况',
  lang: 'zh',
  body: '督办问题{{problems.supervised@1}}个。',
  asOf: '2019-08-05T18:00:00+08:00',
};

export function exampleBulletin(e: Examples) {
  return { campaign: e.campaign, kind: 'bulletin', ...exampleText };
}

/** A released bulletin. */
export async function makeBulletin(ask: Ask, e: Examples): Promise<Readonly<Record<string, string>>> {
  const drafted = (await ask('clerk', 'POST', api.bulletins, exampleBulletin(e))).body as { id: string; no: number };
  const [params, query] = [{ id: drafted.id }, { campaign: e.campaign }];
  await ask('clerk', 'POST', to(api.bulletinSubmit, params, query), { version: 1 });
  await ask('director', 'POST', to(api.bulletinRelease, params, query), { version: 2, confirm: String(drafted.no) });
  return { bulletin: drafted.id };
}
