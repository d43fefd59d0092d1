import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base64, fromBase64, fromHex } from './base64.ts';

const bytes = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));

describe('base64', () => {
  // RFC 4648, section 10.
  test.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('writes %j as %j and reads it back', (text, written) => {
    expect(base64(bytes(text))).toBe(written);
    expect(fromBase64(written)).toEqual(bytes(text));
  });

  test('uses all 64 digits, the last two being + and /', () => {
    const all = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    // Six bits a digit, from 0 to 63.
    const counted = Uint8Array.from(Buffer.from(all, 'base64'));
    expect(base64(counted)).toBe(all);
    expect(fromBase64(all)).toEqual(counted);
    expect(base64(Uint8Array.of(255, 255, 255))).toBe('////');
    expect(base64(Uint8Array.of(0xfb, 0xef, 0xbe))).toBe('++++');
  });

  test('writes and reads any bytes as Node does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (raw) => {
        const written = Buffer.from(raw).toString('base64');
        expect(base64(raw)).toBe(written);
        expect(fromBase64(written)).toEqual(raw);
      }),
    );
  });

  test.each([
    ['without its padding', 'Zg'],
    ['with padding for one digit', 'Z==='],
    ['padded where nothing is missing', 'Zm9v===='],
    ['padded inside', 'Zg==Zm9v'],
    ['padding alone', '===='],
    ['with a line end', 'Zm9v\n'],
    ['of four with a line end', 'Zm9\n'],
    ['with a space', 'Zm v'],
    ['in the alphabet for addresses', '-_-_'],
    ['with bits left over that are not zero', 'Zh=='],
    ['with bits left over in the last pair', 'Zm9='],
    ['that begins with something else', '*m9v'],
  ])('refuses a text %s', (_, text) => {
    expect(fromBase64(text)).toBeUndefined();
  });
});

describe('hexadecimal digits', () => {
  test('are read two by two', () => {
    expect(fromHex('')).toEqual(Uint8Array.of());
    expect(fromHex('c00aff80')).toEqual(Uint8Array.of(192, 10, 255, 128));
  });

  test.each(['0', '0ff', '0G', 'FF', 'g0', '00 ff', 'xx00', '00xx', '0x00', '00\n'])('refuses %j', (text) => {
    expect(() => fromHex(text)).toThrow('not hexadecimal');
  });
});
