import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { crypto, hashes, hex, sha256Hex, utf8 } from './crypto.ts';
import { figureIn, type Signed } from './entry.ts';

describe('the cryptography of the check', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }).subarray(-32));
  const message = utf8('clearzero.example/shanxi-2019\n5\n');
  const signature = new Uint8Array(sign(null, message, privateKey));

  test('takes a signature that another program made, and none that was altered', () => {
    expect(crypto.ed25519(key, message, signature)).toBe(true);
    for (const at of [0, 31, 32, 63]) {
      const altered = signature.slice();
      altered[at] = (altered[at] as number) ^ 1;
      expect(crypto.ed25519(key, message, altered), String(at)).toBe(false);
    }
    expect(crypto.ed25519(key, utf8('clearzero.example/shanxi-2019\n6\n'), signature)).toBe(false);
  });

  test('takes nothing that is no signature or no key for one, without failing', () => {
    for (const wrong of [new Uint8Array(), new Uint8Array(63), new Uint8Array(65), new Uint8Array(64)])
      expect(crypto.ed25519(key, message, wrong)).toBe(false);
    for (const wrong of [new Uint8Array(), new Uint8Array(31), new Uint8Array(32).fill(255)])
      expect(crypto.ed25519(wrong, message, signature)).toBe(false);
  });

  test('hashes the bytes of a text as they are in UTF-8', () => {
    for (const text of ['', 'abc', '清零🏭', '\u0000\uffff'])
      expect(sha256Hex(utf8(text)), text).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
    expect(hex(Uint8Array.of(0, 1, 15, 16, 255))).toBe('00010f10ff');
  });

  test('reads the hashes of a proof; one that cannot be read is there and fits nothing', () => {
    expect(hashes(['AAECAw=='])).toEqual([Uint8Array.of(0, 1, 2, 3)]);
    expect(hashes(['!!', 7, null, 'AAE=']).map((h) => h.length)).toEqual([0, expect.any(Number), expect.any(Number), 2]);
    for (const none of [undefined, null, 'AAE=', {}, 5]) expect(hashes(none)).toEqual([]);
  });
});

describe('the figure of a release', () => {
  const asOf = '2019-08-05T18:00:00+08:00';
  const frozen = (more: object) => ({ id: 'a', version: 1, filter: {}, asOf, numerator: 1, denominator: null, ...more });
  const signed = {
    figures: [frozen({}), frozen({ version: 2 }), frozen({ filter: { city: '140100', batches: [1, 2] } })],
    artefacts: [],
  } as unknown as Signed;
  const wanted = { id: 'a', version: 1, filter: {}, asOf };

  test('is the one of the same id, version, filter and instant, whatever the order of the filter’s keys', () => {
    expect(figureIn(signed, wanted)).toBe(signed.figures[0]);
    expect(figureIn(signed, { ...wanted, version: 2 })).toBe(signed.figures[1]);
    expect(figureIn(signed, { ...wanted, filter: { batches: [1, 2], city: '140100' } })).toBe(signed.figures[2]);
  });

  test('is none that differs in one of them', () => {
    for (const other of [
      { id: 'b' },
      { version: 3 },
      { filter: { city: '140100' } },
      { filter: { city: '140100', batches: [2, 1] } },
      { asOf: '2019-08-05T10:00:00Z' },
    ])
      expect(figureIn(signed, { ...wanted, ...other }), JSON.stringify(other)).toBeUndefined();
  });
});
