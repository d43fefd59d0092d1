import { accessRefusals } from './access/refusals.ts';
import { commandRefusals } from './acts/refusals.ts';
import { campaignRefusals } from './campaign/refusals.ts';
import { clearanceRefusals } from './clearance/refusals.ts';
import { evidenceRefusals } from './evidence/refusals.ts';
import { inspectionRefusals } from './inspection/refusals.ts';
import { installationRefusals } from './installation/refusals.ts';
import { textRefusals } from './kernel/refusals.ts';
import { leadRefusals } from './leads/refusals.ts';
import { logRefusals } from './log/refusals.ts';
import { problemRefusals } from './problems/refusals.ts';
import { publicationRefusals } from './publication/refusals.ts';
import { registerRefusals } from './registers/refusals.ts';
import { releaseRefusals } from './release/refusals.ts';
import { sourceRefusals } from './sources/refusals.ts';
import { supervisionRefusals } from './supervision/refusals.ts';

/** All that can be refused, by code: a table over features. */
export const refusals = {
  ...accessRefusals,
  ...commandRefusals,
  ...campaignRefusals,
  ...clearanceRefusals,
  ...evidenceRefusals,
  ...inspectionRefusals,
  ...installationRefusals,
  ...textRefusals,
  ...leadRefusals,
  ...logRefusals,
  ...problemRefusals,
  ...publicationRefusals,
  ...registerRefusals,
  ...releaseRefusals,
  ...sourceRefusals,
  ...supervisionRefusals,
} as const;

export type RefusalCode = keyof typeof refusals;
