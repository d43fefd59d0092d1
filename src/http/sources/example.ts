import { api } from '../../contract/paths/api.ts';
import type { Ask, Examples } from '../server/sample.ts';

export function exampleSource(e: Examples) {
  return { campaign: e.campaign, name: '竹溪演示铸造厂', uscc: null, place: e.county, industry: '3391', scattered: true };
}

export async function makeSource(ask: Ask, e: Examples): Promise<Readonly<Record<string, string>>> {
  const made = (await ask('clerk', 'POST', api.sources, exampleSource(e))).body as { id: string };
  return { source: made.id };
}
