import { createHash } from 'node:crypto';
import type { Proof, PublicationModel, ShownBlock, ShownCorrection, ShownFigure, ShownRuns } from '../../documents/publication/model.ts';
import { canonicalJson } from '../../domain/acts/leaf.ts';
import type { Campaign } from '../../domain/campaign/campaign.ts';
import { formatWithOffset, type Instant } from '../../domain/kernel/instant.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import type { CheckpointRef, FrozenFigure } from '../../domain/publication/acts.ts';
import type { Bulletin } from '../../domain/publication/bulletin.ts';
import { printCohort } from '../../domain/publication/cohort.ts';
import { diffTexts } from '../../domain/publication/diff.ts';
import { parseBody, tokensOf, type Block, type Inlines } from '../../domain/publication/document.ts';
import { recordsRoot } from '../../domain/publication/merkle.ts';
import { printCount, printReading, type TextLang } from '../../domain/publication/reading.ts';
import { figureKey } from '../../domain/publication/token.ts';
import { conditionsOf, termsOf } from '../../storage/figures/definition.ts';
import { listRecordIds } from '../../storage/figures/record-ids.ts';
import { partTerms, type Part } from '../figures/records.ts';
import { findFigure } from '../figures/values.ts';
import type { Services } from '../services.ts';
import type { Office } from './access.ts';
import { moneyOf } from './check.ts';
import { readTokens, readWanted, type FullReading } from './readings.ts';

/** A bulletin as it is, or was, made into files. */
export interface Prepared {
  readonly model: PublicationModel;
  readonly proof: Proof;
  readonly figures: readonly FrozenFigure[];
}

export interface ReleaseFacts {
  readonly releasedAt: Instant;
  readonly checkpoint: CheckpointRef | null;
  /** The released bulletin it corrects. */
  readonly corrected: Bulletin | undefined;
}

/**
 * Makes everything the files of a bulletin are made of: each figure read again as of its instant, with the ids it counts.
 *
 * Depends on the records up to the instants of the figures and on the campaign as of the release only, so that it gives the same
 * later on.
 * @param campaign  as of the release
 */
export async function prepare(s: Services, office: Office, campaign: Campaign, b: Bulletin, facts: ReleaseFacts): Promise<Prepared> {
  const blocks = parseBody(b.body);
  const tokens = tokensOf(blocks).map((t) => t.token);
  const readings = await readTokens(s, office.row.slug, b.asOf, tokens);
  const quoted = new Map<string, FullReading>();
  for (const token of tokens) {
    const reading = readings.get(figureKey(token));
    if (reading === undefined || isRefusal(reading)) throw new Error(`${figureKey(token)} has no value`);
    quoted.set(figureKey(token), reading);
  }
  const all = [
    ...[...quoted.values()].map((reading) => ({ reading, role: 'quoted' as const })),
    ...(await besides(s, [...quoted.values()])).map((reading) => ({ reading, role: 'beside' as const })),
  ];
  const definitions: Record<string, string> = {};
  const records: Proof['records'][number][] = [];
  const figures: FrozenFigure[] = [];
  const shown: ShownFigure[] = [];
  for (const { reading, role } of all) {
    const definition = canonicalJson(reading.definition);
    const definitionHash = sha256(definition);
    definitions[definitionHash] = definition;
    const numerator = await idsOf(s, reading, 'numerator');
    const denominator = reading.denominator === null ? null : await idsOf(s, reading, 'denominator');
    records.push({ numerator, denominator });
    const { id, version, filter, asOf, logSize, value, unit } = reading;
    const frozen: FrozenFigure = {
      id,
      version,
      definitionHash,
      filter,
      asOf,
      logSize,
      numerator: reading.numerator,
      denominator: reading.denominator,
      value,
      unit,
      recordsRoot: recordsRoot(numerator),
      denominatorRoot: denominator === null ? null : recordsRoot(denominator),
      role,
    };
    figures.push(frozen);
    shown.push(showFigure(frozen, reading, campaign, b.lang, office.row.slug));
  }
  const index = new Map([...quoted.keys()].map((key, i) => [key, i]));
  const { settings } = campaign;
  const releasedAt = formatWithOffset(facts.releasedAt, settings.utcOffsetMinutes);
  const model: PublicationModel = {
    campaign: { slug: office.row.slug, name: settings.name[b.lang], mode: settings.mode, notice: settings.notice[b.lang] },
    no: b.no,
    kind: b.kind,
    title: b.title,
    lang: b.lang,
    issuer: campaign.organisations.find((o) => o.kind === 'office')?.name ?? '',
    asOf: b.asOf,
    releasedAt,
    body: b.body,
    blocks: blocks.map((block) => showBlock(block, index, readings, campaign, b.lang)),
    figures: shown,
    checkpoint: facts.checkpoint,
    corrects: facts.corrected === undefined ? null : await showCorrection(s, office, campaign, b, shown, facts.corrected),
    path: bulletinPath(office.row.slug, b.no, b.lang),
    seal: sealOf(office.row.slug, b.no, { releasedAt, figures, checkpoint: facts.checkpoint }),
  };
  return { model, proof: { records, definitions }, figures };
}

