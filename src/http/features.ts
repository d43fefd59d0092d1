import { admin } from './admin/routes.ts';
import { campaign } from './campaign/routes.ts';
import { evidence } from './evidence/routes.ts';
import { figures } from './figures/routes.ts';
import { items } from './items/routes.ts';
import { leads } from './leads/routes.ts';
import { ledger } from './ledger/routes.ts';
import { log } from './log/routes.ts';
import { publication } from './publication/routes.ts';
import { publicSite } from './public/routes.ts';
import type { Feature } from './server/feature.ts';
import { session } from './session/routes.ts';

/** What the server serves. A new feature adds its line here and nothing else; examples are made in this order. */
export const features: readonly Feature[] = [
  session,
  campaign,
  figures,
  ledger,
  items,
  publication,
  evidence,
  leads,
  log,
  admin,
  publicSite,
];
