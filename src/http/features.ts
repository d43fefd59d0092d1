import { access } from './access/routes.ts';
import { campaign } from './campaign/routes.ts';
import { dashboard } from './dashboard/routes.ts';
import { desk } from './desk/routes.ts';
import { evidence } from './evidence/routes.ts';
import { figures } from './figures/routes.ts';
import { health } from './health/routes.ts';
import { inspection } from './inspection/routes.ts';
import { items } from './items/routes.ts';
import { leads } from './leads/routes.ts';
import { ledger } from './ledger/routes.ts';
import { log } from './log/routes.ts';
import { problems } from './problems/routes.ts';
import { publicData } from './public/data-routes.ts';
import { publicProof } from './public/proof-routes.ts';
import { publicSite } from './public/routes.ts';
import { publication } from './publication/routes.ts';
import { release } from './release/routes.ts';
import { session } from './session/routes.ts';
import { sources } from './sources/routes.ts';
import { supervision } from './supervision/routes.ts';
import type { Feature } from './server/feature.ts';

/** What the server serves. A new feature adds its line here and nothing else; examples are made in this order. */
export const features: readonly Feature[] = [
  session,
  campaign,
  dashboard,
  desk,
  figures,
  ledger,
  items,
  problems,
  sources,
  inspection,
  supervision,
  publication,
  release,
  evidence,
  leads,
  log,
  health,
  access,
  publicSite,
  publicData,
  publicProof,
];