export const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

/** A checkpoint as it fits on paper: with many witnesses only the log's own signature, the first, stays. */
export function sealedNote(note: string): string {
  if (Buffer.byteLength(note) <= 1000) return note;
  const [text = '', signatures = ''] = note.split('\n\n');
  return `${text}\n\n${signatures.split('\n')[0] ?? ''}\n`;
}

/** Permanent public path of a bulletin. */
export function bulletinPath(slug: string, no: number, lang: TextLang): string {
  return `/public${lang === 'en' ? '/en' : ''}/${slug}/bulletins/${no}`;
}

/** What the QR code says (封印): the signed checkpoint, or while the log has none what the bulletin can be recognised by. */
export function sealOf(
  slug: string,
  no: number,
  r: { readonly releasedAt: string; readonly figures: readonly FrozenFigure[]; readonly checkpoint: CheckpointRef | null },
): string {
  if (r.checkpoint !== null) return sealedNote(r.checkpoint.note);
  return `clearzero bulletin\n${slug}/${no}\n${r.releasedAt}\nfigures sha256:${sha256(canonicalJson(r.figures))}`;
}

/** The rates that must not be taken for a quoted one: over all batches, and net of rebounds. */
async function besides(s: Services, quoted: readonly FullReading[]): Promise<FullReading[]> {
  const have = new Set(quoted.map(keyOf));
  const out: FullReading[] = [];
  for (const q of quoted) {
    if (q.unit !== 'ratio') continue;
    const { batches: _b, ...overall } = q.filter;
    const net = q.id === 'clearance.rate' ? findFigure(q.view, 'clearance.net') : undefined;
    const wanted = [
      { definition: q.definition, filter: overall },
      ...(net === undefined
        ? []
        : [
            { definition: net, filter: q.filter },
            { definition: net, filter: overall },
          ]),
    ];
    for (const reading of await readWanted(s, q.view, wanted)) {
      if (have.has(keyOf(reading))) continue;
      have.add(keyOf(reading));
      out.push(reading);
    }
  }
  return out;
}

const keyOf = (r: FullReading) => `${r.id}@${r.version} ${canonicalJson(r.filter)} ${r.asOf}`;

async function idsOf(s: Services, reading: FullReading, part: Part): Promise<string[]> {
  const { view, definition, filter } = reading;
  const ids = await listRecordIds(s.database.db, {
    campaignId: view.row.id,
    names: s.names,
    terms: partTerms(part, termsOf(definition, filter)),
    conditions: conditionsOf(filter, view.scope, view.campaign.settings),
    asOf: view.watermark,
  });
  const counted = part === 'denominator' ? reading.denominator : reading.numerator;
  if (definition.count?.sum !== 'amount' && ids.length !== counted) {
    throw new Error(`${reading.id} counts ${counted} and lists ${ids.length}`);
  }
  return ids;
}

