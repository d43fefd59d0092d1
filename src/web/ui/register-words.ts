import type { CampaignView } from '../../contract/campaign.ts';
import type { Words } from './words.ts';

type Campaign = Pick<CampaignView, 'register'>;
type Kind = keyof NonNullable<CampaignView['register']>;

/** An outside register's own word for one of its codes; undefined where it has none. */
function registerWord(campaign: Campaign, kind: Kind, code: string, words: Words): string | undefined {
  const list = campaign.register?.[kind];
  const word = list !== undefined && Object.hasOwn(list, code) ? list[code] : undefined;
  return word === undefined ? undefined : words.pick(word);
}

export function stateName(campaign: Campaign, code: string, words: Words): string {
  return registerWord(campaign, 'states', code, words) ?? words.t(`states:${code}`, { defaultValue: code });
}

export function amountName(campaign: Campaign, name: string, words: Words): string {
  return registerWord(campaign, 'amounts', name, words) ?? words.t(`problem:amounts.${name}`, { defaultValue: name });
}

export function stepName(campaign: Campaign, code: string, words: Words): string {
  return registerWord(campaign, 'steps', code, words) ?? code;
}

export function flagName(campaign: Campaign, code: string, words: Words): string {
  return registerWord(campaign, 'flags', code, words) ?? code;
}

/** Where an item came from: a clue of our own, or one of a register's files. */
export function clueName(campaign: Campaign, code: string, words: Words): string {
  return registerWord(campaign, 'registers', code, words) ?? words.t(`ledger:clues.${code}`, { defaultValue: code });
}
