import { canDraw } from '../../documents/kit/fonts.ts';
import { letterDocx, letterPdf, type LetterModel } from '../../documents/supervision/letter.ts';
import { sealedNote, sha256 } from '../publication/model.ts';
import { canonicalJson } from '../../domain/acts/leaf.ts';
import type { Actor } from '../../domain/access/policy.ts';
import { codePointName, undrawable } from '../../domain/kernel/drawable.ts';
import { dateOf, formatInstant } from '../../domain/kernel/instant.ts';
import { covers, type PlaceCode } from '../../domain/kernel/place.ts';
import { writableText } from '../../domain/kernel/text.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { foldProblem } from '../../domain/problems/state.ts';
import { batchTitle } from '../../domain/supervision/name.ts';
import { listActsOfStreams, listStreamActs } from '../../storage/acts/read.ts';
import { listRecordIds } from '../../storage/figures/record-ids.ts';
import { conditionsOf } from '../../storage/figures/definition.ts';
import { listBatches } from './batches.ts';
import { openView } from '../figures/as-of.ts';
import { currentCheckpoint } from '../publication/checkpoint.ts';
import type { Services } from '../services.ts';

/** The letter of a batch to a city. */
export interface LetterFile {
  readonly bytes: Uint8Array;
  readonly batch: number;
  readonly place: PlaceCode;
}

/**
 * A supervision letter (督办函) with its list of problems as a file, carrying a checkpoint of the log as text and QR code.
 *
 * The list is that of the day of issue: what is withdrawn later stays in it.
 * @refuses campaign.unknown, access.forbidden, letter.unknown (also outside the jurisdiction), log.behind, log.stopped; a PDF also
 *          letter.undrawable, while Word draws with the fonts of whoever opens it
 */
export async function letterFile(
  s: Services,
  actor: Actor,
  q: { campaign: string; id: string; format: 'docx' | 'pdf' },
): Promise<LetterFile | Refusal> {
  const view = await openView(s, actor, 'batch.read', q.campaign, undefined);
  if (isRefusal(view)) return view;
  const issued = (await listStreamActs(s.database.db, view.row, q.id)).find((a) => a.kind === 'LetterIssued');
  if (issued?.kind !== 'LetterIssued' || !view.scope.some((r) => covers(r, issued.payload.place))) {
    return refuse('letter.unknown', {});
  }
  const { settings, organisations } = view.campaign;
  const letter = issued.payload;
  const ids = await listRecordIds(s.database.db, {
    campaignId: view.row.id,
    names: s.names,
    terms: { fact: 'problem.supervised', without: [] },
    conditions: conditionsOf({ batches: [letter.batch], city: String(letter.place) }, view.scope, settings),
    asOf: view.watermark,
  });
  const streams = await listActsOfStreams(s.database.db, view.row, ids);
  const problems = ids.flatMap((id) => {
    const p = foldProblem(streams.get(id) ?? []);
    if (p === undefined || p.supervised?.letterId !== q.id) return [];
    const county = settings.places.find((x) => x.code === p.found.place)?.name ?? '';
    return [{ no: p.found.no, county, unit: p.found.unit, text: p.found.text }];
  });
  problems.sort((a, b) => (a.no < b.no ? -1 : 1));
  const batches = await listBatches(s, view);
  const checkpoint = await currentCheckpoint(s, view.row);
  if (isRefusal(checkpoint)) return checkpoint;
  const base = {
    campaign: settings.name.zh,
    notice: settings.mode === 'synthetic' ? settings.notice.zh : '',
    issuer: organisations.find((o) => o.kind === 'office')?.name ?? '',
    docNo: letter.docNo,
    batch: batchTitle(letter.batch, batches.find((b) => b.no === letter.batch)?.name ?? ''),
    government: organisations.find((o) => o.code === letter.government)?.name ?? letter.government,
    issuedOn: dateOf(issued.happenedAt, settings.utcOffsetMinutes),
    deadline: letter.deadline,
    issuedAt: formatInstant(issued.happenedAt),
    problems,
    checkpoint,
  };
  const seal =
    (checkpoint === null ? undefined : sealedNote(checkpoint.note)) ??
    `clearzero letter\n${q.campaign}/${q.id}\n${base.issuedAt}\ncontent sha256:${sha256(canonicalJson(base))}`;
  const model: LetterModel = { ...base, seal };
  const wrong = q.format === 'pdf' ? withoutGlyphs(model) : undefined;
  if (wrong !== undefined) return wrong;
  const bytes = q.format === 'pdf' ? letterPdf(model) : await letterDocx(model);
  return { bytes, batch: letter.batch, place: letter.place };
}

/** The refusal for a letter with characters that the fonts of a PDF do not have: which, and in which of its problems. */
function withoutGlyphs(m: LetterModel): Refusal | undefined {
  const missing = (texts: readonly string[]) =>
    texts.flatMap((text) => undrawable(writableText(text), canDraw).flatMap((u) => u.characters));
  const places = [
    { place: m.docNo, characters: missing([m.campaign, m.notice, m.issuer, m.docNo, m.batch, m.government]) },
    ...m.problems.map((p) => ({ place: p.no, characters: missing([p.no, p.county, p.unit, p.text]) })),
  ].filter((x) => x.characters.length > 0);
  if (places.length === 0) return undefined;
  const characters = [...new Set(places.flatMap((x) => x.characters))];
  return refuse('letter.undrawable', {
    characters: characters.join(''),
    codePoints: characters.map(codePointName),
    places: places.slice(0, 20).map((x) => x.place),
  });
}
