import { describe, expect, test } from 'vitest';
import { readMapping } from '../../src/usecases/registers/mapping.ts';
import { finesOfAtlantis } from './invented.ts';
import { seedMapping } from './support.ts';

describe('a mapping that is wrong', () => {
  const problems = (more: Record<string, unknown>): readonly string[] => {
    const refused = readMapping(JSON.stringify(finesOfAtlantis(more)));
    return 'refused' in refused ? (refused.details.problems as string[]) : [];
  };

  test('names everything at once, each with its path', () => {
    const [register] = finesOfAtlantis().registers as Record<string, unknown>[];
    expect(
      problems({
        types: 'nada',
        facts: [{ fact: 'x', when: [{ field: 'amount.coima', present: true }], amount: 'coima' }],
        registers: [{ ...register, no: '{Empresa}', deadline: 'prazo', corrections: ['Data'], state: [{ state: 'morto', when: [] }] }],
      }),
    ).toEqual(
      expect.arrayContaining([
        'types: there is no list "nada"',
        'registers[0].deadline: there is no date "prazo"',
        'registers[0].state[0].state: "morto" is not in states',
        'registers[0].no: a number is made of key columns only, not of Empresa',
        'registers[0].corrections[0]: "Data" is nothing that a change can name',
        'facts[0].when[0].field: "amount.coima" is nothing that a record has',
        'facts[0].amount: there is no amount "coima"',
        'figures[0]: there is no fact "atl.multa"',
      ]),
    );
  });

  test.each([
    [{ utcOffset: 'Lisbon' }, 'utcOffset: an offset such as +08:00'],
    [{ campaign: 'A b' }, 'campaign: lower-case letters, digits and hyphens'],
    [{ colour: 1 }, 'the mapping: Unrecognized key: "colour"'],
    [{ currency: { code: 'EUR', digits: 9 } }, 'currency.digits: '],
    [{ pressSet: [{ id: 'none', filter: {} }] }, 'pressSet: there is no figure "none"'],
  ])('%j', (more, message) => {
    expect(problems(more).join('\n')).toContain(message);
  });

  test('that is no JSON says so', () => {
    expect(readMapping('{')).toMatchObject({
      code: 'import.mapping-invalid',
      details: { problems: [expect.stringContaining('not JSON')] },
    });
  });
});

test.each(['us-phmsa', 'tw-epa'])('the mapping %s that comes along is sound', (name) => {
  expect(readMapping(seedMapping(name))).toMatchObject({ campaign: name });
});
