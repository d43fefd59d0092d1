import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallCampaign, type SmallCampaign } from '../../../test/support/campaign.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
let c: SmallCampaign;
beforeAll(async () => {
  c = await smallCampaign(50, 2);
});
afterAll(() => c.close());

function clearzero(args: string[], url = c.url) {
  const run = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', env: { ...process.env, DATABASE_URL: url } });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

describe('doctor', () => {
  test('says what is well, and fails a server that does not wait for the disk', () => {
    const { code, out } = clearzero(['doctor', '--json']);
    const answer = JSON.parse(out) as { ok: boolean; findings: { name: string; state: string; value: string }[] };
    const state = (name: string) => answer.findings.find((f) => f.name === name)?.state;
    expect(['node', 'postgres', 'encoding', 'migrations', 'watermark', `campaign ${c.slug}`, 'evidence'].map(state)).toEqual([
      'ok',
      'ok',
      'ok',
      'ok',
      'ok',
      'ok',
      'ok',
    ]);
    // The server of the tests is set up to be quick and to lose everything.
    expect(['fsync', 'full_page_writes', 'synchronous_commit'].map(state)).toEqual(['fail', 'fail', 'fail']);
    expect(answer.ok).toBe(false);
    expect(code).toBe(1);
  });

  test('reports a database that does not answer as a finding, without its password', () => {
    const { code, out, err } = clearzero(['doctor'], 'postgres://someone:hidden-word@127.0.0.1:1/nothing');
    expect(code).toBe(1);
    expect(out).toMatch(/^fail {2}database/m);
    expect(out + err).not.toContain('hidden-word');
  });
});

describe('rebuild', () => {
  test('prints a digest a table and ends well when nothing changed', () => {
    const { code, out } = clearzero(['rebuild', '--campaign', c.slug, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ campaign: c.slug, same: true, badActs: 0 });
  });

  test('ends with 1 and names the table when a projection was tampered with', async () => {
    await c.services.database.pool.query('delete from fact_spans where ctid = (select min(ctid) from fact_spans)');
    const first = clearzero(['rebuild']);
    expect(first.code).toBe(1);
    expect(first.out).toMatch(/DIFFERS fact_spans/);
    expect(clearzero(['rebuild']).code).toBe(0);
  });

  test('ends with 2 for a campaign that is not there', () => {
    expect(clearzero(['rebuild', '--campaign', 'nowhere'])).toMatchObject({ code: 2, out: '' });
  });
});
