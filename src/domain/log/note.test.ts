import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { freshKey } from '../../../test/support/hashes.ts';
import { base64, fromBase64 } from '../kernel/base64.ts';
import {
  checkpointText,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  printVerifierKey,
  signatureLine,
  splitCosignature,
  verifierKey,
} from './note.ts';

const own = freshKey();
const { raw } = own;

describe('base64', () => {
  test('writes as everybody does and reads only what it writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        const text = base64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
        expect([...(fromBase64(text) ?? [])]).toEqual([...bytes]);
      }),
    );
    for (const bad of ['A', 'AA', 'AAA', 'AB==', 'AAA=A', '====', 'A-_=', ' AAA']) expect(fromBase64(bad), bad).toBeUndefined();
  });
});

describe('signed notes', () => {
  test('keys are named by the hash of name, algorithm and key', () => {
    // The example key of the Go module database's note package.
    const known = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
    expect(printVerifierKey(parseVerifierKey(known) as never)).toBe(known);
    const key = verifierKey('log.example/a', 1, raw);
    expect(parseVerifierKey(printVerifierKey(key))).toEqual(key);
    expect(parseVerifierKey(printVerifierKey(key).replace('log.example/a', 'log.example/b'))).toBeUndefined();
    expect(parseVerifierKey('a b+00000000+AA==')).toBeUndefined();
  });

  test('a checkpoint reads back, with signatures behind an empty line', () => {
    const c = { origin: 'log.example/shanxi', size: 20_852_163, root: new Uint8Array(32).fill(7) };
    const text = checkpointText(c);
    const key = verifierKey(c.origin, 1, raw);
    const note = `${text}\n${signatureLine(key.name, key.id, own.sign(text))}`;
    const read = parseNote(note);
    expect(read?.text).toBe(text);
    expect(read?.signatures[0]?.name).toBe(c.origin);
    expect(read?.signatures[0]?.bytes.length).toBe(64);
    expect(parseCheckpoint(read?.text ?? '')).toEqual(c);
    for (const bad of ['', text, note.slice(0, -1), note.replace('— ', '- '), `${text}\n— x !!\n`]) expect(parseNote(bad)).toBeUndefined();
    for (const bad of ['a\n01\nAAAA\n', 'a\n-1\n', '\n1\n', `a\n1\n${base64(new Uint8Array(31))}\n`])
      expect(parseCheckpoint(bad)).toBeUndefined();
  });

  test('a cosignature is eight bytes of time and a signature', () => {
    const bytes = new Uint8Array(72);
    new DataView(bytes.buffer).setBigUint64(0, 1_679_315_147n);
    expect(splitCosignature(bytes)?.seconds).toBe(1_679_315_147);
    expect(splitCosignature(bytes.slice(1))).toBeUndefined();
  });
});
