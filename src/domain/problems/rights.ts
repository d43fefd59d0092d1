import { at } from '../access/right.ts';
import { readers } from '../access/roles.ts';
import type { Right } from '../access/right.ts';
import type { ProblemVerb } from './commands.ts';

/** Who may do what here, and where it is asked. */
export const problemRights = {
  'ledger.read': at('place', readers),
  'ledger.export': at('place', readers),
  'item.read': at('place', readers),
  'problem.found': at('place', ['clerk', 'inspector']),
  'problem.confirm': at('place', ['director', 'clerk']),
  'problem.notFounded': at('place', ['director', 'clerk']),
  'problem.assign': at('place', ['director', 'clerk', 'city-officer']),
  'problem.plan': at('place', ['city-officer', 'county-officer']),
  'problem.changeBody': at('place', ['director', 'clerk']),
  'problem.start': at('place', ['city-officer', 'county-officer']),
  'problem.stage': at('place', ['city-officer', 'county-officer']),
  'problem.claim': at('place', ['city-officer', 'county-officer']),
  'problem.check': at('place', ['inspector']),
  'problem.return': at('place', ['inspector', 'acceptance', 'clerk']),
  'problem.accept': at('place', ['acceptance']),
  'problem.clear': at('place', ['acceptance']),
  'problem.watch': at('place', ['clerk', 'acceptance']),
  'problem.settle': at('place', ['clerk', 'acceptance']),
  'problem.extend': at('place', ['director', 'clerk']),
  'problem.withdraw': at('place', ['director', 'clerk']),
  'problem.merge': at('place', ['director', 'clerk']),
  'problem.split': at('place', ['clerk']),
  'problem.rebound': at('place', ['inspector', 'clerk', 'acceptance']),
} satisfies { readonly [V in `problem.${ProblemVerb}`]: Right } & Readonly<Record<string, Right>>;
