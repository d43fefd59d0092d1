import { publicPaths, type PublicWhere } from '../../../contract/paths/public.ts';
import { canonical, checkConsistency, checkInclusion } from '../../../../verifier/clearzero-verify.mjs';
import type { Artefact, FrozenFigure } from '../../../domain/publication/acts.ts';
import { printCount } from '../../../domain/publication/reading.ts';
import { crypto, hashes, sha256Hex, utf8 } from './crypto.ts';
import { fetchText, ofOneLog, readCheckpoint, type Seen } from './log.ts';
import { Bad, type Report } from './report.ts';

/** What was signed when a bulletin was released. */
export interface Signed {
  readonly figures: readonly FrozenFigure[];
  readonly artefacts: readonly Artefact[];
}

interface ProofFile {
  readonly key: string;
  readonly entry: string;
  readonly payload: string | null;
  readonly index: number;
  readonly inclusion: unknown;
  readonly checkpoint: string;
  readonly quoted: string | null;
  readonly consistency: unknown;
}

/** The release of a bulletin, shown to stand in the log that was checked, which continues the one printed on the bulletin. */
export function checkEntry(report: Report, where: PublicWhere, seen: Seen, no: string): Promise<Signed | undefined> {
  const w = report.words.entry;
  return report.step(w.name, async () => {
    const p = JSON.parse(await fetchText(publicPaths.proof(where, Number(no)))) as ProofFile;
    if (p.key !== seen.key) throw new Bad(w.key);
    const newest = await readCheckpoint(p.checkpoint, seen.key);
    if (newest === undefined) throw new Bad(w.checkpoint);
    if (!(await ofOneLog(where, seen, newest))) throw new Bad(w.fork);
    const bytes = utf8(p.entry);
    const leaf = new Uint8Array(bytes.length + 1);
    leaf.set(bytes, 1);
    if (!checkInclusion(crypto, crypto.sha256(leaf), p.index, newest.size, hashes(p.inclusion), newest.root)) throw new Bad(w.inclusion);
    if (p.quoted !== null) {
      const quoted = await readCheckpoint(p.quoted, seen.key);
      const continued =
        quoted !== undefined && checkConsistency(crypto, quoted.size, quoted.root, newest.size, newest.root, hashes(p.consistency));
      if (!continued) throw new Bad(w.quoted);
    }
    const act = JSON.parse(p.entry) as { kind: string; campaign: string; payload?: Payload; payloadDigest?: { sha256: string } };
    if (act.kind !== 'BulletinReleased' || act.campaign !== where.slug) throw new Bad(w.kind);
    // The act names the checkpoint that was printed: another one may not stand in for it.
    const payload = act.payload ?? payloadOf(p.payload ?? '', act.payloadDigest?.sha256);
    if (payload === undefined) throw new Bad(w.payload);
    if ((payload.checkpoint?.note ?? null) !== p.quoted) throw new Bad(w.quoted);
    return { text: w.good(no, printCount(p.index + 1)), value: payload };
  });
}

type Payload = Signed & { readonly checkpoint: { readonly note: string } | null };

/** A long payload stands in its entry by its hash. */
function payloadOf(text: string, sha256: string | undefined): Payload | undefined {
  return sha256 !== undefined && sha256Hex(utf8(text)) === sha256 ? (JSON.parse(text) as Payload) : undefined;
}

/** The frozen figure of an id, version, filter and instant. */
export function figureIn(signed: Signed, f: { id: string; version: number; filter: unknown; asOf: string }): FrozenFigure | undefined {
  const wanted = canonical([f.id, f.version, f.filter, f.asOf]);
  return signed.figures.find((x) => canonical([x.id, x.version, x.filter, x.asOf]) === wanted);
}
