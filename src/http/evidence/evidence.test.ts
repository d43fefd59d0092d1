import { createHash, randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import exifr from 'exifr';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaign, testApp, type TestApp } from '../../../test/support/app.ts';
import { hostileFiles, mp4, pdf, phonePhoto } from '../../../test/support/hostile.ts';
import { cutProxy, handIn, metadataOf, part, sha256, tusUpload, uploadHeaders } from '../../../test/support/upload.ts';
import { maxOpenUploads } from '../../domain/evidence/limits.ts';
import { instant } from '../../domain/kernel/instant.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import { seeded } from '../../demo/random.ts';
import { verifyBlobs } from '../../storage/evidence/verify.ts';
import { rebuildCampaign } from '../../usecases/campaign/rebuild.ts';
import { examine } from '../../usecases/health/examine.ts';
import { dropExpiredUploads } from '../../usecases/evidence/sweep.ts';

let app: TestApp;
let address = '';
/** Problems in Hongtong (Linfen) and in Taiyuan. */
let linfen = '';
let taiyuan = '';

beforeAll(async () => {
  app = await testApp(30);
  address = await app.raw.listen({ host: '127.0.0.1', port: 0 });
  const found = async (place: number) => {
    const body = {
      campaign,
      unit: '听松演示焦化厂',
      place,
      aspect: 'key-dischargers',
      type: 'key-dischargers',
      text: '超标',
      clue: 'inspection',
      evidence: [],
    };
    return ((await app.call('clerk', 'POST', '/api/problems', body)).body.item as { id: string }).id;
  };
  linfen = await found(141_024);
  taiyuan = await found(140_105);
}, 120_000);
afterAll(async () => {
  await app?.close();
  await rm(dirname(app.services.incoming), { recursive: true, force: true });
});

const q = `campaign=${campaign}`;
const table = (text: string) => Buffer.from(`点位,COD\n${text}\n`);
const open = async (
  who: string,
  item: string,
  bytes: Buffer,
  name = 'x.csv',
  kind: 'monitoring' | 'photo' | 'video' | 'document' = 'monitoring',
  hash?: string,
) => app.call(who, 'POST', '/api/uploads', undefined, uploadHeaders(item, bytes, name, kind, hash));
const custodyOf = async (who: string, hash: string) =>
  (await app.call(who, 'GET', `/api/evidence/${hash}/custody?${q}`)).body.acts as {
    kind: string;
    payload: Record<string, unknown>;
    actor: { name: string };
  }[];
const objectsOf = async (who: string, item: string) =>
  (await app.call(who, 'GET', `/api/items/${item}/evidence?${q}`)).body.objects as Record<string, unknown>[];
async function bytesFrom(
  who: string,
  method: string,
  url: string,
  body?: object,
): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
  const headers = {
    authorization: `Bearer ${await app.token(who)}`,
    'accept-encoding': 'gzip',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const r = await fetch(address + url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: r.status, headers: r.headers, bytes: Buffer.from(await r.arrayBuffer()) };
}

