import type { Personal } from '../acts/sealed.ts';
import type { PlaceCode } from '../kernel/place.ts';
import type { AspectDefinition, CampaignSettings, FigureDefinition, KeyTask } from './settings.ts';

/** Acts of the campaign itself. */
export interface CampaignPayloads {
  CampaignOpened: CampaignSettings;
  AspectDefined: AspectDefinition;
  AspectClosed: { readonly code: string; readonly version: number };
  KeyTaskDefined: KeyTask;
  FigureDefined: FigureDefinition;
  OrganisationRegistered: { readonly code: string; readonly name: string; readonly place: PlaceCode; readonly kind: string };
  /** Names erased under the Personal Information Protection Law, art. 47: their commitments, and why. */
  PersonalDataErased: { readonly commitments: readonly string[]; readonly reason: string };
  /** From the entry of this number on, every act of the log carries a mark; those before it are of an earlier release. */
  LogMarksBegun: { readonly size: number };
  TeamFormed: { readonly code: string; readonly name: string; readonly place: PlaceCode; readonly members: readonly Personal[] };
}
