import { at } from './right.ts';
import { readers } from './roles.ts';

/** Who may do what here, and where it is asked. */
export const accessRights = {
  'view.own': at('own', [...readers, 'press']),
  'system.read': at('own', ['system-admin']),
  'user.read': at('own', ['system-admin', 'security-admin', 'audit-admin']),
  'user.write': at('own', ['security-admin']),
};
