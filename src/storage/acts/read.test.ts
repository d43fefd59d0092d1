import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallCampaign, type SmallCampaign } from '../../../test/support/campaign.ts';
import { campaignStreamId, getCampaignAt, type CampaignEnd } from './read.ts';

let small: SmallCampaign;
beforeAll(async () => {
  small = await smallCampaign(60, 3);
}, 60_000);
afterAll(() => small?.close());

test('the state that an act names holds nothing that was committed after it was looked up', async () => {
  const { db, pool } = small.services.database;
  const ends = await pool.query<CampaignEnd & { kind: string }>(
    "select encode(leaf, 'hex') as leaf, stream_seq as seq, kind from acts where campaign_id = $1 and stream_id = $2 order by stream_seq",
    [small.row.id, campaignStreamId(small.row.id)],
  );
  // As if the acts behind it had come between the two statements.
  const organisation = ends.rows.findIndex((end) => end.kind === 'OrganisationRegistered');
  const early = ends.rows[organisation] as CampaignEnd;
  const state = await getCampaignAt(db, small.row, early);
  expect(state?.version).toBe(early.seq);
  expect(state?.organisations).toHaveLength(1);
  const last = ends.rows.at(-1) as CampaignEnd;
  expect((await getCampaignAt(db, small.row, last))?.version).toBe(last.seq);
  // Asked again, from what is remembered.
  expect((await getCampaignAt(db, small.row, early))?.organisations).toHaveLength(1);
});
