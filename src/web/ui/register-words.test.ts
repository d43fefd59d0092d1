import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { amountName, clueName, flagName, stateName, stepName } from './register-words.ts';
import type { Words } from './words.ts';

const words: Words = { t: ((key: string) => `t(${key})`) as TFunction, lang: 'en', pick: (text) => text.en };
const word = (en: string) => ({ zh: '', en });
const register = {
  registers: { permit: word('permits') },
  states: { lapsed: word('lapsed'), overdue: word('past its day') },
  steps: { heard: word('hearing held') },
  amounts: { bond: word('bond') },
  flags: { paid: word('paid in full') },
};

test('a register nobody here knows has its own words on every page', () => {
  const campaign = { register };
  expect(stateName(campaign, 'lapsed', words)).toBe('lapsed');
  expect(stepName(campaign, 'heard', words)).toBe('hearing held');
  expect(amountName(campaign, 'bond', words)).toBe('bond');
  expect(flagName(campaign, 'paid', words)).toBe('paid in full');
  expect(clueName(campaign, 'permit', words)).toBe('permits');
});

test('its word goes before ours for the same code; ours stand where it has none', () => {
  expect(stateName({ register }, 'overdue', words)).toBe('past its day');
  expect(stateName({ register }, 'vanished', words)).toBe('t(states:vanished)');
  expect(stateName({ register: null }, 'overdue', words)).toBe('t(states:overdue)');
  expect(stepName({ register }, 'toString', words)).toBe('toString');
});