describe('handing in evidence', () => {
  test('a photo: sealed original, copies without place and device, each step in its custody', async () => {
    const photo = await phonePhoto(1600, 1200, 5);
    const hash = sha256(photo);
    await tusUpload({
      address,
      token: await app.token('hongtong'),
      bytes: photo,
      metadata: metadataOf(linfen, photo, '整改后 <1>.exe.jpg', 'photo'),
    });
    const listed = (await objectsOf('inspector', linfen)).find((o) => o.sha256 === hash);
    expect(listed).toMatchObject({
      kind: 'photo',
      mediaType: 'image/jpeg',
      bytes: photo.length,
      sealed: true,
      copy: true,
      thumbnail: true,
    });
    const view = await bytesFrom('inspector', 'GET', `/api/evidence/${hash}/view?${q}`);
    expect(view.headers.get('content-type')).toBe('image/jpeg');
    expect(sha256(view.bytes)).not.toBe(hash);
    expect(await exifr.parse(view.bytes, true).catch(() => undefined)).toBeUndefined();
    const thumbnail = await bytesFrom('inspector', 'GET', `/api/evidence/${hash}/thumbnail?${q}`);
    expect(thumbnail.bytes.length).toBeLessThan(view.bytes.length);
    const exported = await bytesFrom('director', 'POST', `/api/evidence/${hash}/export?${q}`, { purpose: '行政复议举证' });
    expect(exported.bytes.equals(photo)).toBe(true);
    for (const r of [view, exported]) {
      expect(r.headers.get('content-disposition')).toBe(
        `attachment; filename="___ _1_.jpg"; filename*=UTF-8''${encodeURIComponent('整改后 _1_.jpg')}`,
      );
      expect(r.headers.get('x-content-type-options')).toBe('nosniff');
      expect(r.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
      expect(r.headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(r.headers.get('cache-control')).toBe('no-store');
    }
    const acts = await custodyOf('auditor', hash);
    expect(acts.map((a) => a.kind)).toEqual([
      'EvidenceReceived',
      'EvidenceSealed',
      'RenditionDerived',
      'RenditionDerived',
      'EvidenceViewed',
      'EvidenceExported',
    ]);
    expect(acts[0]?.payload).toMatchObject({
      hasLocation: true,
      deviceTakenAt: '2019-07-30T09:15:00',
      place: 141_024,
      bytes: photo.length,
    });
    expect(acts[4]?.payload.rendition).toBe(sha256(view.bytes));
    expect(acts[5]).toMatchObject({ payload: { purpose: '行政复议举证' }, actor: { name: 'director 某' } });
    expect(JSON.stringify(acts)).not.toMatch(/36\.2|111\.6|P-40|SN-778899/);
    // Looking again within minutes is the same looking.
    await bytesFrom('inspector', 'GET', `/api/evidence/${hash}/view?${q}`);
    expect((await custodyOf('auditor', hash)).filter((a) => a.kind === 'EvidenceViewed')).toHaveLength(1);
    // A government does not learn who of the other side looked.
    expect((await custodyOf('hongtong', hash)).find((a) => a.kind === 'EvidenceViewed')?.actor.name).toBe('');
  });

  test('a table is sent as it was handed in, and not compressed or shown', async () => {
    const bytes = table('a,1\n'.repeat(2000));
    const hash = await handIn(app, 'inspector', linfen, bytes);
    const view = await bytesFrom('linfen', 'GET', `/api/evidence/${hash}/view?${q}`);
    expect(view.bytes.equals(bytes)).toBe(true);
    expect(view.headers.get('content-encoding')).toBeNull();
    expect(view.headers.get('content-type')).toBe('text/csv');
    expect(view.headers.get('content-disposition')).toContain('attachment');
  });

  test('the same bytes again are the same object: for the same problem one receipt, for another one a further', async () => {
    const bytes = table('same');
    const hash = await handIn(app, 'inspector', linfen, bytes);
    await handIn(app, 'linfen', linfen, bytes, '别名.csv');
    expect((await custodyOf('auditor', hash)).map((a) => a.kind)).toEqual(['EvidenceReceived', 'EvidenceSealed']);
    await handIn(app, 'taiyuan', taiyuan, bytes, '太原.csv');
    expect((await custodyOf('auditor', hash)).map((a) => a.kind)).toEqual(['EvidenceReceived', 'EvidenceSealed', 'EvidenceReceived']);
    expect((await objectsOf('linfen', linfen)).filter((o) => o.sha256 === hash)).toHaveLength(1);
    // Neither city learns of the other's receipt.
    const told = JSON.stringify(await custodyOf('taiyuan', hash));
    expect(told).toContain('太原.csv');
    expect(told).not.toContain('141024');
    expect(JSON.stringify(await custodyOf('linfen', hash))).not.toContain('太原.csv');
  });

  test('two clients with the same file at one moment make one object', async () => {
    const photo = await phonePhoto(800, 600, 9);
    const clients = ['hongtong', 'linfen', 'inspector', 'finder'].map(async (who) =>
      tusUpload({
        address,
        token: await app.token(who),
        bytes: photo,
        metadata: metadataOf(linfen, photo, 'a.jpg', 'photo'),
        chunkSize: 4000,
      }),
    );
    expect(new Set(await Promise.all(clients)).size).toBe(4);
    const kinds = (await custodyOf('auditor', sha256(photo))).map((a) => a.kind);
    expect(kinds).toEqual(['EvidenceReceived', 'EvidenceSealed', 'RenditionDerived', 'RenditionDerived']);
  });

  test('other bytes than announced are refused with 460, and nothing of them is kept', async () => {
    const bytes = table('real');
    const made = await open('inspector', linfen, bytes, 'x.csv', 'monitoring', 'b'.repeat(64));
    const url = String(made.headers.location);
    const done = await part(app, 'inspector', url, 0, bytes);
    expect([done.status, done.body.code]).toEqual([460, 'evidence.hash-mismatch']);
    expect((await app.call('inspector', 'HEAD', url, undefined, { 'tus-resumable': '1.0.0' })).status).toBe(404);
    expect(await app.services.blobs.stat(sha256(bytes))).toBeUndefined();
    expect(await readdir(app.services.incoming)).toEqual([]);
  });

  test('hostile files are refused over HTTP in words, and leave neither bytes nor acts', async () => {
    const files = (await hostileFiles()).filter((f) =>
      ['a page named .jpg', 'a bomb by ratio', 'a name that climbs', 'a PDF with JavaScript', 'a Linux program named .jpg'].includes(
        f.title,
      ),
    );
    expect(files).toHaveLength(5);
    for (const f of files) {
      const made = await open('inspector', linfen, f.bytes, f.name, f.kind);
      const done = await part(app, 'inspector', String(made.headers.location), 0, f.bytes);
      expect([done.status, done.body.code], f.title).toEqual([422, f.code]);
      expect((done.body.messages as { zh: string }).zh).not.toBe('');
      expect(await app.services.blobs.stat(sha256(f.bytes))).toBeUndefined();
      expect((await app.call('auditor', 'GET', `/api/evidence/${sha256(f.bytes)}/custody?${q}`)).status).toBe(404);
    }
    expect(await readdir(app.services.incoming)).toEqual([]);
  });
});

describe('the protocol', () => {
  test('goes on after cuts at any byte, and the file arrives whole', async () => {
    const r = seeded(20_190_805, 3);
    const token = await app.token('inspector');
    let cuts = 0;
    for (let round = 0; round < 20; round++) {
      const bytes = Buffer.concat([mp4(), boxOf(randomBytes(200_000 + Math.floor(r.next() * 400_000)))]);
      let left = 4;
      const proxy = await cutProxy(address, () => (left-- > 0 ? 600 + Math.floor(r.next() * bytes.length) : undefined));
      try {
        await tusUpload({
          address: proxy.address,
          token,
          bytes,
          metadata: metadataOf(linfen, bytes, `v${round}.mp4`, 'video'),
          tries: 40,
          ...(round % 2 === 0 ? { chunkSize: 65_536 } : {}),
        });
      } finally {
        cuts += proxy.cuts();
        await proxy.close();
      }
      const back = await bytesFrom('inspector', 'GET', `/api/evidence/${sha256(bytes)}/view?${q}`);
      expect(back.bytes.equals(bytes)).toBe(true);
    }
    expect(cuts).toBeGreaterThan(10);
  }, 120_000);

  test('says what it can do, and refuses other versions, wrong offsets and more bytes than announced', async () => {
    const options = await app.call('inspector', 'OPTIONS', '/api/uploads');
    expect(options.status).toBe(204);
    expect(options.headers['tus-extension']).toContain('creation-with-upload');
    const bytes = table('p');
    expect(
      (
        await app.call('inspector', 'POST', '/api/uploads', undefined, {
          ...uploadHeaders(linfen, bytes, 'x.csv', 'monitoring'),
          'tus-resumable': '0.2.2',
        })
      ).status,
    ).toBe(412);
    expect(
      (
        await app.call('inspector', 'POST', '/api/uploads', undefined, {
          ...uploadHeaders(linfen, bytes, 'x.csv', 'monitoring'),
          'upload-metadata': 'campaign !!',
        })
      ).status,
    ).toBe(400);
    const url = String((await open('inspector', linfen, bytes)).headers.location);
    expect((await part(app, 'inspector', url, 3, bytes.subarray(3))).body).toMatchObject({
      code: 'evidence.offset',
      details: { received: 0 },
    });
    expect((await part(app, 'inspector', url, 0, Buffer.concat([bytes, bytes]))).body.code).toBe('evidence.too-long');
    // Over a real connection too the refusal arrives, and not only the end of it.
    const wire = await fetch(address + url, {
      method: 'PATCH',
      body: randomBytes(3_000_000),
      headers: {
        'tus-resumable': '1.0.0',
        'upload-offset': String(
          (await app.call('inspector', 'HEAD', url, undefined, { 'tus-resumable': '1.0.0' })).headers['upload-offset'],
        ),
        'content-type': 'application/offset+octet-stream',
        authorization: `Bearer ${await app.token('inspector')}`,
      },
    });
    expect([wire.status, ((await wire.json()) as { code: string }).code]).toEqual([400, 'evidence.too-long']);
    const head = await app.call('inspector', 'HEAD', url, undefined, { 'tus-resumable': '1.0.0' });
    expect([head.status, Number(head.headers['upload-offset']) <= bytes.length, head.headers['cache-control']]).toEqual([
      200,
      true,
      'no-store',
    ]);
    expect((await app.call('inspector', 'DELETE', url, undefined, { 'tus-resumable': '1.0.0' })).status).toBe(204);
    expect((await app.call('inspector', 'DELETE', url, undefined, { 'tus-resumable': '1.0.0' })).status).toBe(404);
  });

  test('keeps no part whose checksum is wrong, and takes a whole file with its creation', async () => {
    const bytes = table('checked');
    const made = await open('inspector', linfen, bytes);
    const url = String(made.headers.location);
    const sum = (b: Buffer) => `sha256 ${createHash('sha256').update(b).digest('base64')}`;
    const bad = await part(app, 'inspector', url, 0, bytes.subarray(0, 9), { 'upload-checksum': sum(bytes) });
    expect([bad.status, bad.body.code]).toEqual([460, 'evidence.checksum']);
    const first = await part(app, 'inspector', url, 0, bytes.subarray(0, 9), { 'upload-checksum': sum(bytes.subarray(0, 9)) });
    expect([first.status, first.headers['upload-offset']]).toEqual([204, '9']);
    expect((await part(app, 'inspector', url, 9, bytes.subarray(9))).status).toBe(204);
    const whole = table('at once');
    const headers = { ...uploadHeaders(linfen, whole, 'x.csv', 'monitoring'), 'content-type': 'application/offset+octet-stream' };
    const once = await app.call('inspector', 'POST', '/api/uploads', whole, headers);
    expect([once.status, once.headers['upload-offset']]).toEqual([201, String(whole.length)]);
    expect((await objectsOf('inspector', linfen)).some((o) => o.sha256 === sha256(whole))).toBe(true);
  });

  test('an upload whose last answer was lost is told to be complete', async () => {
    const bytes = table('lost answer');
    const url = String((await open('inspector', linfen, bytes)).headers.location);
    await part(app, 'inspector', url, 0, bytes);
    const head = await app.call('inspector', 'HEAD', url, undefined, { 'tus-resumable': '1.0.0' });
    expect([head.status, head.headers['upload-offset'], head.headers['upload-length']]).toEqual([
      200,
      String(bytes.length),
      String(bytes.length),
    ]);
  });
});

describe('rights and limits', () => {
  test('the neighbour city finds nothing, and a role without the right is refused', async () => {
    const bytes = table('mine');
    const hash = await handIn(app, 'inspector', linfen, bytes);
    for (const [method, url, body] of [
      ['GET', `/api/items/${linfen}/evidence?${q}`],
      ['GET', `/api/evidence/${hash}/view?${q}`],
      ['GET', `/api/evidence/${hash}/custody?${q}`],
      ['POST', `/api/evidence/${hash}/export?${q}`, { purpose: '想看看原件' }],
    ] as const) {
      const there = await app.call('taiyuan', method, url, body);
      const nowhere = await app.call(
        'taiyuan',
        method,
        url.replace(hash, 'c'.repeat(64)).replace(linfen, '00000000-0000-7000-8000-000000000000'),
        body,
      );
      expect(there.status, url).toBe(404);
      expect({ ...there.body, instance: '' }).toEqual({ ...nowhere.body, instance: '' });
    }
    expect((await open('taiyuan', linfen, table('x'))).status).toBe(404);
    expect((await open('inspector', '00000000-000000000000000000000000000', table('x'))).status).toBe(404);
    expect((await open('auditor', linfen, table('x'))).body.code).toBe('access.forbidden');
    expect((await app.call('linfen', 'POST', `/api/evidence/${hash}/export?${q}`, { purpose: '想看看原件' })).body.code).toBe(
      'access.forbidden',
    );
    expect((await app.call('director', 'POST', `/api/evidence/${hash}/export?${q}`, { purpose: ' ' })).body.code).toBe(
      'evidence.purpose-missing',
    );
    expect((await custodyOf('auditor', hash)).map((a) => a.kind)).toEqual(['EvidenceReceived', 'EvidenceSealed']);
    // An upload is its owner's alone.
    const url = String((await open('inspector', linfen, table('own'))).headers.location);
    expect((await part(app, 'finder', url, 0, table('own'))).status).toBe(404);
    await app.call('inspector', 'DELETE', url, undefined, { 'tus-resumable': '1.0.0' });
  });

  test('a page of another site cannot upload with the cookie', async () => {
    const signed = await app.raw.inject({
      method: 'POST',
      url: '/api/session',
      payload: { username: 'inspector', password: 'a long enough password' },
    });
    const cookie = String(signed.headers['set-cookie']).split(';')[0] ?? '';
    const headers = { ...uploadHeaders(linfen, table('x'), 'x.csv', 'monitoring'), cookie };
    for (const method of ['POST', 'PATCH', 'DELETE'] as const) {
      const url = method === 'POST' ? '/api/uploads' : '/api/uploads/00000000-0000-7000-8000-000000000000';
      expect((await app.raw.inject({ method, url, headers })).json()).toMatchObject({ code: 'access.bad-csrf' });
      const foreign = await app.raw.inject({ method, url, headers: { ...headers, origin: 'https://evil.example' } });
      expect(foreign.json()).toMatchObject({ code: 'access.bad-origin' });
    }
  });

  test('sizes by kind, and how much one person may have under way', async () => {
    const claim = (kind: string, length: number) =>
      app.call('clerk2', 'POST', '/api/uploads', undefined, {
        ...uploadHeaders(linfen, table('x'), 'x', kind as 'photo'),
        'upload-length': String(length),
      });
    for (const [kind, most] of [
      ['photo', 40_000_000],
      ['document', 60_000_000],
      ['monitoring', 60_000_000],
      ['video', 500_000_000],
    ] as const) {
      expect((await claim(kind, most + 1)).body.code).toBe('evidence.too-large');
    }
    expect((await claim('photo', 0)).body.code).toBe('evidence.empty');
    const all = await Promise.all(Array.from({ length: maxOpenUploads + 5 }, () => claim('photo', 1000)));
    expect(all.filter((r) => r.status === 201)).toHaveLength(maxOpenUploads);
    expect(all.filter((r) => r.body.code === 'evidence.too-many-open')).toHaveLength(5);
    expect(await readdir(app.services.incoming)).toHaveLength(maxOpenUploads);
    // Others are not kept from theirs.
    const other = await open('clerk', linfen, table('y'));
    expect(other.status).toBe(201);
    const { rows } = await app.services.database.pool.query<{ n: number }>(
      'select count(*) as n from uploads where finished_at is not null',
    );
    const before = rows[0]?.n ?? 0;
    // A process whose clock runs ahead takes nothing away: the database's counts.
    const days = app.services.now() + 25 * 3_600_000;
    expect(await dropExpiredUploads({ ...app.services, now: () => instant(days) })).toBe(0);
    await app.services.database.pool.query("update uploads set expires_at = expires_at - interval '25 hours'");
    expect(await dropExpiredUploads(app.services)).toBe(before + maxOpenUploads + 1);
    expect(await readdir(app.services.incoming)).toEqual([]);
    expect((await part(app, 'clerk', String(other.headers.location), 0, table('y'))).status).toBe(404);
  });

  test('what was handed in is what the acts say, and every byte of it is right', async () => {
    const report = await rebuildCampaign(app.services, campaign);
    if (isRefusal(report)) throw new Error(report.code);
    expect(report.tables.filter((t) => !t.same)).toEqual([]);
    expect(report.tables.find((t) => t.table === 'evidence_objects')?.after.rows).toBeGreaterThan(15);
    await app.services.database.pool.query(
      'update evidence_objects set sealed = false where ctid = (select min(ctid) from evidence_objects where original is null)',
    );
    const spoilt = await rebuildCampaign(app.services, campaign);
    expect(isRefusal(spoilt) ? [] : spoilt.tables.filter((t) => !t.same).map((t) => t.table)).toEqual(['evidence_objects']);
    expect((await verifyBlobs(app.services.blobs)).faults).toEqual([]);
  });

  test('an object whose bytes are gone is neither viewed nor exported', async () => {
    const hash = await handIn(app, 'inspector', linfen, Buffer.concat([pdf(), Buffer.from('%gone\n%%EOF\n')]), 'g.pdf', 'document');
    const { chmod, unlink } = await import('node:fs/promises');
    const path = `${dirname(app.services.incoming)}/objects/${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`;
    await chmod(path, 0o600);
    await unlink(path);
    expect((await app.call('director', 'POST', `/api/evidence/${hash}/export?${q}`, { purpose: '核查用途' })).body.code).toBe(
      'evidence.bytes-missing',
    );
    expect((await custodyOf('auditor', hash)).map((a) => a.kind)).toEqual(['EvidenceReceived', 'EvidenceSealed']);
    // Some forty objects are read again, so this one is among them.
    const finding = (await examine(app.services)).find((f) => f.name === 'evidence');
    expect(finding).toMatchObject({ state: 'fail' });
    expect(finding?.value).toContain(`missing ${hash.slice(0, 12)}`);
  });
});

function boxOf(body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write('free', 4, 'latin1');
  return Buffer.concat([head, body]);
}
