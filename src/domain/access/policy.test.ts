import { describe, expect, test } from 'vitest';
import {
  isRootVerb,
  judge,
  mayAtRoot,
  mayIn,
  refusedAt,
  roles,
  scopeOf,
  seesCampaign,
  verbs,
  type Actor,
  type Grant,
  type PlaceVerb,
  type Role,
  type RootVerb,
  type Verb,
} from './policy.ts';

const campaign = 'shanxi-2019';
const actor = (...grants: Grant[]): Actor => ({ id: 'u', name: '李明', org: 'o', grants });
const holding = (role: Role, place: number, where: string | null = campaign) => actor({ role, place, campaign: where });
const province = 140_000;
const taiyuan = 140_100;
const datong = 140_200;
const xiaodian = 140_105;

/** Who may command what, from the product's description of the roles. */
const may: Partial<Record<Verb, readonly Role[]>> = {
  'problem.plan': ['city-officer', 'county-officer'],
  'problem.claim': ['city-officer', 'county-officer'],
  'problem.check': ['inspector'],
  'problem.accept': ['acceptance'],
  'problem.clear': ['acceptance'],
  'problem.extend': ['director', 'clerk'],
  'user.write': ['security-admin'],
};
const admins = ['system-admin', 'security-admin', 'audit-admin'] as const;
const placeVerbs = verbs.filter((v): v is PlaceVerb => !isRootVerb(v) && !/^(user|system)\./.test(v) && v !== 'view.own');
const business = roles.filter((r) => !(admins as readonly Role[]).includes(r));

/** What speaks for the whole campaign, and who may, from the product's description. */
const whole: Readonly<Record<RootVerb, readonly Role[]>> = {
  'batch.issue': ['director', 'clerk'],
  'aspect.define': ['director', 'clerk'],
  'bulletin.draft': ['director', 'clerk', 'auditor'],
  'bulletin.write': ['director', 'clerk'],
  'bulletin.release': ['director'],
  'log.entries': ['director', 'auditor'],
  'figure.publish': ['director'],
  'lead.read': ['director', 'clerk', 'auditor'],
  'lead.close': ['director'],
};

test('what is asked at the root needs the role over the whole campaign', () => {
  expect(verbs.filter(isRootVerb).toSorted()).toEqual(Object.keys(whole).toSorted());
  for (const role of roles) {
    for (const [verb, who] of Object.entries(whole) as [RootVerb, readonly Role[]][]) {
      expect(mayAtRoot(holding(role, province), verb, campaign, province)).toBe(who.includes(role));
      expect(mayAtRoot(holding(role, taiyuan), verb, campaign, province)).toBe(false);
      expect(mayAtRoot(holding(role, xiaodian), verb, campaign, province)).toBe(false);
      expect(mayAtRoot(holding(role, province, 'another'), verb, campaign, province)).toBe(false);
    }
  }
});

describe('role by place by verb', () => {
  for (const role of roles) {
    test(`${role}: outside nothing exists, inside the table decides`, () => {
      for (const verb of placeVerbs) {
        for (const held of [province, taiyuan, xiaodian]) {
          const who = holding(role, held);
          const sees = scopeOf(who, 'item.read', campaign) !== undefined || scopeOf(who, verb, campaign) !== undefined;
          for (const place of [province, taiyuan, xiaodian, datong, 140_212, 150_100]) {
            const inside = { 140000: place < 150_000, 140100: place >= 140_100 && place < 140_200, 140105: place === xiaodian }[
              held
            ] as boolean;
            const verdict = judge(who, verb, campaign, place);
            if (!sees || !inside) expect(verdict).toBe('absent');
            else expect(verdict).toBe(scopeOf(who, verb, campaign) === undefined ? 'forbidden' : 'allowed');
            const only = may[verb];
            if (only !== undefined) expect(verdict === 'allowed').toBe(sees && inside && only.includes(role));
          }
        }
      }
    });
  }

  test('nothing is allowed to whoever holds no role', () => {
    for (const verb of verbs) expect(mayIn(actor(), verb, campaign, province)).toBe(false);
  });

  test('a role in one campaign is none in another', () => {
    const who = holding('director', province);
    expect(seesCampaign(who, campaign)).toBe(true);
    expect(seesCampaign(who, 'another')).toBe(false);
    expect(judge(who, 'item.read', 'another', taiyuan)).toBe('absent');
    expect(seesCampaign(holding('director', province, null), 'another')).toBe(true);
  });

  test('two roles do not lend each other their places', () => {
    const who = actor({ role: 'county-officer', place: xiaodian, campaign }, { role: 'auditor', place: province, campaign });
    expect(judge(who, 'problem.claim', campaign, xiaodian)).toBe('allowed');
    expect(judge(who, 'problem.claim', campaign, 140_212)).toBe('forbidden');
    expect(judge(who, 'item.read', campaign, 140_212)).toBe('allowed');
  });

  test('ranges covered by a wider one are left out', () => {
    const who = actor(
      { role: 'clerk', place: xiaodian, campaign },
      { role: 'clerk', place: province, campaign },
      { role: 'director', place: province, campaign },
    );
    expect(scopeOf(who, 'ledger.read', campaign)?.ranges).toEqual([{ from: 140_000, to: 150_000 }]);
  });
});

describe('the three administrators', () => {
  test.each(admins)('%s sees no business data', (role) => {
    for (const place of [province, taiyuan]) {
      const who = holding(role, place, null);
      expect(seesCampaign(who, campaign)).toBe(false);
      for (const verb of verbs) if (!/^(user|system)\./.test(verb)) expect(mayIn(who, verb, campaign, province)).toBe(false);
    }
  });

  test('are the only ones who see accounts, and one of them writes', () => {
    for (const role of business) expect(scopeOf(holding(role, province), 'user.read', campaign)).toBeUndefined();
    expect(admins.filter((role) => scopeOf(holding(role, province), 'user.write', campaign) !== undefined)).toEqual(['security-admin']);
  });
});

test('what is outside sight is refused as unknown, what is inside it by its verb', () => {
  const county = holding('county-officer', xiaodian);
  expect(refusedAt(county, 'problem.claim', campaign, xiaodian)).toBeUndefined();
  expect(refusedAt(county, 'problem.accept', campaign, xiaodian)).toMatchObject({
    code: 'access.forbidden',
    details: { verb: 'problem.accept' },
  });
  expect(refusedAt(county, 'problem.claim', campaign, datong)).toMatchObject({ code: 'item.unknown', details: {} });
});
