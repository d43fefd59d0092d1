import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/acts/leaf.ts';
import { formatInstant } from '../../domain/kernel/instant.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import { packEntries, parseTilePath, tileAddress, tileWidth } from '../../domain/log/tiles.ts';
import type { CampaignRow } from '../../storage/acts/read.ts';
import { listCheckpointNotes, listLongActs, listPersonal } from '../../storage/log/checkpoints.ts';
import { listObjectHashes } from '../../storage/evidence/objects.ts';
import { readBundle } from '../../storage/log/entries.ts';
import { findHead, type LogHead } from '../../storage/log/head.ts';
import { readTile } from '../../storage/log/nodes.ts';
import { listAnchors } from '../../storage/log/anchors.ts';
import { allBulletins } from '../publication/read.ts';
import { openView, stampOf } from '../figures/as-of.ts';
import { findFigure, readValues, requestsOf, type FigureValue } from '../figures/values.ts';
import { installation, type Services } from '../services.ts';

/** A payload of at least so many bytes may stand in the log by its hash. */
const longFrom = 60_000;

export interface BundleOptions {
  /** Names of persons with their salts: only for whoever may know them. */
  readonly personal: boolean;
  /** Evidence files, originals and copies, and their list. */
  readonly evidence: boolean;
}

/**
 * Everything of a campaign that can be checked without us (核验包), as files by path: the signed log with its entries and tiles, the
 * definitions, the figures that are published, and what opens the commitments. Made when read, always of the same checkpoint.
 */
export class Bundle {
  private readonly s: Services;
  private readonly row: CampaignRow;
  private readonly options: BundleOptions;
  readonly head: LogHead;
  private payloads: Map<string, string> | undefined;
  private readonly made = new Map<string, Promise<Uint8Array>>();

  private constructor(s: Services, row: CampaignRow, head: LogHead, options: BundleOptions) {
    this.s = s;
    this.row = row;
    this.head = head;
    this.options = options;
  }

  /** @returns undefined when the log has no checkpoint yet */
  static async open(s: Services, row: CampaignRow, options: BundleOptions): Promise<Bundle | undefined> {
    const head = await findHead(s.database.db, row.id);
    return head === undefined ? undefined : new Bundle(s, row, head, options);
  }

  /** Paths of all files, in the order in which they are best written. */
  async *paths(): AsyncGenerator<string> {
    yield* ['bundle.json', 'checkpoint', ...this.listed()];
    for (const hash of (await this.longPayloads()).keys()) yield `payloads/${hash}.json`;
    const { size } = this.head;
    for (let level = 0; tileWidth ** level <= size; level++) {
      const hashes = Math.floor(size / tileWidth ** level);
      for (let n = 0; n * tileWidth < hashes; n++) yield tileAddress(level, n, Math.min(tileWidth, hashes - n * tileWidth));
    }
    for (let n = 0; n * tileWidth < size; n++) yield tileAddress('entries', n, Math.min(tileWidth, size - n * tileWidth));
    if (this.options.evidence) {
      for (const o of await this.objects()) yield evidencePath(o.sha256);
    }
  }

  /** A file's bytes; undefined when the bundle has no such file. */
  async read(path: string): Promise<Uint8Array | undefined> {
    const [, level, tile] = /^tile\/(entries|\d+)\/((?:x\d{3}\/)*\d{3})(?:\.p\/\d+)?$/.exec(path) ?? [];
    if (level !== undefined && tile !== undefined) return this.tile(level, parseTilePath(tile) ?? -1);
    const payload = /^payloads\/([0-9a-f]{64})\.json$/.exec(path)?.[1];
    if (payload !== undefined) {
      const text = (await this.longPayloads()).get(payload);
      return text === undefined ? undefined : Buffer.from(text, 'utf8');
    }
    const object = /^evidence\/..\/..\/([0-9a-f]{64})$/.exec(path)?.[1];
    if (object !== undefined) return this.object(object);
    if (path === 'bundle.json') return json(await this.manifest());
    if (path === 'checkpoint') return Buffer.from(await this.note(), 'utf8');
    return this.listed().includes(path) ? this.list(path) : undefined;
  }

  /** Files whose hashes the manifest names. */
  private listed(): string[] {
    const names = ['checkpoints.json', 'anchors.json', 'definitions.json', 'figures.json'];
    if (this.options.personal) names.push('personal.json');
    if (this.options.evidence) names.push('evidence.json');
    return names;
  }

  /** One of the lists, made once. */
  private list(path: string): Promise<Uint8Array> {
    let made = this.made.get(path);
    if (made === undefined) {
      made = this.contentOf(path).then(json);
      this.made.set(path, made);
    }
    return made;
  }

