import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Actor, Role } from '../../src/domain/access/policy.ts';

export interface Row {
  readonly verb: string;
  readonly where: 'root' | 'place' | 'own';
  readonly roles: ReadonlySet<string>;
}

/** The table of rights as it was written down from the product's description; nothing of it comes from the code. */
export function writtenTable(): { readonly roles: readonly string[]; readonly rows: ReadonlyMap<string, Row> } {
  const [head = '', ...lines] = readFileSync(new URL('../fixtures/policy.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const roles = head.split(',').slice(2, -1);
  const rows = lines.map((line): Row => {
    const cells = line.split(',');
    const held = roles.filter((_, i) => cells[i + 2] === 'yes');
    return { verb: cells[0] ?? '', where: cells[1] as Row['where'], roles: new Set(held) };
  });
  return { roles, rows: new Map(rows.map((r) => [r.verb, r])) };
}

const table = writtenTable();

/** Whether a division lies in another one, by the digits of GB/T 2260: a province has two that count, a city four, a county six. */
export function lies(place: number, within: number): boolean {
  const digits = String(within).replace(/(00)+$/, '');
  return String(place).startsWith(digits);
}

/** What a person may do, by the written table alone. */
export function oracle(actor: Actor, campaign: string) {
  const held = actor.grants.filter((g) => g.campaign === campaign || g.campaign === null);
  const by = (verb: string) => held.filter((g) => table.rows.get(verb)?.roles.has(g.role) === true);
  const at = (verb: string, place: number) => by(verb).some((g) => place === 0 || lies(place, g.place));
  return {
    sees: by('campaign.read').length > 0,
    readsObjects: by('item.read').length > 0,
    anywhere: (verb: string) => by(verb).length > 0,
    at,
    /** Rights over the installation hold in whichever campaign they were given for. */
    inAnyCampaign: (verb: string) => actor.grants.some((g) => table.rows.get(verb)?.roles.has(g.role) === true),
    /** Held over the whole campaign. */
    atRoot: (verb: string, root: number) => by(verb).some((g) => lies(root, g.place)),
    /** How an object at a place answers. Whoever reads no object at all is judged by what they ask for. */
    object: (verb: string, place: number): 'allowed' | 'forbidden' | 'absent' => {
      const seen = by('item.read').length > 0 ? at('item.read', place) : at(verb, place);
      return !seen ? 'absent' : at(verb, place) ? 'allowed' : 'forbidden';
    },
    /** Names and clues are hidden from whoever holds a role of the regulated side or of the press, and from whoever holds none of the office. */
    masked: !held.some((g) => office.has(g.role)) || held.some((g) => regulated.has(g.role)),
  };
}

const regulated = new Set(['city-officer', 'county-officer', 'press']);
const office = new Set(['director', 'clerk', 'inspector', 'acceptance', 'case-officer', 'legal-reviewer', 'auditor']);

/** Divisions of two provinces, of three levels. */
export const somePlaces = [140_000, 140_100, 140_105, 140_106, 140_200, 140_212, 141_000, 141_024, 150_000, 150_100, 150_102] as const;

/** People with none to four grants, in these campaigns or in all. */
export function someActors(campaigns: readonly string[]): fc.Arbitrary<Actor> {
  const grant = fc.record({
    role: fc.constantFrom(...(table.roles as Role[])),
    place: fc.constantFrom(...somePlaces),
    campaign: fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 4, arbitrary: fc.constantFrom(...campaigns) }),
  });
  return fc.record({
    id: fc.constantFrom('u1', 'u2'),
    name: fc.constant('某某'),
    org: fc.constantFrom('sx-office', 'gov-140100', 'team-141000'),
    grants: fc.array(grant, { maxLength: 4 }),
  });
}
