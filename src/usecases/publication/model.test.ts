import { describe, expect, test } from 'vitest';
import { qrSvg } from '../../documents/kit/qr.ts';
import { sealedNote } from './model.ts';

describe('a checkpoint on paper', () => {
  const text = 'clearzero.example/shanxi-2019\n123456\nqINS1GRFhWHwdkUeqLEoP4yEMkTBBzxBkGwGQlVlVcs=\n';
  const line = (name: string) => `— ${name} ${'A'.repeat(92)}\n`;

  test('is the whole note', () => {
    const note = `${text}\n${line('clearzero.example')}${line('witness.example')}`;
    expect(sealedNote(note)).toBe(note);
  });

  test('keeps the own signature when there are more witnesses than fit', () => {
    const note = `${text}\n${line('clearzero.example')}${Array.from({ length: 40 }, (_, i) => line(`w${i}.example`)).join('')}`;
    expect(sealedNote(note)).toBe(`${text}\n${line('clearzero.example')}`);
    expect(qrSvg(sealedNote(note), 'x')).toContain('<svg');
  });
});
