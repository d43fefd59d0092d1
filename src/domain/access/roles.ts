/** Roles (角色). Three separate administrators see no business data by their role alone. */
export const roles = [
  'director',
  'clerk',
  'inspector',
  'acceptance',
  'city-officer',
  'county-officer',
  'case-officer',
  'legal-reviewer',
  'auditor',
  'press',
  'system-admin',
  'security-admin',
  'audit-admin',
] as const;
export type Role = (typeof roles)[number];

/** Roles that read the campaign's business (业务角色). */
export const readers: readonly Role[] = [
  'director',
  'clerk',
  'inspector',
  'acceptance',
  'city-officer',
  'county-officer',
  'case-officer',
  'legal-reviewer',
  'auditor',
];
