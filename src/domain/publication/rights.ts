import { at } from '../access/right.ts';
import { readers } from '../access/roles.ts';

/** Who may do what here, and where it is asked. */
export const publicationRights = {
  'bulletin.read': at('place', [...readers, 'press']),
  // Before its release a bulletin is seen only by those who make it and by the auditor.
  'bulletin.draft': at('root', ['director', 'clerk', 'auditor']),
  'bulletin.write': at('root', ['director', 'clerk']),
  'bulletin.release': at('root', ['director']),
};
