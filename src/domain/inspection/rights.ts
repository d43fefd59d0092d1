import { at } from '../access/right.ts';

/** Who may do what here, and where it is asked. */
export const inspectionRights = {
  'inspection.record': at('place', ['inspector']),
};
