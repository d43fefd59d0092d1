import { z } from 'zod';
import { figureFilter, problemDetails, bilingual } from '../../contract/common.ts';
import { aspectView, campaignView, figureDefinitionView } from '../../contract/campaign.ts';
import { dashboardView } from '../../contract/dashboard.ts';
import {
  figureAnswer,
  figureHistory,
  figureRecord,
  figureRecords,
  figureSet,
  figureValue,
  figureWaterfall,
} from '../../contract/figures.ts';
import { actView } from '../../contract/acts.ts';
import { evidence } from '../../contract/evidence.ts';
import { itemPage } from '../../contract/items.ts';
import { commandAnswer } from '../../contract/problems.ts';
import { sourcePage } from '../../contract/sources.ts';
import { batchPage } from '../../contract/supervision.ts';
import { custody, evidenceList } from '../../contract/evidence.ts';
import { ledgerFacets, ledgerPage, ledgerRow, ledgerTotal, savedView } from '../../contract/ledger.ts';
import { bulletinFinding, bulletinLine, bulletinPage } from '../../contract/bulletins.ts';
import { sessionView } from '../../contract/session.ts';

const named = {
  ProblemDetails: problemDetails,
  Bilingual: bilingual,
  FigureFilter: figureFilter,
  FigureValue: figureValue,
  FigureSet: figureSet,
  FigureAnswer: figureAnswer,
  FigureRecord: figureRecord,
  FigureRecords: figureRecords,
  FigureHistory: figureHistory,
  FigureWaterfall: figureWaterfall,
  FigureDefinition: figureDefinitionView,
  Aspect: aspectView,
  Campaign: campaignView,
  Dashboard: dashboardView,
  LedgerRow: ledgerRow,
  LedgerPage: ledgerPage,
  LedgerTotal: ledgerTotal,
  LedgerFacets: ledgerFacets,
  SavedView: savedView,
  Act: actView,
  Evidence: evidence,
  EvidenceList: evidenceList,
  Custody: custody,
  ItemPage: itemPage,
  SourcePage: sourcePage,
  BatchPage: batchPage,
  CommandAnswer: commandAnswer,
  BulletinLine: bulletinLine,
  BulletinPage: bulletinPage,
  BulletinFinding: bulletinFinding,
  Session: sessionView,
} as const;

let done = false;

/** Registers the shared schemas once, so that the description names them instead of repeating them. */
export function registerSchemas(): void {
  if (done) return;
  done = true;
  for (const [id, schema] of Object.entries(named)) z.globalRegistry.add(schema as z.ZodType, { id });
}
