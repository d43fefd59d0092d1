import { at } from '../access/right.ts';
import { readers } from '../access/roles.ts';

/** Who may do what here, and where it is asked. */
export const evidenceRights = {
  'evidence.upload': at('place', ['inspector', 'clerk', 'city-officer', 'county-officer', 'acceptance', 'case-officer']),
  'evidence.read': at('place', readers),
  'evidence.export': at('place', ['director', 'clerk', 'case-officer', 'legal-reviewer', 'auditor']),
};
