import type { Bilingual, CampaignSettings } from '../campaign/settings.ts';

/** Settings of a campaign over an outside register: what pages need to put its codes into words. */
export interface RegisterSettings extends CampaignSettings {
  readonly register: {
    readonly currencyDigits: number;
    readonly registers: Readonly<Record<string, Bilingual>>;
    readonly states: Readonly<Record<string, Bilingual>>;
    readonly steps: Readonly<Record<string, Bilingual>>;
    readonly amounts: Readonly<Record<string, Bilingual>>;
    readonly flags: Readonly<Record<string, Bilingual>>;
    /** By register: a change of nothing but these fields is a correction. */
    readonly corrections: Readonly<Record<string, readonly string[]>>;
  };
}

/** The words of an outside register; undefined for a campaign of our own. */
export function registerWords(settings: CampaignSettings): RegisterSettings['register'] | undefined {
  return (settings as Partial<RegisterSettings>).register;
}