function showFigure(f: FrozenFigure, reading: FullReading, campaign: Campaign, lang: TextLang, slug: string): ShownFigure {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(f.filter)) query.set(key, Array.isArray(value) ? value.join(',') : String(value));
  query.set('asOf', f.asOf);
  const slash = lang === 'zh' ? '／' : ' / ';
  return {
    ...f,
    name: reading.definition.name[lang],
    predicate: reading.definition.predicate,
    cohort: printCohort(f.filter, campaign.settings, lang),
    shown: printReading(reading, 'value', moneyOf(campaign), lang),
    fraction: f.denominator === null ? null : `${printCount(f.numerator)}${slash}${printCount(f.denominator)}`,
    path: `/public${lang === 'en' ? '/en' : ''}/${slug}/figures/${f.id}/records?${query.toString()}`,
  };
}

type Readings = Awaited<ReturnType<typeof readTokens>>;

function showBlock(block: Block, index: ReadonlyMap<string, number>, readings: Readings, campaign: Campaign, lang: TextLang): ShownBlock {
  const runs = (inlines: Inlines): ShownRuns =>
    inlines.map((run) => {
      if (run.kind !== 'figure') return { text: run.kind === 'broken' ? run.raw : run.text };
      const reading = readings.get(figureKey(run.token));
      if (reading === undefined || isRefusal(reading)) return { text: '—' };
      return { text: printReading(reading, run.token.show, moneyOf(campaign), lang), figure: index.get(figureKey(run.token)) ?? 0 };
    });
  switch (block.kind) {
    case 'heading':
      return { kind: 'heading', level: block.level, runs: runs(block.inlines) };
    case 'paragraph':
      return { kind: 'paragraph', runs: runs(block.inlines) };
    case 'list':
      return { kind: 'list', ordered: block.ordered, items: block.items.map(runs) };
    case 'table':
      return { kind: 'table', rows: block.rows.map((row) => row.map(runs)) };
  }
}

/** The words a reader sees, one line a paragraph: what two versions are compared by. */
export async function shownText(s: Services, office: Office, campaign: Campaign, b: Bulletin): Promise<string> {
  const blocks = parseBody(b.body);
  const readings = await readTokens(
    s,
    office.row.slug,
    b.asOf,
    tokensOf(blocks).map((t) => t.token),
  );
  const text = (runs: ShownRuns) => runs.map((r) => r.text).join('');
  const lines = blocks.flatMap((block) => {
    const shown = showBlock(block, new Map(), readings, campaign, b.lang);
    if (shown.kind === 'list') return shown.items.map(text);
    if (shown.kind === 'table') return shown.rows.map((row) => row.map(text).join(' | '));
    return [text(shown.runs)];
  });
  return [b.title, ...lines].join('\n');
}

async function showCorrection(
  s: Services,
  office: Office,
  campaign: Campaign,
  b: Bulletin,
  figures: readonly ShownFigure[],
  before: Bulletin,
): Promise<ShownCorrection> {
  const [old, now] = await Promise.all([shownText(s, office, campaign, before), shownText(s, office, campaign, b)]);
  const same = (a: FrozenFigure, c: FrozenFigure) => a.id === c.id && canonicalJson(a.filter) === canonicalJson(c.filter);
  const money = moneyOf(campaign);
  const changed = figures.flatMap((f) => {
    const was = before.released?.figures.find((o) => o.role === 'quoted' && same(o, f));
    const text = was === undefined ? f.shown : printReading(was, 'value', money, b.lang);
    return f.role === 'quoted' && text !== f.shown ? [{ name: `${f.name} ${f.cohort}`.trim(), before: text, after: f.shown }] : [];
  });
  return { no: before.no, title: before.title, reason: b.corrects?.reason ?? '', changes: diffTexts(old, now), figures: changed };
}
