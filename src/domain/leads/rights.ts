import { at } from '../access/right.ts';

/** Who may do what here, and where it is asked. */
export const leadRights = {
  'lead.read': at('root', ['director', 'clerk', 'auditor']),
  'lead.close': at('root', ['director']),
};
