import { v7 } from 'uuid';
import { shanxiData } from '../../src/app/seeds.ts';
import type { Act } from '../../src/domain/acts/act.ts';
import { instant } from '../../src/domain/kernel/instant.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import type { SimulationPlan } from '../../src/demo/plan.ts';
import { scalePlan, shanxiPlan } from '../../src/demo/shanxi-2019.ts';
import { findCampaign, streamRows, type CampaignRow } from '../../src/storage/acts/read.ts';
import { fromRow } from '../../src/storage/acts/rows.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { simulate } from '../../src/app/simulate.ts';
import { makeServices, type Services } from '../../src/usecases/services.ts';
import { testKeeping } from './keeping.ts';
import { freshDatabase } from './database.ts';

export interface SmallCampaign {
  readonly services: Services;
  readonly url: string;
  readonly slug: string;
  readonly row: CampaignRow;
  readonly plan: SimulationPlan;
  /** Every act stored now, stream by stream. */
  acts(): Promise<Act[]>;
  close(): Promise<void>;
}

let made = 0;

/** A generated campaign of some hundred problems in a database of its own. */
export async function smallCampaign(problems = 300, seed = 7): Promise<SmallCampaign> {
  const test = await freshDatabase();
  const database = openDatabase({ connectionString: test.url, max: 24 });
  const services = makeServices(
    database,
    () => v7(),
    () => instant(Date.now()),
    await testKeeping(),
  );
  // A slug of its own: what is remembered of a campaign is remembered by its name.
  const slug = `small-${process.pid}-${++made}`;
  const plan = scalePlan(shanxiPlan(await shanxiData()), slug, problems, seed);
  const loaded = await simulate(services, plan, []);
  if (isRefusal(loaded)) throw new Error(loaded.code);
  const row = (await findCampaign(database.db, slug)) as CampaignRow;
  return {
    services,
    url: test.url,
    slug,
    row,
    plan,
    async acts() {
      const all: Act[] = [];
      for await (const rows of streamRows(database.db, row)) all.push(...rows.map((r) => fromRow(r, slug)));
      return all;
    },
    async close() {
      await database.close();
      await test.drop();
    },
  };
}