  private async contentOf(path: string): Promise<unknown> {
    const { db } = this.s.database;
    switch (path) {
      case 'checkpoints.json':
        return listCheckpointNotes(db, this.row.id, this.head.size);
      case 'anchors.json':
        return (await listAnchors(db, this.row.id)).map((a) => ({ ...a, at: formatInstant(a.at) }));
      case 'definitions.json':
        return this.definitions();
      case 'figures.json':
        return this.figures();
      case 'evidence.json':
        return this.objects();
      default:
        return listPersonal(db, this.row.id);
    }
  }

  /** Evidence, and the files that released bulletins froze to. */
  private async objects(): Promise<{ sha256: string; bytes: number }[]> {
    const all = new Map((await listObjectHashes(this.s.database.db, this.row.id)).map((o) => [o.sha256, o]));
    for (const b of (await allBulletins(this.s, { row: this.row })).values()) {
      for (const { sha256, bytes } of b.released?.artefacts ?? []) all.set(sha256, { sha256, bytes });
    }
    return [...all.values()].toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  }

  private async object(sha256: string): Promise<Uint8Array | undefined> {
    const found = await this.s.blobs.open(sha256);
    if (found === undefined) return undefined;
    const parts: Buffer[] = [];
    for await (const part of found.stream as AsyncIterable<Buffer>) parts.push(part);
    return Buffer.concat(parts);
  }

  private async manifest() {
    const { slug, mode } = this.row;
    const files: Record<string, string> = {};
    for (const path of this.listed())
      files[path] = createHash('sha256')
        .update(await this.list(path))
        .digest('hex');
    return {
      format: 'clearzero-bundle/1',
      campaign: slug,
      mode,
      origin: this.s.log.origin(slug),
      key: this.s.log.verifier(slug),
      size: this.head.size,
      files,
    };
  }

  private async note(): Promise<string> {
    const lines = (await listAnchors(this.s.database.db, this.row.id, this.head.size))
      .filter((a) => a.kind === 'witness')
      .map((a) => a.body);
    return this.head.note + lines.join('');
  }

  private async tile(level: string, n: number): Promise<Uint8Array | undefined> {
    const { db } = this.s.database;
    // What is missing or cannot be made is for the verifier to say, as of a file.
    if (level === 'entries') {
      const entries = await readBundle(db, this.row, this.head, n).catch(() => []);
      return entries.length === 0 ? undefined : packEntries(entries.map((e) => Buffer.from(e.text, 'utf8')));
    }
    const hashes = await readTile(db, this.row.id, this.head, Number(level), n).catch(() => []);
    return hashes.length === 0 ? undefined : Buffer.concat(hashes);
  }

  private async longPayloads(): Promise<ReadonlyMap<string, string>> {
    if (this.payloads === undefined) {
      const acts = await listLongActs(this.s.database.db, this.row.id, longFrom);
      this.payloads = new Map(acts.map((a) => [createHash('sha256').update(a.payload, 'utf8').digest('hex'), a.payload]));
    }
    return this.payloads;
  }

  private async definitions() {
    const view = await openView(this.s, installation, 'figure.read', this.row.slug, undefined);
    return isRefusal(view) ? [] : view.campaign.figures;
  }

  /** The published set at the campaign's moments and now, as the product answers it. */
  private async figures(): Promise<(FigureValue & { asOf: string; logSize: number; definitionHash: string })[]> {
    const now = await openView(this.s, installation, 'figure.read', this.row.slug, undefined);
    if (isRefusal(now)) return [];
    const out = [];
    const moments = now.campaign.settings.moments.map((m) => m.at);
    for (const at of [...moments, formatInstant(this.head.last.recordedAt)]) {
      const view = await openView(this.s, installation, 'figure.read', this.row.slug, at);
      // A moment in the future, or before the campaign, has no figures.
      if (isRefusal(view)) continue;
      const stamp = await stampOf(this.s, view);
      if (stamp.logSize > this.head.size || stamp.logSize === 0) continue;
      const values = await readValues(this.s, view, requestsOf(view, view.campaign.settings.pressSet));
      const hashOf = (id: string) =>
        createHash('sha256')
          .update(canonicalJson(findFigure(view, id) ?? null), 'utf8')
          .digest('hex');
      out.push(...values.map((v) => ({ ...v, definitionHash: hashOf(v.id), asOf: stamp.watermark, logSize: stamp.logSize })));
    }
    return out;
  }
}

/** Where the verifier looks for an evidence file. */
function evidencePath(sha256: string): string {
  return `evidence/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
}

function json(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, null, 1)}\n`, 'utf8');
}
