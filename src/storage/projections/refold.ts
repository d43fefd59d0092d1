import type pg from 'pg';
import { foldText, foldVersion, searchKeys } from '../../domain/projections/search.ts';
import { searchedText } from './rows.ts';

const batch = 2000;

/**
 * Folds stored texts again when they were folded by an earlier version, so that a search finds old lines as it finds new ones.
 * @returns how many; 0 when the database has the newest form
 */
export async function refoldTexts(client: pg.ClientBase): Promise<number> {
  const known = (await client.query<{ version: number }>('select max(version) as version from search_folds')).rows[0]?.version ?? 0;
  if (known >= foldVersion) return 0;
  let done = 0;
  let after = { campaign_id: 0, id: '00000000-0000-0000-0000-000000000000' };
  for (;;) {
    const { rows } = await client.query<{ campaign_id: number; id: string; no: string; unit: string; text: string }>(
      'select campaign_id, id, no, unit, text from items where (campaign_id, id) > ($1, $2) order by campaign_id, id limit $3',
      [after.campaign_id, after.id, batch],
    );
    const last = rows.at(-1);
    if (last === undefined) break;
    const texts = rows.map((r) => searchedText({ item: r }));
    await client.query(
      `update item_texts t set folded = n.folded, search = n.search::integer[]
       from unnest($1::integer[], $2::uuid[], $3::text[], $4::text[]) as n(campaign_id, id, folded, search)
       where t.campaign_id = n.campaign_id and t.item_id = n.id and t.folded is distinct from n.folded`,
      [rows.map((r) => r.campaign_id), rows.map((r) => r.id), texts.map(foldText), texts.map((t) => `{${searchKeys(t).join(',')}}`)],
    );
    done += rows.length;
    after = last;
  }
  await client.query('insert into search_folds (version) values ($1)', [foldVersion]);
  return done;
}
