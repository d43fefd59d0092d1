/** A tiny register of an invented country: semicolons, decimal commas, dates with points, its own words. */
export function finesOfAtlantis(more: Record<string, unknown> = {}): Record<string, unknown> {
  const b = (text: string) => ({ zh: text, en: text });
  const amount = { field: 'amount.multa', present: true };
  return {
    mapping: 1,
    campaign: 'atlantis-multas',
    name: b('Multas de Atlântida'),
    notice: b('Registo inventado, sem licença'),
    utcOffset: '-01:00',
    currency: { code: 'EUR', digits: 2 },
    phases: [{ code: 'registo', name: b('Registo'), from: '2020-01-01', to: '2020-12-31' }],
    places: {
      root: { code: 920000, name: 'Atlântida' },
      list: [
        { code: 920100, name: 'Norte', values: ['N', 'Norte'] },
        { code: 920200, name: 'Sul', values: ['S'] },
      ],
      note: b('códigos deste ficheiro'),
    },
    lists: { tipos: { entries: [{ code: 'outro', name: b('Outro') }], seen: { max: 3 }, otherwise: 'outro' } },
    types: 'tipos',
    aspects: null,
    states: [
      { code: 'aberto', name: b('aberto') },
      { code: 'pago', name: b('pago') },
    ],
    registers: [
      {
        code: 'multa',
        name: b('Multa'),
        file: { columns: ['Nº', 'Zona'], delimiter: ';' },
        snapshot: 'full',
        key: ['Nº'],
        duplicates: 'first',
        no: 'M-{Nº}',
        unit: '{Empresa}',
        text: '{Motivo}',
        place: { value: '{Zona}' },
        type: { value: '{Motivo}' },
        state: [
          { state: 'pago', when: [{ column: 'Pago em', present: true }] },
          { state: 'aberto', when: [] },
        ],
        dates: {
          aberto: { column: 'Data', formats: ['D.M.YYYY'], notAfter: 'recorded' },
          pago: { column: 'Pago em', formats: ['D.M.YYYY'], notBefore: { date: 'aberto', days: 0 } },
        },
        openedOn: 'aberto',
        steps: [{ code: 'pago', name: b('pago'), date: 'pago' }],
        amounts: { multa: { column: 'Valor', name: b('multa'), decimal: ',', thousands: '.', max: 1_000_000 } },
        flags: [{ code: 'pago', name: b('pago'), when: [{ column: 'Pago em', present: true }] }],
        fields: ['Data', 'Motivo'],
        corrections: ['openedOn', 'field.Data', 'unit'],
      },
    ],
    facts: [
      { fact: 'atl.multa', when: [amount], amount: 'multa' },
      { fact: 'atl.paga', when: [amount, { field: 'flag', equals: ['pago'] }], amount: 'multa' },
    ],
    figures: [
      figure('atl.multas', 'multa', { count: { fact: 'atl.multa' } }),
      figure('atl.total', 'cêntimo', { count: { fact: 'atl.multa', sum: 'amount' } }),
      figure('atl.pagas', 'ratio', {
        ratio: { numerator: [{ fact: 'atl.paga', sign: 1 }], denominator: [{ fact: 'atl.multa', sign: 1 }] },
      }),
    ],
    pressSet: ['atl.multas', 'atl.total', 'atl.pagas'].map((id) => ({ id, filter: {} })),
    dashboard: { headline: [{ id: 'atl.multas', filter: {} }], placeColumns: [], curve: [], map: null },
    moments: [],
    bridges: [
      {
        code: 'multas',
        name: b('Multas'),
        register: 'multa',
        amount: 'multa',
        rows: b('linhas'),
        rejected: b('rejeitadas'),
        repeated: b('repetidas'),
        records: b('multas'),
        minus: [],
        result: { name: b('total'), fact: 'atl.multa' },
      },
    ],
    ...more,
  };
}

function figure(id: string, unit: string, what: object): object {
  return { id, version: 1, unit, name: { zh: id, en: id }, predicate: { zh: id, en: id }, filters: ['city', 'type'], ...what };
}

export const header = 'Nº;Data;Empresa;Zona;Motivo;Valor;Pago em';
