import { expect, test } from 'vitest';
import { bundleRounds, databaseRounds, signedCampaign } from '../mutations/rounds.ts';

test('a thousand changes to bundle and database are all found, and the first bad entry is named', async () => {
  const { small, files } = await signedCampaign(60);
  expect(await bundleRounds(files, small.services.log.verifier(small.slug), 1000, 750)).toEqual([]);
  const { missed, seen } = await databaseRounds(small, 1000, 260);
  expect(missed).toEqual([]);
  expect(seen).toBeGreaterThanOrEqual(240);
});
