import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { oracle, someActors, somePlaces, writtenTable } from '../../../test/generators/rights.ts';
import type { Act } from '../acts/act.ts';
import { masksOf, readsReleasedOnly } from './masks.ts';
import {
  inScope,
  isRootVerb,
  judge,
  mayAtRoot,
  mayIn,
  publicScope,
  roles,
  scopeOf,
  seesCampaign,
  verbs,
  type Actor,
  type OwnVerb,
  type PlaceVerb,
  type Verb,
} from './policy.ts';

const written = writtenTable();
const campaigns = ['shanxi-2019', 'datong-2020', 'a-third'];
const places = [0, ...somePlaces];
/** Where campaigns stand: a province, a city of it, a county. */
const roots = [140_000, 140_200, 141_024];
const placeVerbs = [...written.rows.values()].filter((r) => r.where !== 'root').map((r) => r.verb as PlaceVerb | OwnVerb);

const drawn = (check: (actor: Actor, campaign: string) => void, numRuns = 120) =>
  fc.assert(fc.property(someActors(campaigns), fc.constantFrom(...campaigns), check), { numRuns });

describe('the table of rights', () => {
  test('names every role and every verb, and where each is asked', () => {
    expect([...roles].sort()).toEqual([...written.roles].sort());
    expect([...verbs].sort()).toEqual([...written.rows.keys()].sort());
    for (const row of written.rows.values()) expect([row.verb, isRootVerb(row.verb as Verb)]).toEqual([row.verb, row.where === 'root']);
  });

  test.each(written.roles)('gives %s what was written down, and nothing else', (role) => {
    const who = { id: 'u', name: '某', org: 'o', grants: [{ role, place: 140_000, campaign: 'shanxi-2019' }] } as Actor;
    const given = verbs.filter((verb) => mayIn(who, verb, 'shanxi-2019', 140_000));
    const wanted = [...written.rows.values()].filter((r) => r.roles.has(role)).map((r) => r.verb);
    expect([...given].sort()).toEqual(wanted.sort());
  });
});

describe('whoever is drawn, with whatever grants', () => {
  test('an object is there, forbidden or absent as the written table says', () => {
    drawn((actor, campaign) => {
      const said = oracle(actor, campaign);
      for (const verb of placeVerbs) {
        for (const place of places) {
          expect([verb, place, judge(actor, verb as PlaceVerb, campaign, place)]).toEqual([verb, place, said.object(verb, place)]);
        }
      }
    });
  });

  test('a query reaches the places that were granted, and a verb that was not granted reaches none', () => {
    drawn((actor, campaign) => {
      const said = oracle(actor, campaign);
      for (const verb of placeVerbs) {
        const scope = scopeOf(actor, verb, campaign);
        expect([verb, scope !== undefined]).toEqual([verb, said.anywhere(verb)]);
        if (scope === undefined) continue;
        for (const place of places) expect([verb, place, inScope(scope, place)]).toEqual([verb, place, said.at(verb, place)]);
        // Nothing is read twice, and no range is wider than a grant.
        for (const [i, r] of scope.ranges.entries()) {
          expect(scope.ranges.some((o, j) => i !== j && o.from <= r.from && o.to >= r.to)).toBe(false);
          expect(actor.grants.some((g) => g.place === r.from)).toBe(true);
        }
      }
    });
  });

  test('what is asked at the root is given to whoever holds the role over all of it', () => {
    drawn((actor, campaign) => {
      const said = oracle(actor, campaign);
      for (const verb of verbs) {
        for (const root of roots) {
          const may = isRootVerb(verb) ? said.atRoot(verb, root) : said.anywhere(verb);
          expect([verb, root, mayIn(actor, verb, campaign, root)]).toEqual([verb, root, may]);
          if (isRootVerb(verb)) expect([verb, root, mayAtRoot(actor, verb, campaign, root)]).toEqual([verb, root, may]);
        }
      }
    });
  });

  test('a campaign exists for whoever may read it, and only what was released for whoever reads no object', () => {
    drawn((actor, campaign) => {
      const said = oracle(actor, campaign);
      expect(seesCampaign(actor, campaign)).toBe(said.sees);
      expect(readsReleasedOnly(actor, campaign)).toBe(said.sees && !said.readsObjects);
    });
  });

  test('names and clues are hidden as the product says', () => {
    // What governments, units and the press do not learn: who found, looked, took part or proposed, and where a clue came from.
    const hidden: Record<string, readonly string[]> = {
      ProblemFound: ['clue', 'firstFoundBy'],
      InspectionCompleted: ['officers'],
      TeamFormed: ['members'],
      ProblemWithdrawn: ['proposedBy'],
      ProblemMerged: ['proposedBy'],
      ProblemAssigned: [],
      LetterIssued: [],
    };
    const payload = { clue: 'hotline', firstFoundBy: ['a'], officers: ['b', 'c'], members: ['d'], proposedBy: 'e', text: '文', no: '1' };
    drawn((actor, campaign) => {
      const { masked } = oracle(actor, campaign);
      const masks = masksOf(actor, campaign);
      expect(masks.column('clue')).toBe(masked);
      for (const org of ['sx-office', 'gov-140100']) {
        const hides = masked && org !== actor.org;
        expect(masks.actor(org)).toBe(hides);
        for (const [kind, fields] of Object.entries(hidden)) {
          const act = { kind, payload, actor: { id: 'x', org, name: '乙' } } as unknown as Act;
          const shown = Object.fromEntries(Object.entries(payload).filter(([key]) => !masked || !fields.includes(key)));
          expect(masks.act(act)).toEqual({ kind, payload: shown, actor: hides ? { id: '', org, name: '' } : act.actor });
        }
      }
    });
  });

  test('everybody reads of a published campaign all of its places, and nothing beyond', () => {
    for (const root of roots) {
      for (const place of somePlaces) {
        const inside = publicScope(root).ranges.some((r) => place >= r.from && place < r.to);
        expect([root, place, inside]).toEqual([root, place, String(place).startsWith(String(root).replace(/(00)+$/, ''))]);
      }
    }
  });
});
