import { v7 } from 'uuid';
import { shanxiData } from '../../src/app/seeds.ts';
import type { Grant, Role } from '../../src/domain/access/policy.ts';
import { instant } from '../../src/domain/kernel/instant.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { scalePlan, shanxiPlan } from '../../src/demo/shanxi-2019.ts';
import { buildServer } from '../../src/http/server/server.ts';
import type { RouteInfo } from '../../src/http/server/route.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { addUser } from '../../src/usecases/access/users.ts';
import { simulate } from '../../src/app/simulate.ts';
import { makeServices, type Services } from '../../src/usecases/services.ts';
import { testKeeping } from './keeping.ts';
import { freshDatabase } from './database.ts';

export const password = 'a long enough password';
export const campaign = 'sim-test';

/** People of the tests: the first case is someone who may not, the second is the neighbour city. */
export const people: Readonly<Record<string, { role: Role; place: number; org: string; campaign?: string | null }>> = {
  clerk: { role: 'clerk', place: 140_000, org: 'sx-office' },
  clerk2: { role: 'clerk', place: 140_000, org: 'sx-office' },
  director: { role: 'director', place: 140_000, org: 'sx-office' },
  inspector: { role: 'inspector', place: 141_000, org: 'team-141000' },
  finder: { role: 'inspector', place: 141_000, org: 'team-141000-b' },
  acceptance: { role: 'acceptance', place: 140_000, org: 'sx-acceptance' },
  linfen: { role: 'city-officer', place: 141_000, org: 'gov-141000' },
  hongtong: { role: 'county-officer', place: 141_024, org: 'gov-141024' },
  taiyuan: { role: 'city-officer', place: 140_100, org: 'gov-140100' },
  auditor: { role: 'auditor', place: 140_000, org: 'audit' },
  press: { role: 'press', place: 140_000, org: 'press' },
  stranger: { role: 'clerk', place: 140_000, org: 'elsewhere', campaign: 'another-campaign' },
  casework: { role: 'case-officer', place: 140_000, org: 'sx-cases' },
  legal: { role: 'legal-reviewer', place: 140_000, org: 'sx-legal' },
  security: { role: 'security-admin', place: 140_000, org: 'it' },
  sysadmin: { role: 'system-admin', place: 140_000, org: 'it' },
  auditadmin: { role: 'audit-admin', place: 140_000, org: 'it' },
};

export interface Reply {
  readonly status: number;
  readonly body: Record<string, unknown> & { code?: string };
  readonly text: string;
  readonly headers: Record<string, unknown>;
}

export interface TestApp {
  readonly services: Services;
  /** Address of its database. */
  readonly url: string;
  readonly routes: readonly RouteInfo[];
  /** A request as one of the people, or as nobody. */
  call(who: string | null, method: string, url: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  raw: Awaited<ReturnType<typeof buildServer>>['app'];
  token(who: string): Promise<string>;
  close(): Promise<void>;
}

/** Keys that outlive the process; without them they pass with it. */
export type TestKeys = Partial<Pick<Services, 'log' | 'marks'>>;

/** The whole product over a database of its own, with a small generated campaign and one account for each person. */
export async function testApp(problems = 60, webRoot?: string, keys: TestKeys = {}): Promise<TestApp> {
  const test = await freshDatabase();
  const database = openDatabase({ connectionString: test.url, max: 10 });
  const services = makeServices(
    database,
    () => v7(),
    () => instant(Date.now()),
    { ...(await testKeeping()), ...keys },
  );
  const loaded = await simulate(services, scalePlan(shanxiPlan(await shanxiData()), campaign, problems, 3), []);
  if (isRefusal(loaded)) throw new Error(loaded.code);
  for (const [username, p] of Object.entries(people)) {
    const grant: Grant = { role: p.role, place: p.place, campaign: p.campaign === undefined ? null : p.campaign };
    const made = await addUser(services, { username, name: `${username} 某`, org: p.org, password, grants: [grant] });
    if (isRefusal(made)) throw new Error(made.code);
  }
  const { app, routes } = await buildServer({ services, webRoot });
  await app.ready();
  const tokens = new Map<string, string>();
  const token = async (who: string) => {
    const known = tokens.get(who);
    if (known !== undefined) return known;
    const r = await app.inject({ method: 'POST', url: '/api/session', payload: { username: who, password } });
    const made = (r.json() as { token: string }).token;
    tokens.set(who, made);
    return made;
  };
  return {
    services,
    url: test.url,
    routes,
    raw: app,
    token,
    call: async (who, method, url, body, headers = {}) => {
      const r = await app.inject({
        method: method as 'GET',
        url,
        headers: { ...headers, ...(who === null ? {} : { authorization: `Bearer ${await token(who)}` }) },
        ...(body === undefined ? {} : { payload: body as object }),
      });
      let parsed: Record<string, unknown> = {};
      try {
        parsed = r.json() as Record<string, unknown>;
      } catch {
        // Downloads are no JSON.
      }
      return { status: r.statusCode, body: parsed, text: r.body, headers: r.headers };
    },
    close: async () => {
      await app.close();
      await database.close();
      await test.drop();
    },
  };
}
