import { hostile } from './bulletin-texts.ts';
import type { Proof, PublicationModel } from '../../src/documents/publication/model.ts';
import { recordsRoot } from '../../src/domain/publication/merkle.ts';

const ids = Array.from({ length: 5 }, (_, i) => `00000000-0000-7000-8000-00000000000${i}`);

/** A released bulletin with hostile texts everywhere where people write. */
export function sampleModel(lang: 'zh' | 'en' = 'zh'): { model: PublicationModel; proof: Proof } {
  const definition = '{"id":"clearance.rate"}';
  const model: PublicationModel = {
    campaign: { slug: 'sim', name: `行动 ${hostile[0]}`, mode: 'synthetic', notice: `合成演示数据 ${hostile[1]}` },
    no: 7,
    kind: 'press',
    title: `标题 ${hostile.join(' ')}`,
    lang,
    issuer: `省专班 ${hostile[2]}`,
    asOf: '2019-08-05T18:00:00+08:00',
    releasedAt: '2019-08-05T18:30:01+08:00',
    body: hostile.join('\n'),
    blocks: [
      { kind: 'heading', level: 1, runs: [{ text: hostile[1] as string }] },
      ...hostile.map((text) => ({ kind: 'paragraph' as const, runs: [{ text }, { text: '65.73%', figure: 0 }, { text: '。' }] })),
      { kind: 'list', ordered: false, items: hostile.map((text) => [{ text }]) },
      { kind: 'list', ordered: true, items: [[{ text: '一' }], [{ text: '{no}' }]] },
      {
        kind: 'table',
        rows: [
          [[{ text: '甲' }], [{ text: '乙' }]],
          [[{ text: hostile[3] as string }], [{ text: '1', figure: 0 }]],
        ],
      },
    ],
    figures: [
      {
        id: 'clearance.rate',
        version: 1,
        definitionHash: 'a'.repeat(64),
        filter: { batches: [1, 2, 3] },
        asOf: '2019-08-05T18:00:00+08:00',
        logSize: 10,
        numerator: 3,
        denominator: 5,
        value: 0.6,
        unit: 'ratio',
        recordsRoot: recordsRoot(ids.slice(0, 3)),
        denominatorRoot: recordsRoot(ids),
        role: 'quoted',
        name: '清零率',
        predicate: { zh: '口径', en: 'predicate' },
        cohort: '第1–3批',
        shown: '60.00%',
        fraction: '3／5',
        path: '/public/sim/figures/clearance.rate/records?batches=1,2,3',
      },
    ],
    checkpoint: { size: 10, rootHash: 'cm9vdA==', note: 'clearzero.example/sim\n10\ncm9vdA==\n\n— clearzero.example/sim sig==\n' },
    corrects: {
      no: 3,
      title: hostile[0] as string,
      reason: hostile[4] as string,
      changes: [
        { kind: 'same', text: '共' },
        { kind: 'gone', text: '2,507' },
        { kind: 'new', text: '2,508\n<b>' },
        { kind: 'same', text: '个' },
      ],
      figures: [{ name: '督办问题', before: '2,507', after: '2,508' }],
    },
    path: '/public/sim/bulletins/7',
    seal: 'clearzero.example/sim\n10\ncm9vdA==\n\n— clearzero.example/sim sig==',
  };
  return { model, proof: { records: [{ numerator: ids.slice(0, 3), denominator: ids }], definitions: { ['a'.repeat(64)]: definition } } };
}
