import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/acts/leaf.ts';
import { formatInstant, parseInstant, type Instant } from '../../domain/kernel/instant.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import { packEntries, parseTilePath, tileAddress, tileWidth } from '../../domain/log/tiles.ts';
import type { FigureRef } from '../../domain/campaign/settings.ts';
import { stampText } from '../../domain/kernel/standing.ts';
import type { CampaignRow } from '../../storage/acts/read.ts';
import { listCheckpointNotes, listLongActs, listPersonal } from '../../storage/log/checkpoints.ts';
import { listObjectHashes } from '../../storage/evidence/objects.ts';
import { readBundle } from '../../storage/log/entries.ts';
import { marksBeganAt } from '../../storage/log/begin-marks.ts';
import { findHead, type LogHead } from '../../storage/log/head.ts';
import { readTile } from '../../storage/log/nodes.ts';
import { listAnchors } from '../../storage/log/anchors.ts';
import { enteredBy } from '../../storage/figures/totals.ts';
import { publishedIn } from '../../storage/publication/published.ts';
import { allBulletins } from '../publication/read.ts';
import { openView, standingOf, type View } from '../figures/as-of.ts';
import { findFigure, readValues, requestsOf, type FigureValue } from '../figures/values.ts';
import { installation, type Services } from '../services.ts';
import { completeUpTo } from './sequence.ts';

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
  /** Everything that came in at or before it is in the log as far as the bundle goes. */
  private readonly upTo: Instant;
  private payloads: Map<string, string> | undefined;
  private readonly made = new Map<string, Promise<Uint8Array>>();

  private constructor(s: Services, row: CampaignRow, head: LogHead, upTo: Instant, options: BundleOptions) {
    this.s = s;
    this.row = row;
    this.head = head;
    this.upTo = upTo;
    this.options = options;
  }

  /** @returns undefined when the log has no checkpoint yet */
  static async open(s: Services, row: CampaignRow, options: BundleOptions): Promise<Bundle | undefined> {
    const complete = await completeUpTo(s);
    const head = await findHead(s.database.db, row.id);
    if (head === undefined) return undefined;
    // What is recorded and not numbered yet ends it earlier.
    const whole = complete > head.last.enteredAt && (await enteredBy(s.database.db, row, complete)) === head.size;
    return new Bundle(s, row, head, whole ? complete : head.last.enteredAt, options);
  }

  /** Paths of all files, in the order in which they are best written. */
  async *paths(): AsyncGenerator<string> {
    yield* ['bundle.json', 'bundle.note', 'checkpoint', ...this.listed()];
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
    if (path === 'bundle.json') return this.manifest();
    if (path === 'bundle.note') return Buffer.from(await this.seal(), 'utf8');
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
        return (await listAnchors(db, this.row.id)).filter((a) => a.size <= this.head.size).map((a) => ({ ...a, at: formatInstant(a.at) }));
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

  private manifest(): Promise<Uint8Array> {
    let made = this.made.get('bundle.json');
    if (made === undefined) {
      made = this.contentOfManifest().then(json);
      this.made.set('bundle.json', made);
    }
    return made;
  }

  /** The manifest, signed: a bundle from which something was taken out is not the one that was exported. */
  private async seal(): Promise<string> {
    const { slug } = this.row;
    const hash = createHash('sha256')
      .update(await this.manifest())
      .digest('base64');
    return this.s.log.signText(slug, `clearzero.bundle/v2\n${this.s.log.origin(slug)}\n${this.head.size}\n${hash}\n`);
  }

  private async contentOfManifest() {
    const { slug, mode } = this.row;
    const files: Record<string, string> = {};
    for (const path of this.listed())
      files[path] = createHash('sha256')
        .update(await this.list(path))
        .digest('hex');
    return {
      format: 'clearzero-bundle/2',
      campaign: slug,
      mode,
      origin: this.s.log.origin(slug),
      key: this.s.log.verifier(slug),
      size: this.head.size,
      upTo: formatInstant(this.upTo),
      marksFrom: await marksBeganAt(this.s.database.db, this.row, this.s.marks),
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

  /** The press set at the campaign's moments and now, and all that was published as of an instant; as the product answers it. */
  private async figures(): Promise<StatedFigure[]> {
    const now = await openView(this.s, installation, 'figure.read', this.row.slug, undefined);
    if (isRefusal(now)) return [];
    const { moments, pressSet } = now.campaign.settings;
    const asked = new Map<Instant, { text: string; refs: readonly FigureRef[]; released: ReadonlySet<string> | null | undefined }>();
    for (const text of [...moments.map((m) => m.at), formatInstant(this.head.last.enteredAt)]) {
      const at = parseInstant(text);
      if (at !== undefined) asked.set(at, { text, refs: pressSet, released: undefined });
    }
    for (const p of await publishedIn(this.s.database.db, this.row)) {
      asked.set(p.asOf, { text: formatInstant(p.asOf), refs: asked.get(p.asOf)?.refs ?? [], released: p.figures });
    }
    const out: StatedFigure[] = [];
    for (const { text, refs, released } of [...asked].sort(([a], [b]) => a - b).map(([, x]) => x)) {
      const view = await openView(this.s, installation, 'figure.read', this.row.slug, text);
      // A moment in the future, or before the campaign, has no figures; nor has one behind the end of the bundle.
      if (isRefusal(view) || view.watermark > this.upTo) continue;
      out.push(...(await this.figuresAt(view, [...refs, ...releasedRefs(view, released)])));
    }
    return out;
  }

  private async figuresAt(view: View, refs: readonly FigureRef[]): Promise<StatedFigure[]> {
    const stamp = stampText(await standingOf(this.s, view));
    if (stamp.logSize > this.head.size || stamp.logSize === 0) return [];
    const once = new Map(refs.map((r) => [canonicalJson([r.id, r.filter]), r]));
    const values = await readValues(this.s, view, requestsOf(view, [...once.values()]));
    const hashOf = (id: string) =>
      createHash('sha256')
        .update(canonicalJson(findFigure(view, id) ?? null), 'utf8')
        .digest('hex');
    return values.map((v) => ({ ...v, definitionHash: hashOf(v.id), asOf: stamp.watermark, logSize: stamp.logSize }));
  }
}

type StatedFigure = FigureValue & { readonly asOf: string; readonly logSize: number; readonly definitionHash: string };

/** Figures that were released as of an instant, without a filter; `null` stands for every one of the dictionary. */
function releasedRefs(view: View, released: ReadonlySet<string> | null | undefined): FigureRef[] {
  if (released === undefined) return [];
  return view.campaign.figures
    .filter((f) => f.estimate === undefined && (released?.has(f.id) ?? true))
    .map((f) => ({ id: f.id, filter: {} }));
}

/** Where the verifier looks for an evidence file. */
function evidencePath(sha256: string): string {
  return `evidence/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
}

function json(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, null, 1)}\n`, 'utf8');
}
