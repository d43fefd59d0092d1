import type { ProblemVerb } from '../../domain/problems/commands.ts';
import { type Query } from './pattern.ts';
import type { Where } from './office.ts';

/** Addresses of the API: routes register these patterns, links and tests fill them with `to`. */
export const api = {
  session: '/api/session',
  sessionToken: '/api/session/token',

  campaigns: '/api/campaigns',
  campaign: '/api/campaigns/:campaign',
  aspects: '/api/campaigns/:campaign/aspects',
  releases: '/api/campaigns/:campaign/releases',

  dashboard: '/api/dashboard',
  desk: '/api/desk',
  figures: '/api/figures',
  figure: '/api/figures/:id',
  figureRecords: '/api/figures/:id/records',
  figureRecordsFile: { csv: '/api/figures/:id/records.csv', xlsx: '/api/figures/:id/records.xlsx' },
  figureHistory: '/api/figures/:id/history',
  figureWaterfall: '/api/figures/:id/waterfall',

  ledger: '/api/ledger',
  ledgerTotal: '/api/ledger/total',
  ledgerFacets: '/api/ledger/facets',
  ledgerPosition: '/api/ledger/position',
  ledgerFile: { csv: '/api/ledger.csv', xlsx: '/api/ledger.xlsx' },
  views: '/api/views',
  view: '/api/views/:id',

  item: '/api/items/:id',
  problems: '/api/problems',
  problemsAlike: '/api/problems/alike',
  problemsBulk: '/api/problems/bulk',
  problemCommand: <V extends ProblemVerb>(verb: V) => `/api/problems/:id/${verb}` as const,
  sources: '/api/sources',
  sourcesFile: { csv: '/api/sources.csv', xlsx: '/api/sources.xlsx' },
  source: '/api/sources/:id',
  inspections: '/api/inspections',
  batches: '/api/batches',
  batch: '/api/batches/:no',
  letterReceive: '/api/letters/:id/receive',
  letterFile: '/api/letters/:id/file',

  bulletins: '/api/bulletins',
  bulletinProposal: '/api/bulletins/proposal',
  bulletinCheck: '/api/bulletins/check',
  bulletin: '/api/bulletins/:id',
  bulletinFile: '/api/bulletins/:id/file',
  bulletinRebuild: '/api/bulletins/:id/rebuild',
  bulletinPreview: '/api/bulletins/:id/preview',
  bulletinRevise: '/api/bulletins/:id/revise',
  bulletinSubmit: '/api/bulletins/:id/submit',
  bulletinReturn: '/api/bulletins/:id/return',
  bulletinRelease: '/api/bulletins/:id/release',

  uploads: '/api/uploads',
  upload: '/api/uploads/:id',
  itemEvidence: '/api/items/:id/evidence',
  custody: '/api/evidence/:sha256/custody',
  evidenceView: '/api/evidence/:sha256/view',
  evidenceThumbnail: '/api/evidence/:sha256/thumbnail',
  evidenceExport: '/api/evidence/:sha256/export',

  leads: '/api/leads',
  leadClose: '/api/leads/:id/close',

  logCheckpoint: '/api/log/:campaign/checkpoint',
  logTile: '/api/log/:campaign/tile/*',
  logProof: '/api/log/:campaign/proof/:act',
  logConsistency: '/api/log/:campaign/consistency',

  health: '/api/health',
  ready: '/api/ready',
  users: '/api/users',
  description: '/api/openapi.json',
} as const;

/** The query of a question about a campaign as of the instant the page stands at. */
export function inCampaign(where: Where, query: Query = {}): Query {
  return { campaign: where.slug, asOf: where.asOf, ...query };
}
